// All views of a run, painted together: one epoch for everything on the page.

import { element, number, text } from "../configuration.mjs";
import { BoundaryView } from "./boundary.mjs";
import { CostView } from "./cost.mjs";
import { HiddenView } from "./hidden/hidden.mjs";
import { LayersView } from "./layers.mjs";
import { MetricsView } from "./metrics.mjs";
import { NetworkView } from "./network/network.mjs";
import { SurfaceView } from "./surface.mjs";
import { inWords, TablesView } from "./tables.mjs";

export class Stage {
  #places; // each view's section
  #scrolledAway = new Set();

  /**
   * @param {{chosen: (point: [number, number]) => void, unfolded: () => void, set: (setting: string, value: any) => void,
   *          wanted: () => import("../desk.mjs").Wanted}} listener
   *   told of a point tapped on the plane, of a view that wants to be painted, of a setting changed in a picture; asked for
   *   the experiment that is on its way
   */
  constructor(listener) {
    const changed = () => {
      listener.unfolded();
      this.repaint();
    };
    this.boundary = new BoundaryView(listener.chosen);
    this.surface = new SurfaceView(() => this.repaint());
    this.cost = new CostView();
    this.tables = new TablesView();
    this.metrics = new MetricsView();
    this.network = new NetworkView({ changed, set: listener.set, wanted: listener.wanted, boundary: this.boundary });
    this.hidden = new HiddenView({ changed, set: listener.set });
    this.layers = new LayersView(() => this.repaint());
    this.recording = null;
    this.shown = null; // the recording of the frame that was painted last
    this.index = 0;
    this.painted = 0;
    this.quiet = false; // whether only the cost is in sight, beside another page's pictures
    this.#places = new Map([
      [this.boundary, "boundary"], [this.network, "network"], [this.tables, "table"], [this.metrics, "table"],
      [this.hidden, "hidden"], [this.layers, "layers"], [this.surface, "surface"],
    ]);
    const sight = new IntersectionObserver((changes) => {
      for (const { target, isIntersecting } of changes) {
        if (isIntersecting) this.#scrolledAway.delete(target.id);
        else this.#scrolledAway.add(target.id);
      }
    });
    for (const name of new Set(this.#places.values())) sight.observe(element(`view-${name}`));
  }

  get #views() {
    return [...this.#places.keys()];
  }

  /** Whether a view can be seen. What moves elsewhere is not painted before it rests. */
  #seen(view) {
    return !this.#scrolledAway.has(`view-${this.#places.get(view)}`);
  }

  /** What the open views want of each frame, beyond what always comes. */
  wants() {
    return { units: this.network.open, hidden: this.hidden.open };
  }

  begin(recording, before) {
    this.recording = recording;
    this.index = 0; // the one frame that is sure to be here
    for (const view of this.#views) view.begin(recording);
    this.cost.begin(recording, before);
    const { middle, reach } = recording.head;
    element("legend-low").textContent = number(middle - reach);
    element("legend-high").textContent = number(middle + reach);
  }

  /** More of the run has arrived. */
  grow() {
    this.cost.grow();
    this.layers.grow();
  }

  paint(recording, index, atRest) {
    this.shown = recording;
    this.index = index;
    this.cost.paint(recording, index);
    if (!this.quiet) {
      for (const view of this.#views) if (atRest || this.#seen(view)) view.paint(recording, index, atRest);
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

  /** What belongs to the frame in sight has come after it. */
  paintMore() {
    if (this.quiet || this.shown !== this.recording) return; // one epoch for all views
    for (const view of [this.network, this.hidden]) view.paint(this.recording, this.index, true);
  }

  theme() {
    for (const view of [this.boundary, this.surface, this.cost, this.network, this.hidden, this.layers]) view.theme();
    this.repaint();
  }

  repaint() {
    if (this.recording?.frames.length) this.paint(this.recording, this.index, true);
  }
}
