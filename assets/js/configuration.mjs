// What Python told the page: defaults, bounds, words. Nothing of it is written again in JavaScript.

export const configuration = JSON.parse(document.getElementById("configuration").textContent);

/**
 * A sentence in the page's language.
 * @param {string} key
 * @param {Record<string, string | number>} [values] what stands in its {braces}
 * @returns {string}
 */
export function text(key, values = {}) {
  const sentence = configuration.text[key];
  if (sentence === undefined) throw new Error(`no sentence for ${key}`);
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * A number with so many digits that count, and a true minus sign.
 * @param {number} value
 * @param {number} [digits]
 */
export function number(value, digits = 4) {
  if (!Number.isFinite(value)) return "–";
  const small = value !== 0 && Math.abs(value) < 1e-3;
  const shown = small ? value.toExponential(Math.max(0, digits - 2)) : String(Number(value.toPrecision(digits)));
  return shown.replaceAll("-", "−");
}

/** A number with so many places behind the point, for columns. */
export function fixed(value, places = 4) {
  return value.toFixed(places).replace("-", "−");
}

/** @param {string} id */
export function element(id) {
  return document.getElementById(id);
}
