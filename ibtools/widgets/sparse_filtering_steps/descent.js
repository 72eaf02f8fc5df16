// Downhill by turning one filter after the other.
//
// Only the direction of a filter matters: its length is divided out again. The loss has a kink
// wherever a filter falls silent on a point, and good filters sit in such kinks. A common step of
// all filters would be as short as the filter that is already there can bear.

import { slopesOf, tell } from "./objective.js";

export const MOST_STEPS = 60;
// Radians: small enough to watch.
const WIDEST_TURN = 0.05;
const LEAST_TURN = 1e-5;
// A turn counts where it brings at least this part of what the slope promises.
const ENOUGH = 0.01;
// What a whole step has to bring.
const LEAST_GAIN = 1e-5;

const size = (vector) => Math.hypot(...vector);
const ofSizeOne = (vector) => vector.map((value) => value / size(vector));

const stepOf = (filters, points) => ({ filters, ...tell(filters, points) });

// The same step with one filter turned downhill: half as far until the loss falls.
function turned(step, feature, points) {
  const slope = slopesOf(points, step)[feature];
  const steepness = size(slope);
  if (steepness === 0) return step;
  for (let turn = WIDEST_TURN; turn > LEAST_TURN; turn /= 2) {
    const aside = step.filters[feature].map((value, i) => value - (turn * slope[i]) / steepness);
    const filters = step.filters.map((filter, j) => (j === feature ? ofSizeOne(aside) : filter));
    const next = stepOf(filters, points);
    if (next.loss < step.loss - ENOUGH * turn * steepness) return next;
  }
  return step;
}

// All steps from these filters to where turning lowers the loss no more, the start among them.
export function descend(filters, points) {
  const steps = [stepOf(filters.map(ofSizeOne), points)];
  while (steps.length <= MOST_STEPS) {
    const next = filters.reduce((step, _, feature) => turned(step, feature, points), steps.at(-1));
    if (next.loss > steps.at(-1).loss - LEAST_GAIN) break;
    steps.push(next);
  }
  return steps;
}
