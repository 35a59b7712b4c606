// What Python has written for these tests (given.py), in the folder that they are started with.

const NOT_FINITE = ["NaN", "Infinity", "-Infinity"];

/**
 * A file's value.
 * @param {string} name
 */
export function given(name) {
  return JSON.parse(Deno.readTextFileSync(`${Deno.args.at(-1)}/${name}.json`), (_, value) => (NOT_FINITE.includes(value) ? Number(value) : value));
}
