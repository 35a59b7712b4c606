// Numbers for people: what is written in either language, and what is read of what they type.

import assert from "node:assert/strict";

import { numbersOf } from "../../assets/js/numbers.mjs";

const english = numbersOf("en");
const russian = numbersOf("ru");
const SPACE = "\u00a0";

Deno.test("so many digits count, with a power of ten and without", () => {
  for (const digits of [1, 2, 3, 4, 6]) {
    for (let exponent = -12; exponent <= 12; exponent += 1) {
      const value = Number(`1.234567e${exponent}`);
      const shown = english.number(value, digits);
      const [mantissa] = shown.split("·");
      const counted = mantissa.replace(/10[⁻⁰-⁹¹²³]+$/, "1").replace(/[.,]/g, "").replace(/^0+/, "");
      const whole = exponent < 6 && exponent >= digits; // zeros that only hold the places of a whole number
      assert.equal(whole ? counted.replace(/0+$/, "").length : counted.length, digits, shown);
    }
  }
});

Deno.test("1.50e-4 is not 1e-4", () => {
  assert.equal(english.number(1.5e-4, 2), "1.5·10⁻⁴");
  assert.equal(english.number(1.504e-4, 3), "1.5·10⁻⁴");
  assert.equal(english.padded(1.504e-4, 3), "1.50·10⁻⁴");
  assert.equal(russian.padded(1.504e-4, 3), "1,50·10⁻⁴");
  assert.equal(english.number(1e-4, 2), "10⁻⁴");
  assert.equal(english.number(-1e-4), "−10⁻⁴");
  assert.equal(english.padded(1e-4), "1.00·10⁻⁴");
  assert.equal(english.number(1.2e30), "1.2·10³⁰");
});

Deno.test("each language has its decimal mark, its groups, and both a true minus sign", () => {
  assert.equal(english.number(-0.5), "−0.5");
  assert.equal(russian.number(-0.5), "−0,5");
  assert.equal(english.number(12_345.678, 8), "12,345.678");
  assert.equal(russian.number(12_345.678, 8), `12${SPACE}345,678`);
  assert.equal(russian.number(4_294_967_295, 15), `4${SPACE}294${SPACE}967${SPACE}295`);
  assert.equal(english.fixed(-0.25, 3), "−0.250");
  assert.equal(russian.fixed(1234.5, 1), `1${SPACE}234,5`);
});

Deno.test("there is no minus zero, and what is no number is a dash", () => {
  for (const value of [-0, -0.00001]) assert.equal(english.fixed(value, 3), "0.000");
  assert.equal(english.number(-0), "0");
  for (const value of [NaN, Infinity, -Infinity]) {
    for (const name of /** @type {const} */ (["number", "padded", "fixed", "percent"])) assert.equal(english[name](value), "–");
  }
});

Deno.test("a share is a percentage", () => {
  assert.equal(english.percent(0.875), `87.5${SPACE}%`);
  assert.equal(russian.percent(0.875), `87,5${SPACE}%`);
  assert.equal(english.percent(1), `100${SPACE}%`);
  assert.equal(english.percent(1, { padded: true }), `100.0${SPACE}%`);
  assert.equal(english.percent(0.123456, { places: 0 }), `12${SPACE}%`);
});

Deno.test("numbers side by side can be told apart", () => {
  assert.equal(english.listed(["0.5", "1"]), "0.5, 1");
  assert.equal(russian.listed(["0,5", "1"]), "0,5; 1");
});

Deno.test("both languages read a comma and a point, either minus, exponents and spaces", () => {
  /** @type {Record<string, number>} */
  const read = { "0,5": 0.5, "0.5": 0.5, ",5": 0.5, "5.": 5, "−3": -3, "-3": -3, "+3": 3, "1e-3": 0.001, "1,5E+3": 1500, " 2 ": 2, "1 000": 1000 };
  for (const space of [SPACE, "\u202f"]) read[`-4${space}294${space}967,25`] = -4_294_967.25;
  for (const [typed, value] of Object.entries(read)) {
    for (const numbers of [english, russian]) assert.equal(numbers.parsed(typed), value, typed);
  }
});

Deno.test("what is no number is refused", () => {
  const refused = ["", " ", "abc", "1,2,3", "1.2.3", "0x10", "0b1", "Infinity", "-Infinity", "NaN", "--1", "1-", "1 2", "1 0000", "e3", ".", ",", "1_000", "5 %"];
  for (const typed of refused) {
    for (const numbers of [english, russian]) assert.ok(Number.isNaN(numbers.parsed(typed)), typed);
  }
  assert.equal(english.parsed("-1e999"), -Infinity, "a number, and beyond every bound");
});

Deno.test("five thousand is not taken for five", () => {
  assert.ok(Number.isNaN(english.parsed("5,000")));
  assert.equal(english.parsed("0,125"), 0.125);
  assert.equal(russian.parsed("5,125"), 5.125);
});

Deno.test("what is written can be read back, and a field shows what a keyboard has", () => {
  for (const numbers of [english, russian]) {
    for (const value of [0, 1, -1, 0.2, -12.5, 123.456, 1e-4, -1e-4, 1.5e-12, 2.5e9, -3e8]) {
      assert.equal(numbers.parsed(numbers.number(value, 6)), value);
      assert.equal(numbers.parsed(numbers.entered(value)), value);
      assert.match(numbers.entered(value), /^[-+.,e\d]+$/);
    }
    assert.equal(numbers.entered(4_294_967_295), "4294967295");
  }
  assert.equal(russian.entered(-0.25), "-0,25");
  assert.equal(english.entered(1e-8), "1e-8");
});
