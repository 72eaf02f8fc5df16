// The parts of a network that can be chosen, their names, and the one number that belongs to each:
// an input its value, an edge its weight, a unit its bias, the target its value.
//
// A part is {id, kind, column, layer, unit, from}. Columns alternate: inputs, edges, units, edges,
// ..., the output, the target.

const HIDDEN = ["h", "k"];

export function nameOf(widths, layer, unit) {
  if (layer === widths.length - 1) return "ŷ";
  return `${layer === 0 ? "x" : HIDDEN[layer - 1]}${unit + 1}`;
}

// In an address ŷ is y.
const plain = (name) => name.replace("ŷ", "y");

export function partsOf(widths) {
  const parts = [];
  widths.forEach((width, layer) => {
    const units = Array.from({ length: width }, (_, unit) => ({
      id: plain(nameOf(widths, layer, unit)), kind: layer ? "unit" : "input",
      column: 2 * layer, layer, unit,
    }));
    if (layer)
      for (let from = 0; from < widths[layer - 1]; from++)
        for (const { id, unit } of units) parts.push({
          id: `${nameOf(widths, layer - 1, from)}-${id}`, kind: "edge",
          column: 2 * layer - 1, layer, unit, from,
        });
    parts.push(...units);
  });
  parts.push({ id: "target", kind: "target", column: 2 * widths.length - 1 });
  return parts;
}

// Left and right follow the edges, up and down go through a column.
export function neighbour(parts, part, key) {
  const column = parts.filter((other) => other.column === part.column);
  const place = column.indexOf(part);
  const next = parts.filter((other) => other.column === part.column + 1);
  const before = parts.filter((other) => other.column === part.column - 1);
  const go = {
    ArrowUp: () => column[place - 1],
    ArrowDown: () => column[place + 1],
    ArrowRight: () => next.find((other) =>
      part.kind === "edge" ? other.unit === part.unit : (other.from ?? part.unit) === part.unit),
    ArrowLeft: () => before.find((other) =>
      part.kind === "edge" ? other.unit === part.from : (other.unit ?? 0) === (part.unit ?? 0)),
    Home: () => parts[0],
    End: () => parts.at(-1),
  }[key];
  return go && (go() ?? part);
}

/* The numbers: weights[layer - 1][unit] is a list of weights, then the bias. */

const placeOf = (part, unit) => (part.kind === "edge" ? part.from : unit.length - 1);

export function numberOf(part, { inputs, target, weights }) {
  if (part.kind === "input") return inputs[part.unit];
  if (part.kind === "target") return target;
  const unit = weights[part.layer - 1][part.unit];
  return unit[placeOf(part, unit)];
}

const replaced = (list, place, value) => list.map((old, i) => (i === place ? value : old));

// What of {inputs, target, weights} is new when this number is.
export function withNumber(part, { inputs, weights }, value) {
  if (part.kind === "input") return { inputs: replaced(inputs, part.unit, value) };
  if (part.kind === "target") return { target: value };
  const layer = weights[part.layer - 1];
  const unit = replaced(layer[part.unit], placeOf(part, layer[part.unit]), value);
  return { weights: replaced(weights, part.layer - 1, replaced(layer, part.unit, unit)) };
}

/* Weights in an address: all numbers in a row. */

export const writtenNumbers = (values) =>
  values.flat(Infinity).map((value) => String(Number(value.toFixed(3)))).join("_");

export const MOST = 20;

// As many numbers in the shape of like as the text has, or undefined.
export function readNumbers(text, like) {
  const values = text.split("_").map((word) => (word.trim() === "" ? NaN : Number(word)));
  if (values.length !== like.flat(Infinity).length) return undefined;
  if (!values.every((value) => Math.abs(value) <= MOST)) return undefined;
  const fill = (shape) => (Array.isArray(shape) ? shape.map(fill) : values.shift());
  return fill(like);
}
