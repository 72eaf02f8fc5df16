// Sparse filtering: how filters tell points by features, what that costs, and which way is down.
//
// filters[feature] and points[sample] are lists of coordinates. Each point becomes a unit vector
// of features without signs; the loss is the mean of their sums. The sum of a unit vector is 1
// where one feature tells the point by itself, and √k where k features do alike.

// What keeps the absolute value smooth, and a division by a length possible.
export const EPSILON = 1e-8;

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
const soften = (value) => Math.sqrt(value * value + EPSILON);
const lengthOf = (vector) => Math.sqrt(dot(vector, vector) + EPSILON);
const over = (vector, size) => vector.map((value) => value / size);
const transposed = (rows) => rows[0].map((_, j) => rows.map((row) => row[j]));

// answers[feature][sample]: w·x;  active: their absolute values;  norms[feature]: the length of a
// row of these, by which it is divided, so that all features are used alike;  told[sample]: the
// rest as a unit vector, so that all points count alike.
export function tell(filters, points) {
  const answers = filters.map((filter) => points.map((point) => dot(filter, point)));
  const active = answers.map((row) => row.map(soften));
  const norms = active.map(lengthOf);
  const even = transposed(active.map((row, feature) => over(row, norms[feature])));
  const told = even.map((features) => over(features, lengthOf(features)));
  const loss = told.flat().reduce((sum, value) => sum + value, 0) / points.length;
  return { answers, active, norms, even, told, loss };
}

// How filters that are trained tell a new point: the norms stay those of their own samples.
export function tellOne({ filters, norms }, point) {
  const even = filters.map((filter, feature) => soften(dot(filter, point)) / norms[feature]);
  return over(even, lengthOf(even));
}

// From slopes along a vector's unit vector to slopes along the vector: what would only make it
// longer counts for nothing.
function throughUnit(slopes, vector) {
  const size = lengthOf(vector);
  const unit = over(vector, size);
  const along = dot(slopes, unit);
  return slopes.map((slope, i) => (slope - unit[i] * along) / size);
}

// The gradient of the loss, [feature][coordinate], one stage of tell() after the other backwards.
export function slopesOf(points, { answers, active, even }) {
  const alike = new Array(answers.length).fill(1 / points.length);
  const ofEven = transposed(even.map((features) => throughUnit(alike, features)));
  const coordinates = transposed(points);
  return active.map((row, feature) => {
    const ofActive = throughUnit(ofEven[feature], row);
    const ofAnswers = ofActive.map((slope, i) => (slope * answers[feature][i]) / row[i]);
    return coordinates.map((values) => dot(ofAnswers, values));
  });
}
