// What the page asks Python about the network at the present epoch: a point's forward pass, the formulas' numbers.

import { configuration, element, text } from "./configuration.mjs";
import { sentence } from "./errors.mjs";

const ASK_EVERY = 250; // ms, while the run plays

export class Questions {
  #point = null;
  #probed = "";
  #asked = "";
  #lastProbe = 0;

  /** @param {() => {recording: any, index: number}} present what the page shows */
  constructor(present, mark) {
    this.present = present;
    this.mark = mark;
    element("view-formulas").addEventListener("toggle", () => this.formulas());
    for (const id of ["formulas-numbers", "formulas-row", "formulas-row-number"]) element(id).addEventListener("change", () => this.formulas());
    for (const id of ["probe-x1", "probe-x2"]) element(id).addEventListener("change", () => this.#typed());
  }

  /** A point was chosen on the picture. */
  choose(point) {
    element("error-probe").textContent = "";
    this.#point = point.map((value) => Number(value.toPrecision(3)));
    this.#point.forEach((value, at) => window.dash_clientside.set_props(`probe-x${at + 1}`, { value: String(value) }));
    this.mark(this.#point);
    this.probe(true);
  }

  #typed() {
    const point = [1, 2].map((at) => Number(element(`probe-x${at}`).value.replace(",", ".").replace("−", "-")));
    if (point.every(Number.isFinite)) this.choose(point);
    else element("error-probe").textContent = text("probe.number"); // the body is React's alone
  }

  /** The network on the page has changed. */
  changed(atRest) {
    this.probe(atRest);
    if (atRest) this.formulas();
  }

  probe(atRest) {
    const now = performance.now();
    if (!this.#point || (!atRest && now - this.#lastProbe < ASK_EVERY)) return;
    this.#lastProbe = now;
    const network = this.#network();
    const { points, ...experiment } = network.experiment; // which a forward pass asks nothing of, and may be a thousand rows
    if (points) experiment.dataset = configuration.defaults.dataset;
    this.#probed = ask("probe-request", { ...network, experiment, point: this.#point }, this.#probed);
  }

  formulas() {
    if (!element("view-formulas").open || !this.present().recording) return;
    const chosen = this.#row();
    const row = element("formulas-numbers").checked ? chosen : null;
    this.#asked = ask("formulas-request", { ...this.#network(), row }, this.#asked);
  }

  /** The training row that is chosen, from 0; null, which leaves letters alone, if there is no such row. */
  #row() {
    const { head } = this.present().recording;
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

  #network() {
    const { recording, index } = this.present();
    return { experiment: recording.experiment, parameters: Array.from(recording.frames[index].parameters) };
  }
}

/** What is wrong with the number of a row, 1 to count; null if nothing is. */
function rowProblem(value, count) {
  if (!/^[-−]?\d+$/.test(value)) return { field: "row", rule: "type", value };
  const number = Number(value.replace("−", "-"));
  if (number < 1) return { field: "row", rule: "minimum", bound: 1, value };
  return number > count ? { field: "row", rule: "maximum", bound: count, value } : null;
}

/** Put a question to Python, unless it was the last one too. */
function ask(store, question, before) {
  const written = JSON.stringify(question);
  if (written !== before) window.dash_clientside.set_props(store, { data: question });
  return written;
}
