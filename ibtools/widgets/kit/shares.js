// Shares that sum to 1: their entropy, one of them changed, and how an address writes them.

import { sumOf } from "./numbers.js";

// H = -Σ p log2 p in bits, where what never happens counts as 0.
export const entropy = (shares) =>
  sumOf(shares.map((share) => (share > 0 ? -share * Math.log2(share) : 0)));

// The same shares with another one in place i. The others keep their proportions among themselves;
// where they all are 0, what is left goes to all of them alike.
export function withShare(shares, i, share) {
  const total = sumOf(shares.filter((_, j) => j !== i));
  const left = 1 - share;
  const alike = left / (shares.length - 1);
  return shares.map((old, j) => {
    if (j === i) return share;
    return total > 0 ? (left * old) / total : alike;
  });
}

// Whole per mille. Those that lose most by rounding down are rounded up, so that the sum is 1000.
export function perMille(shares) {
  const exact = shares.map((share) => 1000 * share);
  const whole = exact.map(Math.floor);
  const missing = 1000 - sumOf(whole);
  const byLoss = exact.map((_, i) => i).sort((i, j) => exact[j] - whole[j] - (exact[i] - whole[i]));
  for (const i of byLoss.slice(0, missing)) whole[i] += 1;
  return whole;
}

// Shares from weights; undefined where all are 0.
export function sharesFrom(weights) {
  const total = sumOf(weights);
  return total > 0 ? weights.map((weight) => weight / total) : undefined;
}
