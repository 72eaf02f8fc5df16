// What the picture shows, in words and numbers, and where words go.

import { clamp, digitsApart, NO_DIFFERENCE } from "../kit/numbers.js";
import { huffmanWords } from "./huffman.js";
import { numbersOf, sharesOf, surprise, valuesOf } from "./law.js";

// What may stand below the line: its name in the model and in an address, and in words.
export const ROWS = [["surprise", "surprise"], ["codes", "code words (Huffman)"]];

export const two = (value) => value.toFixed(2);
// At most three digits, and ⅛ in full; what is not quite nothing or all does not look it.
export function shareOf(share) {
  if (share > 0 && share < 0.0005) return "< 0.001";
  if (share < 1 && share >= 0.9995) return "> 0.999";
  return String(Number(share.toFixed(3)));
}

// The numbers of a law that a reader compares, with as many digits as tell them apart.
export function textsOf({ entropy, most, effective, length }) {
  const digits = digitsApart([0, entropy, most, length]);
  const [h, top, mean] = [entropy, most, length].map((bits) => bits.toFixed(digits));
  return {
    entropy: h, most: top, length: mean,
    effective: effective.toFixed(digitsApart([1, effective, 2 ** most])),
  };
}

// Near x, but not out of a picture of this width: half is half of their length.
export const within = (x, width, half) => clamp(x, half, width - half);

const sameNumbers = (a, b) => a.length === b.length && a.every((value, i) => value === b[i]);

function change(from, to) {
  const [old, now] = [from, to].map((value) => value.toFixed(digitsApart([from, to])));
  return old === now ? now : `${old} → ${now}`;
}

function wordsOfCode(numbers) {
  const { entropy, length } = textsOf(numbers);
  const exact = numbers.length - numbers.entropy < NO_DIFFERENCE
    ? "exactly the entropy, for all probabilities are powers of ½"
    : `more than the entropy, H = ${entropy}, and less than H\u00a0+\u00a01`;
  return `A word of the code takes L = ${length} bits on average: ${exact}.`;
}

function wordsOfEntropy(n, numbers) {
  const { entropy, most, effective } = textsOf(numbers);
  if (numbers.entropy < NO_DIFFERENCE)
    return "One outcome is certain: nothing surprises, H(X) = 0 bits.";
  if (numbers.most - numbers.entropy < NO_DIFFERENCE)
    return `All ${n} outcomes are equally likely: H(X) = log₂ ${n} = ${most} bits, ` +
      "the most there can be.";
  return `The mean surprise is the entropy, H(X) = ${entropy} bits of at most ` +
    `log₂ ${n} = ${most}: as uncertain as ${effective} equally likely outcomes.`;
}

// Whether the same bars stand in the same places.
const looksAlike = (law, other) =>
  law.every(([value, share]) => other.some(([place, height]) =>
    place === value && height === share));

// before: the law before the reader's hand moved it.
export function sentenceFor(law, row, before) {
  const now = numbersOf(law);
  const isMoved = !sameNumbers(valuesOf(before), valuesOf(law)) &&
    sameNumbers(sharesOf(before), sharesOf(law));
  if (isMoved) {
    if (looksAlike(before, law))
      return "The values have changed places; with equal bars nothing shows.";
    const then = numbersOf(before);
    return "Only the values have moved: mean " + change(then.mean, now.mean) +
      `, standard deviation ${change(then.deviation, now.deviation)}. The entropy does not ` +
      `look at them: it is still ${textsOf(now).entropy} bits.`;
  }
  return row === "codes" ? wordsOfCode(now) : wordsOfEntropy(law.length, now);
}

export function barsInWords(law, row) {
  const words = huffmanWords(sharesOf(law));
  const below = (share, word) => {
    if (share === 0) return "never seen";
    if (row === "surprise") return `surprise ${two(surprise(share))} bits`;
    return word ? `code word ${word}` : "no word needed";
  };
  const listed = law.map(([value, share], i) =>
    `${value}: ${shareOf(share)}, ${below(share, words[i])}`);
  return `Bars at values on a line, each with its probability: ${listed.join("; ")}.`;
}

export const gaugeInWords = ({ entropy, most, effective }, n) =>
  `The entropy ${entropy} bits between 0, where one outcome is certain, and ` +
  `log₂ ${n} = ${most} bits, where all are equally likely: ` +
  `as uncertain as ${effective} equally likely outcomes.`;
