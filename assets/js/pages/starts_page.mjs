// Many starts: one experiment, a thousand seeds; how many succeed, how their costs spread and fall, what they learn.

/* global Plotly */
import { configuration, element, number, text } from "../configuration.mjs";
import { requestOf } from "../desk.mjs";
import { showErrors } from "../errors.mjs";
import { connectPictures, save } from "../files.mjs";
import { ManyReader } from "../streams/many_format.mjs";
import { StreamClient } from "../streams/stream_client.mjs";
import { colors, levelColors } from "../theme.mjs";
import { axisColors, drawn, graphOf, picture } from "../views/graph.mjs";
import { paintLevels } from "../views/map_painter.mjs";
import { same } from "../workbench.mjs";

const [LOWEST, HIGHEST, LOWER, UPPER, MEDIAN] = [0, 1, 2, 3, 4]; // the fan's traces
const FRACTIONS = ["1/2", "1/3", "1/4"];
const DEFAULT_COUNT = String(configuration.views.starts.starts);
const FEWEST = 10;
const SPREAD = 100; // the fan is drawn up to so many times its median: a run that diverges may cost anything

export class StartsPage {
  #ready = null;
  shown = null; // head and tail of the answer on the page
  #asked = null;
  #dragged = null;

  /** @param {import("../desk.mjs").Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.client = new StreamClient(configuration.paths.starts, ManyReader);
    this.count = DEFAULT_COUNT;
  }

  view() {
    return this.count === DEFAULT_COUNT ? {} : { starts: this.count };
  }

  async enter(view) {
    if (view) this.count = view.starts ?? DEFAULT_COUNT;
    this.#ready ??= drawn("starts", ["histogram", "fan"]).then(() => this.#connect());
    await this.#ready;
    if (element("starts-count").value !== this.count) window.dash_clientside.set_props("starts-count", { value: this.count });
  }

  leave() {
    this.client.stop();
    this.#asked = null;
  }

  shows(experiment) {
    return this.#asked !== null && same(this.#asked, experiment);
  }

  done() {
    return false; // it is asked anew whenever it comes into sight
  }

  #connect() {
    element("starts-count").addEventListener("change", (event) => {
      this.count = event.target.value;
      this.desk.viewed({ push: true });
      this.desk.open(this.desk.workbench.experiment, { step: "adopt" });
    });
    [...element("wall").children].forEach((tile, place) => tile.addEventListener("click", () => this.#open(place)));
    element("save-starts").addEventListener("click", () => this.#save());
    connectPictures(["histogram", "fan"], (name, format) => picture(graphOf(name), format, 900, 480));
    this.theme();
  }

  theme() {
    if (!graphOf("fan")) return;
    const { accent } = colors();
    const veil = (opacity) => `${accent}${Math.round(255 * opacity).toString(16).padStart(2, "0")}`;
    Plotly.restyle(graphOf("fan"), { fillcolor: veil(0.16) }, [HIGHEST]);
    Plotly.restyle(graphOf("fan"), { fillcolor: veil(0.28) }, [UPPER]);
    Plotly.restyle(graphOf("fan"), { "line.color": accent }, [MEDIAN]);
    for (const name of ["histogram", "fan"]) Plotly.relayout(graphOf(name), axisColors());
    if (this.shown) this.#paint();
  }

  /** While a slider moves every answer is whole, only fewer starts where there would be many. */
  follow(wanted, most = Infinity) {
    this.#dragged = wanted;
    const starts = Math.min(Number(DEFAULT_COUNT), Number(this.count) || Number(DEFAULT_COUNT), most);
    this.client.preview(requestOf(wanted, { starts }), this.#listener({
      fewer: starts === most,
      head: (head) => this.desk.showStart(head),
      refused: (problems) => {
        const fewer = fewerThan(starts, problems);
        if (!fewer) showErrors(problems);
        else if (wanted === this.#dragged) this.follow(wanted, fewer);
      },
    }));
  }

  run(wanted, options, most = Infinity) {
    const count = /^\d+$/.test(this.count) ? Number(this.count) : this.count; // what is no number is the server's to refuse
    const starts = count > most ? most : count;
    this.client.run(requestOf(wanted, { starts }), this.#listener({
      fewer: starts === most,
      head: (head) => {
        this.#asked = head.experiment;
        this.desk.accept(head, wanted, options);
      },
      refused: (problems) => {
        const fewer = fewerThan(starts, problems);
        if (fewer) return this.run(wanted, options, fewer);
        if (problems.some((problem) => problem.field === "view.starts")) this.count = DEFAULT_COUNT;
        this.desk.refused(problems, wanted, options);
      },
    }));
  }

  #listener({ head: understood, refused, fewer }) {
    let head = null;
    return {
      head: (its) => {
        head = its;
        understood(head);
        element("starts-notice").textContent = notice(head, fewer);
      },
      progress: ({ share }) => this.desk.say("starts.progress", { share: Math.floor(100 * share) }),
      tail: (tail) => {
        this.desk.say(`many.${tail.reason}`);
        document.documentElement.dataset.run = tail.reason;
        if (tail.reason !== "completed") return;
        this.shown = { head, tail };
        this.#paint();
      },
      refused,
      busy: () => this.desk.say("run.busy"),
      lost: () => this.desk.say("run.lost"),
    };
  }

  #paint() {
    this.#paintWords();
    this.#paintHistogram();
    this.#paintFan();
    this.#paintWall();
    this.painted = (this.painted ?? 0) + 1;
  }

  #paintWords() {
    const { head, tail } = this.shown;
    const { successes, count, low, high } = tail.success;
    const percent = (share) => (100 * share).toFixed(1).replace(/\.0$/, "");
    element("success-share").textContent = `${percent(successes / count)} %`;
    element("success-interval").textContent = text("starts.interval", { low: percent(low), high: percent(high) });
    const words = [
      text("starts.success", { successes, count, cost: number(head.solved_cost) }),
      text("starts.median", { cost: number(tail.fan[2].at(-1), 3) }),
      text("starts.seeds", { first: head.experiment.seed, last: head.experiment.seed + count - 1 }),
      ...endings(tail),
    ];
    element("success-words").textContent = words.join(" ");
    element("words").textContent = `${element("success-share").textContent}. ${element("success-interval").textContent}. ${words.join(" ")}`;
  }

  #paintHistogram() {
    const { head, tail } = this.shown;
    const { trained, failed, muted, ink } = colors();
    const middles = tail.counts.map((_, bar) => (tail.edges[bar] + tail.edges[bar + 1]) / 2);
    const change = { x: [middles], y: [tail.counts], "marker.color": [middles.map((cost) => (cost <= head.solved_cost ? trained : failed))] };
    const lines = head.plateaus.map((cost) => ({
      type: "line", x0: cost, x1: cost, yref: "paper", y0: 0, y1: 1, line: { color: muted, width: 1, dash: "dot" },
    }));
    const bipolar = head.experiment.encoding === "bipolar";
    const names = head.plateaus.map((cost, at) => ({
      x: cost, yref: "paper", y: 1, yanchor: "bottom", showarrow: false, font: { color: ink },
      text: bipolar ? FRACTIONS[at] : number(cost, 3),
    }));
    const range = [tail.edges[0], tail.edges.at(-1)];
    const heights = [0.7, 1.2 * Math.max(...tail.counts)].map(Math.log10); // a bar of one run is one
    Plotly.update(graphOf("histogram"), change, { shapes: lines, annotations: names, "xaxis.range": range, "yaxis.range": heights }, [0]);
  }

  #paintFan() {
    const { head, tail } = this.shown;
    const [q5, q25, q50, q75, q95] = tail.fan;
    const curves = { [LOWEST]: q5, [HIGHEST]: q95, [LOWER]: q25, [UPPER]: q75, [MEDIAN]: q50 };
    const y = Object.keys(curves).map((trace) => curves[trace]);
    const { muted } = colors();
    const line = { type: "line", xref: "paper", x0: 0, x1: 1, y0: head.solved_cost, y1: head.solved_cost, line: { color: muted, width: 1, dash: "dot" } };
    Plotly.update(graphOf("fan"), { x: y.map(() => tail.epochs), y }, { shapes: [line], ...within(tail.fan) }, [0, 1, 2, 3, 4]);
  }

  #paintWall() {
    const { head, tail } = this.shown;
    const palette = levelColors();
    const size = head.axis.length ** 2;
    [...element("wall").children].forEach((tile, place) => {
      const its = tail.wall[place];
      tile.disabled = !its;
      if (!its) return;
      const [map, cost, seed] = tile.children;
      if (!map.firstElementChild) map.append(document.createElement("canvas"));
      paintLevels(map.firstElementChild, tail.pictures.subarray(place * size, (place + 1) * size), its.reach / head.reach, palette);
      const lost = its.end === "diverged";
      cost.textContent = lost ? "∞" : number(its.cost, 3);
      tile.title = lost ? text("wall.diverged") : "";
      seed.textContent = `#${head.experiment.seed + its.number}`;
      tile.classList.toggle("solved", its.solved);
      tile.setAttribute("aria-label", text("wall.tile", { seed: head.experiment.seed + its.number, cost: tile.title || cost.textContent }));
    });
  }

  /** Open a run of the wall in the Lab, with exactly its start. */
  #open(place) {
    const { head, tail } = this.shown;
    const seed = head.experiment.seed + tail.wall[place].number;
    this.desk.go("lab", { experiment: { ...head.experiment, initialization: head.initialization, seed } });
  }

  #save() {
    if (!this.shown) return;
    const { head, tail } = this.shown;
    const names = Object.keys(tail.ends);
    const lines = Array.from(tail.costs, (cost, at) => {
      const end = names[tail.endings[at]];
      return [head.experiment.seed + at, cost, Number(cost < head.solved_cost && end !== "diverged"), end].join(",");
    });
    save("nnlab-starts.csv", "text/csv", ["seed,final_cost,solved,end", ...lines, ""].join("\r\n"));
  }
}

