// The experiment in the address: settings that differ from the notebook's run, readable and editable by hand.

import { configuration } from "./configuration.mjs";
import { changes } from "./workbench.mjs";

const WORDS = new Set(Object.keys(configuration.choices));

/** The part of an address behind # that holds an experiment. */
export function hashOf(experiment) {
  const settings = changes(experiment, configuration.defaults);
  const parts = settings.map((setting) => `${setting}=${encode(setting, experiment[setting])}`);
  return parts.length ? `#${parts.join("&")}` : "";
}

/** The experiment that such a part holds; what is wrong in it is for the server to say. */
export function experimentOf(hash) {
  const parts = hash.replace(/^#/, "").split("&").filter(Boolean).map((part) => {
    const [setting, ...rest] = part.split("=");
    return [safely(decodeURIComponent, setting), decode(setting, safely(decodeURIComponent, rest.join("=")))];
  });
  return Object.fromEntries([...Object.entries(configuration.defaults), ...parts]); // even "__proto__" is a name here
}

/** An address that another machine can open: never this one's own name for itself. */
export function shareable(experiment) {
  const local = /^(localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(location.host);
  const origin = local ? configuration.class_url : location.origin;
  return origin ? `${origin}${location.pathname}${hashOf(experiment)}` : null;
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
