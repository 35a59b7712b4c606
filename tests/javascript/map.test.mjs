// A map as it comes and as the page keeps it: the bytes are Python's.

import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { given } from "./given.mjs";
import { load } from "./page.mjs";

const { ManyReader } = await load("server/many_format.mjs");
const { MapResults } = await load("pages/map/results.mjs");

/** @type {{bytes: string, parts: number, size: number, codes: number[][], cost: number[][], since: number[][], diverged: boolean[][]}} */
const map = given("map");
const bytes = Uint8Array.from(atob(map.bytes), (letter) => letter.charCodeAt(0));

/**
 * The records of the answer, if it comes in pieces of these sizes.
 * @param {number[]} sizes
 * @returns {any[]}
 */
function read(...sizes) {
  const reader = new ManyReader();
  const records = [];
  for (let at = 0, piece = 0; at < bytes.length; piece += 1) {
    const size = sizes[piece % sizes.length];
    records.push(...reader.push(bytes.slice(at, at + size)));
    at += size;
  }
  return records;
}

/** @param {any[]} records */
function recordingOf(records) {
  const recording = new MapResults(records[0].head, {});
  for (const { kind, part } of records) if (kind === "part") recording.add(part);
  return recording;
}

Deno.test("an answer is read as it was written, however it is cut", () => {
  for (const sizes of [[1], [7, 1, 64, 3], [1_000_000]]) {
    const records = read(...sizes);
    deepEqual(records.map(({ kind }) => kind), ["head", "progress", ...Array(map.parts).fill("part"), "numbers", "slice", "tail"]);
    const [{ head }, { progress }] = records;
    const [{ numbers }, { slice }, { tail }] = records.slice(-3);
    equal(head.name, "Ünïcödé – Обучение");
    equal(progress.share, 0.25);
    deepEqual([...numbers.cost], map.cost.flat());
    deepEqual([...numbers.since], map.since.flat());
    deepEqual([slice.x, slice.y, slice.point, ...slice.cost], [[1, 2], [3], [0.5, 1e-300], 0.5, Math.fround(1e30)]);
    equal(tail.reason, "completed");
  }
});

Deno.test("a record of an unknown kind is refused", () => {
  throws(() => new ManyReader().push(new Uint8Array(8)), /a record must be one of H, P, M, N, L and T/);
});

Deno.test("every run of a map is kept in its place", () => {
  deepEqual([...recordingOf(read(100)).codes], map.codes.flat());
});

Deno.test("a step is whole when all its runs have come, and those of the steps before it", () => {
  const [{ head }, ...records] = read(1_000_000);
  const recording = new MapResults(head, {});
  const parts = records.filter(({ kind }) => kind === "part");
  const steps = head.strides.map((/** @type {number} */ _, /** @type {number} */ step) => step);
  ok(steps.length > 2, "it sharpens more than once");
  equal(recording.run(0, 0), undefined);
  for (const { part } of parts) {
    const late = parts.filter((other) => other.part.stride < part.stride || (other.part.stride === part.stride && other.part.start > part.start));
    recording.add(part);
    const missing = new Set(late.map((other) => other.part.stride));
    deepEqual(steps.map((/** @type {number} */ step) => recording.whole(step)), head.strides.map((/** @type {number} */ stride) => ![...missing].some((its) => its >= stride)));
  }
});

Deno.test("how a run ended: whether it trained, what it cost, from which epoch it stayed solved", () => {
  const records = read(1_000_000);
  const recording = recordingOf(records);
  const { cost_low: low, cost_high: high, experiment } = records[0].head;
  const step = (high / low) ** (1 / 254);
  const seen = new Set();
  map.cost.forEach((costs, row) => costs.forEach((cost, column) => {
    const { end, cost: found, epoch } = recording.run(column, row);
    const [diverged, since] = [map.diverged[row][column], map.since[row][column]];
    equal(end, diverged ? "diverged" : since >= 0 ? "trained" : "failed");
    const within = Math.min(high, Math.max(low, cost));
    ok(Math.abs(Math.log(found / within)) <= 0.5001 * Math.log(step), "the cost is within half a level");
    if (end === "trained") ok(Math.abs(epoch - since) <= experiment.epochs / 100, `epoch ${epoch} for ${since}`);
    else equal(epoch, null);
    seen.add(end);
  }));
  deepEqual(seen, new Set(["trained", "failed", "diverged"]));
  equal(recording.anyDiverged, true);
  equal(new MapResults(records[0].head, {}).anyDiverged, false);
});
