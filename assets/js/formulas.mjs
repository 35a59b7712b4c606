// Shows the formulas of the run, with the numbers of the network in sight if they are wanted. Python writes them when they are
// unfolded, and Dash has MathJax typeset them.

import { configuration, element, text } from "./configuration.mjs";
import { sentence } from "./errors.mjs";
import { evaluationOf } from "./evaluation.mjs";
import { SingleRequest } from "./server/single_request.mjs";

export class Formulas {
  #asked = "";
  #present;
  #question;

  /**
   * @param {() => {recording: import("./recording.mjs").Recording | null, index: number}} present what the page shows
   * @param {import("./page_status.mjs").PageStatus} state
   */
  constructor(present, state) {
    this.#present = present;
    this.#question = new SingleRequest("formulas", state);
    element("view-formulas").addEventListener("toggle", () => this.ask());
    for (const id of ["formulas-numbers", "formulas-row", "formulas-row-number"]) element(id).addEventListener("change", () => this.ask());
  }

  async ask() {
    const { recording, index } = this.#present();
    if (!element("view-formulas").open || !recording) return;
    const chosen = this.#row(recording);
    const row = element("formulas-numbers").checked ? chosen : null;
    const parameters = Array.from(evaluationOf(recording).parameters(index));
    const asked = { experiment: recording.experiment, parameters, row };
    const written = JSON.stringify(asked);
    if (written === this.#asked) return;
    this.#asked = written;
    const children = await this.#question.send(asked);
    if (children) window.dash_clientside.set_props("formulas-body", { children });
  }

  /**
   * The training row that is chosen, from 0; null, which leaves letters alone, if there is no such row.
   * @param {import("./recording.mjs").Recording} recording
   */
  #row({ head }) {
    const { dataset } = head.experiment;
    const gate = dataset === "custom" || Object.hasOwn(configuration.gates, dataset);
    element("formulas-gate-rows").hidden = !gate;
    element("formulas-many-rows").hidden = gate;
    const count = head.points.length;
    element("formulas-row-count").textContent = text("formulas.row_number", { count });
    const typed = element("formulas-row-number").value.trim();
    const problem = gate ? null : rowProblem(typed, count);
    element("error-formulas-row").textContent = problem && element("formulas-numbers").checked ? sentence(problem) : "";
    if (problem) return null;
    return gate ? Number(element("formulas-row").value) : Number(typed) - 1;
  }
}

/** What is wrong with the number of a row, 1 to count; null if nothing is. @param {string} value @param {number} count */
function rowProblem(value, count) {
  if (!/^[-−]?\d+$/.test(value)) return { field: "row", rule: "type", value };
  const number = Number(value.replace("−", "-"));
  if (number < 1) return { field: "row", rule: "minimum", bound: 1, value };
  return number > count ? { field: "row", rule: "maximum", bound: count, value } : null;
}