/** What is not quite as it was asked for: other starts, or fewer of them. */
function notice(head, fewer) {
  const said = [];
  const name = text(`initialization.${head.experiment.initialization}`);
  if (head.initialization !== head.experiment.initialization) said.push(text("starts.drawn", { name }));
  if (fewer) said.push(text("starts.fewer", { count: head.view.starts }));
  return said.join(" ");
}

/** How high the fan is drawn: all of it, or not much higher than its median where some runs cost anything. */
function within([q5, , q50, , q95]) {
  const top = SPREAD * Math.max(...q50);
  const wild = Math.max(...q95) > top;
  const bottom = Math.min(...q5.filter((cost) => cost > 0), top) / 2;
  return { "yaxis.autorangeoptions.clipmin": wild ? bottom : null, "yaxis.autorangeoptions.clipmax": wild ? top : null };
}

/** If so many starts were too much work: a round number of them that is not, by what the server says; else nothing. */
function fewerThan(starts, problems) {
  const dear = problems.find((problem) => problem.rule === "work");
  if (!dear || starts <= FEWEST) return null;
  const fit = (starts * dear.bound) / dear.value;
  const unit = 10 ** Math.floor(Math.log10(fit));
  return Math.max(FEWEST, Math.floor(fit / unit) * unit);
}

/** What is to be said of runs that did not go on to their last epoch, and of those that the histogram has no place for. */
function endings(tail) {
  const { completed, diverged, ...stopped } = tail.ends;
  const early = Object.values(stopped).reduce((sum, count) => sum + count, 0);
  return [["starts.diverged", diverged], ["starts.stopped", early], ["starts.beyond", tail.beyond]]
    .filter(([, count]) => count > 0)
    .map(([key, count]) => text(key, { count }));
}
