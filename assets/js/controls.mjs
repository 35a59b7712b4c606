// Keeps the controls and the experiment in step. Dash draws all controls but the start's; the document's own events tell of a drag
// and of its end, which Dash does not, and values go back through Dash.

import { configuration, element, entered, number, parsed, percent, text } from "./configuration.mjs";
import { positionOf, valueAt } from "./slider_scale.mjs";
import { drawStart, settingsOf, slideTo } from "./start_sliders.mjs";

const START = /^(weights|biases)\b/; // settings of which each number has controls of its own

/** How a slider has moved: it is being dragged, or has its value. @typedef {"drag" | "set"} How */

export class Controls {
  /** @type {Map<string, any>} what each control was last given: Dash draws it later, so that the control itself does not say yet */
  #shown = new Map();
  /** @type {HTMLInputElement | null} the slider that is being dragged */
  #dragged = null;
  /** @type {HTMLInputElement | null} the field that is typed in: it keeps what stands there until that is entered */
  #typing = null;

  /** @param {{drag: (setting: string, value: any) => void, set: (setting: string, value: any) => void}} listener */
  constructor(listener) {
    this.listener = listener;
    for (const setting of Object.keys(configuration.choices)) this.#shown.set(`choice-${setting}`, JSON.stringify(configuration.defaults[setting]));
    document.addEventListener("input", (event) => {
      const control = targetOf(event);
      this.#slid(control, "drag");
      if (settingOf(control, "number-") !== null) this.#typing = control;
    });
    document.addEventListener("change", (event) => {
      const control = targetOf(event);
      this.#slid(control, "set");
      this.#typed(control);
      this.#switched(control);
    });
    // a slider brought back to where its drag began tells of no change
    for (const end of ["pointerup", "pointercancel"]) {
      document.addEventListener(end, () => setTimeout(() => this.#dragged && this.#slid(this.#dragged, "set")));
    }
    document.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.#typed(targetOf(event));
    });
    document.addEventListener("focusout", (event) => event.target === this.#typing && this.#typed(targetOf(event)));
    window.dash_clientside = Object.assign(window.dash_clientside ?? {}, {
      nnlab: { choose: (/** @type {any[]} */ ...values) => this.#chosen(values) },
    });
  }

  /** @param {HTMLInputElement} slider @param {How} what */
  #slid(slider, what) {
    const setting = settingOf(slider, "slider-");
    if (setting === null) return;
    this.#dragged = what === "drag" ? slider : null;
    const value = valueAt(setting, Number(slider.value));
    this.#shown.set(slider.id, Number(slider.value));
    if (START.test(setting)) this.#giveStart(setting, value);
    else this.#give(`number-${setting}`, written(value));
    this.listener[what](setting, value);
  }

  /** @param {HTMLInputElement} field */
  #typed(field) {
    const setting = settingOf(field, "number-");
    if (setting === null) return;
    this.#typing = null;
    const typed = field.value.trim();
    if (typed === this.#shown.get(field.id)) return;
    this.#shown.set(field.id, typed);
    const value = parsed(typed);
    this.listener.set(setting, Number.isFinite(value) ? value : typed);
  }

  /** @param {HTMLInputElement} box */
  #switched(box) {
    const setting = settingOf(box, "switch-");
    if (setting === null) return;
    const on = box.checked;
    this.#shown.set(box.id, on);
    const first = configuration.optional[setting];
    this.listener.set(setting, first === undefined ? on : on ? first : null);
  }

  /** @param {any[]} values */
  #chosen(values) {
    Object.keys(configuration.choices).forEach((setting, index) => {
      const id = `choice-${setting}`;
      const several = configuration.several_of.includes(setting);
      // the order of several words is the registry's, not that of the clicks
      const value = several ? configuration.choices[setting].filter((/** @type {string} */ word) => values[index]?.includes(word)) : values[index];
      if (value === undefined || value === null || JSON.stringify(value) === this.#shown.get(id)) return;
      this.#shown.set(id, JSON.stringify(value));
      this.listener.set(setting, value);
    });
    return window.dash_clientside.no_update;
  }

  /** Let every control show an experiment. @param {any} experiment */
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
    /** @type {number[]} */
    const bits = configuration.gates[experiment.dataset] ?? experiment.targets;
    const encode = (/** @type {number} */ bit) => (experiment.encoding === "bipolar" ? 2 * bit - 1 : bit);
    bits.forEach((bit, row) => {
      const button = element(`target-${row}`);
      const [inputs, target] = button.children;
      inputs.textContent = configuration.rows[row].map((/** @type {number} */ value) => number(encode(value))).join("  ");
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

  /** The track of the batch size is as long as there are rows to train on. @param {number} rows */
  showRows(rows) {
    const slider = element("slider-batch_size");
    const most = Math.max(2, rows);
    if (Number(slider.max) === most) return;
    this.#shown.delete(slider.id);
    window.dash_clientside.set_props(slider.id, { max: most });
  }

  /** Let the start sliders show where training truly starts. @param {import("./start_sliders.mjs").Start} start */
  showStart(start) {
    if (!drawStart(element("start-sliders"), start)) return;
    for (const [setting, value] of settingsOf(start)) {
      const slider = element(`slider-${plain(setting)}`);
      if (slider !== this.#dragged) slideTo(slider, value);
      this.#giveStart(setting, value);
    }
  }

  /** @param {string} setting @param {number} value */
  #giveStart(setting, value) {
    const field = element(`number-${plain(setting)}`);
    this.#shown.set(field.id, written(value));
    if (field !== this.#typing) field.value = written(value);
  }

  /** @param {string} setting @param {any} value */
  #slide(setting, value) {
    this.#give(`slider-${setting}`, positionOf(setting, value));
    this.#give(`number-${setting}`, written(value));
    element(`slider-${setting}`).setAttribute("aria-valuetext", configuration.sliders[setting].percent ? percent(value / 100, { places: 4 }) : number(value));
  }

  /** @param {string} setting @param {any} value */
  #choose(setting, value) {
    const id = `choice-${setting}`;
    if (this.#shown.get(id) === JSON.stringify(value)) return;
    this.#shown.set(id, JSON.stringify(value));
    window.dash_clientside.set_props(id, { value });
  }

  /** @param {string} id @param {any} value */
  #give(id, value) {
    if (this.#shown.get(id) === value) return;
    this.#shown.set(id, value);
    if (id !== this.#typing?.id) window.dash_clientside.set_props(id, { value });
  }
}

/** What an event is about: a control, if it is one of ours. @param {Event} event */
function targetOf(event) {
  return /** @type {HTMLInputElement} */ (event.target);
}

/** The setting whose control this is, in the server's spelling, or null. @param {Element} control @param {string} prefix */
function settingOf(control, prefix) {
  if (!control.id?.startsWith(prefix)) return null;
  const name = control.id.slice(prefix.length);
  return START.test(name) ? name.replaceAll("-", ".") : name;
}

/** @param {string} setting */
function plain(setting) {
  return setting.replaceAll(".", "-");
}

/** A number as its field shows it. @param {any} value */
function written(value) {
  return typeof value === "number" ? entered(value) : String(value);
}
