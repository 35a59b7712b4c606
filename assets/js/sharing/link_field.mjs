// The share menu's field: the link to share, or why there is none.

import { element, fixed, text } from "../configuration.mjs";
import { shareable } from "./link.mjs";
import { nameOf } from "./task_format.mjs";

/**
 * @param {string} address
 * @param {Record<string, any> | null} kept what is too long for it, by name
 * @param {number} length of the address with everything in it
 */
export function showLink(address, kept, length) {
  const link = kept ? null : shareable(address);
  window.dash_clientside.set_props("link", { value: link ?? "" });
  element("copied").textContent = link || kept ? "" : text("share.unknown");
  element("copy").disabled = link === null;
  element("share-too-long").hidden = kept === null;
  if (!kept) return;
  const names = new Set(Object.keys(kept).map((name) => nameOf(name.replace(/^task\./, ""))));
  const size = fixed(length / 1024, 1);
  element("share-too-long-words").textContent = text("share.too_long", { size, what: [...names].join(", ") });
}
