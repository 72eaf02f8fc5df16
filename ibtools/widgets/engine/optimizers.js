// What an optimiser does with a gradient; each function makes one that remembers what it must.

const descent = (rate) => (values, gradient) => {
  for (let i = 0; i < values.length; i++) values[i] -= rate * gradient[i];
};

const KEPT_SPEED = 0.9;

function momentum(rate, memory) {
  const speed = memory();
  return (values, gradient) => {
    for (let i = 0; i < values.length; i++) {
      speed[i] = KEPT_SPEED * speed[i] + gradient[i];
      values[i] -= rate * speed[i];
    }
  };
}

const KEPT_MEAN = 0.9;
const KEPT_SQUARE = 0.999;
const SMALLEST_ROOT = 1e-8;

function adam(rate, memory) {
  const mean = memory();
  const square = memory();
  let steps = 0;
  return (values, gradient) => {
    steps += 1;
    // Both began at 0 and are too small by these shares.
    const pace = rate / (1 - KEPT_MEAN ** steps);
    const size = Math.sqrt(1 - KEPT_SQUARE ** steps);
    for (let i = 0; i < values.length; i++) {
      mean[i] = KEPT_MEAN * mean[i] + (1 - KEPT_MEAN) * gradient[i];
      square[i] = KEPT_SQUARE * square[i] + (1 - KEPT_SQUARE) * gradient[i] * gradient[i];
      values[i] -= (pace * mean[i]) / (Math.sqrt(square[i]) / size + SMALLEST_ROOT);
    }
  };
}

const OPTIMIZERS = { sgd: descent, momentum, adam };

// Returns step(values, gradient), which changes both. A penalty λ/2 ‖W‖² pulls the weights towards
// 0, never the biases.
export function optimizerFor({ optimizer, learning_rate, weight_decay }, shape, Numbers) {
  const step = OPTIMIZERS[optimizer](learning_rate, () => new Numbers(shape.size));
  if (weight_decay === 0) return step;
  return (values, gradient) => {
    for (const { weights, biases } of shape.layers) {
      for (let i = weights; i < biases; i++) gradient[i] += weight_decay * values[i];
    }
    step(values, gradient);
  };
}
