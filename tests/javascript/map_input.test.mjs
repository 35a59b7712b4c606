// The hand on the map: what a mouse, a finger and keys each do.

import { deepEqual } from "node:assert/strict";

import { load } from "./page.mjs";

const { MapInput } = await load("pages/map/input.mjs");

/** A hand on an area, and what it has done so far: the run at a place is the place. */
function begun() {
  const area = /** @type {any} */ (new EventTarget());
  /** @type {any[]} */
  const done = [];
  const told = (/** @type {string} */ name) => (/** @type {any[]} */ ...values) => void done.push([name, ...values.map((value) => JSON.stringify(value))].join(" "));
  const runAt = (/** @type {any} */ event) => (event.clientX < 0 ? null : [event.clientX, event.clientY]);
  const names = ["read", "choose", "open", "move", "zoom", "whole", "back", "enter"];
  new MapInput(area, { runAt, ...Object.fromEntries(names.map((name) => [name, told(name)])) });
  const send = (/** @type {string} */ kind, /** @type {any} */ values) => area.dispatchEvent(Object.assign(new Event(kind, { cancelable: true }), values));
  return { done, send };
}

Deno.test("a finger that taps reads a run and opens none, whatever click comes after", () => {
  const { done, send } = begun();
  const place = { clientX: 3, clientY: 4, pointerType: "touch" };
  send("pointerdown", place);
  send("pointermove", place);
  send("pointerup", place);
  send("click", { clientX: 3, clientY: 4 });
  send("click", { clientX: 0, clientY: 0 }); // Plotly's own, which is nowhere
  deepEqual(done, ["choose [3,4]"]);
});

Deno.test("a mouse reads as it moves and opens with a click", () => {
  const { done, send } = begun();
  send("pointermove", { clientX: 3, clientY: 4, pointerType: "mouse" });
  send("pointerdown", { clientX: 3, clientY: 4, pointerType: "mouse" });
  send("pointerup", { clientX: 4, clientY: 4, pointerType: "mouse" });
  send("click", { clientX: 4, clientY: 4 });
  send("pointerleave", { pointerType: "mouse" });
  deepEqual(done, ["read [3,4]", "open [4,4]", "read null"]);
});

Deno.test("a drag, a scroll and a press beside the map choose nothing", () => {
  for (const pointerType of ["mouse", "touch"]) {
    const { done, send } = begun();
    send("pointerdown", { clientX: 3, clientY: 4, pointerType });
    send("pointerup", { clientX: 60, clientY: 4, pointerType });
    send("click", { clientX: 60, clientY: 4 });
    send("pointerdown", { clientX: 3, clientY: 4, pointerType });
    send("pointercancel", {});
    send("click", { clientX: 3, clientY: 4 });
    send("pointerdown", { clientX: -3, clientY: 4, pointerType });
    send("pointerup", { clientX: -3, clientY: 4, pointerType });
    send("click", { clientX: -3, clientY: 4 });
    deepEqual(done, []);
  }
});

Deno.test("keys move, zoom, open; the browser's own keys are left to it", () => {
  const { done, send } = begun();
  for (const key of ["ArrowLeft", "ArrowUp", "+", "-", "0", "Backspace", "Enter", "a"]) send("keydown", { key });
  send("keydown", { key: "ArrowRight", shiftKey: true });
  send("keydown", { key: "ArrowRight", ctrlKey: true });
  deepEqual(done, ["move -1 0", "move 0 1", "zoom 0.5", "zoom 2", "whole", "back", "enter", "move 10 0"]);
});
