// Where a teacher prepares a task, in the share menu. Its parts are made when it is first unfolded.

import { configuration, element, text } from "../configuration.mjs";
import { ACCESS, LONGEST, nameOf, taskOf } from "./task.mjs";

const AS_GROUP = "";

export class TaskPanel {
  /** @type {Record<string, any> | null} the parts of the form, by name */
  #parts = null;

  /**
   * @param {import("./task_given.mjs").Given} given
   * @param {(task: import("./task.mjs").Task | null) => void} give
   */
  constructor(given, give) {
    this.given = given;
    this.give = give;
    element("task-panel").addEventListener("toggle", () => element("task-panel").open && this.show());
  }

  /** Fill the form with the task on the page, and bring it into sight. */
  edit() {
    element("menu-share").open = true;
    element("task-panel").open = true;
    this.show();
    this.#parts.title.focus();
  }

  show() {
    this.#parts ??= made(() => this.#apply(), () => this.#remove());
    const { task } = this.given;
    const { title, text: words, ask, question, access, remove } = this.#parts;
    title.value = task?.title ?? "";
    words.value = task?.text ?? "";
    ask.checked = Boolean(task?.question);
    question.value = task?.question ?? text("task.question.first");
    for (const [name, list] of Object.entries(access)) list.value = task?.controls[name] ?? list.options[0].value;
    remove.hidden = task === null;
    this.#say("");
    for (const field of [title, words, ask]) field.dispatchEvent(new Event("input"));
  }

  #read() {
    const { title, text: words, ask, question, access } = this.#parts;
    const chosen = Object.entries(access).filter(([, list]) => list.value !== list.options[0].value);
    const controls = Object.fromEntries(chosen.map(([name, list]) => [name, list.value]));
    return taskOf({ title: title.value, text: words.value, question: ask.checked ? question.value : null, controls });
  }

  #apply() {
    const task = this.#read();
    if (!task) return this.#say(text("task.empty"));
    this.give(task);
    this.#parts.remove.hidden = false;
    this.#say(text("task.applied"));
  }

  #remove() {
    this.give(null);
    this.show();
    this.#say(text("task.removed"));
  }

  #say(words) {
    this.#parts.said.textContent = words;
  }
}

/** The form, put into its place; its parts by name. */
function made(apply, remove) {
  const title = node("input", { type: "text", id: "task-form-title", className: "form-control", maxLength: LONGEST.title });
  const words = node("textarea", { id: "task-form-text", className: "form-control", rows: 5, maxLength: LONGEST.text });
  const question = node("input", { type: "text", id: "task-form-question", className: "form-control", maxLength: LONGEST.question });
  const ask = node("input", { type: "checkbox", id: "task-form-ask", className: "form-check-input" });
  const asked = node("div", { className: "task-form-part" }, label(question, "task.question"), question);
  const count = node("div", { className: "setting-help" });
  const access = {};
  const lists = Object.entries(configuration.groups).flatMap(([group, settings]) => {
    access[group] = list(group, ACCESS.map((each) => [each, text(`task.access.${each}`)]));
    for (const name of settings) access[name] = list(name, [[AS_GROUP, text("task.as_group")], ...ACCESS.map((each) => [each, text(`task.access.${each}`)])]);
    const named = text(`group.${group}`);
    const rows = settings.map((name) => row(access[name], nameOf(name)));
    const single = node("details", { className: "task-single" }, node("summary", {}, text("task.single", { group: named })), ...rows);
    return [row(access[group], named), single];
  });
  const buttons = {
    apply: node("button", { type: "button", id: "task-apply", className: "primary", onclick: apply }, text("task.apply")),
    remove: node("button", { type: "button", id: "task-remove", className: "quiet", onclick: remove }, text("task.remove")),
  };
  const said = node("div", { id: "task-form-said", className: "setting-help" });
  said.setAttribute("role", "status");
  words.addEventListener("input", () => (count.textContent = text("task.count", { count: words.value.length, most: LONGEST.text })));
  ask.addEventListener("input", () => (asked.hidden = !ask.checked));
  const controls = node("fieldset", { className: "task-access" }, node("legend", { className: "setting-label" }, text("task.what")), ...lists);
  element("task-form").append(
    node("p", { className: "setting-help" }, text("task.intro")),
    label(title, "task.title"), title, label(words, "task.text"), words, count, controls,
    node("div", { className: "form-check" }, ask, label(ask, "task.ask", "form-check-label")), asked,
    node("div", { className: "task-buttons" }, buttons.apply, buttons.remove), said,
  );
  return { title, text: words, question, ask, access, said, ...buttons };
}

function row(field, name) {
  return node("div", { className: "task-row" }, node("label", { htmlFor: field.id }, name), field);
}

function list(name, options) {
  const choices = options.map(([value, words]) => node("option", { value }, words));
  return node("select", { id: `task-access-${name}`, className: "form-select" }, ...choices);
}

function label(field, key, className = "setting-label") {
  return node("label", { htmlFor: field.id, className }, text(key));
}

function node(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}
