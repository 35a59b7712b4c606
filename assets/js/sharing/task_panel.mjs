// The panel in which a teacher writes a task, in the share menu. Its parts are created when it is first unfolded.

import { configuration, element, text } from "../configuration.mjs";
import { createElement } from "../create_element.mjs";
import { ACCESS, LONGEST, nameOf, taskOf } from "./task_format.mjs";

const AS_GROUP = "";

export class TaskPanel {
  /** @type {ReturnType<typeof formed> | null} the parts of the form, by name */
  #parts = null;

  /**
   * @param {import("./active_task.mjs").ActiveTask} given
   * @param {(task: import("./task_format.mjs").Task | null) => void} give
   */
  constructor(given, give) {
    this.activeTask = given;
    this.give = give;
    element("task-panel").addEventListener("toggle", () => element("task-panel").open && this.show());
  }

  /** Fill the form with the task on the page, and bring it into sight. */
  edit() {
    element("menu-share").open = true;
    element("task-panel").open = true;
    this.show();
    this.#form.title.focus();
  }

  get #form() {
    this.#parts ??= formed(() => this.#apply(), () => this.#remove());
    return this.#parts;
  }

  show() {
    const { task } = this.activeTask;
    const { title, text: words, ask, question, access, remove } = this.#form;
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
    const { title, text: words, ask, question, access } = this.#form;
    const chosen = Object.entries(access).filter(([, list]) => list.value !== list.options[0].value);
    const controls = Object.fromEntries(chosen.map(([name, list]) => [name, list.value]));
    return taskOf({ title: title.value, text: words.value, question: ask.checked ? question.value : null, controls });
  }

  #apply() {
    const task = this.#read();
    if (!task) return this.#say(text("task.empty"));
    this.give(task);
    this.#form.remove.hidden = false;
    this.#say(text("task.applied"));
  }

  #remove() {
    this.give(null);
    this.show();
    this.#say(text("task.removed"));
  }

  /** @param {string} words */
  #say(words) {
    this.#form.said.textContent = words;
  }
}

/** The form, put into its place; its parts by name. @param {() => void} apply @param {() => void} remove */
function formed(apply, remove) {
  const title = createElement("input", { type: "text", id: "task-form-title", className: "form-control", maxLength: LONGEST.title });
  const words = createElement("textarea", { id: "task-form-text", className: "form-control", rows: 5, maxLength: LONGEST.text });
  const question = createElement("input", { type: "text", id: "task-form-question", className: "form-control", maxLength: LONGEST.question });
  const ask = createElement("input", { type: "checkbox", id: "task-form-ask", className: "form-check-input" });
  const asked = createElement("div", { className: "task-form-part" }, label(question, "task.question"), question);
  const count = createElement("div", { className: "setting-help" });
  /** @type {Record<string, HTMLSelectElement>} */
  const access = {};
  const choices = ACCESS.map((each) => /** @type {[string, string]} */ ([each, text(`task.access.${each}`)]));
  const groups = Object.entries(/** @type {Record<string, string[]>} */ (configuration.groups));
  const lists = groups.flatMap(([group, settings]) => {
    access[group] = list(group, choices);
    for (const name of settings) access[name] = list(name, [[AS_GROUP, text("task.as_group")], ...choices]);
    const named = text(`group.${group}`);
    const rows = settings.map((name) => createRow(access[name], nameOf(name)));
    const single = createElement("details", { className: "task-single" }, createElement("summary", {}, text("task.single", { group: named })), ...rows);
    return [createRow(access[group], named), single];
  });
  const buttons = {
    apply: createElement("button", { type: "button", id: "task-apply", className: "primary", onclick: apply }, text("task.apply")),
    remove: createElement("button", { type: "button", id: "task-remove", className: "quiet", onclick: remove }, text("task.remove")),
  };
  const said = createElement("div", { id: "task-form-said", className: "setting-help", role: "status" });
  words.addEventListener("input", () => (count.textContent = text("task.count", { count: words.value.length, most: LONGEST.text })));
  ask.addEventListener("input", () => (asked.hidden = !ask.checked));
  const controls = createElement("fieldset", { className: "task-access" }, createElement("legend", { className: "setting-label" }, text("task.what")), ...lists);
  element("task-form").append(
    createElement("p", { className: "setting-help" }, text("task.intro")),
    label(title, "task.title"), title, label(words, "task.text"), words, count, controls,
    createElement("div", { className: "form-check" }, ask, label(ask, "task.ask", "form-check-label")), asked,
    createElement("div", { className: "task-buttons" }, buttons.apply, buttons.remove), said,
  );
  return { title, text: words, question, ask, access, said, ...buttons };
}

/** @param {HTMLElement} field @param {string} name */
function createRow(field, name) {
  return createElement("div", { className: "task-row" }, createElement("label", { htmlFor: field.id }, name), field);
}

/** @param {string} name @param {[string, string][]} options */
function list(name, options) {
  const choices = options.map(([value, words]) => createElement("option", { value }, words));
  return createElement("select", { id: `task-access-${name}`, className: "form-select" }, ...choices);
}

/** @param {HTMLElement} field @param {string} key @param {string} [className] */
function label(field, key, className = "setting-label") {
  return createElement("label", { htmlFor: field.id, className }, text(key));
}
