// The view of the hidden space: draws the points and the plane by the outputs of the last hidden layer, where it has two or three units.

import { listed, number, text } from "../../configuration.mjs";
import { dimensions } from "../../core/hidden_space.mjs";
import { outputsAt } from "../../core/network.mjs";
import { evaluationOf } from "../../evaluation.mjs";
import { createElement } from "../../create_element.mjs";
import { findPart } from "../../find_part.mjs";
import { colors } from "../../theme.mjs";
import { contextOf } from "../canvas.mjs";
import { colorOf } from "../colors.mjs";
import { Fold } from "../fold.mjs";
import { drawFlat } from "./picture_2d.mjs";
import { marksOf } from "./point_marks.mjs";
import { middlesOf, sceneOf } from "./scene.mjs";
import { AT_FIRST, drawSolid, turned } from "./picture_3d.mjs";
import { svgAddress } from "../svg.mjs";

/**
 * @typedef {import("../../recording.mjs").Recording} Recording
 * @typedef {{recording: Recording, index: number, scene: import("./scene.mjs").Scene}} Shown
 */

const TOLD = 8; // of so many points each is told in words
const A_PIXEL = 0.011; // radians that the solid picture turns, dragged by a pixel
const A_KEY = 0.12; // and by an arrow key
/** @type {Record<string, number[]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SAVED = { width: 800, height: 720 };

export class HiddenView {
  #root;
  #fold;
  #canvas;
  #tests; // whether test points are shown
  #size = { width: 0, height: 0 };
  /** @type {readonly number[]} */
  #layers = []; // units of the hidden layers
  /** @type {Shown | null} */
  #shown = null; // the frame that is painted, and its scene
  /** @type {import("./point_marks.mjs").Mark[][]} of training points, of test points */
  #marks = [[], []];
  #gaze = AT_FIRST;
  #due = false;

  /**
   * @param {HTMLElement} root
   * @param {{changed: () => void, set: (setting: string, value: any) => void, tests: () => boolean}} listener told of a view that wants
   *   to be painted, and of a setting changed in the picture; asked whether test points are shown
   */
  constructor(root, { changed, set, tests }) {
    this.#root = root;
    this.#canvas = findPart(root, "canvas");
    this.#tests = tests;
    this.#fold = new Fold(root, changed);
    for (const units of [2, 3]) {
      findPart(root, `give-${units}`).addEventListener("click", () => set("hidden_layer_sizes", [...this.#layers.slice(0, -1), units]));
    }
    new ResizeObserver(([{ contentRect }]) => {
      this.#size = { width: contentRect.width, height: contentRect.height };
      this.#draw();
    }).observe(this.#picture);
    this.#connectTurning();
  }

  get open() {
    return !this.#fold.folded;
  }

  get #picture() {
    return findPart(this.#root, "picture");
  }

  /** The scene that is painted, null if there is none. */
  get scene() {
    return this.#shown?.scene ?? null;
  }

  /** The picture's size in pixels. */
  get size() {
    return this.#size;
  }

  theme() {
    if (this.#shown) this.#marks = marksOf(this.#shown.recording.head);
    this.#soon();
  }

  /** @param {Recording} recording */
  begin(recording) {
    const units = dimensions(recording.experiment) ?? 0;
    this.#layers = recording.experiment.hidden_layer_sizes;
    this.#root.classList.toggle("without-picture", units === 0);
    for (const form of ["png", "svg"]) findPart(this.#root, `save-${form}`).disabled = units === 0;
    findPart(this.#root, "why").textContent = text(this.#layers.length ? "hidden.other" : "hidden.none", { units: this.#layers.at(-1) ?? 0 });
    if (units === 0) {
      this.#shown = null;
      findPart(this.#root, "caption").textContent = "";
    }
    if (units === 3) this.#picture.tabIndex = 0;
    else this.#picture.removeAttribute("tabindex");
    this.#picture.classList.toggle("solid", units === 3);
  }

  /** @param {Recording} recording @param {number} index @param {boolean} atRest */
  paint(recording, index, atRest) {
    if (this.#fold.folded || dimensions(recording.experiment) === null) return;
    if (this.#shown?.recording !== recording) this.#marks = marksOf(recording.head);
    this.#shown = { recording, index, scene: sceneOf(recording, index) };
    this.#draw();
    findPart(this.#root, "caption").textContent = captionOf(this.#shown);
    if (atRest) this.#picture.setAttribute("aria-label", inWords(this.#shown));
  }

  /** Another look at the same: with or without test points. */
  paintAgain() {
    this.#soon();
  }

  /** Draw once, however much has happened, when the browser is about to paint. */
  #soon() {
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => {
      this.#due = false;
      this.#draw();
    });
  }

  #draw() {
    const { width } = this.#size;
    if (!this.#shown || width === 0) return;
    this.#drawOn(this.#canvas, this.#size, devicePixelRatio, this.#shown);
  }

  /** @param {HTMLCanvasElement} canvas @param {import("./picture_2d.mjs").Size} size @param {number} scale @param {Shown} shown */
  #drawOn(canvas, size, scale, shown) {
    const [width, height] = [size.width, size.height].map((length) => Math.round(length * scale));
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const context = contextOf(canvas);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.scale(scale, scale);
    this.#drawIn(context, size, shown);
  }

  /** @param {import("../svg.mjs").Context} context @param {import("./picture_2d.mjs").Size} size @param {Shown} shown */
  #drawIn(context, size, { recording, index, scene }) {
    const tests = this.#tests() ? scene.tests : [];
    const [points, testMarks] = this.#marks;
    const style = { points, tests: testMarks, fills: recording.head.regression ? fillsOf(recording, index) : null };
    if (scene.units === 2) drawFlat(context, size, { ...scene, tests }, style);
    else drawSolid(context, size, { ...scene, tests }, style, this.#gaze);
  }

  /** The picture as a file: its address. @param {"png" | "svg"} format */
  async picture(format) {
    const shown = this.#shown;
    if (!shown) throw new Error("there is no picture of this network's hidden space");
    if (format === "svg") return svgAddress(SAVED, colors().paper, (context) => this.#drawIn(context, SAVED, shown));
    const canvas = createElement("canvas", { width: 2 * SAVED.width, height: 2 * SAVED.height });
    const context = contextOf(canvas);
    context.fillStyle = colors().paper;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.scale(2, 2);
    this.#drawIn(context, SAVED, shown);
    return canvas.toDataURL("image/png");
  }

  #connectTurning() {
    const picture = this.#picture;
    /** @type {PointerEvent | null} */
    let hand = null;
    const turn = (/** @type {number} */ right, /** @type {number} */ down) => {
      this.#gaze = turned(this.#gaze, right, down);
      this.#soon();
    };
    picture.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      if (!picture.classList.contains("solid") || event.button !== 0) return;
      hand = event;
      picture.setPointerCapture(event.pointerId);
    });
    picture.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
      if (!hand || hand.pointerId !== event.pointerId) return;
      turn(A_PIXEL * (event.clientX - hand.clientX), A_PIXEL * (event.clientY - hand.clientY));
      hand = event;
    });
    for (const end of ["pointerup", "pointercancel"]) picture.addEventListener(end, () => (hand = null));
    picture.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      const arrow = ARROWS[event.key];
      if (!arrow || !picture.classList.contains("solid") || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation(); // elsewhere these keys are the player's
      turn(A_KEY * arrow[0], A_KEY * arrow[1]);
    });
  }
}

/** Of each cell of the lattice the colour of the output at its middle. @param {Recording} recording @param {number} index */
function fillsOf(recording, index) {
  const evaluation = evaluationOf(recording);
  const outputs = outputsAt(evaluation.form, evaluation.parameters(index), middlesOf(recording.head.domain));
  return Array.from(outputs, colorOf(recording.head));
}

/** @param {Shown} shown */
function captionOf(shown) {
  return `${text("hidden.caption")} ${cutInWords(shown)}`;
}

/** @param {Shown} shown @returns {string} */
function cutInWords({ recording, index, scene }) {
  if (recording.head.regression) return text("hidden.regression");
  if (!scene.cut) return text("hidden.no_cut");
  const rows = recording.head.points.length;
  const right = evaluationOf(recording).right(index);
  return text(`hidden.cut_${scene.units}`, { right: String(right).padStart(String(rows).length, "\u2007"), rows });
}

/** The picture for those who do not see it. @param {Shown} shown */
function inWords(shown) {
  const { recording, index, scene: { units, values } } = shown;
  const { points } = recording.head;
  const epoch = recording.epochs[index];
  const words = [text("hidden.words", { epoch, units, cut: cutInWords(shown) })];
  if (points.length > TOLD) return words[0];
  points.forEach(([x1, x2], row) => {
    const place = listed(Array.from(values.subarray(row * units, (row + 1) * units), (value) => number(value, 2)));
    words.push(text("hidden.place", { x1: number(x1, 3), x2: number(x2, 3), place }));
  });
  return words.join(" ");
}
