// The format of a task, which a teacher adds to a link: its texts, and which controls a student may use. Whatever comes in a link is untrusted.

import { configuration, text } from "../configuration.mjs";
import { changes } from "../undo_history.mjs";

/**
 * @typedef {"shown" | "locked" | "hidden"} Access to a control
 * @typedef {{title: string, text: string, question: string | null, controls: Record<string, Access>}} Task
 *   ``question`` is asked before the result is shown; ``controls`` has groups of settings, and single settings that differ
 */

/** @type {Access[]} */
export const ACCESS = ["shown", "locked", "hidden"];
export const LONGEST = { title: 120, text: 2000, question: 300 }; // letters

const START = ["initialization", "weights", "biases"];
/** @type {Record<string, string>} */
const BESIDE = { hidden_units: "hidden_layer_sizes", biases: "weights" }; // settings that share another's control
/** @type {Record<string, string[]>} */
const GROUPS = configuration.groups;

/**
 * The task in something that was read; null if there is none. What is unknown or of another type is left out.
 * @param {any} read @returns {Task | null}
 */
export function taskOf(read) {
  if (typeof read !== "object" || read === null || Array.isArray(read)) return null;
  const words = (/** @type {keyof typeof LONGEST} */ name) => {
    const its = Object.hasOwn(read, name) ? read[name] : null;
    return typeof its === "string" ? its.slice(0, LONGEST[name]) : "";
  };
  const given = Object.hasOwn(read, "controls") && typeof read.controls === "object" ? read.controls : {};
  const names = Object.entries(GROUPS).flatMap(([group, settings]) => [group, ...settings]);
  const known = names.filter((name) => Object.hasOwn(given ?? {}, name) && ACCESS.includes(given[name]));
  const controls = Object.fromEntries(known.map((name) => [name, given[name]]));
  const question = words("question").trim();
  const task = { title: words("title"), text: words("text"), question: question || null, controls };
  return task.title.trim() || task.text.trim() || task.question || known.length ? task : null;
}

/**
 * What a task lets a student do with a setting: what is said of it alone, or of its group.
 * @param {Task | null} task @param {string} setting @returns {Access}
 */
export function accessTo(task, setting) {
  const first = setting.split(".")[0];
  const name = Object.hasOwn(BESIDE, first) ? BESIDE[first] : first;
  const group = Object.keys(GROUPS).find((its) => GROUPS[its].includes(name));
  return task?.controls[name] ?? task?.controls[group ?? ""] ?? "shown";
}

/**
 * The first setting that stands against a change, or null.
 *
 * What is locked keeps its value, whatever changes beside it. What is hidden only has no control: it follows a change that is
 * allowed, as a start follows the network's shape.
 * @param {Task | null} task
 * @param {any} own the task's own experiment
 * @param {{experiment: any, shape: any}} wanted
 * @param {{asked?: string, shown?: any}} by a setting that a hand has changed, or the experiment on the page if another one is
 *   put in its place
 */
export function against(task, own, { experiment, shape }, { asked, shown } = {}) {
  if (!task) return null;
  if (asked && accessTo(task, asked) !== "shown") return asked;
  const next = { ...experiment, ...shape };
  const locked = changes(next, own).find((setting) => accessTo(task, setting) === "locked");
  if (locked) return locked;
  const reshaped = changes({ ...experiment, ...shape }, experiment).length > 0;
  const drawn = !["notebook", "explicit"].includes(experiment.initialization); // by a rule that any shape has
  const held = START.find((setting) => accessTo(task, setting) === "locked");
  if (reshaped && !drawn && held) return held;
  const others = shown ? changes(next, shown).filter((setting) => changes(next, own).includes(setting)) : [];
  return others.find((setting) => accessTo(task, setting) === "hidden") ?? null;
}

/** A setting's name, as the page writes it. @param {string} setting */
export function nameOf(setting) {
  const first = setting.split(".")[0];
  return text(`setting.${first === "hidden_layer_sizes" ? "hidden_units" : first}`);
}
