// A table as text: pasted, opened from a file or dropped, read by the server; and the points saved as a file.

import { element, text } from "../configuration.mjs";
import { inGroups, SETTINGS } from "./points.mjs";

const PATIENCE = 10_000; // ms
const LONG = 4096; // letters that are pasted
const WIDEST = 2; // bytes that a letter may take in a file: some programs save UTF-16

/** @typedef {import("./points.mjs").Row} Row */

export class OwnDataText {
  #asked = 0;
  #waiting = 0;
  #field = element("own-data-text");

  /** @param {{take: (points: Row[]) => void, experiment: () => any}} listener told of points that were read; knows what to save */
  constructor(listener) {
    this.listener = listener;
    element("own-data-take").addEventListener("click", () => this.#read());
    element("own-data-save").addEventListener("click", () => {
      this.#asked += 1;
      ask("own-data-wanted", { asked: this.#asked, experiment: listener.experiment() });
    });
    element("own-data-problems").addEventListener("click", (event) => this.#goTo(event.target.closest("button")));
    this.#field.addEventListener("input", () => this.#say(""));
    this.#field.addEventListener("paste", (event) => this.#paste(event));
    this.#opener();
    this.#dropping(element("view-own-data"));
    window.dash_clientside.nnlab.takeTable = (answer) => {
      this.#answered(answer);
      return window.dash_clientside.no_update;
    };
  }

  /** Take a long text in at once: a browser that types it in line by line needs seconds for a thousand. */
  #paste(event) {
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    if (pasted.length < LONG) return;
    event.preventDefault();
    if (this.#tooLarge(new Blob([pasted]).size)) return;
    this.#field.setRangeText(pasted, this.#field.selectionStart, this.#field.selectionEnd, "end");
    this.#say("");
  }

  /** Let the server read what stands in the field. */
  #read() {
    const written = this.#field.value;
    if (this.#tooLarge(new Blob([written]).size)) return;
    this.#say(text("own.reading"));
    this.#asked += 1;
    ask("own-data-pasted", { asked: this.#asked, text: written });
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#say("", [{ line: 0, sentence: text("own.no_answer") }]), PATIENCE);
  }

  #answered({ asked, points, problems, more }) {
    if (asked !== this.#asked) return; // one asked again meanwhile
    clearTimeout(this.#waiting);
    this.#say("");
    if (points) this.listener.take(points);
    else this.#say("", [...problems, ...(more ? [{ line: 0, sentence: text("own.more", { count: problems.length }) }] : [])]);
  }

  /** Whether so many bytes are too many to read; then it is said. */
  #tooLarge(size, most = SETTINGS.most_bytes) {
    if (size <= most) return false;
    const values = { value: inGroups(size), bound: inGroups(SETTINGS.most_bytes) };
    this.#say("", [{ line: 0, sentence: text("own.wrong.bytes", values) }]);
    return true;
  }

  /** Say how it went; a problem of a line is a button that goes there. */
  #say(words, problems = []) {
    element("own-data-read-said").textContent = words;
    const said = problems.map(({ line, sentence }) => {
      const part = document.createElement(line ? "button" : "p");
      if (line) Object.assign(part, { type: "button", value: String(line) });
      part.textContent = sentence;
      return part;
    });
    element("own-data-problems").replaceChildren(...said);
  }

  /** The points have come to be. */
  taken(words) {
    element("own-data-read-said").textContent = words;
  }

  #goTo(button) {
    if (!button) return;
    const lines = this.#field.value.split("\n");
    const before = lines.slice(0, Number(button.value) - 1);
    const start = before.reduce((sum, line) => sum + line.length + 1, 0);
    this.#field.focus();
    this.#field.setSelectionRange(start, start + (lines[before.length] ?? "").length);
    this.#field.scrollTop = (this.#field.scrollHeight * Math.max(0, before.length - 3)) / lines.length;
  }

  /** @param {File} file */
  async #open(file) {
    if (this.#tooLarge(file.size, WIDEST * SETTINGS.most_bytes)) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const wide = { 0xfffe: "utf-16le", 0xfeff: "utf-16be" }[(bytes[0] << 8) | bytes[1]];
    const written = new TextDecoder(wide ?? "utf-8").decode(bytes);
    if (this.#tooLarge(new Blob([written]).size)) return;
    this.#field.value = written;
    this.#read();
  }

  /** The field for a file, which looks like the buttons beside it. */
  #opener() {
    const name = Object.assign(document.createElement("label"), { className: "quiet", textContent: text("own.open") });
    const field = document.createElement("input");
    Object.assign(field, { type: "file", accept: ".csv,.txt,.tsv,text/csv,text/plain", id: "own-data-open-file" });
    field.addEventListener("change", async () => {
      const [file] = field.files;
      if (file) await this.#open(file);
      field.value = ""; // so that the same file, mended, is opened again
    });
    name.append(field);
    element("own-data-open").append(name);
  }

  #dropping(section) {
    const over = (event) => {
      const holds = event.dataTransfer?.types.includes("Files") ?? false;
      if (holds) event.preventDefault();
      section.classList.toggle("dropping", holds);
    };
    for (const kind of ["dragenter", "dragover"]) section.addEventListener(kind, over);
    section.addEventListener("dragleave", () => section.classList.remove("dropping"));
    section.addEventListener("drop", (event) => {
      over(event);
      section.classList.remove("dropping");
      const [file] = event.dataTransfer?.files ?? [];
      if (file) this.#open(file);
    });
  }
}

function ask(store, data) {
  window.dash_clientside.set_props(store, { data });
}
