// Fetches JSON, and repeats a request until the server answers: a failure is shown, and tried again with growing pauses.

import { retryDelays, waitToRetry } from "./retry.mjs";

/** It did not come: the server, or what lies before it, is "busy" or "lost". It will be asked again. */
export class Trouble extends Error {
  /** @param {"busy" | "lost"} name @param {ErrorOptions} [options] */
  constructor(name, options) {
    super(name, options);
    this.trouble = name;
  }
}

/** The server does not take what was asked; its problems say why. */
export class Refused extends Error {
  /** @param {any[]} problems */
  constructor(problems) {
    super(problems.map(({ field, rule }) => `${field}: ${rule}`).join(", "));
    this.problems = problems;
  }
}

/**
 * What an address answers with. It throws Trouble or Refused where it does not.
 * @param {string} address @param {RequestInit} [options]
 * @returns {Promise<any>}
 */
export async function fetchJson(address, options) {
  const lost = (/** @type {unknown} */ cause) => Promise.reject(new Trouble("lost", { cause }));
  const response = await fetch(address, options).catch(lost);
  if (response.ok) return response.json().catch(lost);
  const { errors } = await response.json().catch(lost);
  throw response.status === 503 ? new Trouble("busy") : new Refused(errors);
}

/**
 * What is asked for, asked until it is had; what is no trouble throws.
 * @template T
 * @param {() => Promise<T>} ask
 * @param {import("../page_status.mjs").PageStatus} state told while it does not come
 * @param {AbortSignal} [signal] that ends it
 * @returns {Promise<T | null>} null if it was ended
 */
export async function untilAnswered(ask, state, signal) {
  for (const seconds of retryDelays()) {
    try {
      const answer = await ask();
      if (signal?.aborted) return null;
      state.found();
      return answer;
    } catch (error) {
      if (signal?.aborted) return null;
      if (!(error instanceof Trouble)) throw error;
      console.warn(error);
      state.troubled(error.trouble);
      await waitToRetry(seconds, signal ? [signal] : []);
      if (signal?.aborted) return null;
    }
  }
  throw new Error("the pauses have come to an end");
}
