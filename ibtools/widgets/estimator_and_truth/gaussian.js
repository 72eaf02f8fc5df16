// Mutual information as if the samples were normal: ½ log(det R_x det R_y / det R), with R the
// correlations of the samples.

import { standardised } from "./columns.js";

const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);

// log2 of the determinant, from the triangular root L with L Lᵀ = R (Cholesky).
function logDeterminant(matrix) {
  const root = [];
  let log = 0;
  matrix.forEach((row, i) => {
    root.push([]);
    for (let j = 0; j <= i; j += 1) {
      const rest = row[j] - dot(root[i].slice(0, j), root[j].slice(0, j));
      root[i].push(i === j ? Math.sqrt(rest) : rest / root[j][j]);
    }
    log += 2 * Math.log2(root[i][i]);
  });
  return log;
}

// In bits; for more samples than columns, none of which is a combination of others.
export function gaussian(x, y) {
  const n = x[0].length;
  const correlations = (columns) => columns.map((a) => columns.map((b) => dot(a, b) / n));
  const [spaceX, spaceY] = [x.map(standardised), y.map(standardised)];
  const [ofX, ofY, both] = [spaceX, spaceY, [...spaceX, ...spaceY]].map((columns) =>
    logDeterminant(correlations(columns)));
  return (ofX + ofY - both) / 2;
}
