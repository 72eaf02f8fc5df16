// Entropies of a joint table p[x][y], in bits, and how one cell changes while all still sum to 1.

const sum = (values) => values.reduce((total, value) => total + value, 0);

export const entropy = (p) => sum(p.map((share) => (share > 0 ? -share * Math.log2(share) : 0)));

export const rowSums = (p) => p.map(sum);
export const columnSums = (p) => p[0].map((_, y) => sum(p.map((row) => row[y])));

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

// The table with another share in one cell. The others keep their proportions among themselves;
// where they all are 0, what is left goes to all of them alike.
export function withShare(p, row, column, share) {
  const here = (x, y) => x === row && y === column;
  const total = sum(p.flatMap((shares, x) => shares.filter((_, y) => !here(x, y))));
  const left = 1 - share;
  const alike = left / (p.flat().length - 1);
  return p.map((shares, x) =>
    shares.map((old, y) => {
      if (here(x, y)) return share;
      return total > 0 ? (left * old) / total : alike;
    }));
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

// Whole per mille in the order of reading. Those that lose most by rounding down are rounded up,
// so that the sum is 1000.
export function perMille(p) {
  const exact = p.flat().map((share) => 1000 * share);
  const whole = exact.map(Math.floor);
  const missing = 1000 - sum(whole);
  const byLoss = exact.map((_, i) => i).sort((i, j) => exact[j] - whole[j] - (exact[i] - whole[i]));
  for (const i of byLoss.slice(0, missing)) whole[i] += 1;
  return whole;
}

// A table of so many columns from weights in the order of reading; undefined where all are 0.
export function tableOf(weights, nY) {
  const total = sum(weights);
  if (!(total > 0)) return undefined;
  return Array.from({ length: weights.length / nY }, (_, x) =>
    weights.slice(x * nY, (x + 1) * nY).map((weight) => weight / total));
}
