// What may be asked of the engine, said in the words that Python says it in, and how much of it.

import { DATASETS } from "./datasets.js";

export const TRAINING_DEFAULTS = {
  dataset: "icosahedron_rule",
  widths: [10, 7, 5, 4, 3],
  activation: "tanh",
  optimizer: "adam",
  learning_rate: 4e-4,
  batch_size: 512,
  initialization: "fan_in",
  train_fraction: 0.8,
  shuffle_split: true,
  weight_decay: 0,
  noise: 0,
  precision: "float32",
  epochs: 8000,
  first_network: 0,
  n_networks: 20,
  seed: 0,
};

const CHOICES = {
  dataset: Object.keys(DATASETS),
  activation: ["tanh", "relu", "softsign", "softplus", "linear"],
  optimizer: ["sgd", "momentum", "adam"],
  initialization: ["fan_in", "fan_out"],
  precision: ["float32", "float64"],
};

// Least and most of what counts something: a page must stay a page, whatever its address asks for.
const COUNTED = {
  epochs: [0, 100_000],
  first_network: [0, 1_000_000],
  n_networks: [1, 50],
  seed: [0, Number.MAX_SAFE_INTEGER],
};
const MOST_LAYERS = 8;
const MOST_UNITS = 64;

export const ESTIMATORS = {
  binning: { bins: "equal", n_bins: 30, low: -1, high: 1, width: 0.07, label_gain: null },
  mixture: { noise_variance: 1e-3, relative: false },
};
const BIN_RULES = ["equal", "width", "equal-mass", "ebab"];
const MOST_BINS = 1000;

const WORDS = new Map([[null, "None"], [undefined, "None"], [true, "True"], [false, "False"]]);

// A value as Python would write it.
function shown(value) {
  if (typeof value === "string") return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  return WORDS.get(value) ?? (typeof value === "object" ? JSON.stringify(value) : String(value));
}

function demand(fits, name, expected, value) {
  if (!fits) throw new RangeError(`${name} must ${expected}, got ${shown(value)}`);
}

function demandWhole(value, name, least, most) {
  const whole = Number.isFinite(value) && Math.floor(value) === value && value >= least;
  demand(whole, name, `be a whole number of at least ${least}`, value);
  demand(value <= most, name, `be at most ${most} on a page`, value);
}

const demandOneOf = (value, name, choices) =>
  demand(choices.includes(value), name, `be one of ${choices.join(", ")}`, value);

const demandPositive = (value, name) =>
  demand(Number.isFinite(value) && value > 0, name, "be positive and finite", value);

const demandTruth = (value, name) =>
  demand(typeof value === "boolean", name, "be True or False", value);

const strangeNames = (given, known) =>
  Object.keys(given).filter((name) => !Object.hasOwn(known, name)).sort();

// All settings of a training, those not given at their defaults; RangeError for what cannot be.
export function trainingSettings(given) {
  const strange = strangeNames(given, TRAINING_DEFAULTS);
  demand(!strange.length, "settings", "be those of TrainingSettings", strange);
  const settings = { ...TRAINING_DEFAULTS, ...given };
  const { widths } = settings;
  demand(Array.isArray(widths), "widths", "list the hidden layers", widths);
  if (!widths.length) throw new RangeError("widths must name at least one hidden layer, got none");
  const few = widths.length <= MOST_LAYERS;
  demand(few, "widths", `name at most ${MOST_LAYERS} layers on a page`, widths);
  widths.forEach((width) => demandWhole(width, "widths", 1, MOST_UNITS));
  for (const name of Object.keys(COUNTED)) demandWhole(settings[name], name, ...COUNTED[name]);
  if (settings.batch_size !== null) demandWhole(settings.batch_size, "batch_size", 1, Infinity);
  for (const name of Object.keys(CHOICES)) demandOneOf(settings[name], name, CHOICES[name]);
  demandPositive(settings.learning_rate, "learning_rate");
  for (const name of ["weight_decay", "noise"]) {
    const value = settings[name];
    demand(Number.isFinite(value) && value >= 0, name, "be a finite number of at least 0", value);
  }
  const { noise, train_fraction: share } = settings;
  demand(noise === 0, "noise", "be 0 on a page, which trains no noisy networks", noise);
  const proper = Number.isFinite(share) && share > 0 && share < 1;
  demand(proper, "train_fraction", "lie between 0 and 1", share);
  demandTruth(settings.shuffle_split, "shuffle_split");
  return settings;
}

// The estimator with all its settings spelled out; RangeError for what cannot be.
export function estimatorSettings(given, dataset) {
  const { name, ...own } = given ?? {};
  const names = Object.keys(ESTIMATORS);
  demand(names.includes(name), "estimator", `be named one of ${names.join(", ")}`, name);
  const known = ESTIMATORS[name];
  const strange = strangeNames(own, known);
  if (strange.length) {
    const expected = Object.keys(known).join(", ");
    throw new RangeError(`estimator ${name} takes ${expected}, got ${strange.join(", ")} as well`);
  }
  const estimator = { name, ...known, ...own };
  if (name === "mixture") {
    demandPositive(estimator.noise_variance, "noise_variance");
    demandTruth(estimator.relative, "relative");
    return estimator;
  }
  const { low, high, label_gain: gain } = estimator;
  demandOneOf(estimator.bins, "bins", BIN_RULES);
  demandWhole(estimator.n_bins, "n_bins", 1, MOST_BINS);
  demandPositive(estimator.width, "width");
  if (![low, high, high - low].every(Number.isFinite) || low >= high) {
    throw new RangeError(
      `low must be less than high, both finite, got ${shown(low)} and ${shown(high)}`,
    );
  }
  if (gain !== null) {
    demand(Number.isFinite(gain) && gain > 0, "gain", "be positive", gain);
    if (dataset !== "icosahedron_rule") {
      throw new RangeError(
        "label_gain is about the 12-bit rule, got the inputs of another data set",
      );
    }
  }
  return estimator;
}
