// The least loss on the map. The best v for each w is known, so one number is left to search for.

import { clamp } from "../kit/numbers.js";
import { parabolaAt } from "./levels.js";
import { MAP } from "./unit.js";

const COLUMNS_SEARCHED = 200;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const NARROW = 1e-9;
// Less than this below the loss of f = 0 is nothing.
const NO_GAIN = 1e-9;

function bestAt(w, data) {
  const { a, b, c } = parabolaAt(w, data);
  const v = a === 0 ? 0 : clamp(b / a, -MAP.v, MAP.v);
  return { point: { w, v }, loss: (a * v * v - 2 * b * v + c) / 2 };
}

function goldenSection(low, high, data) {
  let [from, to] = [low, high];
  while (to - from > NARROW) {
    const [left, right] = [to - GOLDEN * (to - from), from + GOLDEN * (to - from)];
    if (bestAt(left, data).loss <= bestAt(right, data).loss) to = right;
    else from = left;
  }
  return bestAt((from + to) / 2, data);
}

// {point, loss}, with w >= 0: (-w, -v) is as good. No point, where nothing beats f = 0: then all
// of both axes is as good. atEdge: whether the border of the map stops it from being lower.
export function leastOnMap(data) {
  const spacing = MAP.w / COLUMNS_SEARCHED;
  const columns = Array.from({ length: COLUMNS_SEARCHED + 1 }, (_, i) => bestAt(i * spacing, data));
  const lowest = columns.reduce((one, other) => (other.loss < one.loss ? other : one));
  if (columns[0].loss - lowest.loss < NO_GAIN) return { loss: columns[0].loss, atEdge: false };
  const { w } = lowest.point;
  const inside = goldenSection(Math.max(0, w - spacing), Math.min(MAP.w, w + spacing), data);
  const best = inside.loss < lowest.loss ? inside : lowest;
  const atEdge = MAP.w - best.point.w < 1e-6 || MAP.v - Math.abs(best.point.v) < 1e-6;
  return { ...best, atEdge };
}
