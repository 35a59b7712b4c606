// The page's modules without a page: they find the configuration that Python would give them, and nothing else of a document.

import { given } from "./given.mjs";

const configuration = { textContent: JSON.stringify(given("configuration")) };
const document = { getElementById: (/** @type {string} */ id) => (id === "configuration" ? configuration : null) };
Object.assign(globalThis, { document });

/**
 * A module of the page. Its types are not looked at until its folder is among those that `deno task types` checks; then import it.
 * @param {string} name under assets/js
 * @returns {Promise<any>}
 */
export function load(name) {
  return import(new URL(`../../assets/js/${name}`, import.meta.url).href);
}
