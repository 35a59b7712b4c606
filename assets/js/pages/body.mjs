// The body of a page beside the Lab: drawn by Dash when it is first gone to.

import { graphOf } from "../views/graph.mjs";

/**
 * Have a page drawn.
 * @param {string} name
 * @param {string[]} graphs that stand on it
 * @returns {Promise<void>} when Dash has drawn it and Plotly its graphs
 */
export function drawn(name, graphs) {
  if (!graphs.every(isDrawn)) window.dash_clientside.set_props(`body-request-${name}`, { data: true });
  return new Promise((resolve) => {
    const look = () => (graphs.every(isDrawn) ? resolve() : requestAnimationFrame(look));
    look();
  });
}

function isDrawn(id) {
  return Boolean(graphOf(id)?._fullLayout?._size);
}

/** The starting weights and biases of a network, by the names that Python knows them by. */
export function placesOf(head) {
  return head.weights.flatMap((units, layer) =>
    units.flatMap((row, unit) => [...row.map((_, source) => `weights.${layer}.${unit}.${source}`), `biases.${layer}.${unit}`]),
  );
}

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** How a place is written, as in the formulas: w⁽²⁾₁₂ is what unit 1 of layer 2 gives to its input 2; b⁽²⁾₁ its bias. */
export function placeName(place) {
  const [kind, layer, ...address] = place.split(".");
  const raised = SUPERSCRIPTS[Number(layer) + 1];
  return `${kind === "weights" ? "w" : "b"}⁽${raised}⁾${address.map((at) => SUBSCRIPTS[Number(at) + 1]).join("")}`;
}

/** The words of a list, and which of them is chosen. */
export function fill(list, options, chosen) {
  const shown = options.map(([value, label]) => `${value}\n${label}`).join("\n");
  if (list.dataset.shown !== shown) {
    list.dataset.shown = shown;
    window.dash_clientside.set_props(list.id, { options: options.map(([value, label]) => ({ value, label })), value: chosen });
  } else if (list.value !== chosen) window.dash_clientside.set_props(list.id, { value: chosen });
}
