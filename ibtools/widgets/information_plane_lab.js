// The information plane lab: one view, and an engine that feeds it.
//
// On a page of the site the engine trains in the reader's browser (engine/pool.js), beside a kernel
// it passes on what Python measures (lab/python_engine.js). Either has
//
//   frames          what was measured so far, oldest first (lab/frames.js says what is in one)
//   status          "idle" | "running" | "paused" | "finished" | "error"
//   error           what went wrong, or ""
//   epoch           the epoch training has reached
//   settings, estimator     how the networks are trained, how they are measured
//   subscribe(f)    calls f() after every change; returns how to stop that
//   start(settings, estimator), pause(), resume(), reset()
//   measure(estimator)      measures what there is by another ruler, without training
//   release()       nobody looks any more
//
// A model without "trains" only shows its recorded runs. Where it has a limit {x, y}, a line in
// bits, the plane is shaded above it.

import { workerEngine } from "./engine/pool.js";
import { serve } from "./engine/worker.js";
import { openLab } from "./lab/view.js";
import { pythonEngine } from "./lab/python_engine.js";

function engineOf(model) {
  if (model.get("live")) return pythonEngine(model);
  if (!model.get("trains")) return null;
  return workerEngine({
    url: import.meta.url,
    settings: model.get("settings"),
    estimator: model.get("estimator"),
    nSnapshots: model.get("n_snapshots"),
  });
}

// anywidget hands each call a new proxy of the model; the list of runs is set once for every
// model, so it tells which proxies belong together.
const sessions = new WeakMap();

function sessionOf(model) {
  const key = model.get("runs");
  if (!sessions.has(key)) sessions.set(key, { engine: engineOf(model), views: 0 });
  return sessions.get(key);
}

export default {
  initialize({ model }) {
    sessionOf(model);
  },
  render({ model, el }) {
    const session = sessionOf(model);
    const close = openLab({ model, el, engine: session.engine });
    session.views += 1;
    return () => {
      close();
      session.views -= 1;
      if (session.views === 0) session.engine?.release();
    };
  },
};

// The page starts this same file once more as its worker.
if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) serve(self);
