// The engine that trains in a kernel: it passes on what the reader asks and what Python measures.

export function pythonEngine(model) {
  const listeners = new Set();
  const announce = () => listeners.forEach((listener) => listener());
  const ask = (action) => {
    model.set("command", { action, id: `${Date.now()}-${Math.random()}` });
    model.save_changes();
  };
  const engine = {
    frames: [...model.get("history")],
    get status() { return model.get("status"); },
    get error() { return model.get("error"); },
    get epoch() { return model.get("epoch"); },
    get settings() { return model.get("settings"); },
    get estimator() { return model.get("estimator"); },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start(settings, estimator) {
      // An error of before is no answer to this.
      model.set("status", "idle");
      model.set("settings", settings);
      model.set("estimator", estimator);
      ask("start");
    },
    measure(estimator) {
      model.set("estimator", estimator);
      ask("measure");
    },
    pause: () => ask("pause"),
    resume: () => ask("resume"),
    reset: () => ask("reset"),
    release: () => ask("stop"),
  };
  model.on("change:latest", () => {
    const frame = model.get("latest");
    if (frame.epoch === undefined) engine.frames = [];
    else if (frame.epoch > (engine.frames.at(-1)?.epoch ?? -1)) engine.frames.push(frame);
    announce();
  });
  // The history is sent as a whole when another ruler has measured all of it.
  model.on("change:history", () => {
    engine.frames = [...model.get("history")];
    announce();
  });
  for (const name of ["status", "error", "epoch", "settings", "estimator"])
    model.on(`change:${name}`, announce);
  return engine;
}
