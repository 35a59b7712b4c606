// The page comes to life: its buttons, its keys, its address, and then the desk and the pages.

import { copyLink } from "./clipboard.mjs";
import { configuration, element, text } from "./configuration.mjs";
import { banner, explain } from "./errors.mjs";
import * as files from "./files.mjs";
import { Desk } from "./desk.mjs";
import { pageOf, readLink } from "./sharing/link.mjs";
import { PlaygroundLinks } from "./sharing/link_playground.mjs";
import { LabPage } from "./pages/lab_page.mjs";
import { LandscapePage } from "./pages/landscape_page.mjs";
import { MapPage } from "./pages/map_page.mjs";
import { StartsPage } from "./pages/starts_page.mjs";
import * as projector from "./projector.mjs";
import { shortcut } from "./shortcuts.mjs";
import { Tasks } from "./sharing/task_page.mjs";
import * as theme from "./theme.mjs";
import { isDrawn } from "./views/graph.mjs";

function on(id, event, action) {
  element(id).addEventListener(event, action);
}

function connect(desk, lab, tasks) {
  const { player } = lab;
  const { workbench } = desk;
  const buttons = {
    play: () => player.toggle(),
    "step-back": () => player.step(-1),
    "step-forward": () => player.step(1),
    "to-start": () => player.toStart(),
    "to-end": () => player.toEnd(),
    undo: () => workbench.undo() && (desk.open(workbench.experiment, { push: true, step: "adopt" }) || workbench.redo()),
    redo: () => workbench.redo() && (desk.open(workbench.experiment, { push: true, step: "adopt" }) || workbench.undo()),
    reset: () => desk.open(desk.given.own ?? configuration.defaults, { push: true }),
    "new-seed": () => desk.set("seed", anySeed()),
    "new-data_seed": () => desk.set("data_seed", anySeed()),
    "why-close": () => explain(""),
    copy: () => copyLink(),
    "save-experiment": () => tasks.save(),
    "save-instead": () => tasks.save(),
    "save-cost": () => player.recording && files.saveCosts(player.recording),
    "save-table": () => player.recording && files.saveTable(player.recording, player.index),
  };
  for (const [id, action] of Object.entries(buttons)) on(id, "click", action);
  files.connectPictures(["boundary", "surface", "cost"], (name, format) => lab.stage[name].picture(format));
  configuration.rows.forEach((_, row) => on(`target-${row}`, "click", () => desk.turnTarget(row)));
  on("scrub", "input", (event) => player.seek(Number(event.target.value)));
  on("speed", "change", (event) => (player.speed = Number(event.target.value)));
  on("loop", "change", (event) => (player.loop = event.target.checked));
  on("replay", "change", (event) => localStorage.setItem("nnlab.replay", String(event.target.checked)));
  for (const code of ["en", "ru"]) {
    on(`language-${code}`, "click", () => {
      theme.remember("language", code);
      location.reload();
    });
  }
  new MutationObserver(() => desk.controls.startRedrawn()).observe(element("start-sliders"), { childList: true });
  for (const link of document.querySelectorAll("[data-page-link]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
      event.preventDefault();
      desk.go(link.dataset.pageLink);
    });
  }
  addEventListener("popstate", async () => {
    const its = await addressed(desk);
    if (its) desk.go(pageOf(location.pathname), { push: false, ...its });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenus({ target: document.body });
    shortcut(event, buttons, ["lab", "landscape"].includes(desk.pageName));
  });
  document.addEventListener("click", closeMenus);
  files.opener(element("open-place"), (read) => tasks.open(read), banner);
  new PlaygroundLinks((experiment) => desk.open(experiment, { push: true }));
  theme.start(element("theme"), () => Object.values(desk.pages).forEach((page) => page.theme()));
  projector.start(() => dispatchEvent(new Event("resize")));
}

function anySeed() {
  return Math.floor(Math.random() * (configuration.largest_seed + 1));
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
}

/** Dash has drawn the page and Plotly its graphs. */
function drawn() {
  return ["boundary", "cost"].every(isDrawn) && element("choice-dataset");
}

/** What the address says is to be opened, once it is read; null if one has gone on meanwhile. */
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
  const lab = new LabPage(desk);
  desk.pages = { lab, starts: new StartsPage(desk), map: new MapPage(desk), landscape: new LandscapePage(desk, lab) };
  connect(desk, lab, new Tasks(desk, lab));
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const replay = calm ? false : localStorage.getItem("nnlab.replay") !== "false";
  window.dash_clientside.set_props("replay", { value: replay });
  element("replay").checked = replay;
  if (matchMedia("(max-width: 800px)").matches) element("controls").open = false;
  const its = await addressed(desk);
  if (its) {
    desk.workbench.experiment = its.experiment;
    if (desk.given.remembered) desk.workbench.remember();
    desk.showHistory();
    desk.go(pageOf(location.pathname), { push: false, ...its, step: "adopt" });
  }
  window.nnlab = { desk, lab };
}

(function wait() {
  if (drawn()) begin();
  else requestAnimationFrame(wait);
})();
