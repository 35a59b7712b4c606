// The plane is zoomed and moved by wheel, keys, drag and two fingers; a point under the hand stays under it.

import { deepEqual, equal, ok } from "node:assert/strict";

import { Zoom } from "../../assets/js/views/zoom.mjs";

const SIDE = 300; // pixels of the plane, which begins at the screen's corner

/** An area without a browser, the zoom of its plane from -3 to 3, and what it has told. */
function opened() {
  /** @type {Map<string, (event: any) => void>} */
  const hears = new Map();
  /** @type {any} */
  const area = {
    addEventListener: (/** @type {string} */ kind, /** @type {(event: any) => void} */ hear) => hears.set(kind, hear),
    contains: (/** @type {any} */ other) => other === area,
    setPointerCapture: () => {},
  };
  Object.assign(globalThis, { document: { activeElement: null }, WheelEvent: { DOM_DELTA_LINE: 1 } });
  let changes = 0;
  /** @type {number[][]} */
  const tapped = [];
  /** @type {string[]} */
  const ended = [];
  const point = (/** @type {any} */ { clientX, clientY }) => {
    const { x, y } = zoom.range;
    return [x[0] + (clientX / SIDE) * (x[1] - x[0]), y[1] - (clientY / SIDE) * (y[1] - y[0])];
  };
  const zoom = new Zoom(area, {
    plane: () => /** @type {any} */ ({ point }),
    changed: () => (changes += 1),
    passed: () => ended.push("passed"),
    ended: (where) => ended.push(where),
    tapped: (event) => tapped.push([event.clientX, event.clientY]),
  });
  zoom.begin([-3, 3]);
  let kept = false;
  /** @param {string} kind @param {any} [event] @returns {boolean} whether the page is left without the event */
  const send = (kind, event = {}) => {
    kept = false;
    const its = { button: 0, pointerId: 1, pointerType: "mouse", type: kind, ...event };
    hears.get(kind)?.({ ...its, preventDefault: () => (kept = true), stopPropagation: () => {} });
    return kept;
  };
  return { zoom, send, point, tapped, ended, area, changes: () => changes };
}

/** @param {number} clientX @param {number} clientY */
function at(clientX, clientY) {
  return { clientX, clientY };
}

/** @param {number[]} one @param {number[]} other */
function near(one, other) {
  one.forEach((value, axis) => ok(Math.abs(value - other[axis]) < 1e-9, `${one} is not ${other}`));
}

Deno.test("a plane is whole at first, and again after a reset", () => {
  const { zoom } = opened();
  deepEqual([zoom.isWhole, zoom.range], [true, { x: [-3, 3], y: [-3, 3] }]);
  zoom.by(4, [1, 1]);
  equal(zoom.isWhole, false);
  zoom.reset();
  equal(zoom.isWhole, true);
});

Deno.test("the point that is meant stays where it is", () => {
  const { zoom } = opened();
  zoom.by(4, [1, -2]);
  deepEqual(zoom.range, { x: [0, 1.5], y: [-2.25, -0.75] });
});

Deno.test("another run on the same plane leaves what is looked at; another plane shows all of itself", () => {
  const { zoom } = opened();
  zoom.by(4);
  zoom.begin([-3, 3]);
  equal(zoom.isWhole, false);
  zoom.begin([-6, 6]);
  deepEqual([zoom.isWhole, zoom.range.x], [true, [-6, 6]]);
});

Deno.test("nearer than numbers can tell apart, or farther than eight planes, nobody looks", () => {
  const { zoom } = opened();
  for (let press = 0; press < 200; press += 1) zoom.by(1.5, [1, 1]);
  const width = zoom.range.x[1] - zoom.range.x[0];
  ok(width > 5e-9 && width < 7e-9, String(width));
  for (let press = 0; press < 200; press += 1) zoom.by(1 / 1.5);
  ok(Math.abs(zoom.range.x[1] - zoom.range.x[0] - 48) < 1e-6);
});

Deno.test("the wheel over a plane that nobody has turned to scrolls the page", () => {
  const { zoom, send, area } = opened();
  equal(send("wheel", { deltaY: -100, deltaMode: 0, ...at(75, 75) }), false);
  equal(zoom.isWhole, true);
  Object.assign(document, { activeElement: area });
  equal(send("wheel", { deltaY: -100, deltaMode: 0, ...at(75, 75) }), true);
  equal(zoom.isWhole, false);
});

