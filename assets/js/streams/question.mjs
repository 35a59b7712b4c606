// A question that the server answers in a moment. A newer one takes the place of an older that has no answer yet.

import { configuration } from "../configuration.mjs";
import { answerOf, had } from "./answer.mjs";
import { sent } from "./sent.mjs";

export class Question {
  #abort = new AbortController();
  #address;
  #state;

  /**
   * @param {string} name that it is registered under
   * @param {import("../run_state.mjs").RunState} state told while the server does not answer
   */
  constructor(name, state) {
    this.#address = `${configuration.paths.ask}/${configuration.language}/${name}`;
    this.#state = state;
  }

  /**
   * Ask until there is an answer. It throws Refused if the server does not take what is asked.
   * @param {any} asked
   * @returns {Promise<any>} null if something newer has been asked meanwhile
   */
  async ask(asked) {
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    const written = await sent(asked);
    return had(() => answerOf(this.#address, { ...written, signal }), this.#state, signal);
  }
}
