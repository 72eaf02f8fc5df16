// When to look at a training.

// As Python rounds: what lies halfway goes to the even side.
export function roundHalfEven(value) {
  const nearest = Math.round(value);
  return nearest - value === 0.5 && nearest % 2 ? nearest - 1 : nearest;
}

// About n epochs, evenly spaced on a log scale, from 0 to `epochs`, both included, each once.
export function snapshotEpochs(epochs, n) {
  if (!(n >= 2)) {
    throw new RangeError(`n must be at least 2, the first and the last epoch, got ${n}`);
  }
  const steps = n - 2;
  const spaced = Array.from({ length: steps }, (_, i) => roundHalfEven(epochs ** (i / steps)));
  return [...new Set([0, ...spaced.filter((epoch) => epoch < epochs), epochs])];
}
