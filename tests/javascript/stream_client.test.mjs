// Asking for streams: a lost or busy server is asked again, a fault of the page's own is none of the connection's.

import { deepEqual, equal } from "node:assert/strict";

import { load } from "./page.mjs";

const { StreamClient } = await load("server/stream_client.mjs");
const { retryNow } = await load("server/retry.mjs");

/** @typedef {{resolve: (response: Response) => void, reject: (error: Error) => void, signal: AbortSignal, body: any}} Question */

/** Every word is a record: a letter for its kind. */
class Words {
  /** @param {Uint8Array} bytes */
  push(bytes) {
    /** @type {Record<string, string>} */
    const kinds = { H: "head", F: "frames", T: "tail" };
    return new TextDecoder().decode(bytes).split(" ").map((word) => {
      if (!(word in kinds)) throw new Error("unknown");
      return { kind: kinds[word], [kinds[word]]: word };
    });
  }
}

/**
 * A server that answers when the test says so, pauses that are over when it says so, and a listener that remembers.
 * @param {(given: {asked: Question[], pauses: {seconds: number, end: () => void}[], heard: string[], faults: string[], client: any, listener: any}) => Promise<void>} test
 */
async function stage(test) {
  const { fetch, setTimeout } = globalThis;
  const [asked, pauses, heard, faults] = [/** @type {Question[]} */ ([]), /** @type {any[]} */ ([]), /** @type {string[]} */ ([]), /** @type {string[]} */ ([])];
  const warn = console.warn;
  const fault = (/** @type {any} */ event) => {
    event.preventDefault();
    faults.push(event.error.message);
  };
  globalThis.fetch = /** @type {any} */ ((/** @type {string} */ _, /** @type {any} */ { signal, body }) =>
    new Promise((resolve, reject) => {
      asked.push({ resolve, reject, signal, body: JSON.parse(body) });
      signal.addEventListener("abort", () => reject(new Error("aborted")));
    }));
  globalThis.setTimeout = /** @type {any} */ ((/** @type {() => void} */ end, /** @type {number} */ wait) => pauses.push({ seconds: wait / 1000, end }));
  addEventListener("error", fault);
  console.warn = () => {};
  const listener = Object.fromEntries(["head", "frames", "tail", "refused", "busy", "lost"].map((kind) => [kind, () => heard.push(kind)]));
  const client = new StreamClient("/run", Words);
  try {
    await test({ asked, pauses, heard, faults, client, listener });
  } finally {
    client.stop();
    Object.assign(globalThis, { fetch, setTimeout });
    console.warn = warn;
    removeEventListener("error", fault);
  }
}

/** Let everything that is due happen. */
async function settled() {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  await new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve(null);
    };
    channel.port2.postMessage(null);
  });
}

Deno.test("a whole stream is told record by record", () =>
  stage(async ({ asked, heard, client, listener }) => {
    client.run({}, listener);
    await settled();
    asked[0].resolve(new Response("H F F T"));
    await settled();
    deepEqual(heard, ["head", "frames", "frames", "tail"]);
  }));

Deno.test("what a listener throws is reported, is no lost connection, and the rest is told", () =>
  stage(async ({ asked, heard, faults, pauses, client, listener }) => {
    const throwing = () => {
      throw new Error("ours");
    };
    client.run({}, { ...listener, frames: throwing });
    await settled();
    asked[0].resolve(new Response("H F T"));
    await settled();
    deepEqual([heard, faults, pauses.length], [["head", "tail"], ["ours"], 0]);
  }));

Deno.test("nor does it keep the server from being asked again", () =>
  stage(async ({ asked, faults, pauses, client, listener }) => {
    const throwing = () => {
      throw new Error("ours");
    };
    client.run({}, { ...listener, lost: throwing, busy: throwing });
    await settled();
    asked[0].reject(new Error("away"));
    await settled();
    pauses[0].end();
    await settled();
    asked[1].resolve(new Response("{}", { status: 503 }));
    await settled();
    pauses[1].end();
    await settled();
    deepEqual([asked.length, faults], [3, ["ours", "ours"]]);
  }));

