// Mouse, touch and keyboard on the map. A mouse reads as it moves and opens with a click; a finger reads with a tap, and a button
// opens; keys move a cross.

const STILL = 8; // pixels that a press may stray and be none the less a press

/**
 * @typedef {number[] | null} Run column and row
 * @typedef {{runAt: (event: PointerEvent | MouseEvent) => Run, read: (run: Run) => void, choose: (run: Run) => void, open: (run: number[]) => void,
 *            move: (across: number, up: number) => void, zoom: (factor: number) => void, whole: () => void, back: () => void, enter: () => void}} Listener
 */

export class MapInput {
  /** @type {PointerEvent | null} where it came down */
  #pressed = null;

  /** @param {HTMLElement} area @param {Listener} listener */
  constructor(area, listener) {
    this.listener = listener;
    area.tabIndex = 0;
    area.addEventListener("pointermove", (event) => event.pointerType !== "touch" && listener.read(listener.runAt(event)));
    area.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && listener.read(null));
    area.addEventListener("pointerdown", (event) => (this.#pressed = event), true);
    area.addEventListener("pointercancel", () => (this.#pressed = null), true); // the page is scrolled
    // Plotly takes the touch for itself and makes a click of its own of it, which is nowhere: a finger is told by its pointer
    area.addEventListener("pointerup", (event) => {
      const run = event.pointerType === "touch" && this.#isPress(event) ? listener.runAt(event) : null;
      if (run) listener.choose(run);
    }, true);
    area.addEventListener("click", (event) => {
      const run = this.#pressed?.pointerType !== "touch" && this.#isPress(event) ? listener.runAt(event) : null;
      if (run) listener.open(run);
    });
    area.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {PointerEvent | MouseEvent} event */
  #isPress(event) {
    return this.#pressed !== null && Math.hypot(event.clientX - this.#pressed.clientX, event.clientY - this.#pressed.clientY) <= STILL;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 10 : 1;
    const { move, zoom, whole, back, enter } = this.listener;
    /** @type {Record<string, () => void>} */
    const actions = {
      ArrowLeft: () => move(-step, 0),
      ArrowRight: () => move(step, 0),
      ArrowDown: () => move(0, -step),
      ArrowUp: () => move(0, step),
      "+": () => zoom(0.5),
      "=": () => zoom(0.5),
      "-": () => zoom(2),
      0: whole,
      Backspace: back,
      Enter: enter,
    };
    if (!actions[event.key]) return;
    actions[event.key]();
    event.preventDefault();
    event.stopPropagation();
  }
}
