// An experiment as a file: what one holds, if it is one at all. What is wrong in it is for the server to say.

import { configuration } from "../configuration.mjs";

const BESIDE = ["task"]; // what a file may hold beside the settings

/**
 * The settings in a file, those that it leaves out as at first. Settings of another version may be among them, and are said one by one;
 * but where most names are foreign it is something else.
 * @param {string} written
 * @returns {Record<string, any> | null} null if this is no experiment
 */
export function experimentIn(written) {
  const read = parsed(written);
  if (typeof read !== "object" || read === null || Array.isArray(read)) return null;
  const names = Object.keys(read);
  const known = names.filter((name) => Object.hasOwn(configuration.defaults, name) || BESIDE.includes(name));
  return 2 * known.length > names.length ? { ...configuration.defaults, ...read } : null;
}

/** @param {string} written @returns {unknown} */
function parsed(written) {
  try {
    return JSON.parse(written);
  } catch {
    return null;
  }
}
