// Loads the part of Plotly that draws in three dimensions, when it is first needed. The page itself brings the flat part.

/** Plotly's part for space cannot be had, without a connection for one. */
export class NotLoaded extends Error {}

/** Put together, since the type checker would read it too, and it is not ours. */
const SOLID = new URL("../vendor/plotly/solid.mjs", import.meta.url).href;

/** @type {Promise<void> | null} */
let coming = null;
let failed = 0; // attempts: some browsers remember for good that an address could not be imported, so that each has its own

/**
 * Have Plotly know surfaces and points in space: to be awaited before the first graph with a scene.
 * @returns {Promise<void>} once it does; rejected with NotLoaded, and the next call tries again
 */
export function loadPlotly3d() {
  coming ??= import(failed ? `${SOLID}?attempt=${failed}` : SOLID).then(
    () => {},
    (cause) => {
      coming = null;
      failed += 1;
      throw new NotLoaded("what draws in three dimensions could not be loaded", { cause });
    },
  );
  return coming;
}
