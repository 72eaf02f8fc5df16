// What the reader has chosen, as one flat object: the same names in the form and in the address.

import { listOf, numberIn, oneOf, wholeIn } from "../kit/address.js";

export const ACTIVATION_NAMES = [
  ["tanh", "tanh"], ["relu", "ReLU"], ["softsign", "softsign"], ["softplus", "softplus"],
  ["linear", "linear"],
];
export const OPTIMIZER_NAMES = [["sgd", "SGD"], ["momentum", "momentum"], ["adam", "Adam"]];
export const START_NAMES = [["fan_in", "1/√fan-in"], ["fan_out", "1/√fan-out"]];
export const RULER_NAMES = [
  ["equal", "equal bins on [−1, 1]"],
  ["width", "bins of a fixed width"],
  ["equal-mass", "bins of equal mass"],
  ["ebab", "bins of equally many levels"],
  ["mixture", "noise on every unit"],
];
export const DATA_NAMES = {
  icosahedron_rule: "12-bit rule", ring: "ring", xor: "XOR", spirals: "spirals",
};

// What each ruler is set by.
export const RULER_SETTING = {
  equal: "n_bins", width: "width", "equal-mass": "n_bins", ebab: "n_bins", mixture: "noise_variance",
};

const FIXED = {
  binning: { low: -1, high: 1, label_gain: null }, mixture: { relative: false },
};

function rulerOf(estimator) {
  const { name, bins } = estimator;
  const other = Object.entries(FIXED[name] ?? {})
    .filter(([key, value]) => key in estimator && estimator[key] !== value);
  if (other.length) return `${name}, ${other.map(([key]) => `${key} ${estimator[key]}`).join(", ")}`;
  return name === "binning" ? bins : name;
}

// A lab may begin with a ruler that this form cannot set, such as "ksg", or bins on [0, 5]: it is
// chosen as it is.
export function rulersWith(estimator) {
  const own = rulerOf(estimator);
  const known = RULER_NAMES.some(([name]) => name === own);
  return known ? RULER_NAMES : [...RULER_NAMES, [own, own]];
}

const oneOfNames = (names) => oneOf(names.map(([key]) => key));
const nameIn = (names) => (key) => Object.fromEntries(names)[key];

export const kindsOf = (datasets, rulers) => ({
  dataset: oneOf(datasets),
  train_fraction: numberIn(0.001, 0.999),
  activation: oneOfNames(ACTIVATION_NAMES),
  widths: listOf(wholeIn(1, 64), 1, 8),
  initialization: oneOfNames(START_NAMES),
  optimizer: oneOfNames(OPTIMIZER_NAMES),
  learning_rate: numberIn(1e-9, 1e3),
  batch_size: wholeIn(0, 1e6),
  epochs: wholeIn(1, 1e5),
  n_networks: wholeIn(1, 50),
  seed: wholeIn(0, 2 ** 31),
  ruler: oneOfNames(rulers),
  n_bins: wholeIn(1, 1e4),
  width: numberIn(1e-6, 1e3),
  noise_variance: numberIn(1e-9, 1e3),
});

export const RULER_KEYS = ["ruler", "n_bins", "width", "noise_variance"];

const DEFAULT_RULER = { n_bins: 30, width: 0.07, noise_variance: 0.001 };

// The choices that settings and an estimator stand for. An empty batch is the whole training set.
export function choicesOf(settings, estimator) {
  const named = Object.keys(DEFAULT_RULER).filter((key) => estimator[key] !== undefined);
  return {
    ...settings,
    batch_size: settings.batch_size ?? 0,
    ruler: rulerOf(estimator),
    ...DEFAULT_RULER,
    ...Object.fromEntries(named.map((key) => [key, estimator[key]])),
  };
}

// And back; settings of which a form knows nothing keep their values.
export function settingsOf(choices) {
  const settings = { ...choices, batch_size: choices.batch_size || null };
  for (const key of RULER_KEYS) delete settings[key];
  return settings;
}

// first: the estimator to begin with, which may be none of the form's.
export function estimatorOf({ ruler, n_bins, width, noise_variance }, first) {
  if (!(ruler in RULER_SETTING)) return first;
  if (ruler === "mixture") return { name: "mixture", noise_variance, ...FIXED.mixture };
  return { name: "binning", bins: ruler, n_bins, width, ...FIXED.binning };
}

const plural = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"}`;

export function rulerWords({ ruler, n_bins, width, noise_variance }) {
  return {
    equal: `${plural(n_bins, "equal bin")} on [−1, 1]`,
    width: `bins of width ${width}`,
    "equal-mass": `${plural(n_bins, "bin")} of equal mass`,
    ebab: `${plural(n_bins, "bin")} of equally many levels`,
    mixture: `noise of variance ${noise_variance}`,
  }[ruler] ?? ruler;
}

const CHOICE_WORDS = {
  dataset: (value) => DATA_NAMES[value] ?? value,
  train_fraction: (value) => `${+(100 * value).toPrecision(3)} % to train on`,
  activation: nameIn(ACTIVATION_NAMES),
  widths: (value) => value.join("-"),
  initialization: (value) => `start ${nameIn(START_NAMES)(value)}`,
  optimizer: nameIn(OPTIMIZER_NAMES),
  learning_rate: (value) => `rate ${value}`,
  batch_size: (value) => (value ? `batches of ${value}` : "full batch"),
  epochs: (value) => plural(value, "epoch"),
  n_networks: (value) => plural(value, "network"),
  seed: (value) => `seed ${value}`,
};

export const choiceWords = (choices, keys = Object.keys(CHOICE_WORDS)) =>
  keys.filter((key) => key in CHOICE_WORDS && choices[key] !== undefined)
    .map((key) => CHOICE_WORDS[key](choices[key]));

const sameValue = (a, b) => String(a) === String(b);

// Where another set of choices differs from these: what makes a ghost of it.
export const changesTo = (choices, other) =>
  Object.fromEntries(Object.entries(other).filter(([key, value]) => !sameValue(choices[key], value)));

export const onlyRuler = (changes) => Object.keys(changes).every((key) => RULER_KEYS.includes(key));

// Choices as they stand in an address: what its kind does not know keeps the value it has.
export function readChoices(kinds, asked, base) {
  const read = Object.entries(kinds).map(([key, kind]) =>
    [key, asked.has(key) ? kind.read(asked.get(key)) ?? base[key] : base[key]]);
  return { ...base, ...Object.fromEntries(read) };
}

export const writeChoices = (kinds, choices) =>
  Object.fromEntries(Object.entries(kinds)
    .filter(([key]) => key in choices)
    .map(([key, kind]) => [key, kind.write(choices[key])]));

// A ghost in an address: "activation:relu,n_bins:100", or "same" for the very same run.
export const writeChanges = (kinds, changes) =>
  Object.entries(writeChoices(kinds, changes)).map((pair) => pair.join(":")).join(",") || "same";

export function readChanges(kinds, text) {
  const asked = new Map(text.split(",").map((pair) => pair.split(":")).filter((pair) => pair.length === 2));
  const known = Object.keys(kinds).filter((key) => asked.has(key));
  return Object.fromEntries(known.map((key) => [key, kinds[key].read(asked.get(key))])
    .filter(([, value]) => value !== undefined));
}

// How other choices differ, in words.
export function differenceWords(choices, other) {
  const changes = changesTo(choices, other);
  const words = choiceWords(other, Object.keys(CHOICE_WORDS).filter((key) => key in changes));
  if (rulerWords(choices) !== rulerWords(other)) words.push(rulerWords(other));
  return words.join(", ") || "the same settings";
}
