// The part of an address behind #: what is written there is read again, and nothing in it is believed.

import { deepEqual, equal, ok } from "node:assert/strict";

import { given } from "./given.mjs";
import { load } from "./page.mjs";

const { linkOf, longTextsOf, pageOf, pathOf, readLink } = await load("sharing/link.mjs");
const { prepare } = await load("sharing/packed_values.mjs");
const { defaults, pages } = given("configuration");

/** An address as the page writes it, once what is long has been packed. @param {any} experiment */
async function written(experiment) {
  await prepare(longTextsOf(experiment, { task: null, own: null }));
  return linkOf(experiment);
}

/** @param {number} count @param {number} reach */
function points(count, reach) {
  const decimals = (/** @type {number} */ value) => Number((reach * value).toFixed(4)) + 0;
  return Array.from({ length: count }, (_, at) => [decimals(Math.sin(at)), decimals(Math.cos(3 * at)), at % 2]);
}

/** Numbers in no order, a row a unit. @param {number[]} sizes */
function start(sizes) {
  const number = (/** @type {number[]} */ ...at) => Math.sin(at.reduce((sum, its) => 7 * sum + its, 1)) * 10 ** (at[0] - 2);
  const layers = sizes.slice(1).map((units, layer) => ({ units, inputs: sizes[layer], layer }));
  return {
    weights: layers.map(({ units, inputs, layer }) => Array.from({ length: units }, (_, unit) => Array.from({ length: inputs }, (_, source) => number(layer, unit, source)))),
    biases: layers.map(({ units, layer }) => Array.from({ length: units }, (_, unit) => number(layer, unit))),
  };
}

Deno.test("the default run needs no hash", async () => {
  deepEqual(linkOf(defaults), { hash: "", kept: null, length: 0 });
  deepEqual((await readLink("")).experiment, defaults);
});

Deno.test("a link holds any shape with its start, to the last bit", async () => {
  for (const hidden of [[], [8], [3, 2, 4], [8, 8, 8, 8, 8, 8]]) {
    const experiment = { ...defaults, hidden_layer_sizes: hidden, initialization: "explicit", ...start([2, ...hidden, 1]) };
    const { hash, kept } = await written(experiment);
    const read = await readLink(hash, [kept]);
    deepEqual(read, { experiment, view: {}, task: null, changed: {}, unreadable: false });
  }
});

Deno.test("a few points stand in a link as they are", async () => {
  const experiment = { ...defaults, dataset: "own", points: [[1, 2, 0], [-1.5, 0.25, 1]] };
  equal((await written(experiment)).hash, "#dataset=own&points=[[1,2,0],[-1.5,0.25,1]]");
});

Deno.test("points in plain JSON are read, escaped or not", async () => {
  const link = "#dataset=own&points=[[1,2,0],[-1.5,0.25,1]]";
  for (const its of [link, link.replaceAll("[", "%5B").replaceAll(",", "%2C")]) {
    deepEqual((await readLink(its)).experiment.points, [[1, 2, 0], [-1.5, 0.25, 1]]);
  }
});

Deno.test("a class list fits into a link to the last decimal", async () => {
  for (const reach of [6, 1e6]) {
    const experiment = { ...defaults, dataset: "own", points: points(250, reach) };
    const { hash, kept } = await written(experiment);
    equal(kept, null);
    ok(hash.length < 5000, `${hash.length} letters`);
    deepEqual((await readLink(hash)).experiment, experiment);
  }
});

Deno.test("what is too long for an address is kept in the tab, and found again there alone", async () => {
  const experiment = { ...defaults, dataset: "own", points: points(1000, 1e6), epochs: 7 };
  const { hash, kept, length } = await written(experiment);
  ok(hash.length <= 8000 && length > 8000);
  deepEqual(Object.keys(kept), ["points"]);
  deepEqual((await readLink(hash, [undefined, kept])).experiment, experiment);
  const elsewhere = (await readLink(hash, [{ points: points(999, 1e6) }])).experiment;
  ok(elsewhere.points.startsWith("kept:"));
  equal(elsewhere.epochs, 7);
});

Deno.test("an address takes 8,000 letters and not one more", async () => {
  let [within, beyond] = [0, 0];
  for (let count = 300; count < 700; count += 1) {
    const { hash, kept, length } = await written({ ...defaults, dataset: "own", points: points(count, 1e6) });
    ok(hash.length <= 8000);
    equal(kept === null, length <= 8000, `${length} letters`);
    if (length <= 8000) within = Math.max(within, length);
    else beyond = beyond || length;
  }
  ok(within > 7900 && beyond < 8100, `${within} and ${beyond} are close to it`);
});

Deno.test("what Python has packed is read", async () => {
  deepEqual((await readLink(`#points=${given("packed")}`)).experiment.points, [[1, -2.5, 0], [0, 0.0005, 1]]);
});

Deno.test("a value that would burst is read as it is written", async () => {
  for (const value of given("bursting")) {
    const { experiment, task, changed, unreadable } = await readLink(`#points=${value}&task=${value}&task.points=${value}`);
    deepEqual([experiment.points === value, changed.points === value, task, unreadable], [true, true, null, true], value.slice(0, 40));
  }
});

Deno.test("of two values of one name the last counts", async () => {
  equal((await readLink("#epochs=5&dataset=and&epochs=7")).experiment.epochs, 7);
});

Deno.test("what a page looks at goes along", async () => {
  const view = { x: "weights.0.0.1", tests: "0", odd: "a&b=c#d" };
  deepEqual((await readLink(linkOf(defaults, view).hash)).view, view);
});

Deno.test("every page has a path", () => {
  equal(pathOf("lab"), "/");
  for (const page of pages) equal(pageOf(pathOf(page)), page);
});
