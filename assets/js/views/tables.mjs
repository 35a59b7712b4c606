// The truth table and the weights at the current epoch.

import { configuration, element, fixed, number, text } from "../configuration.mjs";

/** 1 right, -1 wrong, 0 undecided: which side of the middle the output is on, against the target's. */
export function verdict(output, target, middle) {
  return Math.sign(output - middle) * Math.sign(target - middle);
}

const MARKS = { 1: "✓", "-1": "✗", 0: "?" };
const NAMES = { 1: "right", "-1": "wrong", 0: "undecided" };

export class TablesView {
  #shape = "";
  #cells = [];

  begin(recording) {
    const { points, targets } = recording.head;
    const readable = recording.frames[0].outputs.length === rows().length;
    element("view-table").classList.toggle("without-rows", !readable);
    if (readable) rows().forEach((row, index) => {
      const [x1, x2, target] = cells(row);
      x1.textContent = number(points[index][0]);
      x2.textContent = number(points[index][1]);
      target.textContent = number(targets[index]);
    });
    const shape = recording.head.layer_sizes.join("-") + recording.experiment.features.join();
    if (shape !== this.#shape) this.#layOut(recording);
    this.#shape = shape;
  }

  paint(recording, index) {
    const { targets, middle } = recording.head;
    const outputs = recording.frames[index].outputs;
    if (outputs.length === rows().length) rows().forEach((row, at) => {
      const [, , , output, sign] = cells(row);
      const judged = verdict(outputs[at], targets[at], middle);
      output.textContent = fixed(outputs[at]);
      sign.textContent = `${MARKS[judged]} ${text(`verdict.${NAMES[judged]}`)}`;
      sign.className = `verdict ${NAMES[judged]}`;
    });
    const numbers = recording.frames[index].parameters;
    this.#cells.forEach((cell, at) => {
      cell.textContent = fixed(numbers[at], 3);
    });
  }

  /** One table a layer: a row a unit, a column an input, and the bias. */
  #layOut(recording) {
    this.#cells = [];
    const sizes = recording.head.layer_sizes;
    const tables = sizes.slice(1).map((units, layer) => {
      const table = document.createElement("table");
      table.className = "numbers weights";
      const sources = layer === 0 ? recording.experiment.features : Array.from({ length: sizes[layer] }, (_, unit) => `h${unit + 1}`);
      table.createCaption().textContent = layer === sizes.length - 2 ? text("start.output") : text("probe.layer", { layer: layer + 1 });
      table.createTHead().append(rowOf("th", ["", ...sources, "b"]));
      const body = table.createTBody();
      for (let unit = 0; unit < units; unit += 1) {
        const name = layer === sizes.length - 2 ? "a" : `h${unit + 1}`;
        const row = rowOf("td", [name, ...sources, ""]);
        body.append(row);
        this.#cells.push(...[...row.cells].slice(1));
      }
      return table;
    });
    element("weights-now").replaceChildren(...tables);
  }
}

function rows() {
  return [...element("truth-table").rows];
}

function cells(row) {
  return [...row.cells].map((cell) => cell.firstElementChild);
}

function rowOf(kind, words) {
  const row = document.createElement("tr");
  for (const word of words) {
    const cell = document.createElement(kind);
    cell.textContent = word;
    row.append(cell);
  }
  return row;
}

/** What the pictures show, in words: the text alternative of all of them. */
export function inWords(recording, index) {
  const frame = recording.frames[index];
  const { targets, middle, points, regression } = recording.head;
  if (frame.outputs.length !== configuration.rows.length) return inFewWords(recording, index, regression);
  const judged = targets.map((target, row) => verdict(frame.outputs[row], target, middle));
  const said = points.map((point, row) =>
    text("words.row", { x1: number(point[0]), x2: number(point[1]), output: number(frame.outputs[row], 3), verdict: text(`verdict.${NAMES[judged[row]]}`) }),
  );
  const values = {
    dataset: text(`dataset.${recording.experiment.dataset}`),
    epoch: frame.epoch,
    last: recording.lastEpoch,
    cost: number(recording.costs[frame.epoch]),
    right: judged.filter((sign) => sign === 1).length,
    rows: said.join("; "),
    rows_count: configuration.rows.length,
  };
  return text("words.picture", values);
}

function inFewWords(recording, index, regression) {
  const frame = recording.frames[index];
  const share = recording.measure(index, regression ? "train.r_squared" : "train.accuracy");
  return text(regression ? "words.regression" : "words.many", {
    dataset: text(`dataset.${recording.experiment.dataset}`),
    epoch: frame.epoch,
    last: recording.lastEpoch,
    cost: number(recording.costs[frame.epoch]),
    share: regression ? number(share, 3) : `${number(100 * share, 3)} %`,
  });
}
