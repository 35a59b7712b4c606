// Copies text, also where the browser offers no clipboard: over plain http on a school's network there is none.

import { element, text } from "./configuration.mjs";

/** Copy the link, or leave it selected for the student's own Ctrl+C. */
export async function copyLink() {
  const field = element("link");
  if (!field.value) return;
  field.focus();
  field.select();
  let copied = false;
  if (navigator.clipboard) copied = await navigator.clipboard.writeText(field.value).then(() => true, () => false);
  if (!copied) copied = document.execCommand("copy");
  element("copied").textContent = text(copied ? "share.copied" : "share.by_hand");
}
