// Between the experiment and its controls. Dash draws the controls; the document's own events tell of a drag and of its
// end, which Dash does not, and values go back through Dash.

import { configuration, element, number, text } from "./configuration.mjs";
import { positionOf, startTrack, valueAt } from "./slider_scale.mjs";

const DIGITS = 6;

export class Controls {
  #shown = new Map(); // control -> what it was last given
  #start = { weights: [], biases: [] };
  #dragged = null; // the slider under the hand

  /** @param {{drag: (setting: string, value: any) => void, set: (setting: string, value: any) => void}} listener */
  constructor(listener) {
    this.listener = listener;
    document.addEventListener("input", (event) => this.#slid(event, "drag"));
    document.addEventListener("change", (event) => {
      this.#slid(event, "set");
      this.#typed(event);
      this.#switched(event);
    });
    // a slider brought back to where its drag began tells of no change
    for (const end of ["pointerup", "pointercancel"]) {
      document.addEventListener(end, () => setTimeout(() => this.#dragged && this.#slid({ target: this.#dragged }, "set")));
    }
    document.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#typed(event);
    });
    window.dash_clientside = Object.assign(window.dash_clientside ?? {}, {
      nnlab: { choose: (...values) => this.#chosen(values) },
    });
  }

  #slid(event, what) {
    const setting = settingOf(event.target, "slider-");
    if (setting === null) return;
    this.#dragged = what === "drag" ? event.target : null;
    const value = valueAt(setting, Number(event.target.value));
    this.#shown.set(event.target.id, Number(event.target.value));
    this.#give(`number-${plain(setting)}`, written(value));
    this.listener[what](setting, value);
  }

  #typed(event) {
    const setting = settingOf(event.target, "number-");
    if (setting === null) return;
    const typed = event.target.value.trim();
    if (typed === this.#shown.get(event.target.id)) return;
    this.#shown.set(event.target.id, typed);
    const value = Number(typed.replace(",", ".").replace("−", "-"));
    this.listener.set(setting, typed === "" || Number.isNaN(value) ? typed : value);
  }

  #switched(event) {
    const setting = settingOf(event.target, "switch-");
    if (setting === null) return;
    const on = event.target.checked;
    this.#shown.set(event.target.id, on);
    const first = configuration.optional[setting];
    this.listener.set(setting, first === undefined ? on : on ? first : null);
  }

  #chosen(values) {
    Object.keys(configuration.choices).forEach((setting, index) => {
      const id = `choice-${setting}`;
      const several = configuration.several_of.includes(setting);
      // the order of several words is the registry's, not that of the clicks
      const value = several ? configuration.choices[setting].filter((word) => values[index]?.includes(word)) : values[index];
      if (value === undefined || value === null || JSON.stringify(value) === this.#shown.get(id)) return;
      this.#shown.set(id, JSON.stringify(value));
      this.listener.set(setting, value);
    });
    return window.dash_clientside.no_update;
  }

  /** Let every control show an experiment. */
  show(experiment) {
    for (const setting of Object.keys(configuration.sliders)) {
      const value = setting === "hidden_units" ? (experiment.hidden_layer_sizes[0] ?? 0) : experiment[setting];
      this.#slide(setting, value);
    }
    for (const setting of configuration.numbers) this.#give(`number-${setting}`, written(experiment[setting]));
    for (const setting of configuration.switches) this.#give(`switch-${setting}`, experiment[setting]);
    for (const setting of Object.keys(configuration.optional)) {
      const value = experiment[setting];
      this.#give(`switch-${setting}`, value !== null);
      this.#give(`number-${setting}`, value === null ? "" : written(value));
      element(`number-${setting}`).disabled = value === null;
    }
    for (const setting of Object.keys(configuration.choices)) this.#choose(setting, experiment[setting]);
    const bits = configuration.gates[experiment.dataset] ?? experiment.targets;
    const encode = (bit) => (experiment.encoding === "bipolar" ? 2 * bit - 1 : bit);
    bits.forEach((bit, row) => {
      const button = element(`target-${row}`);
      const [inputs, target] = button.children;
      inputs.textContent = configuration.rows[row].map((value) => number(encode(value))).join("  ");
      target.textContent = number(encode(bit));
      button.setAttribute("aria-pressed", String(bit === 1));
      button.title = text("targets.row", { inputs: inputs.textContent, target: target.textContent });
    });
    for (const [setting, [other, values]] of Object.entries(configuration.used_with)) {
      const shuffled = setting === "data_seed" && experiment.shuffle;
      const block = document.querySelector(`[data-setting="${setting}"]`);
      block?.classList.toggle("unused", !values.includes(experiment[other]) && !shuffled);
    }
    for (const [setting, formulas] of Object.entries(configuration.formulas)) {
      element(`formula-${setting}`).textContent = formulas[experiment[setting]];
    }
  }

  /** The track of the batch size is as long as there are rows to train on. */
  showRows(rows) {
    const slider = element("slider-batch_size");
    const most = Math.max(2, rows);
    if (Number(slider.max) === most) return;
    this.#shown.delete(slider.id);
    window.dash_clientside.set_props(slider.id, { max: most });
  }

  /** Let the start sliders show where training truly starts. */
  showStart(weights, biases) {
    this.#start = { weights, biases };
    weights.forEach((units, layer) =>
      units.forEach((row, unit) => {
        row.forEach((value, source) => this.#slideStart(`weights.${layer}.${unit}.${source}`, value));
        this.#slideStart(`biases.${layer}.${unit}`, biases[layer][unit]);
      }),
    );
  }

  /** After Dash has drawn other start sliders: they know nothing yet. */
  startRedrawn() {
    for (const id of this.#shown.keys()) if (/-(weights|biases)-/.test(id)) this.#shown.delete(id);
    this.showStart(this.#start.weights, this.#start.biases);
  }

  #slide(setting, value) {
    this.#give(`slider-${setting}`, positionOf(setting, value));
    this.#give(`number-${setting}`, written(value));
    element(`slider-${setting}`).setAttribute("aria-valuetext", number(value));
  }

  #slideStart(setting, value) {
    const id = `slider-${plain(setting)}`;
    const slider = element(id);
    if (!slider) return;
    const { min, max, step } = startTrack(Math.max(Math.abs(value), this.#shown.has(id) ? Math.abs(Number(slider.max)) : 0));
    if (Number(slider.max) !== max || !this.#shown.has(id)) window.dash_clientside.set_props(id, { min, max, step });
    this.#give(id, value);
    this.#give(`number-${plain(setting)}`, written(value));
    slider.setAttribute("aria-valuetext", number(value));
  }

  #choose(setting, value) {
    const id = `choice-${setting}`;
    if (this.#shown.get(id) === JSON.stringify(value)) return;
    this.#shown.set(id, JSON.stringify(value));
    window.dash_clientside.set_props(id, { value });
  }

  #give(id, value) {
    if (this.#shown.get(id) === value) return;
    this.#shown.set(id, value);
    window.dash_clientside.set_props(id, { value });
  }
}

/** The setting whose control this is, in the server's spelling, or null. */
function settingOf(control, prefix) {
  if (!control.id?.startsWith(prefix)) return null;
  const name = control.id.slice(prefix.length);
  return /^(weights|biases)-/.test(name) ? name.replaceAll("-", ".") : name;
}

function plain(setting) {
  return setting.replaceAll(".", "-");
}

/** A number as its field shows it. */
function written(value) {
  return typeof value === "number" ? String(Number(value.toPrecision(Number.isInteger(value) ? 12 : DIGITS))) : String(value);
}

