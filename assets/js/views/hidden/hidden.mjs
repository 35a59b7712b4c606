// The plane as the last hidden layer sees it: where it has two or three units, they are the axes of a picture.

import { element, number, text } from "../../configuration.mjs";
import { saveAddress } from "../../files.mjs";
import { colors } from "../../theme.mjs";
import { Fold } from "../fold.mjs";
import { drawFlat } from "./flat.mjs";
import { levels, marksOf } from "./marks.mjs";
import { dimensionsOf, sceneOf } from "./scene.mjs";
import { AT_FIRST, drawSolid, turned } from "./solid.mjs";

const TOLD = 8; // of so many points each is told in words
const A_PIXEL = 0.011; // radians that the solid picture turns, dragged by a pixel
const A_KEY = 0.12; // and by an arrow key
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const SAVED = { width: 800, height: 720 };

export class HiddenView {
  #fold;
  #canvas = element("hidden-canvas");
  #size = { width: 0, height: 0 };
  #layers = []; // units of the hidden layers
  #shown = null; // the frame that is painted, and its scene
  #marks = [[], []];
  #gaze = AT_FIRST;
  #due = false;

  /** @param {{changed: () => void, set: (setting: string, value: any) => void}} listener */
  constructor({ changed, set }) {
    this.#fold = new Fold("hidden", changed);
    for (const units of [2, 3]) {
      element(`hidden-give-${units}`).addEventListener("click", () => {
        set("hidden_layer_sizes", [...this.#layers.slice(0, -1), units]);
      });
    }
    element("boundary-tests").addEventListener("change", () => this.#soon());
    element("save-hidden-png").addEventListener("click", () => saveAddress("nnlab-hidden.png", this.picture()));
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
    return element("hidden-picture");
  }

  theme() {
    if (this.#shown) this.#marks = marksOf(this.#shown.recording.head);
    this.#soon();
  }

  begin(recording) {
    const units = dimensionsOf(recording);
    this.#layers = recording.experiment.hidden_layer_sizes;
    element("view-hidden").classList.toggle("without-picture", units === 0);
    element("save-hidden-png").disabled = units === 0;
    element("hidden-why").textContent = text(this.#layers.length ? "hidden.other" : "hidden.none", { units: this.#layers.at(-1) ?? 0 });
    if (units === 0) {
      this.#shown = null;
      element("hidden-caption").textContent = "";
    }
    if (units === 3) this.#picture.tabIndex = 0;
    else this.#picture.removeAttribute("tabindex");
    this.#picture.classList.toggle("solid", units === 3);
  }

  /** Paint a frame, if it has brought its hidden space; else what was painted stays. */
  paint(recording, index, atRest) {
    if (this.#fold.folded || !recording.frames[index].hidden || dimensionsOf(recording) === 0) return;
    if (this.#shown?.recording !== recording) this.#marks = marksOf(recording.head);
    this.#shown = { recording, index, scene: sceneOf(recording, index) };
    this.#draw();
    element("hidden-caption").textContent = captionOf(this.#shown);
    if (atRest) this.#picture.setAttribute("aria-label", inWords(this.#shown));
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
    const { width, height } = this.#size;
    if (!this.#shown || width === 0) return;
    this.#drawOn(this.#canvas, this.#size, devicePixelRatio);
  }

  #drawOn(canvas, size, scale) {
    const { recording, index, scene } = this.#shown;
    const [width, height] = [size.width, size.height].map((length) => Math.round(length * scale));
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const context = canvas.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.scale(scale, scale);
    const tests = element("boundary-tests").checked ? scene.tests : [];
    const [points, testMarks] = this.#marks;
    const look = { points, tests: testMarks, fills: recording.head.regression ? fillsOf(recording, index) : null };
    if (scene.units === 2) drawFlat(context, size, { ...scene, tests }, look);
    else drawSolid(context, size, { ...scene, tests }, look, this.#gaze);
  }

  /** The picture as a file: its address. */
  picture() {
    const drawn = document.createElement("canvas");
    this.#drawOn(drawn, SAVED, 2);
    const canvas = Object.assign(document.createElement("canvas"), { width: drawn.width, height: drawn.height });
    const context = canvas.getContext("2d");
    context.fillStyle = colors().paper;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(drawn, 0, 0);
    return canvas.toDataURL("image/png");
  }

  #connectTurning() {
    const picture = this.#picture;
    let hand = null;
    const turn = (right, down) => {
      this.#gaze = turned(this.#gaze, right, down);
      this.#soon();
    };
    picture.addEventListener("pointerdown", (event) => {
      if (!picture.classList.contains("solid") || event.button !== 0) return;
      hand = event;
      picture.setPointerCapture(event.pointerId);
    });
    picture.addEventListener("pointermove", (event) => {
      if (hand?.pointerId !== event.pointerId) return;
      turn(A_PIXEL * (event.clientX - hand.clientX), A_PIXEL * (event.clientY - hand.clientY));
      hand = event;
    });
    for (const end of ["pointerup", "pointercancel"]) picture.addEventListener(end, () => (hand = null));
    picture.addEventListener("keydown", (event) => {
      const arrow = ARROWS[event.key];
      if (!arrow || !picture.classList.contains("solid") || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation(); // elsewhere these keys are the player's
      turn(A_KEY * arrow[0], A_KEY * arrow[1]);
    });
  }
}

/** Of each cell of the lattice the colour of the output at its middle, read off the frame's map. */
function fillsOf(recording, index) {
  const { head, frames } = recording;
  const { levels: shown, reach } = frames[index];
  const [grid, cells] = [head.axis.length, head.lattice - 1];
  const color = levels(head);
  const along = (cell) => Math.round(((cell + 0.5) / cells) * (grid - 1));
  return Array.from({ length: cells * cells }, (_, at) => {
    const level = shown[along(Math.floor(at / cells)) * grid + along(at % cells)];
    return color(head.middle + (reach * (level - 127)) / 127);
  });
}

function captionOf(shown) {
  return `${text("hidden.caption")} ${cutInWords(shown)}`;
}

function cutInWords({ recording, index, scene }) {
  if (recording.head.regression) return text("hidden.regression");
  if (!scene.cut) return text("hidden.no_cut");
  const rows = recording.head.points.length;
  const right = recording.measure(index, "train.low_low") + recording.measure(index, "train.high_high");
  return text(`hidden.cut_${scene.units}`, { right: String(right).padStart(String(rows).length, "\u2007"), rows });
}

/** The picture for those who do not see it. */
function inWords(shown) {
  const { recording, index, scene: { units } } = shown;
  const { points } = recording.head;
  const { epoch, hidden } = recording.frames[index];
  const words = [text("hidden.words", { epoch, units, cut: cutInWords(shown) })];
  if (points.length > TOLD) return words[0];
  points.forEach(([x1, x2], row) => {
    const place = Array.from(hidden.subarray(row * units, (row + 1) * units), (value) => number(value, 2)).join(", ");
    words.push(text("hidden.place", { x1: number(x1, 3), x2: number(x2, 3), place }));
  });
  return words.join(" ");
}
