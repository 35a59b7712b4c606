// What the page says is what Python says: both are held to one file of cases.

import assert from "node:assert/strict";

import { numbersOf } from "../../assets/js/numbers.mjs";
import { fillerOf } from "../../assets/js/message_format.mjs";
import said from "../i18n/said.json" with { type: "json" };

Deno.test("numbers are written as Python writes them", () => {
  for (const { language, value, digits, said: words } of said.numbers) assert.equal(numbersOf(language).number(value, digits), words);
});

Deno.test("plural forms are those that Python chooses", () => {
  for (const [language, categories] of Object.entries(said.categories)) {
    for (const [category, counts] of Object.entries(categories)) {
      for (const count of counts) assert.equal(new Intl.PluralRules(language).select(count), category, `${language} ${count}`);
    }
  }
});

Deno.test("sentences are filled in as Python fills them", () => {
  for (const { language, sentence, values, said: words } of said.sentences) assert.equal(fillerOf(language)(sentence, /** @type {any} */ (values)), words);
});

Deno.test("a place without a value, or a form without a number, is a fault of ours and says so", () => {
  assert.throws(() => fillerOf("en")("epoch {epoch}", {}), /no value for \{epoch\}/);
  assert.throws(() => fillerOf("en")("{count, plural, one {# row} other {# rows}}", { count: "1" }), /must be a number/);
});
