// What is opened as an experiment is one.

import { deepEqual, equal } from "node:assert/strict";

import { given } from "./given.mjs";
import { load } from "./page.mjs";

const { experimentIn } = await load("sharing/experiment_file.mjs");
const { defaults } = given("configuration");

Deno.test("a file holds the settings that it names, and the rest is as at first", () => {
  deepEqual(experimentIn(JSON.stringify(defaults)), defaults);
  deepEqual(experimentIn('{"learning_rate": 0.5, "task": {"title": "One"}}'), { ...defaults, learning_rate: 0.5, task: { title: "One" } });
});

Deno.test("a setting that is not known is left to be said, among those that are", () => {
  deepEqual(experimentIn('{"learning_rate": 0.5, "epochs": 7, "dropout": 0.1}'), { ...defaults, learning_rate: 0.5, epochs: 7, dropout: 0.1 });
});

const FOREIGN = {
  "a package": '{"name": "page", "version": "1.0.0", "scripts": {}, "dependencies": {}, "seed": 7}',
  "nothing": "{}",
  "a list": '[{"learning_rate": 1}]',
  "a number": "7",
  "nothing at all": "null",
  "no JSON": "learning_rate,0.5",
  "names that every object has": '{"constructor": 1, "__proto__": {"epochs": 1}}',
};
for (const [name, written] of Object.entries(FOREIGN)) Deno.test(`${name} is no experiment`, () => equal(experimentIn(written), null));
