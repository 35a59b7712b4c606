// The charts of many starts: how their costs spread at the end, and how they fell.

/* global Plotly */
import { number } from "../../configuration.mjs";
import { colors } from "../../theme.mjs";
import { axisColors, graphOf } from "../../views/plotly_graph.mjs";

/** @typedef {import("./page.mjs").Answer} Answer */

const [LOWEST, HIGHEST, LOWER, UPPER, MEDIAN] = [0, 1, 2, 3, 4]; // the fan's traces
const FRACTIONS = ["1/2", "1/3", "1/4"];
const SPREAD = 100; // the fan is drawn up to so many times its median: a run that diverges may cost anything

export const CHARTS = ["histogram", "fan"];

/** Colours of the theme. */
export function colorCharts() {
  const { accent } = colors();
  const veil = (/** @type {number} */ opacity) => `${accent}${Math.round(255 * opacity).toString(16).padStart(2, "0")}`;
  Plotly.restyle(graphOf("fan"), { fillcolor: veil(0.16) }, [HIGHEST]);
  Plotly.restyle(graphOf("fan"), { fillcolor: veil(0.28) }, [UPPER]);
  Plotly.restyle(graphOf("fan"), { "line.color": accent }, [MEDIAN]);
  for (const name of CHARTS) Plotly.relayout(graphOf(name), axisColors());
}

/** @param {Answer} answer */
export function paintHistogram({ head, tail }) {
  const { trained, failed, muted, ink } = colors();
  const middles = tail.counts.map((/** @type {number} */ _, /** @type {number} */ bar) => (tail.edges[bar] + tail.edges[bar + 1]) / 2);
  const bars = tail.counts.map((/** @type {number} */ count, /** @type {number} */ bar) => (2 * tail.solved[bar] > count ? trained : failed));
  const change = { x: [middles], y: [tail.counts], "marker.color": [bars] };
  const lines = head.plateaus.map((/** @type {number} */ cost) => ({
    type: "line", x0: cost, x1: cost, yref: "paper", y0: 0, y1: 1, line: { color: muted, width: 1, dash: "dot" },
  }));
  const bipolar = head.experiment.encoding === "bipolar";
  const names = head.plateaus.map((/** @type {number} */ cost, /** @type {number} */ at) => ({
    x: cost, yref: "paper", y: 1, yanchor: "bottom", showarrow: false, font: { color: ink },
    text: bipolar ? FRACTIONS[at] : number(cost, 3),
  }));
  const range = [tail.edges[0], tail.edges.at(-1)];
  const heights = [0.7, 1.2 * Math.max(...tail.counts)].map(Math.log10); // a bar of one run is one
  Plotly.update(graphOf("histogram"), change, { shapes: lines, annotations: names, "xaxis.range": range, "yaxis.range": heights }, [0]);
}

/** @param {Answer} answer */
export function paintFan({ head, tail }) {
  const [q5, q25, q50, q75, q95] = tail.fan;
  /** @type {Record<number, number[]>} */
  const curves = { [LOWEST]: q5, [HIGHEST]: q95, [LOWER]: q25, [UPPER]: q75, [MEDIAN]: q50 };
  const y = Object.values(curves);
  const { muted } = colors();
  const line = { type: "line", xref: "paper", x0: 0, x1: 1, y0: head.solved_cost, y1: head.solved_cost, line: { color: muted, width: 1, dash: "dot" } };
  Plotly.update(graphOf("fan"), { x: y.map(() => tail.epochs), y }, { shapes: [line], ...within(tail.fan) }, [0, 1, 2, 3, 4]);
}

/** How high the fan is drawn: all of it, or not much higher than its median where some runs cost anything. @param {number[][]} fan */
function within([q5, , q50, , q95]) {
  const top = SPREAD * Math.max(...q50);
  const wild = Math.max(...q95) > top;
  const bottom = Math.min(...q5.filter((cost) => cost > 0), top) / 2;
  return { "yaxis.autorangeoptions.clipmin": wild ? bottom : null, "yaxis.autorangeoptions.clipmax": wild ? top : null };
}
