// Waits before a request to a server that was lost or busy is sent again. The wait ends at once where somebody asks for that, where
// the network is back, and where something newer is wanted; and it lasts while the page is hidden.

const RETRY = "nnlab-retry";
const [FIRST, LONGEST] = [1, 15]; // seconds

/** How long each pause is to be, in seconds: they grow. @returns {Generator<number, never>} */
export function* retryDelays() {
  for (let seconds = FIRST; ; seconds = Math.min(LONGEST, 2 * seconds)) yield seconds;
}

/** Ask whatever waits at once. */
export function retryNow() {
  dispatchEvent(new Event(RETRY));
}

/**
 * Half to one and a half times so long: a class whose server was away must not come back as one.
 * @param {number} seconds
 * @param {AbortSignal[]} signals any of which ends it
 * @returns {Promise<void>}
 */
export function waitToRetry(seconds, signals) {
  return new Promise((resolve) => {
    const ended = new AbortController();
    const end = () => {
      clearTimeout(timer);
      ended.abort();
      resolve();
    };
    let due = false;
    const endIfSeen = () => {
      due = true;
      if (document.visibilityState !== "hidden") end();
    };
    const timer = setTimeout(endIfSeen, 1000 * seconds * (0.5 + Math.random()));
    for (const signal of signals) {
      if (signal.aborted) end();
      signal.addEventListener("abort", end, { signal: ended.signal });
    }
    for (const kind of [RETRY, "online"]) addEventListener(kind, end, { signal: ended.signal });
    addEventListener("visibilitychange", () => due && endIfSeen(), { signal: ended.signal });
  });
}
