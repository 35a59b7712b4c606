// Saves the final cost of every run of a map as CSV, and since when it is solved, unrounded; the server trains the runs once more for them.

import { configuration, percent } from "../../configuration.mjs";
import { showErrors } from "../../errors.mjs";
import { save } from "../../files.mjs";
import { ManyReader } from "../../server/many_format.mjs";
import { StreamClient } from "../../server/stream_client.mjs";

/** @param {import("./results.mjs").MapResults} recording @param {import("../../workspace.mjs").Workspace} workspace */
export function saveNumbers({ asked, head }, workspace) {
  const client = new StreamClient(configuration.paths.map, ManyReader);
  client.run({ ...asked, view: { ...asked.view, numbers: true } }, {
    progress: ({ share }) => workspace.state.says("map.progress", { share: percent(Math.floor(100 * share) / 100) }),
    head: () => workspace.state.found(),
    numbers: ({ cost, since }) => {
      const size = head.x.length;
      const lines = Array.from(cost, (its, at) => [head.x[at % size], head.y[Math.floor(at / size)], its, since[at]].join(","));
      save("nnlab-map.csv", "text/csv", [`${asked.view.x.setting},${asked.view.y.setting},final_cost,solved_since`, ...lines, ""].join("\r\n"));
    },
    tail: (tail) => workspace.state.says(`many.${tail.reason}`),
    refused: (problems) => showErrors(problems),
    busy: () => workspace.state.troubled("busy"),
    lost: () => workspace.state.troubled("lost"),
  });
}
