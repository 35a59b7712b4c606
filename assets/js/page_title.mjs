// Sets the title and the heading of the page in sight, also for screen readers.

import { element, text } from "./configuration.mjs";

/**
 * Name the page. One that is gone to takes the focus to its heading, so that a reader says it and goes on from there.
 * @param {string} name
 * @param {{goneTo: boolean}} how whether another page was in sight before
 */
export function showTitle(name, { goneTo }) {
  const title = text(`page.${name}`);
  document.title = name === "lab" ? text("page.title") : `${title} · nnlab`;
  const heading = /** @type {HTMLElement} */ (element("page-title"));
  heading.textContent = title;
  if (goneTo) heading.focus({ preventScroll: true });
}
