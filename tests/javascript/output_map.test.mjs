// A field is as sharp as the screen at rest, and only as coarse as the device needs while it moves: with a clock of the test's own.

import { equal, ok } from "node:assert/strict";

import { formOf } from "../../assets/js/core/network.mjs";
import { load } from "./page.mjs";

let now = 0;
let cost = 0; // ms that a look at the clock takes: so slow is the device
/** @type {(() => void)[]} */
let later = [];
/** @type {number[]} points a side of each picture that was painted */
let painted = [];
const context = {
  createImageData: (/** @type {number} */ wide, /** @type {number} */ tall) => ({ data: new Uint8ClampedArray(4 * wide * tall) }),
  putImageData: (/** @type {{data: Uint8ClampedArray}} */ { data }) => painted.push(Math.sqrt(data.length / 4)),
  clearRect() {}, beginPath() {}, moveTo() {}, lineTo() {}, stroke() {},
};
const createElement = () => ({ width: 0, height: 0, style: {}, append() {}, setAttribute() {}, getContext: () => context });
Object.assign(document, { createElement });
Object.assign(globalThis, {
  devicePixelRatio: 2,
  performance: { now: () => (now += cost) },
  setTimeout: (/** @type {() => void} */ action) => later.push(action),
});

const { OutputMap } = await load("views/output_map.mjs");

const form = formOf({ features: ["x1", "x2"], hidden_layer_sizes: [], activation: "tanh", output_activation: "tanh" });
const PIXELS = 500;

/** @param {number[]} parameters */
function sight(parameters) {
  const scale = { middle: 0, reach: 1, palette: new Uint32Array(255) };
  const range = { x: [-1, 1], y: [-1, 1] };
  return { form, parameters: Float64Array.from(parameters), range, unit: null, scale: () => scale, level: 0, color: "#000" };
}

/** A field of 500 pixels a side, on a device of so many ms a look at the clock. @param {number} slow */
function opened(slow) {
  cost = slow;
  later = [];
  painted = [];
  const field = new OutputMap(/** @type {any} */ ({ append() {} }));
  field.place({ left: 0, top: 0, width: PIXELS / 2, height: PIXELS / 2 });
  return field;
}

/** Let what waits for its turn have one. */
function turn() {
  const waiting = later;
  later = [];
  for (const action of waiting) action();
}

/** The line's places are where w . x = 0. @param {number[]} pieces @param {number[]} weights */
function onLine(pieces, [w1, w2]) {
  ok(pieces.length > 0);
  for (let at = 0; at < pieces.length; at += 2) ok(Math.abs(w1 * pieces[at] + w2 * pieces[at + 1]) < 1e-3);
}

Deno.test("at rest it has a point for each pixel of the screen, at once where that is soon done", () => {
  const field = opened(0.01);
  field.show(sight([0.3, 0.2, 0]), true);
  equal(field.sharp, true);
  equal(field.map.width, PIXELS);
  onLine(field.pieces, [0.3, 0.2]);
});

Deno.test("moving, a slow device gets coarser pictures, and none below what can be made out", () => {
  const field = opened(30);
  const sizes = Array.from({ length: 30 }, () => {
    field.show(sight([0.3, 0.2, 0]), false);
    return field.map.width;
  });
  equal(sizes[0], 120);
  ok(sizes.every((size, at) => at === 0 || size <= sizes[at - 1]));
  equal(sizes.at(-1), 40);
  equal(field.sharp, false);
});

Deno.test("moving, a quick one gets them as sharp as the screen, and no sharper", () => {
  const field = opened(0.01);
  for (let frame = 0; frame < 30; frame += 1) field.show(sight([0.3, 0.2, 0]), false);
  equal(field.map.width, PIXELS);
});

Deno.test("moving, a size that is nearly right stays: another would be another canvas", () => {
  const field = opened(1.4);
  const sizes = new Set(Array.from({ length: 10 }, () => {
    field.show(sight([0.3, 0.2, 0]), false);
    return field.map.width;
  }));
  equal([...sizes].join(), "120");
});

Deno.test("a sharp picture that takes long is made in turns, so that the page is never held up", () => {
  const field = opened(5);
  field.show(sight([0.3, 0.2, 0]), true);
  equal(field.sharp, false);
  ok(field.map.width < PIXELS, "a coarse one is there at once");
  let turns = 0;
  for (; later.length; turns += 1) turn();
  ok(turns > 10, String(turns));
  equal(field.sharp, true);
  equal(field.map.width, PIXELS);
});

Deno.test("so is a unit's", () => {
  const field = opened(5);
  field.show({ ...sight([0.3, 0.2, 0]), unit: { column: 0, unit: 1 }, level: null }, true);
  equal(field.sharp, false);
  let turns = 0;
  for (; later.length; turns += 1) turn();
  ok(turns > 10, String(turns));
  equal(field.map.width, PIXELS);
});

Deno.test("what is looked at meanwhile takes its place", () => {
  const field = opened(5);
  field.show(sight([0.3, 0.2, 0]), true);
  turn();
  field.show(sight([-0.4, 0.1, 0]), true);
  for (let turns = 0; later.length && turns < 1000; turns += 1) turn();
  onLine(field.pieces, [-0.4, 0.1]);
  equal(field.sharp, true);
  equal(painted.filter((size) => size === PIXELS).length, 1, "the first is not finished for nothing");
});

Deno.test("where there is no level there is no line", () => {
  const field = opened(0.01);
  field.show({ ...sight([0.3, 0.2, 0]), level: null }, true);
  equal(field.pieces.length, 0);
});

Deno.test("on another screen what is at rest is as sharp as that one", () => {
  const field = opened(0.01);
  field.show(sight([0.3, 0.2, 0]), true);
  field.place({ left: 0, top: 0, width: 350, height: 350 });
  equal(field.map.width, 700);
  equal(field.sharp, true);
});
