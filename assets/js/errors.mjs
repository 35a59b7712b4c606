// What the server found wrong, said beside the control it is about.

import { configuration, element, text } from "./configuration.mjs";

const SHOWN_ELSEWHERE = { hidden_layer_sizes: "hidden_units" };

/** One problem as a sentence. */
export function sentence(problem) {
  const key = `error.${problem.rule}`;
  const values = { field: problem.field, bound: problem.bound ?? "", value: problem.value ?? "" };
  return key in configuration.text ? text(key, values) : text("error.type", values);
}

/** Take every error off the page. */
export function clearErrors() {
  for (const line of document.querySelectorAll(".setting-error")) line.textContent = "";
  banner("");
}

/** Say each problem beside its control; those without one, at the top. */
export function showErrors(problems) {
  const homeless = [];
  for (const problem of problems) {
    const line = lineOf(problem.field);
    if (line) line.textContent = sentence(problem);
    else homeless.push(sentence(problem));
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
    if (line) return line;
  }
  return null;
}
