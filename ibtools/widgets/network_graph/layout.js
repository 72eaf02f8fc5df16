// Where the parts of a network are in its picture, and which part is nearest to a finger.

import { clamp } from "../kit/numbers.js";

const ROW = 92;
const TOP = 76;
const NARROW = 520;
const REACH = 26;
// The labels of more edges than these would hide the picture.
const MOST_LABELS = 9;

const BELOW = 46;

// The target stands below the loss, which is half way down.
export function heightFor(widths) {
  const rows = ROW * (Math.max(2, ...widths) - 1);
  return TOP + BELOW + Math.max(rows, rows / 2 + ROW * 0.9);
}

export function layoutOf(widths, width) {
  const narrow = width < NARROW;
  const radius = narrow ? 19 : 24;
  const box = narrow ? 26 : 34;
  const gap = (width - radius - box - 12) / widths.length;
  const middle = TOP + (ROW * (Math.max(2, ...widths) - 1)) / 2;
  const unit = (layer, i) => ({
    x: radius + 6 + gap * layer, y: middle + ROW * (i - (widths[layer] - 1) / 2),
  });
  const loss = { x: width - box - 6, y: middle };
  const edges = widths.reduce((sum, width, l) => sum + (l ? width * widths[l - 1] : 0), 0);
  const hasRoom = !narrow && edges <= MOST_LABELS;
  return { narrow, hasRoom, radius, box, unit, loss, target: { x: loss.x, y: middle + ROW * 0.9 } };
}

// The visible piece of an edge, from rim to rim.
export function between(a, b, fromA, fromB) {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const at = (distance) => ({
    x: a.x + ((b.x - a.x) * distance) / length, y: a.y + ((b.y - a.y) * distance) / length,
  });
  return [at(fromA), at(length - fromB)];
}

export const along = ([a, b], share) =>
  ({ x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) });

const endsOf = (layout, { layer, unit, from }) =>
  [layout.unit(layer - 1, from), layout.unit(layer, unit)];

export const lineOf = (layout, edge) =>
  between(...endsOf(layout, edge), layout.radius, layout.radius);

/* Numbers in the picture: each as near as can be to its best place, and on nothing else. */

const labelHalf = ({ narrow }) => ({ x: narrow ? 19 : 22, y: 8 });
const NAME = { x: 12, y: 8, above: 11 };
const BIAS = { x: 30, y: 9, below: 12, above: 27 };
const SHARES = Array.from({ length: 23 }, (_, i) => (i + 1) / 24);
// What a line under a label costs, if all of it were there, next to one share of its own line.
const CROSSED = 20;

const overlap = (a, b) =>
  Math.max(0, a.half.x + b.half.x - Math.abs(a.x - b.x)) *
  Math.max(0, a.half.y + b.half.y - Math.abs(a.y - b.y));

// Which share of a line lies under a box.
const under = (line, { x, y, half }) => SHARES.filter((share) => {
  const point = along(line, share);
  return Math.abs(point.x - x) < half.x && Math.abs(point.y - y) < half.y;
}).length / SHARES.length;

const all = (length, of) => Array.from({ length }, (_, i) => of(i));

const edgesOf = (widths) => widths.slice(1).flatMap((width, gap) =>
  all(width, (unit) => all(widths[gap], (from) => ({ layer: gap + 1, unit, from }))).flat());

const isSame = (a, b) => a.layer === b.layer && a.unit === b.unit && a.from === b.from;

// Below its unit, or above the unit's name where fewer lines pass.
export function biasPlace(layout, widths, { layer, unit }) {
  const { x, y } = layout.unit(layer, unit);
  const half = { x: BIAS.x, y: BIAS.y };
  const below = { x, y: y + layout.radius + BIAS.below, half };
  const above = { x, y: y - layout.radius - BIAS.above, half };
  const lines = edgesOf(widths).map((edge) => lineOf(layout, edge));
  const crossed = (box) => lines.reduce((sum, line) => sum + under(line, box), 0);
  return crossed(above) < crossed(below) ? above : below;
}

// What labels must not cover: the units and their names.
function taken(layout, widths) {
  const { radius } = layout;
  return widths.flatMap((width, layer) => all(width, (i) => {
    const { x, y } = layout.unit(layer, i);
    return [
      { x, y, half: { x: radius, y: radius } },
      { x, y: y - radius - NAME.above, half: NAME },
    ];
  })).flat();
}

// Where a label may stand on its own line, and what speaks against it whatever the others do. At a
// quarter of the way, edges between columns of two or three are evenly apart; where columns are
// near, there are labels on the edges of one unit only, apart at half the way.
function candidatesOf(layout, widths, edge, boxes) {
  const best = layout.narrow ? 0.5 : 0.25;
  const others = edgesOf(widths).filter((other) => !isSame(other, edge))
    .map((other) => lineOf(layout, other));
  return SHARES.map((share) => {
    const place = { ...along(endsOf(layout, edge), share), half: labelHalf(layout) };
    const cost = Math.abs(share - best) +
      boxes.reduce((sum, box) => sum + overlap(place, box), 0) +
      others.reduce((sum, line) => sum + CROSSED * under(line, place), 0);
    return { ...place, cost };
  });
}

// One after the other, beginning with the label of number first.
function placedFrom(first, candidates) {
  const places = [];
  for (let i = 0; i < candidates.length; i++) {
    const next = (first + i) % candidates.length;
    const costs = candidates[next].map((one) =>
      ({ ...one, cost: places.reduce((sum, other) => sum + overlap(one, other), one.cost) }));
    places[next] = costs.reduce((a, b) => (b.cost < a.cost ? b : a));
  }
  return places;
}

export function labelPlaces(layout, widths, edges, bias) {
  const boxes = [...taken(layout, widths), ...(bias ? [bias] : [])];
  const candidates = edges.map((edge) => candidatesOf(layout, widths, edge, boxes));
  const tried = edges.map((_, first) => placedFrom(first, candidates));
  const total = (places) => places.reduce((sum, { cost }) => sum + cost, 0);
  return tried.reduce((a, b) => (total(b) < total(a) ? b : a), tried[0] ?? []);
}

function distanceTo(layout, part, point) {
  const away = (place) => Math.hypot(point.x - place.x, point.y - place.y) - layout.radius;
  if (part.kind === "target") return away(layout.target);
  if (part.kind !== "edge") return away(layout.unit(part.layer, part.unit));
  const [a, b] = lineOf(layout, part);
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const share = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy);
  const nearest = along([a, b], clamp(share, 0, 1));
  return Math.hypot(point.x - nearest.x, point.y - nearest.y);
}

export function nearestPart(layout, parts, point) {
  const distances = parts.map((part) => distanceTo(layout, part, point));
  const least = Math.min(...distances);
  return least < REACH ? parts[distances.indexOf(least)] : undefined;
}
