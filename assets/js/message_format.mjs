// Fills in a sentence of a catalogue. {name} stands for a value; {count, plural, one {# row} other {# rows}} for the
// form that goes with a number, chosen by the language's own rules, and # in it for the number. This is a part of ICU's
// message format, which translators know; nnlab/i18n/sentence.py reads the same.

import { numbersOf } from "./numbers.mjs";

const EXACT = 15; // digits, which is all that a number given to a sentence has
const PLACE = /\{(\w+)(?:, plural,((?:\s*\w+ \{(?:[^{}]|\{\w+\})*\})+)\s*)?\}/g;
const FORM = /(\w+) \{((?:[^{}]|\{\w+\})*)\}/g;

/**
 * @param {string} language
 * @returns {(sentence: string, values: Record<string, string | number>) => string} throws for a place without a value
 */
export function fillerOf(language) {
  const { number } = numbersOf(language);
  const rules = new Intl.PluralRules(language);

  /** @type {(sentence: string, values: Record<string, string | number>) => string} */
  const filled = (sentence, values) =>
    sentence.replace(PLACE, (_, name, forms) => {
      const value = values[name];
      if (value === undefined) throw new Error(`no value for {${name}} in “${sentence}”`);
      const words = typeof value === "number" ? number(value, EXACT) : value;
      if (forms === undefined) return words;
      if (typeof value !== "number") throw new Error(`{${name}} must be a number, to choose a form in “${sentence}”, got ${value}`);
      const form = Object.fromEntries(Array.from(forms.matchAll(FORM), ([, category, its]) => [category, its]));
      return filled((form[rules.select(value)] ?? form.other).replaceAll("#", words), values);
    });
  return filled;
}
