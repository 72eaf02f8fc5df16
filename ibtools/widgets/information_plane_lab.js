// The information plane lab: one view, and engines that feed it.
//
// An engine is where measured frames come from:
//
//   trains          whether it trains (start, pause, resume, reset) or replays (choose)
//   frames          what was measured so far, oldest first
//   status          "idle" | "running" | "paused" | "finished" | "error"
//   error           what went wrong, or ""
//   epoch           the epoch training has reached
//   settings        how the networks are trained
//   subscribe(f)    calls f() after every change; returns how to stop that
//   release()       nobody looks any more
//
// A frame is {epoch, layer_names, information_x, information_y, train_loss, test_loss,
// train_accuracy, test_accuracy, histograms}: information as [layer][network] in bits,
// histograms as [layer][bin] in per mille over [-1, 1].
//
// Where the model has a limit {x, y}, a line in bits, the plane is shaded above it.

import { axes, canvas, colourOf, figure, path, scale, shadeOutOfReach } from "./kit/charts.js";
import { choice, element, labelled, number } from "./kit/dom.js";
import { followTheme, STYLE } from "./kit/theme.js";

const ACTIVATIONS = ["tanh", "relu", "softsign", "softplus", "linear"];
const OPTIMIZERS = ["sgd", "momentum", "adam"];

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/* ------------------------------------------------------------------ engines */