Deno.test("a lost server is asked again after pauses that grow, up to a bound, and differ from page to page", () =>
  stage(async ({ asked, heard, pauses, client, listener }) => {
    client.run({ experiment: 1 }, listener);
    for (let time = 0; time < 8; time += 1) {
      await settled();
      asked[time].reject(new Error("away"));
      await settled();
      pauses[time].end();
    }
    const between = [1, 2, 4, 8, 15, 15, 15, 15].every((pause, time) => pauses[time].seconds >= pause / 2 && pauses[time].seconds < 1.5 * pause);
    equal(between, true, String(pauses.map(({ seconds }) => seconds)));
    await settled();
    asked[8].resolve(new Response("H T"));
    await settled();
    deepEqual(heard, [...Array(8).fill("lost"), "head", "tail"]);
    deepEqual(asked[8].body, asked[0].body);
  }));

Deno.test("a busy server is left alone for as long as it says", () =>
  stage(async ({ asked, heard, pauses, client, listener }) => {
    client.run({}, listener);
    await settled();
    asked[0].resolve(new Response("{}", { status: 503, headers: { "Retry-After": "6" } }));
    await settled();
    equal(pauses[0].seconds >= 3, true);
    deepEqual(heard, ["busy"]);
  }));

for (const [name, hurry] of /** @type {[string, () => void][]} */ ([["when the network is back", () => dispatchEvent(new Event("online"))], ["when somebody asks for it", retryNow]])) {
  Deno.test(`a lost server is asked at once ${name}`, () =>
    stage(async ({ asked, client, listener }) => {
      client.run({}, listener);
      await settled();
      asked[0].reject(new Error("away"));
      await settled();
      hurry();
      await settled();
      equal(asked.length, 2);
    }));
}

Deno.test("a newer run ends the asking for the older one", () =>
  stage(async ({ asked, pauses, client, listener }) => {
    client.run({ experiment: "old" }, listener);
    await settled();
    asked[0].reject(new Error("away"));
    await settled();
    client.run({ experiment: "new" }, listener);
    await settled();
    pauses[0].end();
    await settled();
    deepEqual(asked.map(({ body }) => body.experiment), ["old", "new"]);
  }));

Deno.test("a hand that drags on is followed at once, not after the pause", () =>
  stage(async ({ asked, client, listener }) => {
    client.preview({ experiment: 1 }, listener);
    await settled();
    asked[0].reject(new Error("away"));
    await settled();
    client.preview({ experiment: 2 }, listener);
    await settled();
    deepEqual(asked.map(({ body }) => body.experiment), [1, 2]);
  }));

Deno.test("an end stops a preview that waits, and the next one is asked", () =>
  stage(async ({ asked, client, listener }) => {
    client.preview({ experiment: 1 }, listener);
    await settled();
    asked[0].reject(new Error("away"));
    await settled();
    client.stop();
    await settled();
    client.preview({ experiment: 2 }, listener);
    await settled();
    deepEqual(asked.map(({ body }) => body.experiment), [1, 2]);
  }));

Deno.test("a page that nobody sees does not ask", () =>
  stage(async ({ asked, pauses, client, listener }) => {
    client.run({}, listener);
    await settled();
    asked[0].reject(new Error("away"));
    await settled();
    Object.assign(document, { visibilityState: "hidden" });
    pauses[0].end();
    await settled();
    equal(asked.length, 1);
    Object.assign(document, { visibilityState: "visible" });
    dispatchEvent(new Event("visibilitychange"));
    await settled();
    equal(asked.length, 2);
  }));

Deno.test("an answer that cannot be read is a fault of ours, which asking again would not mend", () =>
  stage(async ({ asked, heard, faults, pauses, client, listener }) => {
    client.run({}, listener);
    await settled();
    asked[0].resolve(new Response("H ?"));
    await settled();
    deepEqual([heard, faults, pauses.length], [[], ["unknown"], 0]);
  }));

Deno.test("a listener that asks anew hears no more of the older answer", () =>
  stage(async ({ asked, heard, client, listener }) => {
    client.run({}, { ...listener, head: () => client.run({}, listener) });
    await settled();
    asked[0].resolve(new Response("H F T"));
    await settled();
    deepEqual(heard, []);
  }));
