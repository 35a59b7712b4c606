// What the page reads in each of the links that are given, what it writes of that, and what it reads again: for Python to judge.

import { given } from "./given.mjs";
import { load } from "./page.mjs";

const { linkOf, longTextsOf, readLink } = await load("sharing/link.mjs");
const { prepare } = await load("sharing/packed_values.mjs");

/** @param {string} link */
async function judged(link) {
  const { experiment, view, task, changed } = await readLink(link);
  const whole = { task, own: { ...experiment, ...changed } };
  await prepare(longTextsOf(experiment, whole));
  const { hash, kept } = linkOf(experiment, view, whole);
  const again = await readLink(hash, kept ? [kept] : []);
  return { experiment: JSON.stringify(experiment), task, again: JSON.stringify(again.experiment), same_task: JSON.stringify(again.task) === JSON.stringify(task) };
}

const read = [];
for (const link of given("links")) read.push(await judged(link).catch((error) => ({ thrown: String(error.stack) })));
console.log(JSON.stringify(read));
