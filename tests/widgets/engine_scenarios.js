// What the protocol tests have the engine do, in Node and in a browser alike. Each scenario gets
// make(settings, estimator), an engine whose workers are real threads, and returns plain values.

import { DATASETS } from "../../ibtools/widgets/engine/datasets.js";
import { workerEngine } from "../../ibtools/widgets/engine/pool.js";
import { estimatorSettings, trainingSettings } from "../../ibtools/widgets/engine/settings.js";
import { firstState } from "../../ibtools/widgets/engine/training.js";
import { serve } from "../../ibtools/widgets/engine/worker.js";

const SMALL = {
  widths: [4, 3], epochs: 60, n_networks: 3, train_fraction: 0.1, batch_size: 100, seed: 5,
};
const LONG = { ...SMALL, epochs: 100_000 };
const BY_30 = { name: "binning", n_bins: 30 };
const BY_100 = { name: "binning", n_bins: 100 };
const BOUNDS = { name: "mixture", noise_variance: 0.01 };

const until = (engine, condition) =>
  new Promise((resolve) => {
    const look = () => {
      if (!condition(engine)) return;
      stop();
      resolve();
    };
    const stop = engine.subscribe(look);
    look();
  });

const settled = ({ status }) => ["finished", "error"].includes(status);
const withBins = (n) => ({ estimator }) => estimator.n_bins === n;
const words = ({ status, error }) => ({ status, error });

async function framesOf(engine, ...asked) {
  engine.start(...asked);
  await until(engine, settled);
  return engine.frames;
}

async function measuredBy(engine, estimator) {
  let announced = 0;
  const stop = engine.subscribe(() => (announced += 1));
  engine.measure(estimator);
  const arrived = ({ estimator: now }) =>
    Object.entries(estimator).every(([key, value]) => now[key] === value);
  await until(engine, arrived);
  stop();
  return { frames: engine.frames, announced };
}

function withCores(n, work) {
  Object.defineProperty(navigator, "hardwareConcurrency", { value: n, configurable: true });
  return work().finally(() => delete navigator.hardwareConcurrency);
}

