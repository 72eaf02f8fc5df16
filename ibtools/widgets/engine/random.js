// Random numbers from a seed: the same on every machine, other ones for every network.

// Four whole numbers of 32 bits, stirred at each draw (sfc32, a "small fast counter").
export function uniformNumbers(seed, stream) {
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = stream >>> 0;
  let counter = 1;
  const draw = () => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // Neighbouring seeds look alike until they are well stirred.
  for (let i = 0; i < 20; i++) draw();
  return draw;
}

// From N(0, 1), those beyond two standard deviations drawn anew.
export function cutNormal(uniform) {
  while (true) {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const value = radius * Math.cos(2 * Math.PI * uniform());
    if (Math.abs(value) <= 2) return value;
  }
}

export function permutation(n, uniform) {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const other = Math.floor(uniform() * (i + 1));
    [order[i], order[other]] = [order[other], order[i]];
  }
  return order;
}
