// Sends the requests of the map and of many starts. It follows a slider, asks for fewer networks where the server refuses so many,
// and shows the progress.

import { percent } from "../configuration.mjs";
import { requestOf } from "../workspace.mjs";
import { showErrors } from "../errors.mjs";
import { ManyReader } from "../server/many_format.mjs";
import { StreamClient } from "../server/stream_client.mjs";
import { same } from "../undo_history.mjs";

/**
 * What a page has its own of: what it looks at in so many networks, how many are few enough by what the server says (null if none are),
 * what it does with an answer, and with a view that was refused.
 * @typedef {{
 *   view: (size: any) => any,
 *   fewer: (size: any, problem: {bound: number, value: number}) => number | null,
 *   listener: (request: any, shrunk: number | null) => {head: (head: any) => void, tail: (tail: any) => void, [kind: string]: (content: any) => void},
 *   progress: string,
 *   refused: (problems: any[]) => void,
 * }} RequestSource
 */

/** How many are asked for, as a list or a link writes it: what is no number is the server's to refuse. @param {string} written */
export function countAsked(written) {
  return /^\d+$/.test(written) ? Number(written) : written;
}

export class ManyRequests {
  #asked = null;
  #dragged = null;

  /** @param {import("../workspace.mjs").Workspace} workspace @param {string} path @param {RequestSource} source */
  constructor(workspace, path, source) {
    this.workspace = workspace;
    this.source = source;
    this.client = new StreamClient(path, ManyReader);
  }

  /** Whether an experiment is the one that was asked for. @param {any} experiment */
  shows(experiment) {
    return this.#asked !== null && same(this.#asked, experiment);
  }

  stop() {
    this.client.stop();
    this.#asked = null;
  }

  /** While a slider moves. @param {any} wanted @param {number} size @param {boolean} [shrunk] */
  follow(wanted, size, shrunk = false) {
    this.#dragged = wanted;
    this.#ask("preview", wanted, size, shrunk, {
      head: (head) => this.workspace.showStart(head),
      refused: (problems, fewer) => {
        if (fewer === null) showErrors(problems);
        else if (wanted === this.#dragged) this.follow(wanted, fewer, true);
      },
    });
  }

  /** When it is let go. @param {any} wanted @param {any} options @param {any} size @param {boolean} [shrunk] */
  run(wanted, options, size, shrunk = false) {
    this.#ask("run", wanted, size, shrunk, {
      head: (head) => {
        this.#asked = head.experiment;
        this.workspace.accept(head, wanted, options);
      },
      refused: (problems, fewer) => {
        if (fewer !== null) return this.run(wanted, options, fewer, true);
        if (problems.some(({ field, rule }) => field.startsWith("view") && rule !== "work")) this.source.refused(problems);
        this.workspace.refused(problems, wanted, options);
      },
    });
  }

  /**
   * @param {"preview" | "run"} how
   * @param {any} wanted
   * @param {any} size
   * @param {boolean} shrunk
   * @param {{head: (head: any) => void, refused: (problems: any[], fewer: number | null) => void}} told
   */
  #ask(how, wanted, size, shrunk, told) {
    const request = requestOf(wanted, this.source.view(size));
    const its = this.source.listener(request, shrunk ? size : null);
    this.client[how](request, {
      ...its,
      head: (head) => {
        this.workspace.state.found();
        told.head(head);
        its.head(head);
      },
      progress: ({ share }) => this.workspace.state.says(this.source.progress, { share: percent(Math.floor(100 * share) / 100) }),
      tail: (tail) => {
        its.tail(tail);
        this.workspace.state.is(tail.reason, `many.${tail.reason}`);
      },
      refused: (problems) => told.refused(problems, this.#fewer(size, problems)),
      busy: () => this.workspace.state.troubled("busy"),
      lost: () => this.workspace.state.troubled("lost"),
    });
  }

  /** @param {any} size @param {any[]} problems */
  #fewer(size, problems) {
    const dear = problems.find(({ rule }) => rule === "work");
    return dear ? this.source.fewer(size, dear) : null;
  }
}
