// Hides and disables the controls that a task hides or locks. The workspace sees to it that nothing else changes a locked setting.

import { element, text } from "../configuration.mjs";
import { findView } from "../find_part.mjs";
import { accessTo } from "./task_format.mjs";

const FIELDS = "input, select, textarea, button";
const WATCHED = { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] };

/** Where settings can be changed beside the controls, by setting; own data can be taken home all the same. */
const PICTURES = {
  points: "[data-view=own-data] .foldable :is(input, textarea, button:not(#own-data-save))",
  weights: ".network-editor input",
  hidden_layer_sizes: ".network-layers, .network-step, .hidden-ways button",
};
const PICTURES_IN = ["own-data", "network"];

export class TaskControls {
  /** @type {import("./task_format.mjs").Task | null} */
  #task = null;
  // controls come anew with the network's shape, and some are enabled by what they show
  #controls = new MutationObserver(() => this.#limitControls());
  #pictures = new MutationObserver(() => this.#limitPictures());

  /** @param {import("./task_format.mjs").Task | null} task */
  apply(task) {
    this.#task = task;
    this.#controls.disconnect();
    this.#pictures.disconnect();
    this.#limitControls();
    this.#limitPictures();
    element("reset").title = text(task ? "task.reset" : "hint.reset");
    if (!task) return;
    this.#controls.observe(element("controls"), WATCHED);
    for (const place of PICTURES_IN) this.#pictures.observe(findView(place), WATCHED);
  }

  #limitControls() {
    const blocks = element("controls").querySelectorAll("[data-setting]");
    for (const block of blocks) {
      const access = accessTo(this.#task, block.dataset.setting);
      block.hidden = access === "hidden";
      block.classList.toggle("locked", access === "locked");
      for (const field of block.querySelectorAll(FIELDS)) lock(field, access !== "shown");
    }
    for (const group of element("controls").querySelectorAll(".group")) {
      const its = [...group.querySelectorAll("[data-setting]")];
      group.hidden = its.length > 0 && its.every((block) => block.hidden);
    }
  }

  #limitPictures() {
    for (const [setting, fields] of Object.entries(PICTURES)) {
      const access = accessTo(this.#task, setting);
      for (const field of document.querySelectorAll(fields)) {
        lock(field, access !== "shown");
        field.classList.toggle("not-in-task", access === "hidden");
      }
    }
    findView("own-data").classList.toggle("not-in-task", accessTo(this.#task, "points") === "hidden");
  }
}

/** @param {any} field @param {boolean} locked */
function lock(field, locked) {
  if (locked && !field.disabled) {
    field.disabled = true;
    field.dataset.locked = "";
  } else if (!locked && "locked" in field.dataset) {
    field.disabled = false;
    delete field.dataset.locked;
  }
}
