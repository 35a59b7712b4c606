// The address: the page is its path; the experiment is behind #, the settings that differ from the notebook's run,
// readable and editable by hand; so is what the page looks at, under names that begin with "view.".

import { configuration } from "./configuration.mjs";
import { changes } from "./workbench.mjs";

const WORDS = new Set(Object.keys(configuration.choices));

const VIEW = "view.";
const HOME = "lab";

/** The path of a page. */
export function pathOf(page) {
  return page === HOME ? "/" : `/${page}`;
}

/** The page of a path; the Lab, if there is none. */
export function pageOf(path) {
  const name = path.replaceAll("/", "");
  return configuration.pages.includes(name) ? name : HOME;
}

/**
 * The part of an address behind # that holds an experiment, and what a page looks at.
 * @param {any} experiment
 * @param {Record<string, string>} [view]
 */
export function hashOf(experiment, view = {}) {
  const settings = changes(experiment, configuration.defaults);
  const parts = settings.map((setting) => `${setting}=${encode(setting, experiment[setting])}`);
  const looks = Object.entries(view).map(([name, value]) => `${VIEW}${name}=${encodeURIComponent(value)}`);
  const all = [...parts, ...looks];
  return all.length ? `#${all.join("&")}` : "";
}

/** The experiment that such a part holds; what is wrong in it is for the server to say. */
export function experimentOf(hash) {
  const parts = partsOf(hash).filter(([name]) => !name.startsWith(VIEW));
  const settings = parts.map(([setting, written]) => [setting, decode(setting, written)]);
  return Object.fromEntries([...Object.entries(configuration.defaults), ...settings]); // even "__proto__" is a name here
}

/** What a page should look at, as it was written. */
export function viewOf(hash) {
  const parts = partsOf(hash).filter(([name]) => name.startsWith(VIEW));
  return Object.fromEntries(parts.map(([name, written]) => [name.slice(VIEW.length), written]));
}

/** An address that another machine can open: never this one's own name for itself. */
export function shareable(address) {
  const local = /^(localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(location.host);
  const origin = local ? configuration.class_url : location.origin;
  return origin ? origin + address : null;
}

function partsOf(hash) {
  return hash.replace(/^#/, "").split("&").filter(Boolean).map((part) => {
    const [name, ...rest] = part.split("=");
    return [safely(decodeURIComponent, name), safely(decodeURIComponent, rest.join("="))];
  });
}

function encode(setting, value) {
  if (configuration.several_of.includes(setting)) return value.map((word) => encodeURIComponent(word)).join(",");
  const written = typeof value === "string" ? value : JSON.stringify(value);
  return encodeURIComponent(written).replaceAll("%2C", ",").replaceAll("%5B", "[").replaceAll("%5D", "]");
}

function decode(setting, written) {
  if (configuration.several_of.includes(setting)) return written.split(",").filter(Boolean);
  if (WORDS.has(setting)) return written;
  return safely(JSON.parse, written);
}

/** What cannot be read stays as it was written, so that the error can show it. */
function safely(read, written) {
  try {
    return read(written);
  } catch {
    return written;
  }
}
