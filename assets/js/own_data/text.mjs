// Reads a student's points from a text that is pasted, opened or dropped, with the server's help, and saves them as a file.

import { element, text } from "../configuration.mjs";
import { sentence } from "../errors.mjs";
import { save } from "../files.mjs";
import { createElement } from "../create_element.mjs";
import { findView } from "../find_part.mjs";
import { Refused } from "../server/fetch_json.mjs";
import { SingleRequest } from "../server/single_request.mjs";
import { SETTINGS } from "./points.mjs";

/**
 * What the server read: points, or what is wrong, and whether with more.
 * @typedef {{points?: Row[], problems: Problem[], more?: boolean}} Answer
 */

/** A line's number, from 1; 0 for the whole text. @typedef {{line: number, sentence: string}} Problem */

const LONG = 4096; // letters that are pasted
const WIDEST = 2; // bytes that a letter may take in a file: some programs save UTF-16
/** @type {Record<number, string>} by a file's first two bytes */
const ENCODINGS = { 0xfffe: "utf-16le", 0xfeff: "utf-16be" };

/** @typedef {import("./points.mjs").Row} Row */

export class OwnDataText {
  #field = element("own-data-text");
  #table;
  #points;

  /**
   * @param {{take: (points: Row[]) => void, experiment: () => any}} listener told of points that were read; knows what to save
   * @param {import("../page_status.mjs").PageStatus} state
   */
  constructor(listener, state) {
    this.listener = listener;
    this.#table = new SingleRequest("table", state);
    this.#points = new SingleRequest("points", state);
    element("own-data-take").addEventListener("click", () => this.#read());
    element("own-data-save").addEventListener("click", () => this.#save());
    element("own-data-problems").addEventListener("click", (/** @type {MouseEvent} */ event) => {
      this.#goTo(/** @type {Element} */ (event.target).closest("button"));
    });
    this.#field.addEventListener("input", () => this.#say(""));
    this.#field.addEventListener("paste", (/** @type {ClipboardEvent} */ event) => this.#paste(event));
    this.#opener();
    this.#dropping(findView("own-data"));
  }

  /** Take a long text in at once: a browser that types it in line by line needs seconds for a thousand. @param {ClipboardEvent} event */
  #paste(event) {
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    if (pasted.length < LONG) return;
    event.preventDefault();
    if (this.#tooLarge(new Blob([pasted]).size)) return;
    this.#field.setRangeText(pasted, this.#field.selectionStart, this.#field.selectionEnd, "end");
    this.#say("");
  }

  /** Let the server read what stands in the field. */
  async #read() {
    const written = this.#field.value;
    if (this.#tooLarge(new Blob([written]).size)) return;
    this.#say(text("own.reading"));
    const answer = await this.#table.send({ text: written }).catch(problemsOf);
    if (answer) this.#answered(answer);
  }

  /** @param {Answer} answer */
  #answered({ points, problems, more }) {
    this.#say("");
    if (points) this.listener.take(points);
    else this.#say("", [...problems, ...(more ? [{ line: 0, sentence: text("own.more", { count: problems.length }) }] : [])]);
  }

  /** Let the server write the points that there are, and save them as a file. */
  async #save() {
    const file = await this.#points.send({ experiment: this.listener.experiment() });
    if (file) save(file.name, "text/csv", file.content);
  }

  /** Whether so many bytes are too many to read; then it is said. @param {number} size @param {number} [most] */
  #tooLarge(size, most = SETTINGS.most_bytes) {
    if (size <= most) return false;
    const values = { value: size, bound: SETTINGS.most_bytes };
    this.#say("", [{ line: 0, sentence: text("own.wrong.bytes", values) }]);
    return true;
  }

  /** Say how it went; a problem of a line is a button that goes there. @param {string} words @param {Problem[]} [problems] */
  #say(words, problems = []) {
    element("own-data-read-said").textContent = words;
    const said = problems.map(({ line, sentence }) => {
      return line ? createElement("button", { type: "button", value: String(line), textContent: sentence }) : createElement("p", { textContent: sentence });
    });
    element("own-data-problems").replaceChildren(...said);
  }

  /** The points have come to be. @param {string} words */
  taken(words) {
    element("own-data-read-said").textContent = words;
  }

  /** @param {HTMLButtonElement | null} button */
  #goTo(button) {
    if (!button) return;
    const lines = this.#field.value.split("\n");
    const before = lines.slice(0, Number(button.value) - 1);
    const start = before.reduce((/** @type {number} */ sum, /** @type {string} */ line) => sum + line.length + 1, 0);
    this.#field.focus();
    this.#field.setSelectionRange(start, start + (lines[before.length] ?? "").length);
    this.#field.scrollTop = (this.#field.scrollHeight * Math.max(0, before.length - 3)) / lines.length;
  }

  /** @param {File} file */
  async #open(file) {
    if (this.#tooLarge(file.size, WIDEST * SETTINGS.most_bytes)) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const written = new TextDecoder(ENCODINGS[(bytes[0] << 8) | bytes[1]] ?? "utf-8").decode(bytes);
    if (this.#tooLarge(new Blob([written]).size)) return;
    this.#field.value = written;
    this.#read();
  }

  /** The field for a file, which looks like the buttons beside it. */
  #opener() {
    const field = createElement("input", { type: "file", accept: ".csv,.txt,.tsv,text/csv,text/plain", id: "own-data-open-file" });
    field.addEventListener("change", async () => {
      const file = field.files?.[0];
      if (file) await this.#open(file);
      field.value = ""; // so that the same file, mended, is opened again
    });
    element("own-data-open").append(createElement("label", { className: "quiet", textContent: text("own.open") }, field));
  }

  /** @param {HTMLElement} section */
  #dropping(section) {
    const over = (/** @type {DragEvent} */ event) => {
      const holds = event.dataTransfer?.types.includes("Files") ?? false;
      if (holds) event.preventDefault();
      section.classList.toggle("dropping", holds);
    };
    for (const kind of /** @type {const} */ (["dragenter", "dragover"])) section.addEventListener(kind, over);
    section.addEventListener("dragleave", () => section.classList.remove("dropping"));
    section.addEventListener("drop", (event) => {
      over(event);
      section.classList.remove("dropping");
      const file = event.dataTransfer?.files[0];
      if (file) this.#open(file);
    });
  }
}

/** What the server does not take as a text at all. @param {unknown} error @returns {Answer} */
function problemsOf(error) {
  if (!(error instanceof Refused)) throw error;
  return { problems: error.problems.map((problem) => ({ line: 0, sentence: sentence(problem) })) };
}
