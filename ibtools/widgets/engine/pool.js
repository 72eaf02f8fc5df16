// The page's side of the engine: spreads the networks of an ensemble over workers, and puts what
// they measure together into frames.

import { meanOf } from "../kit/numbers.js";
import {
  ESTIMATORS,
  TRAINING_DEFAULTS,
  estimatorSettings,
  trainingSettings,
} from "./settings.js";
import { snapshotEpochs } from "./snapshots.js";

const MOST_WORKERS = 8;
const BINNING = { name: "binning" };

function medianOf(values) {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (!sorted.length) return null;
  return meanOf([sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]);
}

// measurements: of one epoch, one a network.
function frameOf(epoch, measurements) {
  const layers = measurements[0].information.map((_, l) => l);
  const each = (read) => layers.map((l) => measurements.map((measurement) => read(measurement, l)));
  const bits = (read) => each((measurement, l) => read(measurement.information[l]));
  const band = (key) => ({ low: bits((b) => b[key].low), high: bits((b) => b[key].high) });
  const average = (key) => meanOf(measurements.map((measurement) => measurement[key]));
  return {
    epoch,
    layer_names: layers.map((l) => (l < layers.length - 1 ? `T${l + 1}` : "Ŷ")),
    information_x: bits(({ x }) => x),
    information_y: bits(({ y }) => y),
    ...(measurements[0].information[0].bandX && { band_x: band("bandX"), band_y: band("bandY") }),
    train_loss: average("trainLoss"),
    test_loss: average("testLoss"),
    train_accuracy: average("trainAccuracy"),
    test_accuracy: average("testAccuracy"),
    signal_to_noise: each(({ signalToNoise }, l) => signalToNoise[l]).map(medianOf),
    histograms: each(({ histograms }, l) => histograms[l]).map((networks) =>
      Array.from(networks[0], (_, bin) => 1000 * meanOf(networks.map((shares) => shares[bin])))),
  };
}

// Frames by one ruler; one is made as soon as the last of its networks is in.
function collection(ruler, estimator, nNetworks) {
  const waiting = new Map();
  const frames = [];
  return {
    ruler, estimator, frames,
    add({ epoch, index, measurement }) {
      if (!waiting.has(epoch)) waiting.set(epoch, new Map());
      const found = waiting.get(epoch).set(index, measurement);
      if (found.size < nNetworks) return false;
      waiting.delete(epoch);
      frames.push(frameOf(epoch, Array.from({ length: nNetworks }, (_, i) => found.get(i))));
      return true;
    },
  };
}

// The numbers of the networks that each worker trains.
function teamsOf({ first_network: first, n_networks: n }) {
  const cores = globalThis.navigator?.hardwareConcurrency ?? 2;
  const teams = Array.from({ length: Math.min(n, cores, MOST_WORKERS) }, () => []);
  for (let i = 0; i < n; i++) teams[i % teams.length].push(first + i);
  return teams;
}

// A page that is opened from disk has no origin of its own, and browsers let its workers load only
// what stands in the address itself.
async function addressForWorkers(url) {
  if (globalThis.origin !== "null") return url;
  const text = await (await fetch(url)).text();
  return `data:text/javascript,${encodeURIComponent(text)}`;
}