function announcer() {
  const listeners = new Set();
  return {
    announce: () => listeners.forEach((listener) => listener()),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function recordedEngine(model) {
  const runs = model.get("runs");
  const { announce, subscribe } = announcer();
  const framesOf = (run) =>
    run.epochs.map((epoch, i) => ({
      epoch,
      layer_names: run.layer_names,
      information_x: run.information_x[i],
      information_y: run.information_y[i],
      train_loss: run.train_loss[i],
      test_loss: run.test_loss[i],
      train_accuracy: run.train_accuracy[i],
      test_accuracy: run.test_accuracy[i],
      histograms: run.histograms?.[i],
    }));
  const engine = {
    trains: false,
    labels: runs.map((run) => run.label),
    status: "finished",
    error: runs.length ? "" : "There is no recorded run to show.",
    frames: [],
    settings: {},
    epoch: 0,
    subscribe,
    choose(index) {
      engine.frames = framesOf(runs[index]);
      engine.settings = runs[index].settings ?? {};
      engine.epoch = engine.frames.at(-1).epoch;
      announce();
    },
    release() {},
  };
  if (runs.length) engine.choose(0);
  return engine;
}

function pythonEngine(model) {
  const { announce, subscribe } = announcer();
  const ask = (action) => {
    model.set("command", { action, id: `${Date.now()}-${Math.random()}` });
    model.save_changes();
  };
  const engine = {
    trains: true,
    frames: [...model.get("history")],
    get status() { return model.get("status"); },
    get error() { return model.get("error"); },
    get epoch() { return model.get("epoch"); },
    get settings() { return model.get("settings"); },
    subscribe,
    start(settings) {
      model.set("settings", settings);
      ask("start");
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
  for (const name of ["status", "error", "epoch", "settings"])
    model.on(`change:${name}`, announce);
  return engine;
}

// anywidget hands each call a new proxy of the model; the list of runs is set once for every
// model, so it tells which proxies belong together.
const sessions = new WeakMap();

function sessionOf(model) {
  const key = model.get("runs");
  if (!sessions.has(key)) {
    const engine = model.get("live") ? pythonEngine(model) : recordedEngine(model);
    sessions.set(key, { engine, views: 0 });
  }
  return sessions.get(key);
}

/* ------------------------------------------------------------------- charts */

// Layers often meet in the upper right corner: take the nearest free place around the point.
function labelPlaces(points, area, names) {
  const box = ([x, y], width, height) => [x - width / 2, x + width / 2, y - height / 2, y + height / 2];
  const meet = (a, b) => a[0] < b[1] && b[0] < a[1] && a[2] < b[3] && b[2] < a[3];
  const taken = points.map((point) => box(point, 14, 14));
  const offsets = [[20, 0], [0, -19], [-20, 0], [0, 19]];
  for (let row = 1; row < 9; row++) offsets.push([-20, 17 * row], [20, 17 * row], [-40, 17 * row]);
  return points.map(([x, y], i) => {
    const width = 9 * names[i].length + 6;
    const inside = (b) => b[0] > area.left && b[1] < area.right + 24 && b[2] > 2 && b[3] < area.bottom;
    const free = offsets
      .map(([dx, dy]) => [x + dx, y + dy])
      .find((place) => {
        const wanted = box(place, width, 15);
        return inside(wanted) && !taken.some((other) => meet(wanted, other));
      }) ?? [x - 20, y];
    taken.push(box(free, width, 15));
    return free;
  });
}

function drawPlane(chart, frames, current, limit) {
  const area = canvas(chart, chart.node.clientWidth < 420 ? 330 : 400,
    { left: 44, right: 26, top: 22, bottom: 44 });
  const highX = Math.max(12, ...frames.flatMap((frame) => frame.information_x.flat())) + 0.4;
  const highY = 1.05 *
    Math.max(1, ...(limit?.y ?? []), ...frames.flatMap((frame) => frame.information_y.flat()));
  const x = scale(0, highX, area.left, area.right);
  const y = scale(0, highY, area.bottom, area.top);
  const stepX = highX > 16 ? 4 : 2;
  const ticksX = Array.from({ length: Math.floor(highX / stepX) + 1 }, (_, i) => i * stepX);
  const stepY = highY > 2 ? 0.5 : 0.2;
  const ticksY = Array.from({ length: Math.floor(highY / stepY) + 1 }, (_, i) => +(i * stepY).toFixed(1));
  axes(area, x, y, { x: ticksX, y: ticksY });
  if (limit?.x) {
    const within = limit.x.filter((cost) => cost <= highX).length;
    shadeOutOfReach(area, x, y, { x: limit.x.slice(0, within), y: limit.y.slice(0, within) });
    area.text("IB limit", x(0.3 * highX), y(limit.y.at(-1)) - 6, { "text-anchor": "middle" });
  }
  area.text("I(X;T), bits", (area.left + area.right) / 2, area.bottom + 36, { "text-anchor": "middle" });
  area.text("I(T;Y), bits", 4, 12);

  const frame = frames[current];
  if (!frame) {
    chart.picture.setAttribute("aria-label", "Information plane, nothing measured yet");
    return;
  }
  const place = (f, layer) => [x(mean(f.information_x[layer])), y(mean(f.information_y[layer]))];
  frame.layer_names.forEach((_, layer) => {
    area.add("polyline", {
      class: "trail", stroke: colourOf(layer),
      points: path(frames.slice(0, current + 1).map((f) => place(f, layer))),
    });
    frame.information_x[layer].forEach((value, network) =>
      area.add("circle", {
        class: "point", fill: colourOf(layer), r: 3.5,
        cx: x(value), cy: y(frame.information_y[layer][network]),
      }));
  });
  const means = frame.layer_names.map((_, layer) => place(frame, layer));
  means.forEach(([cx, cy], layer) =>
    area.add("circle", { class: "mean", fill: colourOf(layer), r: 6.5, cx, cy }));
  labelPlaces(means, area, frame.layer_names).forEach(([lx, ly], layer) => {
    const [mx, my] = means[layer];
    if (Math.hypot(lx - mx, ly - my) > 22)
      area.add("line", { class: "leader", stroke: colourOf(layer), x1: mx, y1: my, x2: lx, y2: ly - 4 });
    area.text(frame.layer_names[layer], lx, ly + 4.5, { class: "name", "text-anchor": "middle" });
  });
  chart.picture.setAttribute("aria-label",
    `Information plane at epoch ${frame.epoch}, mean over networks of I(X;T) and I(T;Y) in bits. ` +
    frame.layer_names.map((name, layer) =>
      `${name}: ${mean(frame.information_x[layer]).toFixed(2)} and ` +
      mean(frame.information_y[layer]).toFixed(2)).join("; "));
}

function drawCurves(chart, frames, current, { name, train, test, low, high, lastEpoch }) {
  const area = canvas(chart, 184, { left: 44, right: 16, top: 26, bottom: 24 });
  const position = (epoch) => Math.log10(epoch + 1);
  const across = scale(0, position(Math.max(lastEpoch, 10)), area.left, area.right);
  const x = (epoch) => across(position(epoch));
  const y = scale(low, high, area.bottom, area.top);
  const decades = [0, 10, 100, 1000, 10000, 100000].filter((epoch) => epoch <= Math.max(lastEpoch, 10));
  axes(area, x, y, {
    x: decades, y: [low, high],
    nameX: (epoch) => (epoch >= 1000 ? `${epoch / 1000}k` : epoch),
  });
  area.text(name, 4, 13);
  const key = area.right - 104;
  area.add("line", { class: "train", x1: key, x2: key + 18, y1: 9, y2: 9 });
  area.text("train", key + 22, 13);
  area.add("line", { class: "test", x1: key + 58, x2: key + 76, y1: 9, y2: 9 });
  area.text("test", key + 80, 13);
  if (!frames.length) {
    chart.picture.setAttribute("aria-label", `${name}, nothing measured yet`);
    return;
  }
  for (const [style, field] of [["train", train], ["test", test]])
    area.add("polyline", { class: style, points: path(frames.map((f) => [x(f.epoch), y(f[field])])) });
  const { epoch, [train]: onTrain, [test]: onTest } = frames[current];
  area.add("line", { class: "cursor", x1: x(epoch), x2: x(epoch), y1: area.top, y2: area.bottom });
  chart.picture.setAttribute("aria-label",
    `${name} at epoch ${epoch}: ${onTrain.toFixed(3)} train, ${onTest.toFixed(3)} test`);
}

function drawHistograms(holder, frame) {
  const names = frame?.histograms ? frame.layer_names : [];
  while (holder.children.length > names.length) holder.lastChild.remove();
  while (holder.children.length < names.length) {
    const chart = figure("histogram");
    chart.node.chart = chart;
    holder.append(chart.node);
  }
  names.forEach((name, layer) => {
    const { chart } = holder.children[layer];
    const area = canvas(chart, 84, { left: 6, right: 6, top: 20, bottom: 18 });
    const bins = frame.histograms[layer];
    const width = (area.right - area.left) / bins.length;
    const y = scale(0, Math.max(...bins, 1), area.bottom, area.top);
    bins.forEach((count, i) => {
      area.add("rect", {
        fill: colourOf(layer), x: area.left + i * width + 0.5, y: y(count),
        width: Math.max(width - 1, 0.5), height: area.bottom - y(count),
      });
    });
    area.add("line", { class: "base", x1: area.left, x2: area.right, y1: area.bottom, y2: area.bottom });
    area.text(name, area.left, 13, { class: "name" });
    area.text("−1", area.left, area.bottom + 14);
    area.text("1", area.right, area.bottom + 14, { "text-anchor": "end" });
    chart.picture.setAttribute("aria-label", `Activations of ${name} at epoch ${frame.epoch}`);
  });
}

/* ----------------------------------------------------------------- controls */

function settingsForm(engine) {
  const fields = {
    activation: labelledChoice("Activation", ACTIVATIONS),
    widths: {
      control: element("input", {
        type: "text", required: true, pattern: "\\s*\\d+(\\s*-\\s*\\d+)*\\s*",
        title: "Widths of the hidden layers joined by hyphens, such as 10-7-5-4-3",
      }),
      name: "Hidden widths",
      show: (widths) => widths.join("-"),
      read: (text) => text.split("-").map(Number),
    },
    train_fraction: labelledNumber("Train fraction", {}),
    optimizer: labelledChoice("Optimizer", OPTIMIZERS),
    learning_rate: labelledNumber("Learning rate", {}),
    batch_size: {
      ...labelledNumber("Batch size (0 = full)", { step: 1 }),
      show: (size) => size ?? 0,
      read: (text) => Number(text) || null,
    },
    n_bins: labelledNumber("Bins", { step: 1 }),
    n_networks: labelledNumber("Networks", { step: 1 }),
    epochs: labelledNumber("Epochs", { step: 1 }),
    seed: labelledNumber("Seed", { step: 1 }),
  };
  const node = element("form", { className: "settings" },
    ...Object.values(fields).map(({ name, control }) => labelled(name, control)));
  let shown;
  return {
    node,
    read() {
      const changed = Object.entries(fields).map(([key, { control, read }]) => [key, read(control.value)]);
      return { ...engine.settings, ...Object.fromEntries(changed) };
    },
    update() {
      for (const { control } of Object.values(fields))
        control.disabled = engine.status === "running" || engine.status === "paused";
      if (shown === engine.settings) return;
      shown = engine.settings;
      for (const [key, { control, show }] of Object.entries(fields)) control.value = show(shown[key]);
    },
  };
}

const labelledNumber = (name, properties) =>
  ({ name, control: number(properties), show: String, read: Number });

const labelledChoice = (name, options) => ({
  name, control: choice(options),
  show: String,
  read: String,
});

function trainingControls(engine) {
  const form = settingsForm(engine);
  const button = (textContent, onclick) => element("button", { type: "button", textContent, onclick });
  const start = button("Start", () => {
    if (form.node.reportValidity()) engine.start(form.read());
  });
  form.node.addEventListener("submit", (event) => event.preventDefault());
  const pause = button("Pause", engine.pause);
  const resume = button("Resume", engine.resume);
  const reset = button("Reset", engine.reset);
  const folded = element("details", { open: true }, element("summary", { textContent: "Settings" }), form.node);
  return {
    nodes: [folded],
    buttons: [start, pause, resume, reset],
    update() {
      form.update();
      const { status } = engine;
      start.disabled = status === "running" || status === "paused";
      pause.disabled = status !== "running";
      resume.disabled = status !== "paused";
      reset.disabled = status === "idle";
    },
    status() {
      const { status, epoch } = engine;
      const ended = epoch < engine.settings.epochs ? "Stopped" : "Finished";
      return { idle: "Ready: press Start.", running: "Training.", paused: `Paused at epoch ${epoch}.`,
        finished: `${ended} at epoch ${epoch}.`, error: "Stopped by an error." }[status];
    },
    stop() {},
  };
}

function replayControls(engine, cursor) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let timer;
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
    play.textContent = "Play";
  };
  const begin = () => {
    if (cursor.atEnd()) cursor.move(0);
    play.textContent = "Pause";
    timer = setInterval(() => {
      cursor.move(cursor.index + 1);
      if (cursor.atEnd()) stop();
    }, calm.matches ? 600 : 140);
  };
  const play = element("button", {
    type: "button", textContent: "Play", onclick: () => (timer ? stop() : begin()),
  });
  const reset = element("button", {
    type: "button", textContent: "Reset", onclick: () => { stop(); cursor.move(0); },
  });
  const runs = choice(engine.labels.map((label, i) => [String(i), label]));
  runs.addEventListener("change", () => { stop(); engine.choose(Number(runs.value)); });
  return {
    nodes: [],
    buttons: [labelled("Run", runs), play, reset],
    update() {
      for (const control of [runs, play, reset]) control.disabled = !engine.frames.length;
    },
    status() {
      const { activation, widths, optimizer, batch_size, train_fraction, n_networks } = engine.settings;
      if (!widths) return "Recorded run";
      const batch = batch_size ? `batches of ${batch_size}` : "full batch";
      return ["Recorded run", activation, widths.join("-"), `${optimizer}, ${batch}`,
        `${Math.round(100 * train_fraction)} % to train on`, `${n_networks} networks`].join(" · ");
    },
    stop,
  };
}

/* -------------------------------------------------------------------- style */

const LAB_STYLE = `
.ibtools-lab summary { cursor: pointer; padding: 4px 0; font-weight: 600; display: list-item;
  list-style: inside disclosure-closed; }
.ibtools-lab details[open] > summary { list-style-type: disclosure-open; }
.ibtools-lab .settings { display: grid; gap: 8px 12px; margin: 4px 0 12px;
  grid-template-columns: repeat(auto-fill, minmax(132px, 1fr)); }
.ibtools-lab .bar label { flex: 0 1 280px; }
.ibtools-lab .curves { display: grid; gap: 12px; align-content: start; min-width: 0; }
.ibtools-lab .histograms { display: grid; gap: 8px; margin-top: 8px;
  grid-template-columns: repeat(auto-fit, minmax(96px, 1fr)); }
.ibtools-lab .trail { fill: none; stroke-width: 2; opacity: 0.7; }
.ibtools-lab .point { opacity: 0.35; }
.ibtools-lab .mean { stroke: var(--ground); stroke-width: 1.5; }
.ibtools-lab .train, .ibtools-lab .test { fill: none; stroke: var(--ink); stroke-width: 2; }
.ibtools-lab .test { stroke: var(--accent); stroke-dasharray: 5 3; }
.ibtools-lab .cursor { stroke: var(--soft); stroke-dasharray: 2 2; }
`;

/* --------------------------------------------------------------------- view */

function view(engine, el, limit) {
  const plane = figure("plane");
  const loss = figure("curve");
  const accuracy = figure("curve");
  const histograms = element("div", { className: "histograms" });
  const slider = element("input", { type: "range", min: "0", step: "1", ariaLabel: "Epoch" });
  const epoch = element("span");
  const state = element("p", { className: "state", role: "status" });
  const alarm = element("p", { className: "alarm", role: "alert" });

  const cursor = {
    index: 0,
    atEnd: () => cursor.index >= engine.frames.length - 1,
    move(index) {
      cursor.index = Math.max(0, Math.min(index, engine.frames.length - 1));
      draw();
    },
  };
  const controls = engine.trains ? trainingControls(engine) : replayControls(engine, cursor);

  const draw = () => {
    const { frames } = engine;
    const { index } = cursor;
    const lastEpoch = engine.trains ? engine.settings.epochs : engine.epoch;
    const running = engine.status === "running";
    slider.max = String(Math.max(frames.length - 1, 0));
    slider.value = String(index);
    slider.disabled = running || frames.length < 2;
    epoch.textContent = `epoch ${running ? engine.epoch : frames[index]?.epoch ?? 0}`;
    slider.setAttribute("aria-valuetext", epoch.textContent);
    drawPlane(plane, frames, index, limit);
    drawCurves(loss, frames, index, {
      name: "Loss, nats", train: "train_loss", test: "test_loss", low: 0, lastEpoch,
      high: Math.ceil(Math.max(0.5, ...frames.flatMap((f) => [f.train_loss, f.test_loss])) * 10) / 10,
    });
    drawCurves(accuracy, frames, index, {
      name: "Accuracy", train: "train_accuracy", test: "test_accuracy", high: 1, lastEpoch,
      low: Math.floor(Math.min(0.5, ...frames.flatMap((f) => [f.train_accuracy, f.test_accuracy])) * 10) / 10,
    });
    drawHistograms(histograms, frames[index]);
  };

  let measured = 0;
  const update = () => {
    controls.update();
    const words = controls.status();
    // Set only on change, or a screen reader would repeat it with every epoch.
    if (state.textContent !== words) state.textContent = words;
    if (alarm.textContent !== engine.error) alarm.textContent = engine.error;
    const { length } = engine.frames;
    const last = Math.max(length - 1, 0);
    cursor.index = engine.trains && length !== measured ? last : Math.min(cursor.index, last);
    measured = length;
    draw();
  };

  slider.addEventListener("input", () => {
    controls.stop();
    cursor.move(Number(slider.value));
  });

  const root = element("section", { className: "ibtools-lab", ariaLabel: "Information plane lab" },
    element("style", { textContent: STYLE + LAB_STYLE }),
    ...controls.nodes,
    element("div", { className: "bar" }, ...controls.buttons),
    state, alarm,
    element("div", { className: "timeline" }, slider, epoch),
    element("div", { className: "charts" }, plane.node,
      element("div", { className: "curves" }, loss.node, accuracy.node)),
    element("p", { className: "caption", textContent:
      "Share of activations in each bin on [−1, 1], all networks and units of a layer:" }),
    histograms);
  el.append(root);

  const unfollow = followTheme(root);
  const unsubscribe = engine.subscribe(update);
  const sizes = new ResizeObserver(draw);
  sizes.observe(root);
  update();
  return () => {
    controls.stop();
    sizes.disconnect();
    unsubscribe();
    unfollow();
    root.remove();
  };
}

export default {
  initialize({ model }) {
    sessionOf(model);
  },
  render({ model, el }) {
    const session = sessionOf(model);
    const close = view(session.engine, el, model.get("limit"));
    session.views += 1;
    return () => {
      close();
      session.views -= 1;
      if (session.views === 0) session.engine.release();
    };
  },
};
