// Shows a task to the student: title and text above the pictures, and the question to answer before the result is shown.
// The prediction is kept in the tab for as long as it is open.

import { element, text } from "../configuration.mjs";

const PREDICTION = "nnlab.prediction.";
const NOTICE_SECONDS = 6;
const RESULTS_TO_SAVE = ["save-cost", "save-table"];

export class TaskCard {
  #key = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #notice;

  /**
   * @param {import("./active_task.mjs").ActiveTask} given
   * @param {{revealed: () => void, edit: () => void}} listener told that the result may be seen, that a teacher wants to edit
   */
  constructor(given, listener) {
    this.activeTask = given;
    this.listener = listener;
    const field = element("task-prediction");
    field.addEventListener("input", () => (element("task-show").disabled = field.value.trim() === ""));
    element("task-show").addEventListener("click", () => this.#predict(field.value.trim()));
    element("task-edit").addEventListener("click", (/** @type {MouseEvent} */ event) => {
      event.stopPropagation(); // a click beside a menu closes it
      listener.edit();
    });
  }

  /** Show the task on the page. */
  show() {
    const { task, key } = this.activeTask;
    this.#key = key;
    element("task").hidden = task === null;
    element("task-title").textContent = task?.title.trim() || text("panel.task");
    element("task-text").textContent = task?.text ?? "";
    element("task-question").textContent = task?.question ?? "";
    element("task-asked").textContent = task?.question ?? "";
    const field = element("task-prediction");
    field.value = "";
    element("task-show").disabled = true;
    this.#tell();
  }

  /** Whether the result waits for a prediction. */
  get waits() {
    return Boolean(this.activeTask.task?.question) && this.#prediction === null;
  }

  get #prediction() {
    return sessionStorage.getItem(PREDICTION + this.#key);
  }

  /** @param {string} words */
  #predict(words) {
    if (!words) return;
    sessionStorage.setItem(PREDICTION + this.#key, words);
    this.#tell();
    element("task-predicted").focus();
    this.listener.revealed();
  }

  #tell() {
    const { waits } = this;
    element("task-ask").hidden = !waits;
    element("task-predicted").hidden = waits || !this.activeTask.task?.question;
    element("task-answer").textContent = this.activeTask.task ? (this.#prediction ?? "") : "";
    document.documentElement.classList.toggle("task-waits", waits);
    for (const part of element("views").children) if (part.id !== "task-place") part.inert = waits; // the style hides them
    for (const id of RESULTS_TO_SAVE) element(id).disabled = waits;
  }

  /** A change was refused: say so where it is seen wherever one is on the page. @param {string} words */
  say(words) {
    clearTimeout(this.#notice);
    element("task-notice").textContent = words;
    this.#notice = setTimeout(() => (element("task-notice").textContent = ""), 1000 * NOTICE_SECONDS);
  }
}
