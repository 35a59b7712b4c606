// Fetches and draws the body of a page beside the Lab when the page is first visited. A server that is lost or busy is asked again;
// an error in drawing throws.

import { configuration } from "../configuration.mjs";
import { NotLoaded } from "../load_plotly_3d.mjs";
import { fetchJson, untilAnswered, Trouble } from "../server/fetch_json.mjs";
import { retryNow } from "../server/retry.mjs";
import { graphOf, plotted } from "../views/plotly_graph.mjs";

const MOST_FRAMES = 600; // within which what has come is drawn, however slow the machine

export class LazyBody {
  /** @type {Promise<void> | null} */
  #ready = null;
  #name;
  #graphs;
  #state;
  #connect;

  /**
   * @param {string} name of the page
   * @param {string[]} graphs that stand on it, by their ids
   * @param {import("../page_status.mjs").PageStatus} state told while the server does not answer
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
    retryNow();
    this.#ready ??= this.#draw().catch((error) => {
      this.#ready = null;
      throw error;
    });
    return this.#ready;
  }

  async #draw() {
    const children = await untilAnswered(() => fetchJson(`${configuration.paths.body}/${configuration.language}/${this.#name}`), this.#state);
    window.dash_clientside.set_props(`body-${this.#name}`, { children });
    const places = () => this.#graphs.map((id) => document.getElementById(id));
    for (let frame = 0; !places().every(Boolean); frame += 1) {
      if (frame === MOST_FRAMES) throw new Error(`the page ${this.#name} has come and is not drawn`);
      await new Promise(requestAnimationFrame);
    }
    await untilAnswered(async () => {
      for (const place of places()) if (place && !graphOf(place.id)) await plotted(place).catch(notLoaded);
    }, this.#state);
    this.#connect();
  }
}

/** Plotly's part that did not come is a trouble like any other of the connection. @param {unknown} error */
function notLoaded(error) {
  throw error instanceof NotLoaded ? new Trouble("lost", { cause: error }) : error;
}
