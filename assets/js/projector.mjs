// Projector mode: large type, and only the panels that the teacher chose.

import { element } from "./configuration.mjs";
import { findView } from "./find_part.mjs";

const KEPT = "nnlab.projector";
const OUTSIDE = ["controls", "formulas"]; // panels that are no views of a run

/** @param {() => void} changed */
export function start(changed) {
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
  /** @returns {HTMLInputElement[]} */
  const boxes = () => [...element("projector-panels").querySelectorAll("input")];
  const apply = () => {
    const on = element("projector-on").checked;
    document.documentElement.classList.toggle("projector", on);
    for (const box of boxes()) {
      const place = OUTSIDE.includes(box.value) ? element(box.value === "controls" ? "controls" : "view-formulas") : findView(box.value);
      place.classList.toggle("left-out", on && !box.checked);
    }
    const panels = boxes().filter((box) => box.checked).map((box) => box.value);
    localStorage.setItem(KEPT, JSON.stringify({ on, panels }));
    changed();
  };
  element("menu-projector").addEventListener("change", () => setTimeout(apply));
  if (!kept) return;
  const { set_props } = window.dash_clientside;
  set_props("projector-panels", { value: kept.panels });
  set_props("projector-on", { value: kept.on });
  setTimeout(apply, 50);
}
