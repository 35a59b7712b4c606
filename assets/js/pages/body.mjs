// The body of a page beside the Lab: fetched and drawn when the page is first gone to. A server that is lost or busy is asked again, and
// what fails on the way to the eye throws.

import { configuration } from "../configuration.mjs";
import { NotLoaded } from "../plotly.mjs";
import { growing, pause, retry } from "../streams/pause.mjs";
import { graphOf, plotted } from "../views/graph.mjs";

const MOST_FRAMES = 600; // within which what has come is drawn, however slow the machine

export class Body {
  /** @type {Promise<void> | null} */
  #ready = null;
  #name;
  #graphs;
  #state;
  #connect;

  /**
   * @param {string} name of the page
   * @param {string[]} graphs that stand on it, by their ids
   * @param {import("../run_state.mjs").RunState} state told while the server does not answer
   * @param {() => void} connect called once, when all of it is there
   */
  constructor(name, graphs, state, connect) {
    this.#name = name;
    this.#graphs = graphs;
    this.#state = state;
    this.#connect = connect;
  }

  /** Until it is there. What has failed, or waits to ask again, is tried at once when the page is next gone to. */
  ready() {
    retry();
    this.#ready ??= this.#draw().catch((error) => {
      this.#ready = null;
      throw error;
    });
    return this.#ready;
  }

  async #draw() {
    const children = await this.#had(() => this.#fetched());
    window.dash_clientside.set_props(`body-${this.#name}`, { children });
    const places = () => this.#graphs.map((id) => document.getElementById(id));
    for (let frame = 0; !places().every(Boolean); frame += 1) {
      if (frame === MOST_FRAMES) throw new Error(`the page ${this.#name} has come and is not drawn`);
      await new Promise(requestAnimationFrame);
    }
    await this.#had(async () => {
      for (const place of places()) if (place && !graphOf(place.id)) await plotted(place);
    });
    this.#connect();
  }

  /** @returns {Promise<any>} */
  async #fetched() {
    const lost = (/** @type {unknown} */ cause) => Promise.reject(new Trouble("lost", { cause }));
    const response = await fetch(`${configuration.paths.body}/${configuration.language}/${this.#name}`).catch(lost);
    if (!response.ok) throw new Trouble(response.status === 503 ? "busy" : "lost");
    return response.json().catch(lost);
  }

  /**
   * What is asked of the server, asked until it is had; what is no trouble of the connection throws.
   * @template T
   * @param {() => Promise<T>} ask
   * @returns {Promise<T>}
   */
  async #had(ask) {
    const pauses = growing();
    for (;;) {
      try {
        const answer = await ask();
        this.#state.found();
        return answer;
      } catch (error) {
        if (!(error instanceof Trouble || error instanceof NotLoaded)) throw error;
        console.warn(error);
        this.#state.troubled(error instanceof Trouble && error.message === "busy" ? "busy" : "lost");
        await pause(pauses.next().value, []);
      }
    }
  }
}

/** The server does not answer: it is "busy" or "lost". */
class Trouble extends Error {}
