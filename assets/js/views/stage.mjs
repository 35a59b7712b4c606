// All views of a run, painted together: one epoch for everything on the page.

import { element, number, text } from "../configuration.mjs";
import { BoundaryView } from "./boundary.mjs";
import { CostView } from "./cost.mjs";
import { SurfaceView } from "./surface.mjs";
import { inWords, TablesView } from "./tables.mjs";

export class Stage {
  /** @param {(point: [number, number]) => void} chosen told of a point tapped on the plane */
  constructor(chosen) {
    this.boundary = new BoundaryView(chosen);
    this.surface = new SurfaceView();
    this.cost = new CostView();
    this.tables = new TablesView();
    this.recording = null;
    this.index = 0;
    this.painted = 0;
    this.quiet = false; // whether only the cost is in sight, beside another page's pictures
    element("view-surface").addEventListener("fold", () => this.repaint());
  }

  begin(recording, before) {
    this.recording = recording;
    this.index = 0; // the one frame that is sure to be here
    for (const view of [this.boundary, this.surface, this.tables]) view.begin(recording);
    this.cost.begin(recording, before);
    element("legend-low").textContent = number(Math.min(...this.classes()));
    element("legend-high").textContent = number(Math.max(...this.classes()));
  }

  classes() {
    return this.recording.experiment.encoding === "bipolar" ? [-1, 1] : [0, 1];
  }

  paint(recording, index, atRest) {
    this.index = index;
    this.cost.paint(recording, index);
    if (!this.quiet) {
      this.boundary.paint(recording, index, atRest);
      this.tables.paint(recording, index);
      this.surface.paint(recording, index, atRest);
    }
    const epoch = recording.frames[index].epoch;
    element("epoch").textContent = String(epoch);
    element("last-epoch").textContent = `/ ${recording.experiment.epochs}`;
    const scrub = element("scrub");
    scrub.value = index;
    scrub.setAttribute("aria-valuetext", text("player.at", { epoch, last: recording.experiment.epochs }));
    if (atRest) element("words").textContent = inWords(recording, index);
    this.painted += 1;
  }

  theme() {
    for (const view of [this.boundary, this.surface, this.cost]) view.theme();
    this.repaint();
  }

  repaint() {
    if (this.recording?.frames.length) this.paint(this.recording, this.index, true);
  }
}
