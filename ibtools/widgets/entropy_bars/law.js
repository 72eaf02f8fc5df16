// The law of X as a list of pairs [value, probability]: its numbers, and how a reader changes it.

import { clamp, sumOf } from "../kit/numbers.js";
import { entropy, withShare } from "../kit/shares.js";
import { huffmanLengths } from "./huffman.js";
import { gathered } from "./places.js";

// So many outcomes it may have.
export const [FEWEST, MOST] = [2, 8];

export const valuesOf = (law) => law.map(([value]) => value);
export const sharesOf = (law) => law.map(([, share]) => share);
export const lawOf = (values, shares) => values.map((value, i) => [value, shares[i]]);

// In bits: 0 for what is certain, Infinity for what never happens.
export const surprise = (share) => Math.log2(1 / share);

// What never happens has no part in a mean, however large its value.
const meanUnder = (shares, values) =>
  shares.reduce((total, share, i) => (share > 0 ? total + share * values[i] : total), 0);

// Mean and deviation are those of the values; all else looks at the probabilities alone.
export function numbersOf(law) {
  const [values, shares] = [valuesOf(law), sharesOf(law)];
  const mean = meanUnder(shares, values);
  const bits = entropy(shares);
  return {
    mean,
    deviation: Math.sqrt(meanUnder(shares, values.map((value) => (value - mean) ** 2))),
    entropy: bits,
    most: Math.log2(shares.length),
    effective: 2 ** bits,
    length: meanUnder(shares, huffmanLengths(shares)),
  };
}

// One bar at another height; the others share the rest in the proportions that they have.
export function withBar(law, i, wanted) {
  return lawOf(valuesOf(law), withShare(sharesOf(law), i, clamp(wanted, 0, 1)));
}

export const withValue = (law, i, value) =>
  law.map(([old, share], j) => [i === j ? value : old, share]);

export const withValues = (law, values) => lawOf(values, sharesOf(law));

export const equallyLikely = (law) => law.map(([value]) => [value, 1 / law.length]);

// The likeliest of now is then certain.
export function oneCertain(law) {
  const shares = sharesOf(law);
  const first = shares.indexOf(Math.max(...shares));
  return law.map(([value], i) => [value, i === first ? 1 : 0]);
}

// So many outcomes; another number of them side by side: new ones get an equal part, and if some
// go, the others keep their proportions.
export function withOutcomes(law, n) {
  if (n === law.length) return law;
  const kept = sharesOf(law).slice(0, n);
  const total = sumOf(kept);
  const part = kept.length / n;
  const shares = Array.from({ length: n }, (_, i) => {
    if (i >= kept.length || !(total > 0)) return 1 / n;
    return (part * kept[i]) / total;
  });
  return lawOf(gathered(n), shares);
}
