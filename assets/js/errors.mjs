// Shows what the server found wrong beside the control that it is about, and messages in the banner.

import { configuration, element, elementIfThere, text } from "./configuration.mjs";
import { createElement } from "./create_element.mjs";

/** What the server found wrong with one setting. @typedef {{field: string, rule: string, bound?: any, value?: any}} Problem */

/** @type {Record<string, string>} */
const SHOWN_ELSEWHERE = { hidden_layer_sizes: "hidden_units" };

/** One problem as a sentence. @param {Problem} problem */
export function sentence(problem) {
  if (problem.field === "version") return text("error.version");
  if (problem.rule === "needs") return needs(problem);
  if (String(problem.value).startsWith("kept:")) return text("error.kept");
  if (problem.rule === "type" && problem.value === "") return text("error.empty");
  const key = `error.${problem.rule}`;
  const ranges = problem.rule === "range"; // which the server writes as "0.001 – 10"
  const worded = (/** @type {any} */ its) => (ranges ? String(its).replace(/(\d)\.(?=\d)/g, `$1${configuration.separators[0]}`) : (its ?? ""));
  const values = { field: problem.field, bound: worded(problem.bound), value: worded(problem.value) };
  if (isToBeHad(problem)) return text("error.work_setting", { ...values, name: text(`setting.${problem.field}`) });
  return key in configuration.text ? text(key, values) : text("error.type", values);
}

/**
 * A choice that does not go with another one, in words: what it needs, or, if that is less to say, what it does not go with.
 * @param {Problem} problem @returns {string}
 */
function needs({ field, value: chosen }) {
  /** @type {{setting: string, chosen: string, needs: Record<string, string[]>} | undefined} */
  const asking = configuration.needs.find((/** @type {any} */ each) => each.chosen === chosen && Object.hasOwn(each.needs, field));
  if (!asking) return text("error.needs_points"); // own data is all that asks for anything else
  const worded = (/** @type {string[]} */ names) => names.map((name) => text(`${field}.${name}`)).join(", ");
  const allowed = asking.needs[field];
  const others = configuration.choices[field].filter((/** @type {string} */ name) => !allowed.includes(name));
  const said = { chosen: text(`${asking.setting}.${chosen}`), name: text(`setting.${field}`) };
  return others.length < allowed.length
    ? text("error.needs_other", { ...said, words: worded(others) })
    : text("error.needs", { ...said, words: worded(allowed) });
}

/**
 * Whether so much of a setting is too much work only beside the others, and its bound is what can be had.
 * @param {any} problem
 */
function isToBeHad({ rule, field, bound }) {
  return rule === "work" && `setting.${field}` in configuration.text && typeof bound === "number";
}

/** Whether nothing is wrong with an experiment but that it is too much. @param {any[]} problems */
export function isTooMuch(problems) {
  return problems.every(({ rule }) => rule === "work" || rule === "bytes");
}

/** Take every error off the page. */
export function clearErrors() {
  for (const line of document.querySelectorAll(".setting-error")) line.textContent = "";
  banner("");
}

/**
 * Say each problem beside its control; those without one, at the top.
 * @param {Problem[]} problems
 * @param {{more?: boolean, take?: (setting: string, value: number) => void}} [options] whether what is said already stands; what takes
 *     the nearest value that can be had, where there is one
 */
export function showErrors(problems, { more = false, take } = {}) {
  const homeless = more ? [element("banner").textContent].filter(Boolean) : [];
  for (const problem of problems) {
    const line = lineOf(problem.field);
    if (!line) homeless.push(sentence(problem));
    else if (!more || !line.textContent) {
      line.textContent = sentence(problem);
      if (take && isToBeHad(problem)) line.append(" ", taker(problem, take));
    }
  }
  banner(homeless.join(" "));
  const first = problems.map((problem) => lineOf(problem.field)).find(Boolean);
  first?.scrollIntoView({ block: "nearest" });
}

/** A button that takes what can be had. @param {any} problem @param {(setting: string, value: number) => void} take */
function taker({ field, bound }, take) {
  const onclick = () => take(field, bound);
  return createElement("button", { type: "button", className: "quiet small", onclick }, text("error.take", { value: bound }));
}

/**
 * A sentence at the top of the page, for what concerns all of it; and what can be done about it.
 * @param {string} words
 * @param {{name: string, action: () => void}} [button]
 * @returns {() => void} takes it away, if nothing else stands there meanwhile
 */
export function banner(words, button) {
  const place = element("banner");
  /** @type {ChildNode[]} */
  const said = words ? [new Text(words)] : [];
  if (button) said.push(createElement("button", { type: "button", className: "banner-button", onclick: button.action }, button.name));
  place.replaceChildren(...said);
  return () => said[0]?.parentNode === place && place.replaceChildren();
}

/** Why a run ended as it did, over the foot of the page, where it moves nothing; no words take it away. @param {string} words */
export function explain(words) {
  element("why-words").textContent = words;
  element("why").hidden = words === "";
}

/** The error line of a setting, of the nearest part of it that has one. @param {string} field @returns {HTMLElement | null} */
function lineOf(field) {
  const first = field.split(".")[0];
  const parts = (Object.hasOwn(SHOWN_ELSEWHERE, first) ? SHOWN_ELSEWHERE[first] : field).split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const line = elementIfThere(`error-${parts.slice(0, length).join("-")}`);
    if (line && !line.closest("[hidden]")) return line; // a task may have taken the control away
  }
  return null;
}
