// Where the parts of a network are in its picture, and which part is nearest to a finger.

const ROW = 92;
const TOP = 84;
const NARROW = 520;
const REACH = 26;
// The labels of more edges than these would hide the picture.
const MOST_LABELS = 9;

const BELOW = 62;

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

// At a quarter of the way, edges between columns of two or three are evenly apart. Where that is
// too near to the circle, there are labels on the edges of one unit only, apart at half the way.
export const labelPlace = (layout, edge) => along(endsOf(layout, edge), layout.narrow ? 0.5 : 0.25);

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
