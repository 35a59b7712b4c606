// How right the network is at the epoch in sight: of classes the share and the confusions, of numbers R² and the error.

import { configuration, element, fixed, number, text } from "../configuration.mjs";

const ROWS = ["train", "test"];
const CLASSES = ["low", "high"];
const OF_NUMBERS = ["r_squared", "rmse"];
const LARGE = 1000; // beyond it a number is written with an exponent rather than with four places

export class MetricsView {
  #cells = new Map(); // of each measure, and of each set of rows: where it is written
  #shape = "";

  begin(recording) {
    const { head, experiment } = recording;
    const gate = experiment.dataset === "custom" || experiment.dataset in configuration.gates;
    element("title-table").textContent = text(gate ? "panel.table" : "metrics.title");
    const sets = head.test_targets.length ? ROWS : ROWS.slice(0, 1);
    const shape = `${head.regression} ${sets}`;
    if (shape !== this.#shape) this.#layOut(head.regression, sets);
    this.#shape = shape;
  }

  paint(recording, index) {
    const { head } = recording;
    for (const [name, cell] of this.#cells) {
      const value = recording.measure(index, name);
      if (head.regression) cell.textContent = inFourPlaces(value);
      else if (name.endsWith("accuracy")) cell.textContent = Number.isFinite(value) ? `${fixed(100 * value, 1)} %` : "–";
      else if (name.endsWith("count")) cell.textContent = counted(recording, index, name.split(".")[0]);
      else cell.textContent = number(value, 6);
    }
  }

  #layOut(regression, sets) {
    this.#cells = new Map();
    const parts = regression ? [this.#numbers(sets)] : sets.map((rows) => this.#classes(rows));
    element("metrics").replaceChildren(...parts);
  }

  #cell(name, kind = "td", words = {}) {
    const cell = made(kind, words);
    this.#cells.set(name, cell);
    return cell;
  }

  /** A column for training rows, one for test rows; a row for each measure. */
  #numbers(sets) {
    const table = made("table", { className: "numbers" });
    const corner = made("td", {});
    table.createTHead().append(row(corner, ...sets.map((rows) => made("th", { scope: "col", textContent: text(`metrics.${rows}`) }))));
    const body = table.createTBody();
    for (const name of OF_NUMBERS) {
      const head = made("th", { scope: "row", textContent: text(`metrics.${name}`) });
      body.append(row(head, ...sets.map((rows) => this.#cell(`${rows}.${name}`))));
    }
    return table;
  }

  /** The share told right, and under it the confusion matrix: a row for each class, a column for what was said. */
  #classes(rows) {
    const part = made("div", { className: "metrics-part" });
    const table = made("table", { className: "numbers confusion" });
    const caption = table.createCaption();
    const share = this.#cell(`${rows}.accuracy`, "strong", { className: "metrics-share" });
    caption.append(text(`metrics.${rows}`), share, this.#cell(`${rows}.count`, "span", {}));
    const said = CLASSES.map((name) => made("th", { scope: "col", textContent: text(`metrics.said_${name}`) }));
    table.createTHead().append(row(made("td", {}), ...said));
    const body = table.createTBody();
    for (const is of CLASSES) {
      const head = made("th", { scope: "row" });
      head.append(made("i", { className: `dot ${is}` }), text(`metrics.is_${is}`));
      body.append(row(head, ...CLASSES.map((say) => this.#cell(`${rows}.${is}_${say}`, "td", { className: is === say ? `told ${is}` : "" }))));
    }
    part.append(table);
    return part;
  }
}

/** How many rows are told right, of how many. */
function counted(recording, index, rows) {
  const count = (is, say) => recording.measure(index, `${rows}.${is}_${say}`);
  const right = count("low", "low") + count("high", "high");
  return text("metrics.count", { right: number(right), rows: number(right + count("low", "high") + count("high", "low")) });
}

function inFourPlaces(value) {
  return Math.abs(value) < LARGE ? fixed(value, 4) : number(value);
}

function made(kind, properties) {
  return Object.assign(document.createElement(kind), properties);
}

function row(...cells) {
  const its = made("tr", {});
  its.append(...cells);
  return its;
}
