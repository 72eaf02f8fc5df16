// One network at one epoch, measured: the point of each layer in the plane, and what goes with it.

import { binsOf, histogramOf } from "./bins.js";
import { cellInformation, cellsOf } from "./cells.js";
import { softLabel } from "./datasets.js";
import { mixtureInformation } from "./mixture.js";
import { ACTIVATIONS, backwardPass, forwardPass, gradientOf, roomFor, softmax } from "./network.js";
import { NUMBERS, networkShape } from "./training.js";

// What measurements of one run share: all inputs, and room for the layers' answers.
export function lookAt(dataset, settings) {
  const Numbers = NUMBERS[settings.precision];
  const shape = networkShape(dataset, settings);
  const { n, labels } = dataset;
  const certain = new Float64Array(n * labels);
  for (let s = 0; s < n; s++) certain[s * labels + dataset.y[s]] = 1;
  const room = roomFor(shape, n, Numbers);
  const gradient = new Numbers(shape.size);
  return { dataset, settings, shape, certain, room, gradient, x: Numbers.from(dataset.x) };
}

// Cross-entropy in nats, and share of right answers.
function lossAndAccuracy(logits, { n, labels, y }, samples) {
  let loss = 0;
  let right = 0;
  for (const s of samples) {
    let best = 0;
    for (let k = 1; k < labels; k++) if (logits[k * n + s] > logits[best * n + s]) best = k;
    const largest = logits[best * n + s];
    let sum = 0;
    for (let k = 0; k < labels; k++) sum += Math.exp(logits[k * n + s] - largest);
    loss += largest + Math.log(sum) - logits[y[s] * n + s];
    if (best === y[s]) right += 1;
  }
  return [loss / samples.length, right / samples.length];
}

// Bits of every layer by a ruler: I(X;T), I(T;Y), and the band around them where there is one.
export function informationOf(layers, { dataset, certain }, estimator) {
  if (estimator.name === "mixture") {
    return layers.map((t) => mixtureInformation(t, dataset.y, estimator));
  }
  const p = estimator.label_gain === null ? certain : softLabel(estimator.label_gain);
  return layers.map((t) =>
    cellInformation(cellsOf(binsOf(t, estimator), dataset.n), p, dataset.labels));
}

function sumOfSquares(values, start, end) {
  let sum = 0;
  for (let i = start; i < end; i++) sum += values[i] ** 2;
  return sum;
}

// Norm of the mean gradient of each layer's weights over the training samples, and spread of the
// single samples' gradients. One sample's gradient is the outer product of δ and t, so that its
// squared norm is ‖δ‖²‖t‖² and need not be formed.
function gradientMoments({ dataset, shape, room, gradient, x, settings }, { values, train, test }) {
  const { n, y } = dataset;
  backwardPass(shape, values, y, n, room, settings.activation);
  for (const delta of room.deltas) {
    for (let row = 0; row < delta.length; row += n) for (const s of test) delta[row + s] = 0;
  }
  gradientOf(shape, x, n, room, gradient, train.length);
  const squares = (rows) => {
    const sums = new Float64Array(n);
    for (let row = 0; row < rows.length; row += n) {
      for (let s = 0; s < n; s++) sums[s] += rows[row + s] * rows[row + s];
    }
    return sums;
  };
  return shape.layers.map(({ weights, biases }, l) => {
    const below = squares(l ? room.activations[l - 1] : x);
    const own = squares(room.deltas[l]);
    const meanSquare = sumOfSquares(gradient, weights, biases);
    const squareMean = own.reduce((sum, value, s) => sum + value * below[s], 0) / train.length;
    return [Math.sqrt(meanSquare), Math.sqrt(Math.max(squareMean - meanSquare, 0))];
  });
}

// state: a network's values, and the samples that it trains and tests on.
export function measurementOf(look, state, estimator) {
  const { dataset, settings, shape, room, x } = look;
  forwardPass(shape, state.values, x, dataset.n, room, ACTIVATIONS[settings.activation]);
  const output = room.activations.at(-1);
  const [trainLoss, trainAccuracy] = lossAndAccuracy(output, dataset, state.train);
  const [testLoss, testAccuracy] = lossAndAccuracy(output, dataset, state.test);
  softmax(output, dataset.labels, dataset.n);
  const information = informationOf(room.activations, look, estimator);
  const histograms = room.activations.map((t) => histogramOf(t, estimator));
  const moments = gradientMoments(look, state);
  const batch = Math.min(settings.batch_size ?? Infinity, state.train.length);
  return {
    information, histograms, trainLoss, testLoss, trainAccuracy, testAccuracy,
    gradientMean: moments.map(([mean]) => mean),
    gradientStd: moments.map(([, std]) => std),
    signalToNoise: moments.map(([mean, std]) => (std > 0 ? (mean / std) * Math.sqrt(batch) : null)),
  };
}
