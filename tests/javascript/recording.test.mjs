// A run is read as Python writes it, whatever pieces it comes in, and kept as plain data.

import { deepStrictEqual, equal, ok, throws } from "node:assert/strict";

import { Recording } from "../../assets/js/recording.mjs";
import { RunReader } from "../../assets/js/server/run_format.mjs";
import { given } from "./given.mjs";

/** @param {string} packed @returns {Uint8Array} */
const bytesOf = (packed) => Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));

/** @param {any} value @returns {any} */
function plain(value) {
  if (ArrayBuffer.isView(value)) return Array.from(/** @type {Float64Array} */ (value));
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, its]) => [key, plain(its)]));
}

for (const sizes of [[1], [7, 1, 64, 3], [10_000]]) {
  Deno.test(`both readers agree on the same bytes, in pieces of ${sizes}`, () => {
    const { bytes, records } = given("stream");
    const whole = bytesOf(bytes);
    const reader = new RunReader();
    const read = [];
    let at = 0;
    for (let piece = 0; at < whole.length; piece += 1) {
      const size = sizes[piece % sizes.length];
      read.push(...reader.push(whole.slice(at, at + size)));
      at += size;
    }
    const found = read.map((record) => [record.kind, plain(/** @type {any} */ (record)[record.kind])]);
    deepStrictEqual(found, records);
  });
}

Deno.test("a record of no known kind is refused", () => {
  throws(() => new RunReader().push(new Uint8Array(8)), /a record must be one of H, F and T/);
});

/** The recording of a run that ended early. */
const recorded = () => Recording.read(bytesOf(given("run")));

Deno.test("frames stand in the order of their epochs, and an early end cuts what was announced", () => {
  const recording = recorded();
  deepStrictEqual(recording.epochs, [...recording.epochs].sort((one, other) => one - other));
  equal(recording.lastEpoch, recording.tail?.epoch);
  ok(!recording.head.epochs.includes(recording.lastEpoch));
  equal(recording.arrived, recording.expected);
  equal(recording.costCount, recording.lastEpoch + 1);
  ok(recording.gradients.every((gradients) => gradients?.length === 2));
});

Deno.test("the bytes of a recording are read as the same recording", () => {
  const recording = recorded();
  const again = Recording.read(recording.bytes());
  for (const key of /** @type {const} */ (["head", "epochs", "parameters", "gradients", "tail", "costCount"])) {
    deepStrictEqual(again[key], recording[key], key);
  }
  deepStrictEqual(again.costs.subarray(0, again.costCount), recording.costs.subarray(0, recording.costCount));
});

Deno.test("a copy of its data is a recording again", () => {
  const recording = recorded();
  const copy = Recording.of(structuredClone(recording));
  equal(copy.frameAt(3), recording.frameAt(3));
  deepStrictEqual(copy.parameters, recording.parameters);
});

Deno.test("what breaks off is no recording", () => {
  const bytes = recorded().bytes();
  throws(() => Recording.read(bytes.slice(0, bytes.length - 30)), /breaks off/);
});

/** @param {number[]} epochs */
function announced(epochs) {
  const head = /** @type {any} */ ({ experiment: {}, epochs, test_targets: [], view: {} });
  return new Recording(head);
}

/** @param {number[]} epochs @param {number} first @param {number} costs */
const block = (epochs, first, costs) => ({
  first,
  costs: new Float64Array(costs),
  testCosts: new Float64Array(0),
  epochs: Uint32Array.from(epochs),
  parameters: epochs.map((epoch) => Float64Array.of(epoch)),
  gradients: epochs.map(() => new Float64Array(0)),
});

Deno.test("the newest network may come before those that lead to it", () => {
  const recording = announced([0, 1, 2, 3, 4]);
  recording.add(block([3], 0, 4));
  equal(recording.arrived, 0);
  ok(recording.has(3) && !recording.has(2));
  equal(recording.frameAt(2), 3, "the nearest that is here");
  recording.add(block([0, 1, 2], 4, 0));
  equal(recording.arrived, 4);
  equal(recording.frameAt(2), 2);
  equal(recording.frameAt(4), 3, "until the last one is here");
});

Deno.test("of a thinned run an epoch between two frames shows the one before", () => {
  const recording = announced([0, 5, 10]);
  recording.add(block([0, 5, 10], 0, 11));
  deepStrictEqual([0, 4, 5, 9, 10, 99].map((epoch) => recording.frameAt(epoch)), [0, 0, 1, 1, 2, 2]);
});
