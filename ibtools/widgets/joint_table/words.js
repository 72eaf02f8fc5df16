// What the entropies are, in words and numbers.

export const bits = (value) => `${value.toFixed(2)} bits`;

// Below this the overlap is rounding.
const NOTHING = 1e-12;

export function sentence(e) {
  const [x, y, xy, shared] = [e.x, e.y, e.xy, e.information].map((value) => value.toFixed(3));
  const meaning = e.information < NOTHING
    ? "X and Y are independent: no overlap"
    : "the overlap, this much X and Y tell about each other";
  return `I(X;Y) = H(X) + H(Y) − H(X,Y) = ${x} + ${y} − ${xy} = ${shared} bits: ${meaning}.`;
}
