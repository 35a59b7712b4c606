// Watches the loading of the page: it says that something did not come, and loads the page anew. It stands in the document itself,
// since any file may be what does not come.

(() => {
  const [FIRST, LONGEST] = [1, 30]; // seconds between two attempts
  const SLOW = 20; // seconds after which it is said that the page has not come yet
  const CHECK_EVERY = 500; // ms
  const KEPT = "nnlab.opening"; // how often this tab has tried
  const { lost = "", slow = "", retry = "" } = document.currentScript?.dataset ?? {};
  const begun = performance.now();
  let failed = false;

  // neither a script's nor a style's failure bubbles; once the page is there, what it fetches later is its own to see to
  addEventListener("error", ({ target }) => isNeeded(target) && fail(), true);
  const looking = setInterval(() => {
    const place = document.getElementById("opening");
    if (failed) say(lost); // it may have failed before there was a place to say so
    else if (window.nnlab) {
      clearInterval(looking);
      sessionStorage.removeItem(KEPT);
      place?.remove();
    } else if (performance.getEntriesByType("resource").some(isMissing)) fail();
    else if (performance.now() - begun > 1000 * SLOW) say(slow);
  }, CHECK_EVERY);

  /** Whether this is a script or a sheet of styles, and the page not there yet. @param {EventTarget | null} its */
  function isNeeded(its) {
    return !window.nnlab && (its instanceof HTMLScriptElement || (its instanceof HTMLLinkElement && its.rel === "stylesheet"));
  }

  /** Whether this is Dash's drawing, and did not come, of which Dash raises no event. @param {PerformanceEntry & {responseStatus?: number}} entry */
  function isMissing({ name, responseStatus }) {
    return /\/_dash-(layout|dependencies)$/.test(name) && (responseStatus === 0 || Number(responseStatus) >= 400);
  }

  /** It will not come any more: once the server is there again, the page is loaded anew. */
  async function fail() {
    if (failed) return;
    failed = true;
    say(lost);
    for (let tried = Number(sessionStorage.getItem(KEPT)); ; tried += 1) {
      const seconds = Math.min(LONGEST, FIRST * 2 ** tried) * (0.5 + Math.random()); // a class must not come back as one
      await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
      const there = await fetch("/healthz", { cache: "no-store" }).then(({ ok }) => ok, () => false);
      sessionStorage.setItem(KEPT, String(tried + 1));
      if (there) return location.reload();
    }
  }

  /** @param {string} words */
  function say(words) {
    const place = document.getElementById("opening");
    if (!place || place.dataset.said === words) return;
    const button = document.createElement("button");
    button.className = "banner-button";
    button.textContent = retry;
    button.addEventListener("click", () => location.reload());
    place.replaceChildren(words, " ", button);
    place.dataset.said = words;
  }
})();
