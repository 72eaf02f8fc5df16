// The exact information bottleneck curve where the label is a function of the input. A noisy copy
// of Y reaches every I(X;T) = I(T;Y) up to H(Y), and no T tells more than it knows, or than H(Y):
// the curve is min(I(X;T), H(Y)), whatever the inputs look like.

import { DATASETS } from "../engine/datasets.js";
import { entropy } from "../kit/shares.js";

const FARTHEST = 32;

const labelEntropy = (y) => {
  const counts = new Map();
  for (const label of y) counts.set(label, (counts.get(label) ?? 0) + 1);
  return entropy([...counts.values()].map((count) => count / y.length));
};

// The curve {x, y}, and as ceiling the log of the number of inputs, which no layer exceeds.
// dataset: the key of one that the page knows, or its name in a recorded run.
export function labelLimit(dataset) {
  const key = dataset === "12-bit rule" ? "icosahedron_rule" : dataset;
  if (!Object.hasOwn(DATASETS, key)) return undefined;
  const { y, n } = DATASETS[key]();
  const most = labelEntropy(y);
  return { x: [0, most, FARTHEST], y: [0, most, most], ceiling: Math.log2(n) };
}
