// What the server found wrong, said beside the control it is about.

import { configuration, element, text } from "./configuration.mjs";

const SHOWN_ELSEWHERE = { hidden_layer_sizes: "hidden_units" };

/** One problem as a sentence. */
export function sentence(problem) {
  if (problem.rule === "needs") return needs(problem);
  if (String(problem.value).startsWith("kept:")) return text("error.kept");
  const key = `error.${problem.rule}`;
  const values = { field: problem.field, bound: problem.bound ?? "", value: problem.value ?? "" };
  return key in configuration.text ? text(key, values) : text("error.type", values);
}

/** A choice that does not go with another one, in words: what it needs, or, if that is less to say, what it does not go with. */
function needs({ field, value: chosen }) {
  const asking = configuration.needs.find((each) => each.chosen === chosen && Object.hasOwn(each.needs, field));
  if (!asking) return text("error.needs_points"); // own data is all that asks for anything else
  const worded = (names) => names.map((name) => text(`${field}.${name}`)).join(", ");
  const allowed = asking.needs[field];
  const others = configuration.choices[field].filter((name) => !allowed.includes(name));
  const choice = text(`${asking.setting}.${chosen}`);
  const said = { chosen: choice[0].toUpperCase() + choice.slice(1), name: text(`setting.${field}`).toLowerCase() };
  return others.length < allowed.length
    ? text("error.needs_other", { ...said, words: worded(others) })
    : text("error.needs", { ...said, words: worded(allowed) });
}

/** Take every error off the page. */
export function clearErrors() {
  for (const line of document.querySelectorAll(".setting-error")) line.textContent = "";
  banner("");
}

/**
 * Say each problem beside its control; those without one, at the top.
 * @param {any[]} problems
 * @param {{more?: boolean}} [options] whether what is said already stands
 */
export function showErrors(problems, { more = false } = {}) {
  const homeless = more ? [element("banner").textContent].filter(Boolean) : [];
  for (const problem of problems) {
    const line = lineOf(problem.field);
    if (!line) homeless.push(sentence(problem));
    else if (!more || !line.textContent) line.textContent = sentence(problem);
  }
  banner(homeless.join(" "));
  const first = problems.map((problem) => lineOf(problem.field)).find(Boolean);
  first?.scrollIntoView({ block: "nearest" });
}

/** A sentence at the top of the page, for what concerns all of it. */
export function banner(words) {
  element("banner").textContent = words;
}

/** Why a run ended as it did, over the foot of the page, where it moves nothing; no words take it away. */
export function explain(words) {
  element("why-words").textContent = words;
  element("why").hidden = words === "";
}

/** The error line of a setting, of the nearest part of it that has one. */
function lineOf(field) {
  const first = field.split(".")[0];
  const parts = (Object.hasOwn(SHOWN_ELSEWHERE, first) ? SHOWN_ELSEWHERE[first] : field).split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const line = element(`error-${parts.slice(0, length).join("-")}`);
    if (line && !line.closest("[hidden]")) return line; // a task may have taken the control away
  }
  return null;
}
