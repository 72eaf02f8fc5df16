// The controls, grouped as the experiment is: question, data, network, training, ruler.

import { choice, element, labelled, number, slider } from "../kit/dom.js";
import {
  ACTIVATION_NAMES, DATA_NAMES, OPTIMIZER_NAMES, RULER_KEYS, RULER_SETTING, START_NAMES,
} from "./state.js";

const wholeField = (properties) => number({ step: 1, ...properties });

const textField = (properties) => element("input", { type: "text", required: true, ...properties });

const groupsOf = (datasets) => [
  ["Data", {
    dataset: ["Data set", choice(datasets.map((name) => [name, DATA_NAMES[name] ?? name]))],
    train_fraction: ["Train fraction", number({})],
    seed: ["Seed", wholeField({ title: "Decides the split and the first weights" })],
  }],
  ["Network", {
    activation: ["Activation", choice(ACTIVATION_NAMES)],
    widths: ["Hidden widths", textField({
      pattern: "\\s*\\d+(\\s*-\\s*\\d+)*\\s*",
      title: "Widths of the hidden layers joined by hyphens, such as 10-7-5-4-3",
    })],
    initialization: ["Start weights", choice(START_NAMES)],
    n_networks: ["Networks", wholeField({})],
  }],
  ["Training", {
    optimizer: ["Optimizer", choice(OPTIMIZER_NAMES)],
    learning_rate: ["Learning rate", number({})],
    batch_size: ["Batch (0: all)", wholeField({})],
    epochs: ["Epochs", wholeField({})],
  }],
];

const readControl = (key, control) => {
  if (key === "widths") return control.value.split("-").map(Number);
  return control.type === "number" ? Number(control.value) : control.value;
};
const controlText = (key, value) => (key === "widths" ? value.join("-") : String(value));

// choices(): what stands in the form.  show(choices): fill it in.  locked: while training.
export function experimentForm(datasets) {
  const groups = groupsOf(datasets);
  const controls = Object.fromEntries(groups.flatMap(([, fields]) =>
    Object.entries(fields).map(([key, [, control]]) => [key, control])));
  const node = element("form", { className: "experiment" }, ...groups.map(([title, fields]) =>
    element("fieldset", {}, element("legend", { textContent: title }),
      ...Object.values(fields).map(([name, control]) => labelled(name, control)))));
  node.addEventListener("submit", (event) => event.preventDefault());
  return {
    node,
    choices: () =>
      Object.fromEntries(Object.entries(controls).map(([key, control]) => [key, readControl(key, control)])),
    show(choices) {
      for (const [key, control] of Object.entries(controls)) control.value = controlText(key, choices[key]);
    },
    lock(locked) {
      for (const control of Object.values(controls)) control.disabled = locked;
    },
  };
}

const SLIDER_BINS = 120;

// The ruler stands apart: it may be changed while and after a network trains.
export function rulerForm(rulers, onChange) {
  let values = {};
  const changed = (change) => {
    values = { ...values, ...change };
    update();
    onChange();
  };
  const kind = choice(rulers);
  kind.addEventListener("change", () => changed({ ruler: kind.value }));
  const bins = slider({
    label: "Bins", low: 1, high: SLIDER_BINS, step: 1, value: 30,
    onInput: (n_bins) => changed({ n_bins }),
  });
  const numbers = { width: number({ min: 0 }), noise_variance: number({ min: 0 }) };
  for (const [key, control] of Object.entries(numbers))
    control.addEventListener("change", () => changed({ [key]: Number(control.value) }));
  const settings = {
    n_bins: bins.node,
    width: labelled("Width of a bin", numbers.width),
    noise_variance: labelled("Variance of the noise", numbers.noise_variance),
  };
  const update = () => {
    kind.value = values.ruler;
    bins.control.max = String(Math.max(SLIDER_BINS, values.n_bins));
    bins.show(values.n_bins);
    for (const [key, control] of Object.entries(numbers)) control.value = String(values[key]);
    for (const [key, node] of Object.entries(settings))
      node.hidden = RULER_SETTING[values.ruler] !== key;
  };
  return {
    node: element("fieldset", { className: "ruler" }, element("legend", { textContent: "Ruler" }),
      labelled("How information is read", kind), ...Object.values(settings)),
    choices: () => ({ ...values }),
    show(choices) {
      values = Object.fromEntries(RULER_KEYS.map((key) => [key, choices[key]]));
      update();
    },
  };
}
