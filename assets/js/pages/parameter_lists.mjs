// The lists of weights and biases on the map and the landscape, and how a parameter is written: w⁽¹⁾₁₂, b⁽²⁾₁.

import { text } from "../configuration.mjs";
import { raised } from "../numbers.mjs";
import { settingsOf } from "../start_sliders.mjs";

/**
 * The starting weights and biases of a network, by the names that Python knows them by.
 * @param {import("../start_sliders.mjs").Start} head @returns {string[]}
 */
export function parametersOf(head) {
  return settingsOf(head).map(([setting]) => setting);
}

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/**
 * How a place is written, as in the formulas: w⁽²⁾₁₂ is what unit 1 of layer 2 gives to its input 2; b⁽²⁾₁ its bias.
 * @param {string} place
 */
export function parameterName(place) {
  const [kind, layer, ...address] = place.split(".");
  return `${kind === "weights" ? "w" : "b"}⁽${raised(Number(layer) + 1)}⁾${address.map((at) => SUBSCRIPTS[Number(at) + 1]).join("")}`;
}

const PLACE = /^(weights\.\d\.[0-8]\.[0-8]|biases\.\d\.[0-8])$/;

/**
 * That something else is shown than what was asked for, of which this network has none.
 * @param {string} asked @param {string} name of what is shown
 */
export function replaced(asked, name) {
  return text("places.replaced", { place: PLACE.test(asked) ? parameterName(asked) : asked, name });
}

/**
 * The words of a list, and which of them is chosen.
 * @param {HTMLSelectElement} list @param {[string, string][]} options @param {string} chosen
 */
export function fill(list, options, chosen) {
  const shown = options.map(([value, label]) => `${value}\n${label}`).join("\n");
  if (list.dataset.shown !== shown) {
    list.dataset.shown = shown;
    window.dash_clientside.set_props(list.id, { options: options.map(([value, label]) => ({ value, label })), value: chosen });
  } else if (list.value !== chosen) window.dash_clientside.set_props(list.id, { value: chosen });
}
