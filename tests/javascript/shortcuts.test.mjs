// A control keeps only the keys that it uses itself.

import { equal } from "node:assert/strict";

import { isUndo, keeps } from "../../assets/js/shortcuts.mjs";

/** @type {[string, any, string, boolean, boolean][]} what has the focus, the key, whether it undoes, whether it is kept */
const CASES = [
  ["nothing", { tag: "" }, " ", false, false],
  ["a slider moves by arrows", { tag: "input", type: "range" }, "ArrowLeft", false, true],
  ["but does not play", { tag: "input", type: "range" }, " ", false, false],
  ["nor undo", { tag: "input", type: "range" }, "z", true, false],
  ["a button is pressed by space", { tag: "button" }, " ", false, true],
  ["but has no arrows", { tag: "button" }, "ArrowRight", false, false],
  ["nor undo", { tag: "button" }, "z", true, false],
  ["a link is followed by Enter", { tag: "a" }, "Enter", false, true],
  ["and plays by space", { tag: "a" }, " ", false, false],
  ["a menu's head", { tag: "summary" }, " ", false, true],
  ["a box", { tag: "input", type: "checkbox" }, " ", false, true],
  ["a box has no arrows", { tag: "input", type: "checkbox" }, "ArrowLeft", false, false],
  ["one of several", { tag: "input", type: "radio" }, "ArrowLeft", false, true],
  ["which has no first and last", { tag: "input", type: "radio" }, "Home", false, false],
  ["nor pages", { tag: "input", type: "radio" }, "PageDown", false, false],
  ["a list", { tag: "select" }, "ArrowDown", false, true],
  ["a list undoes nothing", { tag: "select" }, "z", true, false],
  ["a field keeps what edits it", { tag: "input", type: "text" }, "ArrowLeft", false, true],
  ["a field at rest undoes nothing", { tag: "input", type: "text" }, "z", true, false],
  ["a field in which one types undoes the typing", { tag: "input", type: "text", typing: true }, "z", true, true],
  ["a text keeps everything", { tag: "textarea" }, "z", true, true],
];

for (const [name, control, key, undoes, kept] of CASES) {
  Deno.test(`${name}: ${control.tag} ${control.type ?? ""} ${key}`, () => equal(keeps(control, key, undoes), kept));
}

/** @type {[string, string, string, boolean][]} the keyboard, its letter, its place, whether it undoes */
const PRESSES = [
  ["English", "z", "KeyZ", true],
  ["English, with shift", "Z", "KeyZ", true],
  ["Russian", "я", "KeyZ", true],
  ["German, whose z lies where y does elsewhere", "z", "KeyY", true],
  ["German, the other", "y", "KeyZ", false],
  ["another letter", "a", "KeyA", false],
  ["another Russian letter", "ф", "KeyA", false],
];

for (const [keyboard, key, code, undoes] of PRESSES) {
  Deno.test(`Ctrl and ${key}, ${keyboard}`, () => {
    equal(isUndo({ key, code, ctrlKey: true, metaKey: false }), undoes);
    equal(isUndo({ key, code, ctrlKey: false, metaKey: false }), false);
  });
}
