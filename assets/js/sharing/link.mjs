// The address: the page is its path; the experiment is behind #, the settings that differ from the notebook's run,
// readable and editable by hand, long ones packed; so is what the page looks at, under names that begin with "view.", and a
// task, with what the task itself had where the student has changed it under names that begin with "task.".

import { configuration } from "../configuration.mjs";
import { digest, longText, packed, valueOf } from "./packed_values.mjs";
import { taskOf } from "./task_format.mjs";
import { changes } from "../undo_history.mjs";

const WORDS = new Set(Object.keys(configuration.choices));

const VIEW = "view.";
const TASK = "task";
const OF_TASK = "task.";
const KEPT = "kept:";
const HOME = "lab";

const LONGEST_HASH = 8000; // letters; with a host and a path that is an address of 8 kB, which programs still pass on whole

/**
 * What a teacher gave, and the experiment that it was given with.
 * @typedef {{task: import("./task_format.mjs").Task | null, own: any}} ActiveTask
 */

/** The path of a page. @param {string} page */
export function pathOf(page) {
  return page === HOME ? "/" : `/${page}`;
}

/** The page of a path; the Lab, if there is none. @param {string} path */
export function pageOf(path) {
  const name = path.replaceAll("/", "");
  return configuration.pages.includes(name) ? name : HOME;
}

/** The texts that have to be packed before an address holds all this. @param {any} experiment @param {ActiveTask} given */
export function longTextsOf(experiment, { task, own }) {
  const values = [experiment, task ? own : {}].flatMap((its) => Object.entries(its));
  const texts = values.map(([setting, value]) => longText(setting, value));
  return [...texts, task && JSON.stringify(task)].filter((text) => typeof text === "string");
}

/**
 * The part of an address behind #: an experiment, what a page looks at, a task. What would make it too long is left out: in its
 * place stands a mark that it is kept in this tab.
 * @param {any} experiment
 * @param {Record<string, string>} [view]
 * @param {ActiveTask} [given]
 * @returns {{hash: string, kept: Record<string, any> | null, length: number}} what was left out, by name; how long it would be
 */
export function linkOf(experiment, view = {}, { task, own } = { task: null, own: null }) {
  const settings = changes(experiment, configuration.defaults).map((setting) => [setting, setting, experiment[setting]]);
  const changed = task ? changes(experiment, own).map((setting) => [OF_TASK + setting, setting, own[setting]]) : [];
  const parts = [...settings, ...changed].map(([name, setting, value]) => ({ name, value, written: encode(setting, value) }));
  const looks = Object.entries(view).map(([name, value]) => `${VIEW}${name}=${encodeURIComponent(value)}`);
  const tasks = task ? [`${TASK}=${packed(JSON.stringify(task)) ?? encodeURIComponent(JSON.stringify(task))}`] : [];
  const join = () => {
    const all = [...parts.map(({ name, written }) => `${name}=${written}`), ...looks, ...tasks];
    return all.length ? `#${all.join("&")}` : "";
  };
  /** @type {Record<string, any>} */
  const kept = {};
  const { length } = join();
  for (const part of [...parts].sort((one, other) => other.written.length - one.written.length)) {
    if (join().length <= LONGEST_HASH) break;
    kept[part.name] = part.value;
    part.written = KEPT + digest(part.value);
  }
  return { hash: join(), kept: Object.keys(kept).length ? kept : null, length };
}

/**
 * What such a part holds; what is wrong in the experiment is for the server to say.
 * @param {string} hash
 * @param {any[]} [tab] what this tab may have kept, by name
 * @returns {Promise<{experiment: any, view: Record<string, string>, task: import("./task_format.mjs").Task | null,
 *   changed: Record<string, any>, unreadable: boolean}>} ``changed`` is what the task had where the student has changed it;
 *   ``unreadable`` says that there is a task which cannot be read
 */
export async function readLink(hash, tab = []) {
  const parts = new Map(partsOf(hash)); // of two values of one name the last counts
  /** @type {[string, any][]} */
  const settings = [];
  /** @type {[string, any][]} */
  const changed = [];
  for (const [name, written] of parts) {
    if (name.startsWith(VIEW) || name === TASK) continue;
    const [list, setting] = name.startsWith(OF_TASK) ? [changed, name.slice(OF_TASK.length)] : [settings, name];
    list.push([setting, await decode(setting, written, tab.map((its) => its?.[name]))]);
  }
  const experiment = Object.fromEntries([...Object.entries(configuration.defaults), ...settings]); // even "__proto__" is a name here
  const given = parts.get(TASK);
  const task = given === undefined ? null : taskOf(await valueOf(TASK, given).catch(() => null));
  const known = changed.filter(([setting]) => Object.hasOwn(configuration.defaults, setting));
  const unreadable = parts.has(TASK) && task === null;
  return { experiment, view: viewOf(parts), task, changed: Object.fromEntries(known), unreadable };
}

/** @param {Map<string, string>} parts */
function viewOf(parts) {
  const looks = [...parts].filter(([name]) => name.startsWith(VIEW));
  return Object.fromEntries(looks.map(([name, written]) => [name.slice(VIEW.length), written]));
}

/** An address that another machine can open: never this one's own name for itself. @param {string} address */
export function shareable(address) {
  const local = /^(localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(location.host);
  const origin = local ? configuration.class_url : location.origin;
  return origin ? origin + address : null;
}

/** @param {string} hash @returns {[string, string][]} */
function partsOf(hash) {
  return hash.replace(/^#/, "").split("&").filter(Boolean).map((part) => {
    const [name, ...rest] = part.split("=");
    return [decoded(name), decoded(rest.join("="))];
  });
}

/** @param {string} setting @param {any} value */
function encode(setting, value) {
  const long = longText(setting, value);
  const short = long === null ? null : packed(long);
  if (short !== null) return short;
  if (configuration.several_of.includes(setting)) return value.map((/** @type {string} */ word) => encodeURIComponent(word)).join(",");
  const written = typeof value === "string" ? value : JSON.stringify(value);
  return encodeURIComponent(written).replaceAll("%2C", ",").replaceAll("%5B", "[").replaceAll("%5D", "]");
}

/**
 * What cannot be read stays as it was written, so that the error can show it.
 * @param {string} setting @param {string} written @param {any[]} kept
 */
async function decode(setting, written, kept) {
  if (!Object.hasOwn(configuration.defaults, setting)) return written;
  if (configuration.several_of.includes(setting)) return written.split(",").filter(Boolean);
  if (WORDS.has(setting)) return written;
  if (written.startsWith(KEPT)) return kept.find((value) => value !== undefined && written === KEPT + digest(value)) ?? written;
  return valueOf(setting, written).catch(() => written);
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
