// Joint tables p[x][y]: their margins and entropies, in bits, and some to begin with.

import { sumOf } from "../kit/numbers.js";
import { entropy } from "../kit/shares.js";

// A list in the order of reading, cut into rows of n.
export const rowsOf = (list, n) =>
  Array.from({ length: list.length / n }, (_, x) => list.slice(x * n, (x + 1) * n));

export const rowSums = (p) => p.map(sumOf);
export const columnSums = (p) => p[0].map((_, y) => sumOf(p.map((row) => row[y])));

// H(X), H(Y), H(X,Y) and what follows from them; never below 0, where rounding may lead.
export function entropies(p) {
  const [x, y, xy] = [rowSums(p), columnSums(p), p.flat()].map(entropy);
  return {
    x, y, xy,
    information: Math.max(0, x + y - xy),
    xGivenY: Math.max(0, xy - y),
    yGivenX: Math.max(0, xy - x),
  };
}

// The same marginals with nothing in common: p(x) p(y).
export function independent(p) {
  const y = columnSums(p);
  return rowSums(p).map((share) => y.map((other) => share * other));
}

// Y repeats X with probability 1 - noise; what noise takes away is spread over all other cells.
export function copyOfX(nX, nY, noise) {
  const n = Math.min(nX, nY);
  const cell = (x, y) => (x === y ? (1 - noise) / n : noise / (nX * nY - n));
  return Array.from({ length: nX }, (_, x) => Array.from({ length: nY }, (_, y) => cell(x, y)));
}
