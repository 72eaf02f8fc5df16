// Convex polygons, lists of corners {x, y} in order, and how a straight line splits them.

const TOUCHES = 1e-9;

export const SQUARE = [{ x: -1, y: -1 }, { x: 1, y: -1 }, { x: 1, y: 1 }, { x: -1, y: 1 }];

export function areaOf(polygon) {
  const doubled = polygon.reduce((sum, a, i) => {
    const b = polygon[(i + 1) % polygon.length];
    return sum + a.x * b.y - b.x * a.y;
  }, 0);
  return doubled / 2;
}

export function middleOf(polygon) {
  const mean = (key) => polygon.reduce((sum, corner) => sum + corner[key], 0) / polygon.length;
  return { x: mean("x"), y: mean("y") };
}

// The line a x + b y + c = 0 splits a polygon into the part where that is positive (on), the part
// where it is negative (off) and the seam, two corners that both have. null: it misses.
export function split(polygon, [a, b, c]) {
  const length = Math.hypot(a, b);
  if (length < TOUCHES) return null;
  const heights = polygon.map(({ x, y }) => {
    const height = (a * x + b * y + c) / length;
    return Math.abs(height) < TOUCHES ? 0 : height;
  });
  if (Math.max(...heights) <= 0 || Math.min(...heights) >= 0) return null;
  const parts = { on: [], off: [], seam: [] };
  polygon.forEach((corner, i) => {
    const next = (i + 1) % polygon.length;
    const [from, to] = [heights[i], heights[next]];
    if (from >= 0) parts.on.push(corner);
    if (from <= 0) parts.off.push(corner);
    if (from === 0) parts.seam.push(corner);
    if (from * to < 0) {
      const share = from / (from - to);
      const between = (axis) => corner[axis] + share * (polygon[next][axis] - corner[axis]);
      const crossing = { x: between("x"), y: between("y") };
      for (const part of Object.values(parts)) part.push(crossing);
    }
  });
  return parts;
}
