// One network that trains, a batch at a time.

import {
  TRAINING_ACTIVATIONS,
  backwardPass,
  forwardPass,
  gradientOf,
  shapeOf,
  softmax,
} from "./network.js";
import { optimizerFor } from "./optimizers.js";
import { cutNormal, permutation, uniformNumbers } from "./random.js";
import { roundHalfEven } from "./snapshots.js";

export const NUMBERS = { float32: Float32Array, float64: Float64Array };

export const networkShape = (dataset, { widths }) =>
  shapeOf([dataset.inputs, ...widths, dataset.labels]);

function sizeOfTraining(n, share) {
  const nTrain = roundHalfEven(n * share);
  if (nTrain > 0 && nTrain < n) return nTrain;
  throw new RangeError(
    `train_fraction=${share} of ${n} samples leaves ${nTrain} to train on ` +
      `and ${n - nTrain} to test on; both need at least one`,
  );
}

// First weights, cut at two standard deviations, and the samples to learn from and to test on. They
// depend on the seed and the network's number alone, whatever company it is trained in.
export function firstState(dataset, settings, number) {
  const uniform = uniformNumbers(settings.seed, number);
  const shape = networkShape(dataset, settings);
  const values = new NUMBERS[settings.precision](shape.size);
  for (const { inputs, units, weights, biases } of shape.layers) {
    const deviation = (settings.initialization === "fan_in" ? inputs : units) ** -0.5;
    for (let i = weights; i < biases; i++) values[i] = deviation * cutNormal(uniform);
  }
  const nTrain = sizeOfTraining(dataset.n, settings.train_fraction);
  const order = settings.shuffle_split
    ? permutation(dataset.n, uniform)
    : Int32Array.from({ length: dataset.n }, (_, i) => i);
  return { values, train: order.subarray(0, nTrain), test: order.subarray(nTrain) };
}

// A batch copied out once, contiguous, so that an epoch is nothing but arithmetic.
function batchOf(dataset, samples, Numbers) {
  const n = samples.length;
  const x = new Numbers(dataset.inputs * n);
  for (let i = 0; i < dataset.inputs; i++) {
    samples.forEach((sample, s) => (x[i * n + s] = dataset.x[i * dataset.n + sample]));
  }
  return { n, x, y: Uint8Array.from(samples, (sample) => dataset.y[sample]) };
}

// The training samples in one order, drawn once, cut into batches; the last one may be shorter.
export function batchesOf(dataset, train, { batch_size, precision }) {
  const size = batch_size ?? train.length;
  const starts = Array.from({ length: Math.ceil(train.length / size) }, (_, i) => i * size);
  return starts.map((start) =>
    batchOf(dataset, train.subarray(start, start + size), NUMBERS[precision]));
}

// Returns step(batch), which changes state.values. Networks of one shape can share one room.
export function trainer(shape, settings, state, room) {
  const Numbers = NUMBERS[settings.precision];
  const gradient = new Numbers(shape.size);
  const optimize = optimizerFor(settings, shape, Numbers);
  const activate = TRAINING_ACTIVATIONS[settings.activation];
  const last = shape.layers.length - 1;
  return ({ x, y, n }) => {
    forwardPass(shape, state.values, x, n, room, activate);
    softmax(room.activations[last], shape.layers[last].units, n);
    backwardPass(shape, state.values, y, n, room, settings.activation);
    gradientOf(shape, x, n, room, gradient, n);
    optimize(state.values, gradient);
  };
}
