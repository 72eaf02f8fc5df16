// What runs beside the page: trains some of an ensemble's networks in step, measures them at every
// snapshot, and measures the snapshots anew when another ruler is asked for. It works in short
// slices, so that what the page says in between is heard at once.
//
// It is told  {order: "train", settings, epochs, networks, starts, estimator, ruler},
//             {order: "measure", estimator, ruler}, {order: "pause"}, {order: "resume"}
// and says    {epoch}, {measurement, network, epoch, ruler}, {error}.
//
// networks: the numbers of those to train.  starts: {number: {values, train, test}} for networks
// that do not begin with weights and samples of their own drawing.  ruler: counts the estimators,
// so that the page knows by which of them something was measured.

import { DATASETS } from "./datasets.js";
import { lookAt, measurementOf } from "./measure.js";
import { roomFor } from "./network.js";
import { NUMBERS, batchesOf, firstState, networkShape, trainer } from "./training.js";

const SLICE = 30;
const BETWEEN_EPOCHS_SAID = 100;

function prepared({ settings, epochs, networks, starts = {}, estimator, ruler }) {
  const dataset = DATASETS[settings.dataset]();
  const shape = networkShape(dataset, settings);
  const room = roomFor(shape, dataset.n, NUMBERS[settings.precision]);
  const members = networks.map((network) => {
    const state = starts[network] ?? firstState(dataset, settings, network);
    const batches = batchesOf(dataset, state.train, settings);
    return { network, state, batches, step: trainer(shape, settings, state, room) };
  });
  return { settings, epochs, members, estimator, ruler, look: lookAt(dataset, settings), kept: [] };
}

function measureSnapshot(run, { epoch, network, state }, say) {
  const measurement = measurementOf(run.look, state, run.estimator);
  if (!Number.isFinite(measurement.trainLoss)) {
    throw new RangeError(
      `the loss is not finite at epoch ${epoch}: learning_rate=${run.settings.learning_rate} ` +
        "is too large for these settings",
    );
  }
  say({ measurement, network, epoch, ruler: run.ruler });
}

// The generators below give way after every piece of work that is worth a look at the clock.

function* trainInStep(run, say) {
  let epoch = 0;
  let said = 0;
  for (const target of run.epochs) {
    for (; epoch < target; epoch++) {
      for (const { batches, step } of run.members) {
        for (const batch of batches) {
          step(batch);
          yield;
        }
      }
      if (performance.now() - said > BETWEEN_EPOCHS_SAID) {
        said = performance.now();
        say({ epoch: epoch + 1 });
      }
    }
    for (const { network, state } of run.members) {
      const snapshot = { epoch, network, state: { ...state, values: state.values.slice() } };
      measureSnapshot(run, snapshot, say);
      run.kept.push(snapshot);
      yield;
    }
  }
}

function* measureAgain(run, say) {
  for (const snapshot of run.kept.slice()) {
    measureSnapshot(run, snapshot, say);
    yield;
  }
}

export function serve(port) {
  const say = (message) => port.postMessage(message);
  // A message to oneself comes after those that wait already, and sooner than any timer.
  const { port1: clock, port2: next } = new MessageChannel();
  let run;
  let training;
  let again;
  let paused = false;
  let awake = false;

  const orders = {
    train(message) {
      run = prepared(message);
      training = trainInStep(run, say);
    },
    measure({ estimator, ruler }) {
      Object.assign(run, { estimator, ruler });
      again = measureAgain(run, say);
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
    },
  };

  const guarded = (work) => {
    try {
      work();
    } catch (error) {
      training = again = undefined;
      say({ error: error.message });
    }
  };

  const task = () => again ?? (paused ? undefined : training);

  function slice() {
    const end = performance.now() + SLICE;
    while (task() && performance.now() < end) {
      if (!task().next().done) continue;
      if (again) again = undefined;
      else training = undefined;
    }
  }

  function wake() {
    if (awake || !task()) return;
    awake = true;
    next.postMessage(null);
  }

  clock.onmessage = () => {
    awake = false;
    guarded(slice);
    wake();
  };
  port.onmessage = ({ data }) => {
    guarded(() => orders[data.order](data));
    wake();
  };
}