// url: a module that calls serve(self) where it finds itself in a worker.  settings, estimator: to
// begin with.  nSnapshots: at about how many epochs the networks are measured.
export function workerEngine({ url, settings, estimator = BINNING, nSnapshots = 40 }) {
  const listeners = new Set();
  const address = addressForWorkers(url);
  // Told when a worker is asked for.
  address.catch(() => {});
  const engine = {
    trains: true, frames: [], status: "idle", error: "", epoch: 0,
    settings: { ...TRAINING_DEFAULTS, ...settings },
    estimator: { ...ESTIMATORS[estimator.name], ...estimator },
    subscribe, start, pause, resume, reset, measure, release,
  };
  // Of the present run: its workers and the epoch each has reached, the epochs to be measured, what
  // is shown, and what a ruler asked for later has measured so far.
  let workers = [];
  let reached = [];
  let epochs = [];
  let shown;
  let coming;
  let rulers = 0;

  function tell(changes) {
    Object.assign(engine, changes);
    listeners.forEach((listener) => listener());
  }

  function subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  const order = (message) => workers.forEach((worker) => worker.post(message));

  function dismiss() {
    workers.forEach((worker) => worker.dismiss());
    workers = [];
    coming = undefined;
  }

  function fail(words) {
    order({ order: "pause" });
    tell({ status: "error", error: words });
  }

  function collect(message) {
    const place = [shown, coming].find((one) => one?.ruler === message.ruler);
    const index = message.network - engine.settings.first_network;
    if (!place?.add({ ...message, index })) return;
    if (place === coming && coming.frames.length >= engine.frames.length) {
      shown = coming;
      coming = undefined;
    }
    if (place !== shown) return;
    const finished = shown.frames.length === epochs.length && engine.status !== "error";
    tell({
      frames: shown.frames.slice(),
      estimator: shown.estimator,
      epoch: Math.max(engine.epoch, shown.frames.at(-1).epoch),
      ...(finished && { status: "finished" }),
    });
  }

  function hear(index, message) {
    if (message.error) fail(message.error);
    else if (message.measurement) collect(message);
    else {
      reached[index] = message.epoch;
      const epoch = Math.min(...reached);
      if (epoch > engine.epoch) tell({ epoch });
    }
  }

  function lose(words = "it could not be loaded") {
    dismiss();
    fail(`the worker stopped: ${words}`);
  }

  // A worker that takes messages before it is there. Once dismissed it is not heard any more.
  function hire(index) {
    let dismissed = false;
    const heard = (listener) => (event) => dismissed || listener(event);
    const ready = address.then((module) => {
      const worker = new Worker(module, { type: "module" });
      worker.onmessage = heard(({ data }) => hear(index, data));
      worker.onerror = heard((event) => {
        event.preventDefault();
        lose(event.message);
      });
      return worker;
    });
    ready.catch(heard(({ message }) => lose(message)));
    const later = (action) => ready.then(action, () => {});
    return {
      post: (message) => later((worker) => worker.postMessage(message)),
      dismiss() {
        dismissed = true;
        later((worker) => worker.terminate());
      },
    };
  }

  function begin(settings, estimator) {
    const teams = teamsOf(settings);
    epochs = snapshotEpochs(settings.epochs, nSnapshots);
    rulers += 1;
    shown = collection(rulers, estimator, settings.n_networks);
    reached = teams.map(() => 0);
    workers = teams.map((_, index) => hire(index));
    teams.forEach((networks, index) => workers[index].post(
      { order: "train", settings, epochs, networks, estimator, ruler: rulers }));
    tell({ settings, estimator, frames: [], epoch: 0, error: "", status: "running" });
  }

  function start(asked = engine.settings, ruler = engine.estimator) {
    let settings;
    let estimator;
    try {
      settings = trainingSettings(asked);
      estimator = estimatorSettings(ruler, settings.dataset);
    } catch (error) {
      fail(error.message);
      return;
    }
    dismiss();
    begin(settings, estimator);
  }

  function pause() {
    if (engine.status !== "running") return;
    order({ order: "pause" });
    tell({ status: "paused" });
  }

  function resume() {
    if (engine.status !== "paused") return;
    order({ order: "resume" });
    tell({ status: "running" });
  }

  function reset() {
    dismiss();
    tell({ frames: [], epoch: 0, error: "", status: "idle" });
  }

  function measure(asked) {
    let estimator;
    try {
      estimator = estimatorSettings(asked, engine.settings.dataset);
      if (engine.frames.length && !workers.length) {
        throw new Error("the snapshots are gone: train again to measure them");
      }
    } catch (error) {
      tell({ error: error.message });
      return;
    }
    const error = engine.status === "error" ? engine.error : "";
    if (!workers.length) {
      tell({ estimator, error });
      return;
    }
    rulers += 1;
    coming = collection(rulers, estimator, engine.settings.n_networks);
    order({ order: "measure", estimator, ruler: rulers });
    if (error !== engine.error) tell({ error });
  }

  function release() {
    dismiss();
    if (engine.status === "running" || engine.status === "paused") tell({ status: "idle" });
  }

  return engine;
}
