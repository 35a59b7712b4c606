// What can be taken home: the experiment, the numbers, the pictures. And an experiment brought back.

import { configuration, element, text } from "./configuration.mjs";
import { verdict } from "./views/tables.mjs";

/** Give the student a file. */
export function save(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  saveAddress(name, address);
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export function saveAddress(name, address) {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}

/** Let the buttons beside some pictures save them. @param {(name: string, format: string) => Promise<string>} pictureOf */
export function connectPictures(names, pictureOf) {
  for (const name of names) {
    for (const format of ["png", "svg"]) {
      element(`save-${name}-${format}`).addEventListener("click", async () => {
        saveAddress(`nnlab-${name}.${format}`, await pictureOf(name, format));
      });
    }
  }
}

export function saveExperiment(experiment) {
  save("nnlab-experiment.json", "application/json", `${JSON.stringify(experiment, null, 2)}\n`);
}

/** Every epoch's cost, to the last digit. */
export function saveCosts(recording) {
  const lines = Array.from(recording.costs.subarray(0, recording.costCount), (cost, epoch) => `${epoch},${cost}`);
  save("nnlab-cost.csv", "text/csv", ["epoch,cost", ...lines, ""].join("\r\n"));
}

/** The truth table at one frame, to the last digit. */
export function saveTable(recording, index) {
  const { points, targets, middle } = recording.head;
  const frame = recording.frames[index];
  const lines = points.map((point, row) => {
    const output = frame.outputs[row];
    return [frame.epoch, ...point, targets[row], output, verdict(output, targets[row], middle)].join(",");
  });
  save("nnlab-truth-table.csv", "text/csv", ["epoch,x1,x2,target,output,right", ...lines, ""].join("\r\n"));
}

/** A field that opens a saved experiment; Dash has no part for it that keeps the file in the browser. */
export function opener(place, opened, failed) {
  const field = document.createElement("input");
  Object.assign(field, { type: "file", accept: "application/json,.json", id: "open-experiment" });
  field.addEventListener("change", async () => {
    const [file] = field.files;
    if (!file) return;
    try {
      const read = JSON.parse(await file.text());
      if (typeof read !== "object" || read === null || Array.isArray(read)) throw new Error("not an experiment");
      opened({ ...configuration.defaults, ...read });
    } catch {
      failed(text("files.unreadable", { name: file.name }));
    }
    field.value = "";
  });
  place.append(field);
}
