// Bounds on the information in a noisy layer T = h(X) + N(0, σ²I) from the distances of its
// centres h (Kolchinsky & Tracey 2017), for n inputs, all alike:
//
//     J(s) = -(1/n) Σ_i log2 (1/n) Σ_j exp(-|h_i - h_j|² / (2 s σ²)),     J(4) ≤ I(X;T) ≤ J(1).

const MOST_CENTRES = 1024;

function commonFactor(a, b) {
  return b === 0 ? a : commonFactor(b, a % b);
}

// At most 1024 of n inputs, spread over all of them by steps of the golden ratio.
export function subsample(n) {
  let step = Math.round(0.618034 * n);
  while (commonFactor(step, n) > 1) step += 1;
  return Int32Array.from({ length: Math.min(n, MOST_CENTRES) }, (_, i) =>
    n <= MOST_CENTRES ? i : (i * step) % n);
}

// Beyond this exponent a term is nothing beside the 1 that each sum holds for its own centre.
const NOTHING = 45;

// Adds up exp(-d) and exp(-4d), d = |u_i - u_j|², over all pairs and over those of one label.
function kernelSums(u, labels, n) {
  const names = ["every", "everyNear", "own", "ownNear"];
  const sums = Object.fromEntries(names.map((name) => [name, new Float64Array(n).fill(1)]));
  const { every, everyNear, own, ownNear } = sums;
  const distances = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    distances.fill(0, i + 1);
    for (let row = 0; row < u.length; row += n) {
      for (let j = i + 1; j < n; j++) {
        const difference = u[row + i] - u[row + j];
        distances[j] += difference * difference;
      }
    }
    for (let j = i + 1; j < n; j++) {
      if (distances[j] > NOTHING) continue;
      const far = Math.exp(-distances[j]);
      const near = far * far * far * far;
      every[i] += far;
      every[j] += far;
      everyNear[i] += near;
      everyNear[j] += near;
      if (labels[i] !== labels[j]) continue;
      own[i] += far;
      own[j] += far;
      ownNear[i] += near;
      ownNear[j] += near;
    }
  }
  return sums;
}

function largestOf(t) {
  let largest = 0;
  for (let i = 0; i < t.length; i++) largest = Math.max(largest, Math.abs(t[i]));
  return largest || 1;
}

// Bits of I(X;T) and I(T;Y) with their bands, for a layer t (a row a unit) read at some samples.
// relative: the noise counts in units of the layer's largest squared activation.
export function mixtureInformation(t, y, { noise_variance, relative }) {
  const samples = subsample(y.length);
  const n = samples.length;
  const labels = Uint8Array.from(samples, (sample) => y[sample]);
  const units = t.length / y.length;
  const centres = new Float64Array(units * n);
  for (let unit = 0; unit < units; unit++) {
    for (let s = 0; s < n; s++) centres[unit * n + s] = t[unit * y.length + samples[s]];
  }
  const deviation = Math.sqrt(8 * noise_variance) * (relative ? largestOf(centres) : 1);
  const u = centres.map((h) => h / deviation);
  const { every, everyNear, own, ownNear } = kernelSums(u, labels, n);
  const sizes = [];
  labels.forEach((label) => (sizes[label] = (sizes[label] ?? 0) + 1));
  const information = (sums, of) =>
    -sums.reduce((sum, value, i) => sum + Math.log2(value / of(i)), 0) / n;
  const all = () => n;
  const sameLabel = (i) => sizes[labels[i]];
  const [low, high] = [information(every, all), information(everyNear, all)];
  const [lowGivenY, highGivenY] = [information(own, sameLabel), information(ownNear, sameLabel)];
  return {
    x: high,
    // What Saxe et al. plot: the upper bound of h(T) less the upper bounds of h(T|y).
    y: high - highGivenY,
    bandX: { low, high },
    bandY: { low: low - highGivenY, high: high - lowGivenY },
  };
}
