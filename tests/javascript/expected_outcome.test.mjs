// What a map or a wall said of a run, held against the run itself.

import { equal } from "node:assert/strict";

import { load } from "./page.mjs";

const { disagreement } = await load("pages/expected_outcome.mjs");

const SAID = { end: "trained", cost: 1.0997e-4, slack: 1.03, least: 4e-6, greatest: 2, solved: 0.02 };

Deno.test("a run that ends as it was said is as it was said", () => {
  equal(disagreement(SAID, { reason: "completed", cost: 1.0997e-4 }), null);
  equal(disagreement(SAID, { reason: "completed", cost: 1.12e-4 }), null, "within half a level of the map");
});

Deno.test("a run that changes sides is told from one that only ends elsewhere", () => {
  equal(disagreement(SAID, { reason: "completed", cost: 0.49999 }), "end");
  equal(disagreement(SAID, { reason: "diverged", cost: 1.0997e-4 }), "end");
  equal(disagreement(SAID, { reason: "completed", cost: 2e-4 }), "cost");
  equal(disagreement({ ...SAID, end: "failed", cost: 0.5 }, { reason: "completed", cost: 0.4 }), "cost");
});

Deno.test("costs beyond what was told apart are no difference, nor is what a lost run cost", () => {
  equal(disagreement({ ...SAID, cost: 4e-6 }, { reason: "completed", cost: 1e-9 }), null);
  equal(disagreement({ ...SAID, cost: 4e-6 }, { reason: "completed", cost: 0 }), null);
  equal(disagreement({ ...SAID, end: "diverged", cost: 2 }, { reason: "diverged", cost: 1e200 }), null);
});
