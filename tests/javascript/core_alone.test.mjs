// The core knows no page: it takes a network and numbers, and gives numbers.

import { deepEqual, ok } from "node:assert/strict";

const FOLDER = new URL("../../assets/js/core/", import.meta.url);
const OF_A_PAGE = /\b(document|window|globalThis|navigator|location|localStorage|sessionStorage|fetch|Plotly|Math\.random|Date|performance|console)\b/;

/** @param {string} source */
function withoutComments(source) {
  return source.replace(/\/\*[^]*?\*\//g, "").replace(/\/\/.*$/gm, "");
}

Deno.test("it imports only itself, and asks nothing of a page, a clock or chance", () => {
  const names = [...Deno.readDirSync(FOLDER)].map(({ name }) => name);
  ok(names.length >= 9);
  for (const name of names) {
    const source = withoutComments(Deno.readTextFileSync(new URL(name, FOLDER)));
    for (const [, from] of source.matchAll(/from "([^"]+)"/g)) ok(/^\.\/\w+\.mjs$/.test(from), `${name} imports ${from}`);
    ok(!source.includes("import("), `${name} imports by the way`);
    deepEqual(source.match(OF_A_PAGE), null, name);
  }
});
