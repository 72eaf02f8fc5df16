// Seeded samples of normal variables whose mutual information is known.

// 32 bits after 32 bits from three words of state and a counter (Doty-Humphrey's sfc32), as
// numbers between 0 and 1, both excluded.
export function uniforms(a, b, c) {
  let counter = 1;
  const next = () => {
    const word = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    return ((word >>> 0) + 0.5) / 2 ** 32;
  };
  // Until words of state that differ in one bit have become unlike.
  for (let i = 0; i < 16; i += 1) next();
  return next;
}

// -d/2 log2(1 - ρ²): what d pairs of correlation ρ tell about each other, in bits.
export const informationOfNormals = (dimension, rho) =>
  (-dimension / 2) * Math.log2(1 - rho ** 2) + 0;

// n samples of X and Y as lists of columns; column i of X and of Y have correlation ρ, all else is
// independent. The noise comes from seed, n and sample alone: as ρ grows the same points move, and
// a further dimension leaves those before as they were.
export function correlatedNormals({ n, dimension, rho, seed, sample }) {
  const uniform = uniforms(seed, n, sample);
  const x = [];
  const y = [];
  for (let column = 0; column < dimension; column += 1) {
    x.push(new Float64Array(n));
    y.push(new Float64Array(n));
    for (let i = 0; i < n; i += 1) {
      // Box and Muller: a point of two independent normals, by its distance and its angle.
      const distance = Math.sqrt(-2 * Math.log(uniform()));
      const angle = 2 * Math.PI * uniform();
      x[column][i] = distance * Math.cos(angle);
      y[column][i] = rho * x[column][i] + Math.sqrt(1 - rho ** 2) * distance * Math.sin(angle);
    }
  }
  return { x, y };
}
