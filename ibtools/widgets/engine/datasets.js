// What the networks learn: small sets of inputs with labels, made by formulas.
//
// A data set is {name, n, inputs, x, y, labels}: x holds one row of n samples for each of its
// inputs, y a label 0 … labels-1 for each sample.

const withLabels = (name, rows, y) => ({
  name,
  n: y.length,
  inputs: rows.length,
  x: Float32Array.from(rows.flat()),
  y: Uint8Array.from(y),
  labels: 2,
});

const upTo = (n) => Array.from({ length: n }, (_, i) => i);

/* The 12-bit rule: every bit switches on one vertex of an icosahedron. */

const GOLDEN = (1 + Math.sqrt(5)) / 2;
const VERTICES = [
  [0, 1, GOLDEN], [1, GOLDEN, 0], [0, 1, -GOLDEN], [-1, GOLDEN, 0], [GOLDEN, 0, -1],
  [0, -1, GOLDEN], [1, -GOLDEN, 0], [-1, -GOLDEN, 0], [-GOLDEN, 0, -1], [0, -1, -GOLDEN],
  [-GOLDEN, 0, 1], [GOLDEN, 0, 1],
].map((corner) => corner.map((value) => value / Math.sqrt(1 + GOLDEN ** 2)));
const RULE_THRESHOLD = 7.63;

const bitOf = (pattern, i) => (pattern >> (11 - i)) & 1;

// How heavy and lopsided a pattern is: its number of ones, and the length of its vertices' sum.
function weightOf(pattern) {
  const on = VERTICES.filter((_, i) => bitOf(pattern, i));
  const sum = [0, 1, 2].map((axis) => on.reduce((total, vertex) => total + vertex[axis], 0));
  return on.length + Math.hypot(...sum);
}

function icosahedronRule() {
  const patterns = upTo(4096);
  const rows = VERTICES.map((_, i) => patterns.map((pattern) => bitOf(pattern, i)));
  return withLabels("12-bit rule", rows, patterns.map((p) => weightOf(p) > RULE_THRESHOLD));
}

// p(y|x) of the rule's patterns, y = 0 and y = 1 in turn: the hard rule is that of endless gain.
export const softLabel = (gain) =>
  Float64Array.from(upTo(4096).flatMap((pattern) => {
    const doubt = gain * (weightOf(pattern) - RULE_THRESHOLD);
    return [1 / (1 + Math.exp(doubt)), 1 / (1 + Math.exp(-doubt))];
  }));

/* Sets in the plane: points that fill the unit disc, or two arms in it. */

const PLANAR = 1024;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

// at(i): radius and angle of sample i.  label(i, x1, x2).
function planar(name, at, label) {
  const points = upTo(PLANAR).map((i) => {
    const [r, angle] = at(i);
    return [r * Math.cos(angle), r * Math.sin(angle)];
  });
  const rows = [0, 1].map((axis) => points.map((point) => point[axis]));
  return withLabels(name, rows, points.map((point, i) => label(i, ...point)));
}

const shareOf = (i) => (i + 0.5) / PLANAR;
const sunflower = (i) => [Math.sqrt(shareOf(i)), i * GOLDEN_ANGLE];
const spiral = (i) => {
  const r = Math.sqrt((Math.floor(i / 2) + 0.5) / (PLANAR / 2));
  return [r, Math.PI * (3 * r + (i % 2))];
};

export const DATASETS = {
  icosahedron_rule: icosahedronRule,
  ring: () => planar("ring", sunflower, (i) => shareOf(i) < 1 / 2),
  xor: () => planar("xor", sunflower, (i, x1, x2) => x1 * x2 > 0),
  spirals: () => planar("spirals", spiral, (i) => i % 2),
};
