// How a number is written for people, in one language, and how it is read from what they type.

const SMALL = 1e-3; // below it a number is written with a power of ten
const LARGE = 1e6; // and from here on
const POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

// what stays when spaces, the decimal mark and powers of ten are settled; "0x10", "Infinity" and "" are no numbers to a student
const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const GROUPED = /^[+-]?\d{1,3}([ \u00a0\u202f]\d{3})+(?!\d)/;
const THOUSANDS = /^[+-]?[1-9]\d{0,2},\d{3}$/;

/**
 * @typedef {object} Numbers
 * @property {(value: number, digits?: number) => string} number at most so many digits that count
 * @property {(value: number, digits?: number) => string} padded exactly so many, for what must not move while it changes
 * @property {(value: number, places?: number) => string} fixed so many places behind the mark, for columns
 * @property {(share: number, options?: {places?: number, padded?: boolean}) => string} percent of 1; zeros at the end only if padded
 * @property {(value: number, digits?: number) => string} entered as its field shows it: what a keyboard has
 * @property {(words: string[]) => string} listed numbers side by side, told apart where the comma is a decimal mark
 * @property {(text: string) => number} parsed what somebody typed, with a comma or a point; NaN if it is no number, infinite if none is so large
 */

/** A whole number as an exponent. @param {number} exponent */
export function raised(exponent) {
  return [...String(exponent)].map((sign) => (sign === "-" ? "⁻" : POWERS[Number(sign)])).join("");
}

/**
 * @param {string} language
 * @returns {Numbers}
 */
export function numbersOf(language) {
  /** @type {Map<string, Intl.NumberFormat>} making one takes longer than writing a thousand numbers */
  const formats = new Map();

  /** @param {number} value @param {Intl.NumberFormatOptions} options */
  const written = (value, options) => {
    const key = JSON.stringify(options);
    let format = formats.get(key);
    if (!format) formats.set(key, (format = new Intl.NumberFormat(language, { signDisplay: "negative", ...options })));
    return format.format(value).replace("-", "−");
  };

  /** @param {number} value @param {number} digits @param {boolean} padded */
  const significant = (value, digits, padded) => {
    if (!Number.isFinite(value)) return "–";
    const options = { maximumSignificantDigits: digits, minimumSignificantDigits: padded ? digits : 1 };
    const size = Math.abs(value);
    if (size === 0 || (size >= SMALL && size < Math.max(LARGE, 10 ** digits))) return written(value, options);
    const [mantissa, exponent] = value.toExponential(digits - 1).split("e").map(Number);
    const power = `10${raised(exponent)}`;
    if (Math.abs(mantissa) === 1 && !padded) return `${mantissa < 0 ? "−" : ""}${power}`;
    return `${written(mantissa, options)}·${power}`;
  };

  const mark = written(0.5, {})[1];

  return {
    number: (value, digits = 4) => significant(value, digits, false),
    padded: (value, digits = 3) => significant(value, digits, true),
    fixed: (value, places = 4) =>
      Number.isFinite(value) ? written(value, { maximumFractionDigits: places, minimumFractionDigits: places }) : "–",
    percent: (share, { places = 1, padded = false } = {}) => {
      if (!Number.isFinite(share)) return "–";
      return `${written(100 * share, { maximumFractionDigits: places, minimumFractionDigits: padded ? places : 0 })}\u00a0%`;
    },
    entered: (value, digits = 6) => {
      const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(digits));
      return String(rounded).replace(".", mark);
    },
    listed: (words) => words.join(mark === "," ? "; " : ", "),
    parsed: (text) => {
      const typed = text.trim().replace(/[−–]/, "-");
      // on an English page 5,000 is five thousand to one student and five to another, and neither should be guessed at
      if (mark !== "," && THOUSANDS.test(typed)) return NaN;
      const plain = withoutPowers(typed).replace(GROUPED, (whole) => whole.replace(/\s/g, "")).replace(",", ".");
      return PLAIN.test(plain) ? Number(plain) : NaN;
    },
  };
}

/** A power of ten as `number` writes it, as programs do: what was copied from a table can be put in a field. @param {string} text */
function withoutPowers(text) {
  return text.replace(/(^[+-]?|[·×])10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/, (_, before, power) => {
    const exponent = power.replace("⁻", "-").replace(/[^-]/g, (/** @type {string} */ digit) => String(POWERS.indexOf(digit)));
    return `${/[·×]/.test(before) ? "" : `${before}1`}e${exponent}`;
  });
}
