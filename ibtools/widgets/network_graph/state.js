// What a reader can set, {network, activation, weights, inputs, target, selected}, what follows
// from it, and how it stands in an address. network is written as its widths, "2-3-1".

import { numberIn, oneOf } from "../kit/address.js";
import { MOST, partsOf, readNumbers, writtenNumbers } from "./parts.js";
import { ACTIVATIONS, backward, forward } from "./scalar.js";

export const widthsOf = (network) => network.split("-").map(Number);

export function computed(given) {
  const state = { ...given, widths: widthsOf(given.network) };
  const parts = partsOf(state.widths);
  const run = forward(state.weights, state.activation, state.inputs);
  return {
    state, parts, run,
    part: parts.find(({ id }) => id === state.selected) ?? parts[state.widths[0]],
    back: backward(state.weights, state.activation, run, state.target),
  };
}

// A network with the weights it starts with.
export const begun = (networks, network) => ({ network, weights: networks[network], selected: "" });

export function written(networks, given) {
  const { state, part } = computed(given);
  const numbers = writtenNumbers(state.weights);
  return {
    net: state.network,
    g: state.activation,
    x: writtenNumbers(state.inputs),
    t: writtenNumbers([state.target]),
    w: numbers === writtenNumbers(networks[state.network]) ? "" : numbers,
    on: part.id,
  };
}

// The present state, changed by all of an address that makes sense: textOf(key) is what it says.
export function asked(textOf, networks, present) {
  const network = oneOf(Object.keys(networks)).read(textOf("net")) ?? present.network;
  const state = network === present.network ? present : { ...present, ...begun(networks, network) };
  const start = networks[network];
  const ids = partsOf(widthsOf(network)).map(({ id }) => id);
  return {
    network,
    weights: textOf("w") ? readNumbers(textOf("w"), start) ?? state.weights : start,
    activation: oneOf(Object.keys(ACTIVATIONS)).read(textOf("g")) ?? state.activation,
    inputs: readNumbers(textOf("x"), state.inputs) ?? state.inputs,
    target: numberIn(-MOST, MOST).read(textOf("t")) ?? state.target,
    selected: oneOf(ids).read(textOf("on")) ?? state.selected,
  };
}
