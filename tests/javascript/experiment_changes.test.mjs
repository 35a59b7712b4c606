// What changed, in words: each setting by the name on its control, each number as the language writes it.

import assert from "node:assert/strict";

import russian from "../../nnlab/i18n/lab_ru.json" with { type: "json" };

const BEFORE = { learning_rate: 0.2, l1_clamp: false, regularization: "none", loss: "squared_error", seed: 4_294_967_295 };

const told = { language: "ru", text: russian, needs: [], choices: { loss: [], regularization: [] }, gates: {}, own_data: {} };
Object.assign(globalThis, { document: { getElementById: () => ({ textContent: JSON.stringify(told) }) } });
const { described, fittedWith } = await import("../../assets/js/experiment_changes.mjs");

Deno.test("a name keeps its letters, and a seed all its digits", () => {
  assert.equal(described(BEFORE, { ...BEFORE, learning_rate: 0.5 }), "«Скорость обучения» 0,2 → 0,5");
  assert.equal(described(BEFORE, { ...BEFORE, l1_clamp: true }), "«Удерживать в 0 то, что L1 довела до 0» – → ✓");
  const seeded = described(BEFORE, { ...BEFORE, seed: 7, regularization: "l1" });
  assert.equal(seeded.replaceAll("\u00a0", " "), "«Регуляризация» нет → L1; «Зерно» 4 294 967 295 → 7");
});

Deno.test("so does what is set beside it", () => {
  const after = { ...BEFORE, learning_rate: 1, loss: "cross_entropy", regularization: "l2" };
  assert.match(fittedWith(BEFORE, after, "learning_rate"), /«Функция потерь» — перекрёстная энтропия/);
  assert.match(fittedWith(BEFORE, after, "learning_rate"), /«Регуляризация» — L2/);
});
