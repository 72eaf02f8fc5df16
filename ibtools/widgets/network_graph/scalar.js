// A small network, one number at a time: values go forward, gradients come back.
//
// weights[layer][unit] are the numbers of one unit: a weight for each value that it gets, then its
// bias. A unit adds up what it gets, each value times its weight, and bends the sum:
//
//   sum = w1 x1 + w2 x2 + ... + b          value = g(sum)

// g, and its slope, written with the value that g has there.
export const ACTIVATIONS = {
  tanh: { bend: Math.tanh, slope: (value) => 1 - value * value },
  relu: { bend: (sum) => Math.max(0, sum), slope: (value) => (value > 0 ? 1 : 0) },
  logistic: { bend: (sum) => 1 / (1 + Math.exp(-sum)), slope: (value) => value * (1 - value) },
  linear: { bend: (sum) => sum, slope: () => 1 },
};

const total = (terms) => terms.reduce((sum, term) => sum + term, 0);
const weightedSum = (unit, got) => total(got.map((value, i) => unit[i] * value)) + unit.at(-1);

// values[0] are the inputs, values[l] what the units of layer l say; sums[l] what they bend.
export function forward(weights, activation, inputs) {
  const { bend } = ACTIVATIONS[activation];
  const values = [inputs];
  const sums = [[]];
  for (const layer of weights) {
    sums.push(layer.map((unit) => weightedSum(unit, values.at(-1))));
    values.push(sums.at(-1).map(bend));
  }
  return { values, sums };
}

export const output = ({ values }) => values.at(-1)[0];
export const loss = (run, target) => (output(run) - target) ** 2;

// How the loss changes with every number of the network, from the last layer to the first.
//
//   ofValues[l]   ∂loss/∂value: what comes back to the units of layer l, to the inputs at l = 0
//   ofSums[l]     the same behind the bend: times the slope of g
//   ofWeights     in the shape of weights: what the unit got, times what came back to its sum
export function backward(weights, activation, { values }, target) {
  const { slope } = ACTIVATIONS[activation];
  let back = [2 * (values.at(-1)[0] - target)];
  const ofValues = [back];
  const ofSums = [];
  const ofWeights = [];
  for (let l = weights.length; l > 0; l--) {
    const got = values[l - 1];
    const toSum = back.map((sent, j) => sent * slope(values[l][j]));
    ofSums.unshift(toSum);
    ofWeights.unshift(toSum.map((sent) => [...got.map((value) => value * sent), sent]));
    back = got.map((_, i) => total(toSum.map((sent, j) => weights[l - 1][j][i] * sent)));
    ofValues.unshift(back);
  }
  return { ofValues, ofSums: [[], ...ofSums], ofWeights };
}

// One step of gradient descent: every number a little against its gradient.
export const stepped = (weights, gradients, rate) =>
  weights.map((layer, l) =>
    layer.map((unit, j) => unit.map((weight, i) => weight - rate * gradients[l][j][i])));
