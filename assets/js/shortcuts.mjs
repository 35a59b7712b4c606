// Keyboard shortcuts.

/** @type {Record<string, string>} */
const KEYS = { " ": "play", ArrowLeft: "step-back", ArrowRight: "step-forward", Home: "to-start", End: "to-end" };
const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
const TRACK = [...ARROWS, "Home", "End", "PageUp", "PageDown"];

/**
 * Whether a control keeps a key, since it uses it itself; where words are being typed, all of them.
 * @param {{tag: string, type?: string, typing?: boolean}} control what has the focus
 * @param {string} key
 * @param {boolean} [undoes] whether it is pressed to undo
 */
export function keeps({ tag, type = "", typing = false }, key, undoes = false) {
  if (tag === "textarea" || typing) return true;
  if (undoes) return false; // what is not being typed has nothing of its own to undo
  if (tag === "select") return key.length === 1 || TRACK.includes(key) || key === "Enter";
  if (tag === "input" && type === "range") return TRACK.includes(key);
  if (tag === "input" && type === "radio") return key === " " || ARROWS.includes(key);
  if (tag === "input" && ["checkbox", "file"].includes(type)) return key === " " || key === "Enter";
  if (tag === "input") return true;
  if (tag === "button" || tag === "summary") return key === " " || key === "Enter";
  return tag === "a" && key === "Enter";
}

/** The field in which words are being typed that are not finished; one whose words are wrong says so itself. @type {EventTarget | null} */
let typed = null;

/** Know what is being typed. @param {EventTarget} page */
export function watchTyping(page) {
  page.addEventListener("input", (event) => (typed = event.target));
  page.addEventListener("change", () => (typed = null));
  page.addEventListener("focusout", () => (typed = null));
}

/**
 * Whether a press is meant to undo: by its letter, or by its place where the keyboard has another alphabet on it.
 * @param {{key: string, code: string, ctrlKey: boolean, metaKey: boolean}} press
 */
export function isUndo({ key, code, ctrlKey, metaKey }) {
  const latin = /^[a-z]$/i.test(key);
  return (ctrlKey || metaKey) && (latin ? key.toLowerCase() === "z" : code === "KeyZ");
}

/** What has the focus, as far as keys are concerned. @param {any} target */
function controlOf(target) {
  const control = target.closest("input, select, textarea, button, summary, a, [contenteditable]");
  if (!control) return { tag: "" };
  const words = control.localName === "input" && !["range", "radio", "checkbox", "file"].includes(control.type);
  return { tag: control.isContentEditable ? "textarea" : control.localName, type: control.type, typing: words && (control === typed || control.ariaInvalid === "true") };
}

/**
 * Do what a key stands for, where no control wants the key itself; the player's keys only where it is in sight.
 * @param {KeyboardEvent} event
 * @param {Record<string, () => void>} buttons
 * @param {boolean} player
 */
export function shortcut(event, buttons, player) {
  const undoes = isUndo(event);
  const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
  if (event.defaultPrevented || keeps(controlOf(event.target), event.key, undoes)) return;
  if (undoes) buttons[event.shiftKey ? "redo" : "undo"]();
  else if (player && plain && KEYS[event.key]) buttons[KEYS[event.key]]();
  else return;
  event.preventDefault();
}
