// One estimator on many samples of known information, few samples first.

import { binned } from "./binned.js";
import { gaussian } from "./gaussian.js";
import { ksg } from "./ksg.js";
import { correlatedNormals } from "./samples.js";

export const SIZES = [25, 50, 100, 200, 400, 800];
export const REPEATS = 20;

const atOnce = (estimate) =>
  function* (...values) {
    return estimate(...values);
  };

const ESTIMATORS = { ksg, bins: atOnce(binned), gaussian: atOnce(gaussian) };

// The estimator of a name such as "ksg-3", which says its k too: (x, y) to a computation that
// yields now and then and returns bits.
export function estimatorOf(name) {
  const [how, setting] = name.split("-");
  return (x, y) => ESTIMATORS[how](x, y, Number(setting));
}

// Mean and standard deviation of estimates, and by how much the mean may be wrong by chance.
export function summed(estimates) {
  const n = estimates.length;
  const mean = estimates.reduce((sum, value) => sum + value, 0) / n;
  const sd = Math.sqrt(estimates.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  return { mean, sd, standardError: sd / Math.sqrt(n) };
}

// Yields nothing now and then, and {n, estimates, mean, sd, standardError} for each size when done.
export function* sweep({ estimator, rho, dimension, seed }) {
  const estimate = estimatorOf(estimator);
  for (const n of SIZES) {
    const estimates = [];
    for (let sample = 0; sample < REPEATS; sample += 1) {
      const { x, y } = correlatedNormals({ n, dimension, rho, seed, sample });
      estimates.push(yield* estimate(x, y));
      yield;
    }
    yield { n, estimates, ...summed(estimates) };
  }
}
