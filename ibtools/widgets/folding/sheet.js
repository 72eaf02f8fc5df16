// Where the paper is while it is folded, and where a straight cut enters and leaves it.

import { clamp } from "../kit/numbers.js";
import { placeAt } from "./regions.js";

// A fold is a turn by half a circle: seen from above, a point goes from where it was before the
// layer to where the layer puts it, and in between it is lifted. progress counts layers.
export function placeWhile(maps, progress, point) {
  const layer = Math.min(Math.floor(progress), maps.length - 2);
  const turned = Math.PI * (progress - layer);
  const [from, to] = [placeAt(maps[layer], point), placeAt(maps[layer + 1], point)];
  const share = (1 - Math.cos(turned)) / 2;
  return {
    x: from.x + share * (to.x - from.x),
    y: from.y + share * (to.y - from.y),
    lift: Math.sin(turned) * (2 + to.x + to.y) / 4,
  };
}

/* The border of the sheet, in per cent of the way around, clockwise from the upper left corner. */

const CORNERS = [{ x: -1, y: 1 }, { x: 1, y: 1 }, { x: 1, y: -1 }, { x: -1, y: -1 }];
const SIDES = ["upper", "right", "lower", "left"];

export function onBorder(percent) {
  const side = Math.floor(percent / 25) % 4;
  const share = (percent % 25) / 25;
  const [from, to] = [CORNERS[side], CORNERS[(side + 1) % 4]];
  return { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
}

export function nearestOnBorder({ x, y }) {
  const along = [x, -y, -x, y].map((value) => clamp(value, -1, 1));
  const away = [1 - y, 1 - x, 1 + y, 1 + x];
  const side = away.indexOf(Math.min(...away));
  return Math.round(25 * (side + (along[side] + 1) / 2)) % 100;
}

export const borderWords = (percent) =>
  `${SIDES[Math.floor(percent / 25)]} side, ${4 * (percent % 25)} % along`;

// The unit [w1, w2, b] that is 0 on the line between two places of the border.
export function unitBetween([first, second]) {
  const [p, q] = [onBorder(first), onBorder(second)];
  const [wx, wy] = [p.y - q.y, q.x - p.x];
  return [wx, wy, -wx * p.x - wy * p.y];
}
