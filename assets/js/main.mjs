// The page comes to life: its buttons, its keys, its address, and then the lab.

import { copyLink } from "./clipboard.mjs";
import { configuration, element } from "./configuration.mjs";
import { banner } from "./errors.mjs";
import * as files from "./files.mjs";
import { Lab } from "./lab.mjs";
import { experimentOf } from "./link.mjs";
import * as projector from "./projector.mjs";
import { shortcut } from "./shortcuts.mjs";
import * as theme from "./theme.mjs";
import { graphOf } from "./views/graph.mjs";

function on(id, event, action) {
  element(id).addEventListener(event, action);
}

function connect(lab) {
  const { player, workbench } = lab;
  const buttons = {
    play: () => player.toggle(),
    "step-back": () => player.step(-1),
    "step-forward": () => player.step(1),
    "to-start": () => player.toStart(),
    "to-end": () => player.toEnd(),
    undo: () => workbench.undo() && lab.open(workbench.experiment, { push: true, step: "adopt" }),
    redo: () => workbench.redo() && lab.open(workbench.experiment, { push: true, step: "adopt" }),
    reset: () => lab.open(configuration.defaults, { push: true }),
    "new-seed": () => lab.set("seed", Math.floor(Math.random() * (configuration.largest_seed + 1))),
    copy: () => copyLink(),
    "save-experiment": () => files.saveExperiment(workbench.experiment),
    "save-cost": () => player.recording && files.saveCosts(player.recording),
    "save-table": () => player.recording && files.saveTable(player.recording, player.index),
  };
  for (const [id, action] of Object.entries(buttons)) on(id, "click", action);
  for (const name of ["boundary", "surface", "cost"]) {
    for (const format of ["png", "svg"]) {
      on(`save-${name}-${format}`, "click", async () => {
        files.saveAddress(`nnlab-${name}.${format}`, await lab.stage[name].picture(format));
      });
    }
  }
  configuration.rows.forEach((_, row) => on(`target-${row}`, "click", () => lab.turnTarget(row)));
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
  new MutationObserver(() => lab.controls.startRedrawn()).observe(element("start-sliders"), { childList: true });
  addEventListener("popstate", () => lab.open(experimentOf(location.hash), { fallBack: "first" }));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenus({ target: document.body });
    shortcut(event, buttons);
  });
  document.addEventListener("click", closeMenus);
  files.opener(element("open-place"), (experiment) => lab.open(experiment, { push: true }), banner);
  theme.start(element("theme"), () => lab.stage.theme());
  projector.start(() => dispatchEvent(new Event("resize")));
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
}

/** Dash has drawn the page and Plotly its graphs. */
function drawn() {
  return ["boundary", "surface", "cost"].every((id) => graphOf(id)?._fullLayout?._size) && element("choice-dataset");
}

function begin() {
  const lab = new Lab();
  connect(lab);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const replay = calm ? false : localStorage.getItem("nnlab.replay") !== "false";
  window.dash_clientside.set_props("replay", { value: replay });
  element("replay").checked = replay;
  if (matchMedia("(max-width: 800px)").matches) element("controls").open = false;
  const experiment = experimentOf(location.hash);
  lab.workbench.experiment = experiment;
  lab.workbench.remember();
  lab.showHistory();
  lab.open(experiment, { fallBack: "first", step: "adopt" });
  window.nnlab = { lab };
}

(function wait() {
  if (drawn()) begin();
  else requestAnimationFrame(wait);
})();
