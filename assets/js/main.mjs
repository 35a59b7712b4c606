// Starts the page: connects its buttons, keys and address, and creates the workspace and the pages.

import { copyLink } from "./clipboard.mjs";
import { configuration, element, elementIfThere, text } from "./configuration.mjs";
import { banner, explain } from "./errors.mjs";
import * as files from "./files.mjs";
import { Workspace } from "./workspace.mjs";
import { pageOf, readLink } from "./sharing/link.mjs";
import { PlaygroundLinks } from "./sharing/link_playground.mjs";
import { LabPage } from "./pages/lab_page.mjs";
import { LandscapePage } from "./pages/landscape_page.mjs";
import { MapPage } from "./pages/map/page.mjs";
import { StartsPage } from "./pages/starts/page.mjs";
import * as projector from "./projector.mjs";
import { shortcut, watchTyping } from "./shortcuts.mjs";
import { fetchJson, untilAnswered } from "./server/fetch_json.mjs";
import { Tasks } from "./sharing/connect_tasks.mjs";
import * as theme from "./theme.mjs";
import { blueprint } from "./views/run_views.mjs";

const CHECK_EVERY = 50; // ms

/** @param {string} id @param {string} event @param {(event: any) => void} action */
function on(id, event, action) {
  element(id).addEventListener(event, action);
}

/** @param {Workspace} workspace @param {LabPage} lab @param {Tasks} tasks */
function connect(workspace, lab, tasks) {
  const buttons = {
    undo: () => workspace.undo(),
    redo: () => workspace.redo(),
    reset: () => workspace.open(workspace.activeTask.own ?? configuration.defaults, { push: true }),
    "new-seed": () => workspace.set("seed", anySeed()),
    "new-data_seed": () => workspace.set("data_seed", anySeed()),
    "why-close": () => explain(""),
    copy: () => copyLink(),
    "save-experiment": () => tasks.save(),
    "save-instead": () => tasks.save(),
    "save-cost": () => lab.recording && files.saveCosts(lab.recording),
    "save-table": () => lab.views.shown && files.saveTable(lab.views.shown, lab.views.index),
  };
  for (const [id, action] of Object.entries(buttons)) on(id, "click", action);
  files.connectPictures(Object.keys(lab.views.pictures), (name, format) => lab.views.pictures[name].picture(format));
  configuration.rows.forEach((/** @type {any} */ _, /** @type {number} */ row) => on(`target-${row}`, "click", () => workspace.turnTarget(row)));
  for (const code of ["en", "ru"]) {
    on(`language-${code}`, "click", () => {
      theme.remember("language", code);
      reload(workspace);
    });
  }
  for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-page-link]"))) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
      event.preventDefault();
      workspace.go(link.dataset.pageLink ?? "");
    });
  }
  addEventListener("popstate", async () => {
    const its = await addressed(workspace);
    if (its) workspace.go(pageOf(location.pathname), { push: false, ...its });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leaveMenu();
    shortcut(event, { ...buttons, ...keysOf(lab) }, workspace.page.showsRun);
  });
  watchTyping(document);
  document.addEventListener("click", closeMenus);
  sayFaults();
  files.opener(element("open-place"), (/** @type {Record<string, any>} */ read) => tasks.open(read), banner);
  new PlaygroundLinks((experiment) => workspace.open(experiment, { push: true }), workspace.state);
  theme.start(element("theme"), () => workspace.theme());
  projector.start(() => dispatchEvent(new Event("resize")));
}

/** Load the page anew, once the server is there and has understood every change: without it the page would be gone. @param {Workspace} workspace */
async function reload(workspace) {
  await untilAnswered(() => fetchJson(configuration.paths.health), workspace.state);
  while (workspace.inFlight) await new Promise((resolve) => setTimeout(resolve, CHECK_EVERY));
  location.reload();
}

/** Say in the banner, once, that the page's own code has thrown an error; the page goes on. Some error events bring no error. */
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

/** What the address says is to be opened, once it is read; null if one has gone on meanwhile. @param {Workspace} workspace */
async function addressed(workspace) {
  const { href } = location;
  const tab = [history.state?.kept, workspace.history.experiment];
  const { experiment, view, task, changed, unreadable } = await readLink(location.hash, tab);
  if (location.href !== href) return null;
  const options = workspace.give(task, experiment, changed);
  if (unreadable) banner(text("task.unreadable"));
  return { view, experiment, keepErrors: unreadable, ...options };
}

async function begin() {
  const workspace = new Workspace();
  const another = blueprint(element("views"));
  const lab = new LabPage(workspace);
  workspace.pages = { lab, starts: new StartsPage(workspace), map: new MapPage(workspace), landscape: new LandscapePage(workspace, lab) };
  connect(workspace, lab, new Tasks(workspace, lab));
  if (matchMedia("(max-width: 800px)").matches) element("controls").open = false;
  const its = await addressed(workspace);
  if (its) {
    workspace.history.experiment = its.experiment;
    if (workspace.activeTask.remembered) workspace.history.remember();
    workspace.showHistory();
    workspace.go(pageOf(location.pathname), { push: false, ...its, step: "adopt" });
  }
  window.nnlab = { workspace, lab, another };
}

(function wait() {
  if (drawn()) begin();
  else requestAnimationFrame(wait);
})();
