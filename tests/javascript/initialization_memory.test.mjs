// A start that changes of shape alone made one's own knows the rule it came from; one that a hand has changed does not.

import { equal } from "node:assert/strict";

import { load } from "./page.mjs";

const { InitializationMemory } = await load("initialization_memory.mjs");

/** @param {number} weight */
const own = (weight) => ({ initialization: "explicit", weights: [[[weight]]], biases: [[0]] });
const RULE = { initialization: "notebook", weights: null, biases: null };

/** @param {() => void} test */
function fresh(test) {
  return () => {
    sessionStorage.clear();
    test();
  };
}

Deno.test("a start that came of a shape knows its rule, over many shapes and after a reload", fresh(() => {
  const origins = new InitializationMemory();
  origins.reshaped(RULE, own(1));
  origins.reshaped(own(1), own(2));
  equal(origins.of(own(2)), "notebook");
  equal(new InitializationMemory().of(own(2)), "notebook");
}));

Deno.test("a start that a hand has set has no other rule", fresh(() => {
  const origins = new InitializationMemory();
  origins.reshaped(RULE, own(1));
  origins.reshaped(own(1.5), own(2));
  equal(origins.of(own(2)), null);
}));

Deno.test("a rule that stands needs no other", fresh(() => {
  const origins = new InitializationMemory();
  origins.reshaped(RULE, RULE);
  equal(origins.of(RULE), null);
}));
