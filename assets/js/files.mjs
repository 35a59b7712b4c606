// Saves the experiment, its numbers and its pictures as files, and opens an experiment from a file.

import { text } from "./configuration.mjs";
import { banner } from "./errors.mjs";
import { evaluationOf } from "./evaluation.mjs";
import { createElement } from "./create_element.mjs";
import { findPart, findView } from "./find_part.mjs";
import { experimentIn } from "./sharing/experiment_file.mjs";
import { verdict } from "./views/tables.mjs";

/** Give the student a file. @param {string} name @param {string} type @param {BlobPart} content */
export function save(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  saveAddress(name, address);
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** @param {string} name @param {string} address */
function saveAddress(name, address) {
  createElement("a", { href: address, download: name }).click();
}

/**
 * Let the buttons beside some pictures save them. What cannot be drawn is said.
 * @param {string[]} names of views
 * @param {(name: string, format: "png" | "svg") => Promise<string>} pictureOf
 * @param {ParentNode} [scope] in which there is one view of each name
 */
export function connectPictures(names, pictureOf, scope = document) {
  for (const name of names) {
    for (const format of /** @type {const} */ (["png", "svg"])) {
      findPart(findView(name, scope), `save-${format}`).addEventListener("click", async () => {
        try {
          saveAddress(`nnlab-${name}.${format}`, await pictureOf(name, format));
        } catch (error) {
          console.error(error);
          banner(text("files.no_picture", { name: text(`panel.${name}`) }));
        }
      });
    }
  }
}

/** @param {Record<string, any>} experiment */
export function saveExperiment(experiment) {
  save("nnlab-experiment.json", "application/json", `${JSON.stringify(experiment, null, 2)}\n`);
}

/** Every epoch's cost, to the last digit. @param {import("./recording.mjs").Recording} recording */
export function saveCosts(recording) {
  const lines = Array.from(recording.costs.subarray(0, recording.costCount), (cost, epoch) => `${epoch},${cost}`);
  save("nnlab-cost.csv", "text/csv", ["epoch,cost", ...lines, ""].join("\r\n"));
}

/**
 * The training rows at one frame, to the last digit: 1 where the output is on the target's side, 0 where it is not.
 * @param {import("./recording.mjs").Recording} recording @param {number} index
 */
export function saveTable(recording, index) {
  const { points, targets, middle } = recording.head;
  const outputs = evaluationOf(recording).outputs(index);
  const lines = points.map((point, row) => {
    const right = Number(verdict(outputs[row], targets[row], middle) === 1);
    return [recording.epochs[index], ...point, targets[row], outputs[row], right].join(",");
  });
  save("nnlab-truth-table.csv", "text/csv", ["epoch,x1,x2,target,output,right", ...lines, ""].join("\r\n"));
}

/**
 * A field that opens a saved experiment; Dash has no part for it that keeps the file in the browser.
 * @param {HTMLElement} place
 * @param {(experiment: Record<string, any>) => void} opened
 * @param {(words: string) => void} failed
 */
export function opener(place, opened, failed) {
  const field = createElement("input", { type: "file", accept: "application/json,.json", id: "open-experiment" });
  field.addEventListener("change", async () => {
    const [file] = field.files ?? [];
    if (!file) return;
    const experiment = experimentIn(await file.text().catch(() => ""));
    field.value = ""; // so that the same file, mended, is opened again
    if (experiment) opened(experiment);
    else failed(text("files.unreadable", { name: file.name }));
  });
  place.append(field);
}