Deno.test("with Ctrl, which a pinch on a touchpad has too, it zooms at once, about the pointer", () => {
  const { zoom, send, point } = opened();
  const meant = point(at(210, 60));
  equal(send("wheel", { deltaY: -80, deltaMode: 0, ctrlKey: true, ...at(210, 60) }), true);
  ok(zoom.range.x[1] - zoom.range.x[0] < 6);
  near(point(at(210, 60)), meant);
  send("wheel", { deltaY: 80, deltaMode: 0, ctrlKey: true, ...at(210, 60) });
  near(zoom.range.x, [-3, 3]);
});

Deno.test("keys come nearer, go back, move and reset; of the whole plane the arrows are the player's", () => {
  const { zoom, send } = opened();
  equal(send("keydown", { key: "ArrowLeft" }), false);
  equal(send("keydown", { key: "+" }), true);
  near(zoom.range.x, [-2, 2]);
  equal(send("keydown", { key: "ArrowRight" }), true);
  near(zoom.range.x, [-1.4, 2.6]);
  equal(send("keydown", { key: "ArrowUp" }), true);
  near(zoom.range.y, [-1.4, 2.6]);
  equal(send("keydown", { key: "-" }), true);
  near(zoom.range.x, [-2.4, 3.6]);
  equal(send("keydown", { key: "0" }), true);
  equal(zoom.isWhole, true);
  equal(send("keydown", { key: "+", ctrlKey: true }), false, "the browser's own zoom");
  equal(send("keydown", { key: "Enter" }), false);
});

Deno.test("a mouse drags the plane, and the point under it comes along", () => {
  const { zoom, send, point, tapped } = opened();
  zoom.by(2);
  const held = point(at(100, 100));
  send("pointerdown", at(100, 100));
  send("pointermove", at(130, 100));
  send("pointermove", at(160, 80));
  near(point(at(160, 80)), held);
  send("pointerup", at(160, 80));
  deepEqual(tapped, []);
});

Deno.test("a press that moves nothing is a tap", () => {
  const { zoom, send, tapped } = opened();
  send("pointerdown", at(100, 100));
  send("pointermove", at(102, 101));
  send("pointerup", at(102, 101));
  deepEqual(tapped, [[102, 101]]);
  equal(zoom.isWhole, true);
});

Deno.test("one finger scrolls the page", () => {
  const { zoom, send, tapped } = opened();
  const finger = { pointerType: "touch" };
  send("pointerdown", { ...finger, ...at(100, 100) });
  send("pointermove", { ...finger, ...at(100, 180) });
  send("pointercancel", { ...finger, ...at(100, 180) });
  deepEqual([zoom.isWhole, tapped], [true, []]);
});

Deno.test("two fingers zoom and move: what lies between them stays between them", () => {
  const { zoom, send, point, tapped } = opened();
  const [one, other] = [{ pointerType: "touch", pointerId: 1 }, { pointerType: "touch", pointerId: 2 }];
  send("pointerdown", { ...one, ...at(140, 150) });
  send("pointerdown", { ...other, ...at(160, 150) });
  const between = point(at(150, 150));
  send("pointermove", { ...one, ...at(130, 150) });
  send("pointermove", { ...other, ...at(170, 150) });
  near([zoom.range.x[1] - zoom.range.x[0]], [3]);
  near(point(at(150, 150)), between);
  send("pointermove", { ...one, ...at(150, 150) });
  send("pointermove", { ...other, ...at(190, 150) });
  near(point(at(170, 150)), between);
  send("pointerup", { ...one, ...at(150, 150) });
  send("pointerup", { ...other, ...at(190, 150) });
  deepEqual(tapped, [], "lifting a finger is no tap");
});

Deno.test("where the plane ends it says so, and goes on elsewhere", () => {
  const { zoom, ended } = opened();
  for (let nearer = 0; nearer < 80; nearer += 1) zoom.by(1.5);
  ok(ended.length > 0 && ended.every((where) => where === "nearest"));
  const { range } = zoom;
  zoom.by(1.5);
  deepEqual(zoom.range, range);
  ended.length = 0;
  zoom.by(1 / 1.5);
  deepEqual(ended, []);
  for (let farther = 0; farther < 80; farther += 1) zoom.by(1 / 1.5);
  ok(ended.length > 0 && ended.every((where) => where === "farthest"));
});
