// The drawing kit: it stands in front of every widget's own file in one module (module_source in
// module.py, importModule in course.js), so that a widget uses what is declared here as its own.

const LAYER_COLOURS = [
  "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C6BB1",
];

const colourOf = (layer) => LAYER_COLOURS[layer % LAYER_COLOURS.length];

/* ------------------------------------------------------------ small DOM kit */

function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

function svg(name, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

const labelled = (text, control) => element("label", {}, element("span", { textContent: text }), control);

/* ------------------------------------------------------------------- charts */

function figure(className) {
  const picture = svg("svg", { role: "img" });
  return { picture, node: element("div", { className }, picture) };
}

function canvas(chart, height, margin) {
  const width = Math.max(chart.node.clientWidth, 120);
  chart.picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
  chart.picture.setAttribute("height", height);
  chart.picture.replaceChildren();
  return {
    left: margin.left, right: width - margin.right, top: margin.top, bottom: height - margin.bottom,
    add: (...args) => chart.picture.appendChild(svg(...args)),
    text: (content, x, y, attributes = {}) =>
      chart.picture.appendChild(svg("text", { x, y, ...attributes }, content)),
  };
}

const scale = (low, high, from, to) => (value) => from + ((value - low) / (high - low)) * (to - from);
const path = (points) => points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");

function axes(area, x, y, ticks) {
  for (const value of ticks.x) {
    area.add("line", { class: "grid", x1: x(value), x2: x(value), y1: area.top, y2: area.bottom });
    area.text(ticks.nameX?.(value) ?? value, x(value), area.bottom + 16, { "text-anchor": "middle" });
  }
  for (const value of ticks.y) {
    area.add("line", { class: "grid", x1: area.left, x2: area.right, y1: y(value), y2: y(value) });
    area.text(value, area.left - 6, y(value) + 4, { "text-anchor": "end" });
  }
}

// What no encoder reaches: all above a line {x, y} of costs and largest I(T;Y).
function shadeOutOfReach(area, x, y, limit) {
  const edge = limit.x.map((cost, i) => [x(cost), y(limit.y[i])]);
  const corners = [[area.right, edge.at(-1)[1]], [area.right, area.top], [area.left, area.top]];
  area.add("polygon", { class: "beyond", points: path([...edge, ...corners]) });
  area.add("polyline", { class: "limit", points: path([...edge, corners[0]]) });
}

/* -------------------------------------------------------------------- theme */

function followTheme(root) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const site = document.documentElement.dataset.theme;
    const lab = document.body.dataset.jpThemeLight;
    const dark = site ? site === "dark" : lab ? lab === "false" : system.matches;
    root.dataset.shade = dark ? "dark" : "light";
  };
  const observer = new MutationObserver(apply);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  observer.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  system.addEventListener("change", apply);
  apply();
  return () => {
    observer.disconnect();
    system.removeEventListener("change", apply);
  };
}

const STYLE = `
.ibtools-lab { --ink: #1f2328; --soft: #59636e; --line: #d5dae0; --ground: #ffffff; --raised: #f4f6f8;
  --accent: #0063a0; --alarm: #b3261e; container-type: inline-size; box-sizing: border-box;
  max-width: 100%; padding: 12px; color: var(--ink); background: var(--ground);
  border: 1px solid var(--line); border-radius: 8px; font: 14px/1.4 system-ui, sans-serif; }
.ibtools-lab[data-shade="dark"] { --ink: #e8eaed; --soft: #a9b1ba; --line: #3d444d; --ground: #16191d;
  --raised: #22272e; --accent: #6cb6ff; --alarm: #ff8a80; color-scheme: dark; }
.ibtools-lab[data-shade="light"] { color-scheme: light; }
.ibtools-lab * { box-sizing: border-box; }
.ibtools-lab label { display: flex; flex-direction: column; gap: 2px; min-width: 0; margin: 0; }
.ibtools-lab label > span { color: var(--soft); font-size: 13px; }
.ibtools-lab :is(button, select, input) { font: inherit; color: inherit; margin: 0; }
.ibtools-lab :where(button, select, input:not([type="range"])) { height: 38px; padding: 0 10px;
  width: 100%; max-width: 100%; background: var(--raised); border: 1px solid var(--line);
  border-radius: 6px; }
.ibtools-lab button { width: auto; min-width: 76px; cursor: pointer; border-radius: 6px; }
.ibtools-lab :is(button, select, input):disabled { opacity: 0.55; cursor: default; }
.ibtools-lab :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.ibtools-lab .bar { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; }
.ibtools-lab .timeline { display: flex; gap: 12px; align-items: center; margin: 8px 0; }
.ibtools-lab .timeline input { flex: 1; min-width: 0; height: 38px; accent-color: var(--accent); }
.ibtools-lab .timeline span { min-width: 92px; font-variant-numeric: tabular-nums; }
.ibtools-lab .state { margin: 8px 0 0; color: var(--soft); min-height: 1.4em; }
.ibtools-lab .alarm { margin: 8px 0 0; padding: 6px 10px; color: var(--alarm); overflow-wrap: anywhere;
  border: 1px solid currentColor; border-radius: 6px; }
.ibtools-lab .alarm:empty { display: none; }
.ibtools-lab .charts { display: grid; gap: 12px; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
.ibtools-lab .caption { margin: 8px 0 0; color: var(--soft); font-size: 13px; }
.ibtools-lab svg { display: block; width: 100%; overflow: visible; }
.ibtools-lab text { fill: var(--soft); font: 12px system-ui, sans-serif; }
.ibtools-lab text.name { fill: var(--ink); font-weight: 600; paint-order: stroke;
  stroke: var(--ground); stroke-width: 3px; }
.ibtools-lab .grid, .ibtools-lab .base { stroke: var(--line); }
.ibtools-lab .beyond { fill: var(--soft); opacity: 0.16; }
.ibtools-lab .limit { fill: none; stroke: var(--soft); stroke-width: 1.5; }
@container (max-width: 700px) { .ibtools-lab .charts { grid-template-columns: minmax(0, 1fr); } }
`;