export const SCENARIOS = {
  async run(make) {
    const engine = make(SMALL);
    const before = { ...engine };
    const seen = [];
    engine.subscribe(() => seen.push([engine.status, engine.frames.length, engine.epoch]));
    const frames = await framesOf(engine);
    const { status, epoch, settings, estimator } = engine;
    return { before, seen, frames, status, epoch, settings, estimator };
  },

  async workers(make) {
    const runs = [];
    for (const n of [1, 2, 3]) runs.push(await withCores(n, () => framesOf(make(SMALL))));
    const third = await framesOf(make({ ...SMALL, first_network: 2, n_networks: 1 }));
    const otherSeed = await framesOf(make({ ...SMALL, seed: 6 }));
    return { runs, third, otherSeed };
  },

  async pause(make) {
    const engine = make(LONG);
    engine.start();
    await until(engine, ({ frames }) => frames.length >= 2);
    engine.pause();
    const statuses = [engine.status];
    // The first answer comes after all that the workers did before they heard of the pause. In
    // between the others they had time to go on.
    await measuredBy(engine, BY_100);
    const first = engine.frames.map(({ epoch }) => epoch);
    for (let i = 0; i < 10; i++) await measuredBy(engine, i % 2 ? BY_100 : BY_30);
    const second = engine.frames.map(({ epoch }) => epoch);
    statuses.push(engine.status);
    engine.resume();
    statuses.push(engine.status);
    await until(engine, ({ frames }) => frames.length > second.length);
    engine.reset();
    return { first, second, statuses };
  },

  async reset(make) {
    const engine = make(LONG);
    engine.start();
    await until(engine, ({ frames }) => frames.length >= 2);
    engine.reset();
    const { frames, status, epoch } = engine;
    const again = await framesOf(engine, SMALL);
    return { frames, status, epoch, again, fresh: await framesOf(make(SMALL)) };
  },

  async rulers(make) {
    const wanted = await framesOf(make(SMALL, BY_100));
    const bounds = await framesOf(make(SMALL, BOUNDS));
    const engine = make(SMALL, BY_30);
    engine.start();
    await until(engine, ({ frames }) => frames.length >= 3);
    const lengths = [[30, engine.frames.length]];
    engine.subscribe(() => lengths.push([engine.estimator.n_bins, engine.frames.length]));
    engine.measure(BY_100);
    await until(engine, (now) => settled(now) && withBins(100)(now));
    const running = engine.frames;
    const after = await measuredBy(engine, BOUNDS);
    // The first is forgotten as soon as the second is asked for.
    engine.measure(BY_30);
    const last = await measuredBy(engine, BY_100);
    return { wanted, bounds, running, lengths, after, last, status: engine.status };
  },

  async refusals(make) {
    const engine = make(SMALL);
    const said = [];
    for (const settings of [
      { ...SMALL, widths: [1000] }, { ...SMALL, n_networks: 51 }, { ...SMALL, noise: 0.1 },
      { ...SMALL, epochs: 1e9 }, { ...SMALL, train_fraction: 1e-9 }, { ...SMALL, colour: "red" },
    ]) {
      engine.start(settings);
      await until(engine, settled);
      said.push(words(engine));
    }
    const frames = await framesOf(engine, SMALL);
    for (const estimator of [{ name: "ksg" }, { name: "binning", n_bins: 0 }, null, {}]) {
      engine.measure(estimator);
      said.push(words(engine));
    }
    await measuredBy(engine, BY_100);
    const after = words(engine);
    // A start that cannot be loses nothing: what is there can still be measured.
    engine.start({ ...SMALL, widths: [1000] });
    const { frames: bounds } = await measuredBy(engine, BOUNDS);
    const kept = [engine.frames, bounds].every(({ length }) => length === frames.length);
    return { said, kept, after };
  },

  async divergence(make) {
    const wild = { ...SMALL, activation: "linear", optimizer: "sgd", learning_rate: 1e6 };
    const engine = make({ ...wild, n_networks: 1 });
    const frames = await framesOf(engine);
    const found = words(engine);
    const { frames: again } = await measuredBy(engine, BY_100);
    const still = words(engine);
    await framesOf(engine, SMALL);
    return { found, frames, again, still, after: words(engine) };
  },

  // A worker's side alone, told which weights and samples to begin with: those of network 1.
  async start() {
    const settings = trainingSettings(SMALL);
    const state = firstState(DATASETS[settings.dataset](), settings, 1);
    const order = { order: "train", settings, epochs: [5], ruler: 1, starts: { 0: state } };
    const estimator = estimatorSettings(BY_30, settings.dataset);
    const { port1, port2 } = new MessageChannel();
    serve(port2);
    const measured = new Map();
    await new Promise((resolve) => {
      port1.onmessage = ({ data: { network, measurement } }) => {
        if (measurement) measured.set(network, measurement);
        if (measured.size === 3) resolve();
      };
      port1.postMessage({ ...order, estimator, networks: [0, 1, 2] });
    });
    port1.close();
    return [0, 1, 2].map((network) => measured.get(network).information);
  },

  async release(make) {
    const engine = make(LONG);
    engine.start();
    await until(engine, ({ frames }) => frames.length >= 2);
    engine.release();
    const released = { status: engine.status, frames: engine.frames.length };
    engine.measure(BY_100);
    const refused = words(engine);
    await framesOf(engine, SMALL);
    return { released, refused, after: words(engine) };
  },

  async lost(make) {
    const engines = [make.from("data:text/javascript,throw new Error('out of order')"),
      make.from("data:text/javascript,this is no module")];
    for (const engine of engines) await framesOf(engine, SMALL);
    return engines.map(words);
  },
};

// make() for workers that start from this address.
export function maker(address) {
  const from = (url, settings, estimator) =>
    workerEngine({ url, settings, estimator, nSnapshots: 12 });
  return Object.assign((settings, estimator) => from(address, settings, estimator), { from });
}

export { serve };
