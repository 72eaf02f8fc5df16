// What the conformance tests ask of the engine, in Node and in a worker of a browser alike: each
// question is {kind, …}, each answer plain values.

import { histogramOf } from "../../ibtools/widgets/engine/bins.js";
import { DATASETS, softLabel } from "../../ibtools/widgets/engine/datasets.js";
import { informationOf, lookAt, measurementOf } from "../../ibtools/widgets/engine/measure.js";
import { subsample } from "../../ibtools/widgets/engine/mixture.js";
import { roomFor } from "../../ibtools/widgets/engine/network.js";
import { estimatorSettings, trainingSettings } from "../../ibtools/widgets/engine/settings.js";
import { snapshotEpochs } from "../../ibtools/widgets/engine/snapshots.js";
import {
  NUMBERS,
  batchesOf,
  firstState,
  networkShape,
  trainer,
} from "../../ibtools/widgets/engine/training.js";

function words(work) {
  try {
    work();
    return "";
  } catch (error) {
    return error.message;
  }
}

const KINDS = {
  dataset({ name }) {
    const { n, inputs, labels, x, y } = DATASETS[name]();
    return { n, inputs, labels, name: DATASETS[name]().name, x: [...x], y: [...y] };
  },
  softLabel: ({ gain }) => [...softLabel(gain)],
  epochs: ({ epochs, n }) => snapshotEpochs(epochs, n),
  subsample: ({ n }) => [...subsample(n)],
  settings: ({ given }) => words(() => trainingSettings(given)),
  estimator: ({ given, dataset }) => words(() => estimatorSettings(given, dataset)),
  // The first weights, layer by layer, and the split.
  start({ given, number }) {
    const settings = trainingSettings(given);
    const dataset = DATASETS[settings.dataset]();
    const { values, train, test } = firstState(dataset, settings, number);
    const { layers } = networkShape(dataset, settings);
    return {
      weights: layers.map(({ weights, biases }) => [...values.subarray(weights, biases)]),
      biases: layers.map(({ units, biases }) => [...values.subarray(biases, biases + units)]),
      train: [...train],
      test: [...test],
    };
  },
  // Trains from the start that is handed over; weights and measurements at some epochs.
  training({ given, start, epochs, estimators }) {
    const settings = trainingSettings(given);
    const dataset = DATASETS[settings.dataset]();
    const shape = networkShape(dataset, settings);
    const Numbers = NUMBERS[settings.precision];
    const state = { ...start, values: Numbers.from(start.values) };
    const batches = batchesOf(dataset, Int32Array.from(start.train), settings);
    const step = trainer(shape, settings, state, roomFor(shape, dataset.n, Numbers));
    const look = lookAt(dataset, settings);
    const rulers = estimators.map((estimator) => estimatorSettings(estimator, settings.dataset));
    let epoch = 0;
    return epochs.map((target) => {
      for (; epoch < target; epoch++) batches.forEach(step);
      const measurements = rulers.map((ruler) => measurementOf(look, state, ruler));
      return { measurements, values: state.values.slice() };
    });
  },
  // Information and histograms of layers that are handed over, a row of samples for each unit.
  layers({ given, layers, estimators }) {
    const settings = trainingSettings(given);
    const look = lookAt(DATASETS[settings.dataset](), settings);
    const arrays = layers.map((layer) => NUMBERS[settings.precision].from(layer));
    return estimators.map((estimator) => {
      const ruler = estimatorSettings(estimator, settings.dataset);
      return {
        information: informationOf(arrays, look, ruler),
        histograms: arrays.map((t) => histogramOf(t, ruler)),
      };
    });
  },
};

const plain = (key, value) => (ArrayBuffer.isView(value) ? [...value] : value);

export const answers = (questions) =>
  JSON.stringify(JSON.parse(questions).map((one) => KINDS[one.kind](one)), plain);
