// Forward and backward through one fully connected network, as matrix products written out.
//
//     forward    T_l = g(W_l T_{l-1} + b_l),    output softmax(W_L T_{L-1} + b_L)
//     backward   δ_L = p - onehot(y),           δ_{l-1} = (W_lᵀ δ_l) ∘ g'(T_{l-1})
//                ∂loss/∂W_l = δ_l T_{l-1}ᵀ / n,  ∂loss/∂b_l = mean of δ_l
//
// Samples come last: a layer is one array, a row of n numbers for each of its units. All weights
// and biases of a network are one array too, so that an optimiser need not know what they are.
// No array is made here while a network trains.

// Where the parameters of each layer stand: weights (units × inputs), then biases.
export function shapeOf(sizes) {
  let size = 0;
  const layers = sizes.slice(1).map((units, l) => {
    const layer = { inputs: sizes[l], units, weights: size, biases: size + units * sizes[l] };
    size = layer.biases + units;
    return layer;
  });
  return { layers, size };
}

// Room for what the layers do with up to n samples, and for their δ.
export function roomFor(shape, n, Numbers) {
  const rows = () => shape.layers.map(({ units }) => new Numbers(units * n));
  return { activations: rows(), deltas: rows() };
}

// out += W t for the matrix with W_oi = values[first + o·down + i·across]; samples are the inner
// loop. Four inputs at a time, or the sums would be fetched and stored as often as they are added
// to; where fewer are left, weights of 0 stand for the missing ones.
function addProduct(out, units, inputs, values, first, down, across, t, n) {
  for (let o = 0; o < units; o++) {
    const row = o * n;
    for (let i = 0; i < inputs; i += 4) {
      const w = first + o * down + i * across;
      const left = inputs - i;
      const a = values[w];
      const b = left > 1 ? values[w + across] : 0;
      const c = left > 2 ? values[w + 2 * across] : 0;
      const d = left > 3 ? values[w + 3 * across] : 0;
      const t0 = i * n;
      const t1 = left > 1 ? t0 + n : t0;
      const t2 = left > 2 ? t1 + n : t0;
      const t3 = left > 3 ? t2 + n : t0;
      for (let s = 0; s < n; s++) {
        out[row + s] += a * t[t0 + s] + b * t[t1 + s] + c * t[t2 + s] + d * t[t3 + s];
      }
    }
  }
}

// What units make of their sum, in place, for the first `size` numbers.
export const ACTIVATIONS = {
  tanh(t, size) {
    for (let i = 0; i < size; i++) t[i] = Math.tanh(t[i]);
  },
  relu(t, size) {
    for (let i = 0; i < size; i++) t[i] = Math.max(t[i], 0);
  },
  softsign(t, size) {
    for (let i = 0; i < size; i++) t[i] /= 1 + Math.abs(t[i]);
  },
  softplus(t, size) {
    // Beyond 20 it is its argument to nine digits, and the exponential would overflow.
    for (let i = 0; i < size; i++) if (t[i] <= 20) t[i] = Math.log1p(Math.exp(t[i]));
  },
  linear() {},
};

// tanh a = 2σ(2a) - 1: Math.tanh takes several times longer. Good enough to follow a gradient; what
// is measured is made with the functions above.
export const TRAINING_ACTIVATIONS = {
  ...ACTIVATIONS,
  tanh(t, size) {
    for (let i = 0; i < size; i++) t[i] = 2 / (1 + Math.exp(-2 * t[i])) - 1;
  },
};

// δ times g'(a), written as a function of t = g(a).
const TIMES_DERIVATIVE = {
  tanh(delta, t, size) {
    for (let i = 0; i < size; i++) delta[i] *= 1 - t[i] * t[i];
  },
  relu(delta, t, size) {
    for (let i = 0; i < size; i++) if (t[i] === 0) delta[i] = 0;
  },
  softsign(delta, t, size) {
    for (let i = 0; i < size; i++) delta[i] *= (1 - Math.abs(t[i])) ** 2;
  },
  softplus(delta, t, size) {
    for (let i = 0; i < size; i++) delta[i] *= -Math.expm1(-t[i]);
  },
  linear() {},
};

// Fills room.activations; the last holds the logits.
export function forwardPass(shape, values, x, n, room, activate) {
  let t = x;
  shape.layers.forEach(({ units, inputs, weights, biases }, l) => {
    const out = room.activations[l];
    for (let o = 0; o < units; o++) out.fill(values[biases + o], o * n, (o + 1) * n);
    addProduct(out, units, inputs, values, weights, inputs, 1, t, n);
    if (l < shape.layers.length - 1) activate(out, units * n);
    t = out;
  });
}

// Probabilities out of logits, in place.
export function softmax(logits, labels, n) {
  for (let s = 0; s < n; s++) {
    let largest = -Infinity;
    for (let k = s; k < labels * n; k += n) largest = Math.max(largest, logits[k]);
    let sum = 0;
    for (let k = s; k < labels * n; k += n) sum += logits[k] = Math.exp(logits[k] - largest);
    for (let k = s; k < labels * n; k += n) logits[k] /= sum;
  }
}

// Fills room.deltas, the last layer first, where room holds the activations and probabilities.
export function backwardPass(shape, values, y, n, room, activation) {
  const last = shape.layers.length - 1;
  room.deltas[last].set(room.activations[last]);
  for (let s = 0; s < n; s++) room.deltas[last][y[s] * n + s] -= 1;
  for (let l = last; l > 0; l--) {
    const { units, inputs, weights } = shape.layers[l];
    const below = room.deltas[l - 1];
    below.fill(0, 0, inputs * n);
    addProduct(below, inputs, units, values, weights, 1, inputs, room.deltas[l], n);
    TIMES_DERIVATIVE[activation](below, room.activations[l - 1], inputs * n);
  }
}

// Sums over the samples of δ_o t_i, divided by `count`: four inputs share each δ.
function outerProducts(gradient, { units, inputs, weights, biases }, delta, t, n, count) {
  for (let o = 0; o < units; o++) {
    const row = o * n;
    for (let i = 0; i < inputs; i += 4) {
      const t0 = i * n;
      const t1 = Math.min(i + 1, inputs - 1) * n;
      const t2 = Math.min(i + 2, inputs - 1) * n;
      const t3 = Math.min(i + 3, inputs - 1) * n;
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let s = 0; s < n; s++) {
        const change = delta[row + s];
        a += change * t[t0 + s];
        b += change * t[t1 + s];
        c += change * t[t2 + s];
        d += change * t[t3 + s];
      }
      const w = weights + o * inputs + i;
      gradient[w] = a / count;
      if (i + 1 < inputs) gradient[w + 1] = b / count;
      if (i + 2 < inputs) gradient[w + 2] = c / count;
      if (i + 3 < inputs) gradient[w + 3] = d / count;
    }
    let sum = 0;
    for (let s = row; s < row + n; s++) sum += delta[s];
    gradient[biases + o] = sum / count;
  }
}

// The gradient of the mean cross-entropy (nats) over `count` samples, from the passes' results.
export function gradientOf(shape, x, n, room, gradient, count) {
  shape.layers.forEach((layer, l) =>
    outerProducts(gradient, layer, room.deltas[l], l ? room.activations[l - 1] : x, n, count));
}
