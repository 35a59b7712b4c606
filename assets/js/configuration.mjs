// Reads the configuration that Python has put into the page: defaults, bounds, words. Nothing of it is written again in JavaScript.

import { numbersOf } from "./numbers.mjs";
import { fillerOf } from "./message_format.mjs";

/** @type {any} */
export const configuration = JSON.parse(document.getElementById("configuration")?.textContent ?? "");

/** Numbers in the page's language. */
export const { number, padded, fixed, percent, entered, listed, parsed } = numbersOf(configuration.language);

const filled = fillerOf(configuration.language);

/**
 * A sentence in the page's language.
 * @param {string} key
 * @param {Record<string, string | number>} [values] what stands in its {braces}: a number is written as the language does,
 *     and what chooses a plural form is one
 * @returns {string}
 */
export function text(key, values = {}) {
  const sentence = configuration.text[key];
  if (sentence === undefined) throw new Error(`no sentence for ${key}`);
  return filled(sentence, values);
}

/**
 * The page's element of this name. It throws if there is none.
 * @param {string} id
 * @returns {any}
 */
export function element(id) {
  const found = elementIfThere(id);
  if (!found) throw new Error(`no element "${id}" on the page`);
  return found;
}

/**
 * The page's element of this name; null if there is none, or none yet.
 * @param {string} id
 * @returns {any}
 */
export function elementIfThere(id) {
  return document.getElementById(id);
}
