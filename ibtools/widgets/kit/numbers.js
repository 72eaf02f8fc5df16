// Sums and words of numbers that more than one file needs.

export const sumOf = (values) => values.reduce((sum, value) => sum + value, 0);
export const meanOf = (values) => sumOf(values) / values.length;

export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

// With a true minus sign, and none before what rounds to 0.
export function fixed(value, digits = 2) {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) ? `−${text}` : text;
}

// Numbers nearer than this differ by rounding alone.
export const NO_DIFFERENCE = 1e-9;
const MOST_DIGITS = 9;

// How many digits tell these numbers apart, but for those that are the same up to rounding.
export function digitsApart(numbers, fewest = 2) {
  const seemAlike = (digits) => numbers.some((one, i) => numbers.slice(i + 1).some((other) =>
    Math.abs(one - other) > NO_DIFFERENCE && fixed(one, digits) === fixed(other, digits)));
  let digits = fewest;
  while (digits < MOST_DIGITS && seemAlike(digits)) digits += 1;
  return digits;
}
