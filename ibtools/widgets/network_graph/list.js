// All parts of a network as one list to move through by key, over a picture to point at.

import { element } from "../kit/dom.js";
import { neighbour } from "./parts.js";

const HOW = "Parts of the network: left and right follow the edges, " +
  "up and down go through a column";

export function partList({ onChoose, partAt }) {
  const node = element("div", { className: "parts", role: "listbox", tabIndex: 0, ariaLabel: HOW });
  // Names of places must differ from those of every other list of the page.
  const prefix = `part-${Math.random().toString(36).slice(2)}-`;
  let shown;
  node.addEventListener("keydown", (event) => {
    const next = neighbour(shown.parts, shown.part, event.key);
    if (!next) return;
    event.preventDefault();
    onChoose(next);
  });
  node.addEventListener("click", (event) => {
    const { left, top } = node.getBoundingClientRect();
    const next = partAt({ x: event.clientX - left, y: event.clientY - top });
    if (next) onChoose(next);
  });
  return {
    node,
    show(parts, part, wordsOf) {
      shown = { parts, part };
      node.replaceChildren(...parts.map((one) => element("div", {
        role: "option", id: prefix + one.id, ariaSelected: String(one === part),
        textContent: wordsOf(one),
      })));
      node.setAttribute("aria-activedescendant", prefix + part.id);
    },
  };
}
