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
      const ids = parts.map(({ id }) => prefix + id);
      // Options stay the same nodes while they can, or a screen reader would start afresh.
      if (ids.join() !== Array.from(node.children, ({ id }) => id).join())
        node.replaceChildren(...ids.map((id) => element("div", { role: "option", id })));
      parts.forEach((one, i) => {
        const [option, words] = [node.children[i], wordsOf(one)];
        option.ariaSelected = String(one === part);
        if (option.textContent !== words) option.textContent = words;
      });
      node.setAttribute("aria-activedescendant", prefix + part.id);
    },
  };
}
