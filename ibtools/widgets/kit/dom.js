// Elements of a page in one call each: no templates, no framework.

export function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

export function svg(name, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// box: left, top, width or height in pixels.
export function setBox(node, box) {
  for (const [side, pixels] of Object.entries(box)) node.style[side] = `${pixels}px`;
}

export const labelled = (text, control) =>
  element("label", {}, element("span", { textContent: text }), control);

export const button = (textContent, onclick, properties = {}) =>
  element("button", { type: "button", textContent, onclick, ...properties });

// options: words, or pairs of a value and its words.
export function choice(options, properties = {}) {
  const pairs = options.map((option) => (Array.isArray(option) ? option : [option, option]));
  return element("select", properties,
    ...pairs.map(([value, textContent]) => element("option", { value, textContent })));
}

export const number = (properties) =>
  element("input", { type: "number", step: "any", required: true, ...properties });

// A slider that says its value beside itself and to screen readers.
export function slider({ label, low, high, step, value, words = String, onInput }) {
  const control = element("input", { type: "range", min: low, max: high, step });
  const output = element("span", { className: "value", ariaHidden: "true" });
  const show = (to) => {
    control.value = String(to);
    output.textContent = words(to);
    control.setAttribute("aria-valuetext", words(to));
  };
  control.addEventListener("input", () => {
    show(Number(control.value));
    onInput(Number(control.value));
  });
  show(value);
  const name = element("span", { textContent: label });
  return { control, show, node: element("label", { className: "slider" }, name, control, output) };
}
