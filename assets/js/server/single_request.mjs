// A request that the server answers with one JSON document. A newer one replaces an older that has no response yet.

import { configuration } from "../configuration.mjs";
import { fetchJson, untilAnswered } from "./fetch_json.mjs";
import { requestBody } from "./request_body.mjs";

export class SingleRequest {
  #abort = new AbortController();
  #address;
  #state;

  /**
   * @param {string} name that it is registered under
   * @param {import("../page_status.mjs").PageStatus} state told while the server does not answer
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
  async send(asked) {
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    const written = await requestBody(asked);
    return untilAnswered(() => fetchJson(this.#address, { ...written, signal }), this.#state, signal);
  }
}
