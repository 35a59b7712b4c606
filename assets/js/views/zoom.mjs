// Zooming and moving a plane: with the wheel, two fingers, a drag, keys or buttons.

export const FACTOR = 1.5; // of one key or button
const WHEEL = 0.002; // of one unit that a wheel turns
const MOVED = 5; // pixels from which a press is no tap
const A_KEY = 0.15; // of the range, that an arrow key moves it
const CLOSEST = 1e-9; // of the whole plane: not far from there, neighbouring points would be one number
const FARTHEST = 8; // times the whole plane
/** @type {Record<string, number[]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** @typedef {{x: number[], y: number[]}} Range */

export class Zoom {
  /** @type {Range} */
  whole = { x: [-1, 1], y: [-1, 1] };
  /** @type {Range} */
  range = this.whole;
  #listener;
  /** @type {Map<number, {clientX: number, clientY: number}>} fingers, or the mouse, by their numbers */
  #hands = new Map();
  /** @type {{clientX: number, clientY: number} | null} */
  #pressed = null;
  #moved = false;

  /**
   * @param {HTMLElement} area
   * @param {{plane: () => ReturnType<typeof import("./plotly_graph.mjs").planeOf>, changed: () => void,
   *          ended: (where: "nearest" | "farthest") => void, passed: () => void, tapped: (event: {clientX: number, clientY: number}) => void}} listener
   *   asked where the plane lies; told of another range, of a wish to go on where it ends, of a wheel that was let pass, and of a press that moved nothing
   */
  constructor(area, listener) {
    this.#listener = listener;
    area.addEventListener("wheel", (event) => this.#turned(area, event), { passive: false });
    area.addEventListener("pointerdown", (event) => this.#down(event), true);
    area.addEventListener("pointermove", (event) => this.#move(area, event));
    for (const end of ["pointerup", "pointercancel"]) {
      area.addEventListener(end, (event) => this.#up(/** @type {PointerEvent} */ (event)));
    }
    area.addEventListener("touchmove", (event) => event.touches.length > 1 && event.preventDefault(), { passive: false });
    area.addEventListener("keydown", (event) => this.#key(event));
  }

  get isWhole() {
    return JSON.stringify(this.range) === JSON.stringify(this.whole);
  }

  /** Look at another plane, all of it. @param {number[]} domain */
  begin(domain) {
    if (JSON.stringify(this.whole.x) === JSON.stringify(domain)) return;
    this.whole = { x: [...domain], y: [...domain] };
    this.range = this.whole;
    this.#listener.changed();
  }

  reset() {
    this.#set(this.whole);
  }

  /** @param {number} factor above 1 to come nearer @param {number[]} [at] the point that stays where it is */
  by(factor, at = middle(this.range)) {
    const limited = this.#limited(factor);
    const around = (/** @type {number[]} */ ends, /** @type {number} */ fixed) => ends.map((end) => fixed + (end - fixed) / limited);
    this.#set({ x: around(this.range.x, at[0]), y: around(this.range.y, at[1]) });
    if (limited !== factor) this.#listener.ended(factor > 1 ? "nearest" : "farthest");
  }

  /** @param {number} across @param {number} up in the plane's coordinates */
  #by(across, up) {
    const { x, y } = this.range;
    const [low, high] = this.whole.x;
    const most = FARTHEST * (high - low);
    const moved = { x: x.map((end) => end + across), y: y.map((end) => end + up) };
    if (Object.values(moved).flat().every((end) => Math.abs(end - (low + high) / 2) <= most)) this.#set(moved);
    else this.#listener.ended("farthest");
  }

  /** @param {Range} range */
  #set(range) {
    this.range = range;
    this.#listener.changed();
  }

  get #width() {
    return this.range.x[1] - this.range.x[0];
  }

  /** A factor within what can be looked at. @param {number} factor */
  #limited(factor) {
    const share = this.#width / (this.whole.x[1] - this.whole.x[0]);
    return Math.max(share / FARTHEST, Math.min(share / CLOSEST, factor));
  }

  /** The wheel over a plane without the focus scrolls the page. @param {HTMLElement} area @param {WheelEvent} event */
  #turned(area, event) {
    const meant = event.ctrlKey || event.metaKey || area.contains(document.activeElement) || !this.isWhole;
    if (!meant) return this.#listener.passed();
    event.preventDefault();
    const turned = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 * event.deltaY : event.deltaY;
    this.by(Math.exp(-WHEEL * Math.max(-500, Math.min(500, turned)) * (event.ctrlKey ? 4 : 1)), this.#listener.plane().point(event));
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0) return;
    this.#hands.set(event.pointerId, event);
    this.#moved = this.#hands.size > 1;
    if (this.#hands.size === 1) this.#pressed = event;
  }

  /** @param {HTMLElement} area @param {PointerEvent} event */
  #move(area, event) {
    const before = this.#hands.get(event.pointerId);
    if (!before) return;
    if (event.buttons === 0) {
      this.#hands.delete(event.pointerId); // it was released outside the window
      return;
    }
    const { point } = this.#listener.plane();
    const others = [...this.#hands.entries()].filter(([id]) => id !== event.pointerId).map(([, hand]) => hand);
    if (others.length === 1) {
      const [far, near] = [distance(others[0], event), distance(others[0], before)];
      const [from, to] = [point(centre(others[0], before)), point(centre(others[0], event))];
      const width = this.#width;
      if (near > 0) this.by(far / near, from);
      const shrunk = this.#width / width; // what lay between the fingers goes where they are now
      this.#by(shrunk * (from[0] - to[0]), shrunk * (from[1] - to[1]));
    } else if (others.length === 0 && this.#drags(area, event)) {
      const [from, to] = [point(before), point(event)];
      this.#by(from[0] - to[0], from[1] - to[1]);
    } else return;
    this.#hands.set(event.pointerId, event);
  }

  /** Whether one hand moves the plane: a mouse does, a finger scrolls the page. @param {HTMLElement} area @param {PointerEvent} event */
  #drags(area, event) {
    if (event.pointerType === "touch" || !this.#pressed) return false;
    if (!this.#moved && distance(this.#pressed, event) < MOVED) return false;
    if (!this.#moved) area.setPointerCapture(event.pointerId);
    this.#moved = true;
    return true;
  }

  /** @param {PointerEvent} event */
  #up(event) {
    const hand = this.#hands.get(event.pointerId);
    this.#hands.delete(event.pointerId);
    if (!hand || event.type === "pointercancel" || this.#moved || !this.#pressed) return;
    if (distance(this.#pressed, event) < MOVED) this.#listener.tapped(event);
    this.#pressed = null;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    /** @type {Record<string, () => void>} */
    const actions = { "+": () => this.by(FACTOR), "=": () => this.by(FACTOR), "-": () => this.by(1 / FACTOR), 0: () => this.reset() };
    const arrow = this.isWhole ? undefined : ARROWS[event.key]; // of the whole plane they are the player's
    if (arrow) {
      const { x, y } = this.range;
      this.#by(A_KEY * arrow[0] * (x[1] - x[0]), A_KEY * arrow[1] * (y[1] - y[0]));
    } else if (actions[event.key]) actions[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** @param {Range} range */
function middle({ x, y }) {
  return [x, y].map(([low, high]) => (low + high) / 2);
}

/** @typedef {{clientX: number, clientY: number}} Hand */

/** @param {Hand} one @param {Hand} other */
function distance(one, other) {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
}

/** @param {Hand} one @param {Hand} other */
function centre(one, other) {
  return { clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 };
}
