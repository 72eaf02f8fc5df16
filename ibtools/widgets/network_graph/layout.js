// Where the parts of a network are in its picture, and which part is nearest to a finger.

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

/* Labels on edges: each as near as can be to its best place, and on nothing else. */

const labelHalf = ({ narrow }) => ({ x: narrow ? 19 : 22, y: 8 });
const NAME = { x: 12, y: 8, above: 11 };
const BIAS = { x: 30, y: 9, below: 12 };
const SHARES = Array.from({ length: 23 }, (_, i) => (i + 1) / 24);
const LIFTS = [0, -14, 14, -20, 20];
// A lifted label costs as much as one that is so far from its best share of the way.
const LIFTED = 0.02;

const overlap = (a, b) =>
  Math.max(0, a.half.x + b.half.x - Math.abs(a.x - b.x)) *
  Math.max(0, a.half.y + b.half.y - Math.abs(a.y - b.y));

// What labels must not cover: the units, their names, and below some a bias.
function taken(layout, widths, hasBias) {
  const { radius } = layout;
  return widths.flatMap((width, layer) => Array.from({ length: width }, (_, i) => {
    const { x, y } = layout.unit(layer, i);
    return [
      { x, y, half: { x: radius, y: radius } },
      { x, y: y - radius - NAME.above, half: NAME },
      ...(hasBias(layer, i) ? [{ x, y: y + radius + BIAS.below, half: BIAS }] : []),
    ];
  })).flat();
}

// At a quarter of the way, edges between columns of two or three are evenly apart; where columns
// are near, there are labels on the edges of one unit only, apart at half the way.
export function labelPlaces(layout, widths, edges, hasBias) {
  const best = layout.narrow ? 0.5 : 0.25;
  const half = labelHalf(layout);
  const boxes = taken(layout, widths, hasBias);
  return edges.map((edge) => {
    const candidates = SHARES.flatMap((share) => LIFTS.map((lift) => {
      const { x, y } = along(endsOf(layout, edge), share);
      const cost = Math.abs(share - best) + LIFTED * Math.abs(lift);
      return { x, y: y + lift, half, cost };
    }));
    for (const place of candidates)
      place.cost += boxes.reduce((sum, box) => sum + overlap(place, box), 0);
    const place = candidates.reduce((a, b) => (b.cost < a.cost ? b : a));
    boxes.push(place);
    return place;
  });
}

function distanceTo(layout, part, point) {
  const away = (place) => Math.hypot(point.x - place.x, point.y - place.y) - layout.radius;
  if (part.kind === "target") return away(layout.target);
  if (part.kind !== "edge") return away(layout.unit(part.layer, part.unit));
  const [a, b] = lineOf(layout, part);
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const share = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy);
  const nearest = along([a, b], Math.min(1, Math.max(0, share)));
  return Math.hypot(point.x - nearest.x, point.y - nearest.y);
}

export function nearestPart(layout, parts, point) {
  const distances = parts.map((part) => distanceTo(layout, part, point));
  const least = Math.min(...distances);
  return least < REACH ? parts[distances.indexOf(least)] : undefined;
}
