// The editor of a student's own data: points set on the plane, in a table or by a text. They stand in the experiment like
// every setting, so that each change is a run, a step to undo and a part of the link.

import { element, number, text } from "../configuration.mjs";
import { createElement } from "../create_element.mjs";
import { findPart, findView } from "../find_part.mjs";
import { farthest, rounded, SETTINGS, standardized, unstandardized } from "./points.mjs";
import { OwnDataTable } from "./table.mjs";
import { OwnDataText } from "./text.mjs";
import { Fold } from "../views/fold.mjs";

const NEAR = 10; // pixels within which a click takes a point
const DIGITS = 3; // of a place on the plane: more than a hand can aim

/** @typedef {import("./points.mjs").Row} Row */

export class OwnData {
  #fold;
  #said = ""; // of a change that is on its way

  /**
   * @param {import("../workspace.mjs").Workspace} workspace
   * @param {() => import("../views/run_views.mjs").RunViews} views whose plane is tapped
   */
  constructor(workspace, views) {
    this.workspace = workspace;
    this.views = views;
    this.#fold = new Fold(findView("own-data"), () => this.#show());
    this.table = new OwnDataTable((points) => this.#change(points));
    this.text = new OwnDataText({ take: (points) => this.#take(points), experiment: () => workspace.wanted.experiment }, workspace.state);
    this.#classes();
    element("own-data-placing").addEventListener("change", () => this.#showHint());
    element("own-data-first").addEventListener("click", () => this.#change(SETTINGS.first));
    element("own-data-standardize").addEventListener("click", () => workspace.set("standardize", !workspace.wanted.experiment.standardize));
    element("own-data-edit").addEventListener("click", () => this.#goTo());
    workspace.watchers.push((head) => this.#accepted(head));
    this.#showHint();
  }

  /** @returns {Row[]} as they are wanted now, whatever has been answered yet */
  get #points() {
    return this.workspace.wanted.experiment.points ?? [];
  }

  get #own() {
    return this.workspace.wanted.experiment.dataset === "own";
  }

  // --- changes -------------------------------------------------------------------------------------------------

  /** Train on other points, if there may be so many. @param {Row[]} points @returns {boolean} whether they are taken */
  #change(points) {
    const wrong = points.length === 0 ? "own.last" : points.length > SETTINGS.most_rows ? "own.full" : null;
    this.#say(wrong ? text(wrong, { most: SETTINGS.most_rows }) : "");
    if (wrong) return false;
    this.workspace.set("points", points);
    this.table.show(this.#points);
    return this.#points === points; // a task may stand against it
  }

  /** A table was read. @param {Row[]} points */
  #take(points) {
    this.#said = text("own.taken", { rows: points.length });
    this.#change(points);
  }

  /**
   * A point of the plane was tapped: a point of one's own goes, or comes.
   * @param {number[]} place
   * @returns {boolean} whether the tap was meant for this
   */
  tap(place) {
    const placing = element("own-data-placing"); // not there, or not to be used, if a task says so
    if (!this.#own || this.#fold.folded || !placing.checked || placing.disabled || !placing.offsetParent) return false;
    const { recording, boundary } = this.views();
    if (!recording) return true;
    const points = this.#points;
    const distances = points.map((point) => boundary.pixels(standardized(point, recording.head), place));
    const nearest = distances.indexOf(Math.min(...distances));
    if (distances[nearest] <= NEAR) this.#change(points.toSpliced(nearest, 1));
    else {
      const aimed = place.map((value) => Number(value.toPrecision(DIGITS)));
      const [x1, x2] = unstandardized(aimed, recording.head).map(rounded);
      this.#change([...points, /** @type {Row} */ ([x1, x2, Number(chosenClass().value)])]);
    }
    return true;
  }

  // --- to the eye ----------------------------------------------------------------------------------------------

  /** The server has understood an experiment, or refused one and left the page as it was. @param {any} head */
  #accepted(head) {
    if (head) this.#showShares(head);
    if (this.#said) this.text.taken(head ? this.#said : "");
    this.#said = "";
    this.#show();
  }

  #show() {
    const { experiment } = this.workspace.wanted;
    findView("own-data").classList.toggle("own", this.#own);
    const { style, dataset } = document.documentElement;
    style.setProperty("--standardized", `"${text("own.badge")}"`);
    if (this.#own && experiment.standardize) dataset.standardized = "";
    else delete dataset.standardized;
    if (!this.#own || this.#fold.folded) return;
    this.table.show(this.#points);
    for (const [label, count] of [0, 1].map((its) => [its, this.#points.filter((point) => point[2] === its).length])) {
      const target = experiment.encoding === "bipolar" ? 2 * label - 1 : label;
      element(`own-data-class-${label}`).textContent = text("own.class", { label, target: number(target) });
      element(`own-data-count-${label}`).textContent = number(count);
    }
    this.#showFar(experiment.standardize);
  }

  /** Coordinates far from where networks learn well: standardize them, but only if the student says so. @param {boolean} standardize */
  #showFar(standardize) {
    const most = farthest(this.#points);
    element("own-data-far").hidden = !standardize && most <= SETTINGS.far;
    const values = { most: number(most), ...this.#moments };
    element("own-data-far-words").textContent = text(standardize ? "own.standardized" : "own.far", values);
    element("own-data-standardize").textContent = text(standardize ? "own.as_they_are" : "own.standardize");
  }

  /** How many train and test, and what the points were standardized with. @param {any} head */
  #showShares({ points, test_points: tests, standardization }) {
    if (!tests) return; // a page that shows no run
    const values = { train: points.length, test: tests.length };
    element("own-data-shares").textContent = text(tests.length ? "own.shares" : "own.all_train", values);
    const [mean, deviation] = standardization ?? [[0, 0], [1, 1]];
    const [mean1, mean2] = mean.map((/** @type {number} */ value) => (value < 0 ? `(${number(value)})` : number(value)));
    const [deviation1, deviation2] = deviation.map((/** @type {number} */ value) => number(value));
    this.#moments = { mean1, mean2, deviation1, deviation2 };
  }

  #moments = { mean1: "0", mean2: "0", deviation1: "1", deviation2: "1" }; // of points that are as they were given

  /** The class that a click adds: two buttons in the colours of the plane. */
  #classes() {
    const buttons = ["low", "high"].map((name, label) => {
      return createElement(
        "label",
        { className: "own-data-class" },
        createElement("input", { type: "radio", name: "own-data-class", value: String(label), checked: label === 1 }),
        createElement("i", { className: `dot ${name}` }),
        createElement("span", { id: `own-data-class-${label}` }),
        createElement("span", { id: `own-data-count-${label}`, className: "own-data-count" }),
      );
    });
    element("own-data-classes").append(...buttons);
  }

  #showHint() {
    element("own-data-hint").textContent = text(element("own-data-placing").checked ? "own.placing_hint" : "own.probing_hint");
  }

  /** Say why nothing was done, here and under the plane. @param {string} words */
  #say(words) {
    element("own-data-said").textContent = words;
    if (words) findPart(findView("boundary"), "readout").textContent = words;
  }

  /** From the controls to the editor. */
  #goTo() {
    if (this.#fold.folded) this.#fold.toggle();
    findView("own-data").scrollIntoView({ block: "start" });
    chosenClass().focus({ preventScroll: true });
  }
}

/** The button of the class that a click adds. */
function chosenClass() {
  return /** @type {HTMLInputElement} */ (document.querySelector("#own-data-classes input:checked"));
}
