// The clock counts epochs: driven by hand here, a frame at a time.

import { deepStrictEqual, equal } from "node:assert/strict";

/** @type {((now: number) => void)[]} */
let waiting = [];
Object.assign(globalThis, { requestAnimationFrame: (/** @type {(now: number) => void} */ ask) => waiting.push(ask) });
const { Clock } = await import("../../assets/js/clock.mjs");

let now = 0;

/** Let so much time pass, a frame at a time. @param {number} seconds */
function pass(seconds, frame = 0.01) {
  for (let left = seconds; left > 1e-9; left -= frame) {
    now += 1000 * frame;
    const asked = waiting;
    waiting = [];
    for (const ask of asked) ask(now);
  }
}

/** A run of which every epoch is there. @param {number} last @param {number} [arrived] epochs that have come */
function run(last, arrived = last) {
  const epochs = Array.from({ length: last + 1 }, (_, epoch) => epoch);
  return { epochs, expected: epochs.length, lastEpoch: last, arrived: arrived + 1, has: (/** @type {number} */ epoch) => epoch <= arrived };
}

/** A clock, and what it has shown. @param {any[]} runs @param {any} [options] */
function started(runs, options) {
  waiting = [];
  /** @type {[number, boolean][]} */
  const shown = [];
  const clock = new Clock({ show: (epoch, atRest) => shown.push([epoch, atRest]), changed: () => {} });
  clock.load(runs, options);
  return { clock, shown };
}

Deno.test("a new run plays from its start to its end, each epoch once, in about three seconds", () => {
  const { clock, shown } = started([run(60)], { replay: true });
  pass(2.9);
  equal(clock.state, "playing");
  pass(0.3);
  equal(clock.state, "ended");
  const epochs = shown.map(([epoch]) => epoch);
  deepStrictEqual([...new Set(epochs)], Array.from({ length: 61 }, (_, epoch) => epoch));
  deepStrictEqual(shown.at(-1), [60, true]);
});

Deno.test("a short run is not played faster than ten epochs a second", () => {
  const { clock } = started([run(10)], { replay: true });
  pass(0.9);
  equal(clock.state, "playing");
});

Deno.test("without replay it stands at the end, or where it stood", () => {
  deepStrictEqual(started([run(60)]).shown, [[60, true]]);
  const { clock, shown } = started([run(60)], { epoch: 17 });
  deepStrictEqual([clock.state, shown], ["paused", [[17, true]]]);
});

Deno.test("time waits at what has arrived, and goes on", () => {
  const its = run(60, 20);
  const { clock } = started([its], { replay: true });
  pass(3);
  deepStrictEqual([clock.epoch, clock.state], [20, "playing"]);
  Object.assign(its, { arrived: 61, has: () => true });
  clock.arrived();
  pass(3);
  deepStrictEqual([clock.epoch, clock.state], [60, "ended"]);
});

Deno.test("an epoch that is not here is stood at as soon as it is", () => {
  const its = run(60, 20);
  const { clock, shown } = started([its], { epoch: 40 });
  deepStrictEqual([shown, clock.wantedEpoch], [[], 40]);
  Object.assign(its, { arrived: 61, has: () => true });
  clock.arrived();
  deepStrictEqual([shown, clock.wantedEpoch], [[[40, true]], null]);
});

Deno.test("the newest network is enough to stand at the end", () => {
  const its = run(60, 0);
  its.has = (epoch) => epoch === 60;
  deepStrictEqual(started([its]).shown, [[60, true]]);
});

Deno.test("a run that ends early is stood at its own end", () => {
  const its = run(60, 30);
  const { clock } = started([its]);
  Object.assign(its, { lastEpoch: 30, epochs: its.epochs.slice(0, 31), expected: 31 });
  clock.arrived();
  deepStrictEqual([clock.epoch, clock.state, clock.last], [30, "ended", 30]);
});

Deno.test("runs of different length end where they end, under one clock", () => {
  const { clock, shown } = started([run(20), run(60)], { replay: true });
  equal(clock.last, 60);
  pass(3.2);
  deepStrictEqual([clock.epoch, clock.state], [60, "ended"]);
  equal(shown.filter(([epoch]) => epoch > 20).length > 0, true, "the longer one goes on");
});

Deno.test("one step is one epoch; of a thinned run, the next that there is", () => {
  const { clock } = started([run(60)], { epoch: 0 });
  const seen = [1, 1, 1, -1].map((by) => {
    clock.step(/** @type {1 | -1} */ (by));
    return clock.epoch;
  });
  deepStrictEqual(seen, [1, 2, 3, 2]);
  const thin = { epochs: [0, 5, 10], expected: 3, arrived: 3, lastEpoch: 10, has: () => true };
  const other = started([thin], { epoch: 5 }).clock;
  other.step(1);
  equal(other.epoch, 10);
});

Deno.test("held, time stands still without a change of state", () => {
  const { clock } = started([run(60)], { replay: true });
  pass(0.5);
  clock.hold(true);
  const { epoch } = clock;
  pass(1);
  deepStrictEqual([clock.epoch, clock.state], [epoch, "playing"]);
  clock.hold(false);
  pass(0.5);
  equal(clock.epoch > epoch, true);
});

Deno.test("in a loop the end is seen, and then the start", () => {
  const { clock, shown } = started([run(30)], { replay: true });
  clock.loop = true;
  pass(7);
  equal(clock.state, "playing");
  const ends = shown.map(([epoch], at) => (epoch === 30 ? shown[at + 1]?.[0] : null)).filter((next) => next !== null);
  equal(ends.length >= 2, true);
  equal(ends.every((next) => next === undefined || next < 3), true);
});

Deno.test("play at the end begins again", () => {
  const { clock } = started([run(30)]);
  clock.play();
  pass(0.05);
  deepStrictEqual([clock.state, clock.epoch < 10], ["playing", true]);
});

Deno.test("an epoch is a whole number within the run", () => {
  const { clock } = started([run(30)]);
  for (const [asked, got] of [[-5, 0], [99, 30], [7, 7]]) {
    clock.seek(asked);
    equal(clock.epoch, got);
  }
});

Deno.test("a clock at rest asks for no frame, and one that plays for one at a time", () => {
  const { clock } = started([run(60)]);
  equal(waiting.length, 0);
  clock.play();
  clock.hold(true);
  clock.hold(false);
  equal(waiting.length, 1);
  pass(0.5);
  equal(waiting.length, 1);
  clock.hold(true);
  pass(0.1);
  equal(waiting.length, 0);
  clock.hold(false);
  pass(10);
  deepStrictEqual([clock.state, waiting.length], ["ended", 0]);
});
