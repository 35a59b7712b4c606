// The page comes to life: its buttons, its keys, its address, and then the desk and the pages.

import { copyLink } from "./clipboard.mjs";
import { configuration, element, elementIfThere, text } from "./configuration.mjs";
import { banner, explain } from "./errors.mjs";
import * as files from "./files.mjs";
import { Desk } from "./desk.mjs";
import { pageOf, readLink } from "./sharing/link.mjs";
import { PlaygroundLinks } from "./sharing/link_playground.mjs";
import { LabPage } from "./pages/lab_page.mjs";
import { LandscapePage } from "./pages/landscape_page.mjs";
import { MapPage } from "./pages/map/page.mjs";
import { StartsPage } from "./pages/starts/page.mjs";
import * as projector from "./projector.mjs";
import { shortcut, watchTyping } from "./shortcuts.mjs";
import { answerOf, had } from "./streams/answer.mjs";
import { Tasks } from "./sharing/task_page.mjs";
import * as theme from "./theme.mjs";
import { blueprint } from "./views/stage.mjs";

const LOOK = 50; // ms

/** @param {string} id @param {string} event @param {(event: any) => void} action */
function on(id, event, action) {
  element(id).addEventListener(event, action);
}

/** @param {Desk} desk @param {LabPage} lab @param {Tasks} tasks */
function connect(desk, lab, tasks) {
  const buttons = {
    undo: () => desk.undo(),
    redo: () => desk.redo(),
    reset: () => desk.open(desk.given.own ?? configuration.defaults, { push: true }),
    "new-seed": () => desk.set("seed", anySeed()),
    "new-data_seed": () => desk.set("data_seed", anySeed()),
    "why-close": () => explain(""),
    copy: () => copyLink(),
    "save-experiment": () => tasks.save(),
    "save-instead": () => tasks.save(),
    "save-cost": () => lab.recording && files.saveCosts(lab.recording),
    "save-table": () => lab.stage.shown && files.saveTable(lab.stage.shown, lab.stage.index),
  };
  for (const [id, action] of Object.entries(buttons)) on(id, "click", action);
  files.connectPictures(Object.keys(lab.stage.pictures), (name, format) => lab.stage.pictures[name].picture(format));
  configuration.rows.forEach((/** @type {any} */ _, /** @type {number} */ row) => on(`target-${row}`, "click", () => desk.turnTarget(row)));
  for (const code of ["en", "ru"]) {
    on(`language-${code}`, "click", () => {
      theme.remember("language", code);
      reload(desk);
    });
  }
  for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-page-link]"))) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
      event.preventDefault();
      desk.go(link.dataset.pageLink ?? "");
    });
  }
  addEventListener("popstate", async () => {
    const its = await addressed(desk);
    if (its) desk.go(pageOf(location.pathname), { push: false, ...its });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leaveMenu();
    shortcut(event, { ...buttons, ...keysOf(lab) }, desk.page.showsRun);
  });
  watchTyping(document);
  document.addEventListener("click", closeMenus);
  sayFaults();
  files.opener(element("open-place"), (/** @type {Record<string, any>} */ read) => tasks.open(read), banner);
  new PlaygroundLinks((experiment) => desk.open(experiment, { push: true }), desk.state);
  theme.start(element("theme"), () => desk.theme());
  projector.start(() => dispatchEvent(new Event("resize")));
}

/** Load the page anew, once the server is there and has understood every change: without it the page would be gone. @param {Desk} desk */
async function reload(desk) {
  await had(() => answerOf(configuration.paths.health), desk.state);
  while (desk.inFlight) await new Promise((resolve) => setTimeout(resolve, LOOK));
  location.reload();
}

/** An error of ours, wherever it was thrown, is said once; the page goes on. The browser itself tells of some that are none. */
function sayFaults() {
  const said = new AbortController();
  const say = (/** @type {any} */ { error, reason }) => {
    if (!error && !reason) return;
    banner(text("page.fault"));
    said.abort();
  };
  for (const kind of ["error", "unhandledrejection"]) addEventListener(kind, say, { signal: said.signal });
}

/** What keys do to the clock. @param {LabPage} lab */
function keysOf({ clock, player }) {
  return {
    play: () => player.toggle(),
    "step-back": () => clock.step(-1),
    "step-forward": () => clock.step(1),
    "to-start": () => clock.toStart(),
    "to-end": () => clock.toEnd(),
  };
}

function anySeed() {
  return Math.floor(Math.random() * (configuration.largest_seed + 1));
}

/** Close the open menu; the focus goes back to what opened it. */
function leaveMenu() {
  const menu = /** @type {HTMLDetailsElement | null} */ (document.querySelector("details.menu[open]"));
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
}

/** @param {MouseEvent} event */
function closeMenus(event) {
  for (const menu of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details.menu[open]"))) {
    if (!menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
  }
}

/** Dash has drawn the page, and Plotly is here to draw its graphs. */
function drawn() {
  return elementIfThere("choice-dataset") && document.querySelector("[data-view=boundary]") && window.Plotly;
}

/** What the address says is to be opened, once it is read; null if one has gone on meanwhile. @param {Desk} desk */
async function addressed(desk) {
  const { href } = location;
  const tab = [history.state?.kept, desk.workbench.experiment];
  const { experiment, view, task, changed, unreadable } = await readLink(location.hash, tab);
  if (location.href !== href) return null;
  const options = desk.give(task, experiment, changed);
  if (unreadable) banner(text("task.unreadable"));
  return { view, experiment, keepErrors: unreadable, ...options };
}

async function begin() {
  const desk = new Desk();
  const another = blueprint(element("views"));
  const lab = new LabPage(desk);
  desk.pages = { lab, starts: new StartsPage(desk), map: new MapPage(desk), landscape: new LandscapePage(desk, lab) };
  connect(desk, lab, new Tasks(desk, lab));
  if (matchMedia("(max-width: 800px)").matches) element("controls").open = false;
  const its = await addressed(desk);
  if (its) {
    desk.workbench.experiment = its.experiment;
    if (desk.given.remembered) desk.workbench.remember();
    desk.showHistory();
    desk.go(pageOf(location.pathname), { push: false, ...its, step: "adopt" });
  }
  window.nnlab = { desk, lab, another };
}

(function wait() {
  if (drawn()) begin();
  else requestAnimationFrame(wait);
})();
