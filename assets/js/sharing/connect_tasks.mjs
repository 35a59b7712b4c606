// Connects tasks with the page: the card, the access to controls, the teacher's panel, and files.

import { saveExperiment } from "../files.mjs";
import { taskOf } from "./task_format.mjs";
import { TaskCard } from "./task_card.mjs";
import { TaskControls } from "./task_controls.mjs";
import { TaskPanel } from "./task_panel.mjs";

export class Tasks {
  /** @param {import("../workspace.mjs").Workspace} workspace @param {import("../pages/lab_page.mjs").LabPage} lab */
  constructor(workspace, lab) {
    this.workspace = workspace;
    this.panel = new TaskPanel(workspace.activeTask, (task) => this.#give(task));
    this.card = new TaskCard(workspace.activeTask, { revealed: () => this.#reveal(lab), edit: () => this.panel.edit() });
    this.access = new TaskControls();
    workspace.activeTask.connect({ changed: () => this.#show(), say: (words) => this.card.say(words) });
  }

  #show() {
    this.card.show();
    this.access.apply(this.workspace.activeTask.task);
    dispatchEvent(new Event("resize")); // pictures come, go and move
  }

  /** A teacher's task for the experiment that is on the page, or none any more. @param {import("./task_format.mjs").Task | null} task */
  #give(task) {
    const { experiment } = this.workspace.history;
    this.workspace.open(experiment, { push: true, ...this.workspace.give(task, experiment) });
  }

  /** What was hidden is there: the run plays from its start, as a new one does. @param {import("../pages/lab_page.mjs").LabPage} lab */
  #reveal(lab) {
    dispatchEvent(new Event("resize"));
    lab.views.repaint();
    if (!lab.player.replays || !lab.recording) return;
    lab.clock.toStart();
    lab.clock.play();
  }

  /** The experiment as a file, its task with it. */
  save() {
    const { activeTask, history } = this.workspace;
    saveExperiment({ ...history.experiment, ...(activeTask.task && { task: activeTask.task }) });
  }

  /** Open such a file; a file without a task leaves the present one in force. @param {Record<string, any>} read */
  open({ task: read, ...experiment }) {
    const task = taskOf(read);
    if (!task) return this.workspace.open(experiment, { push: true });
    return this.workspace.open(experiment, { push: true, ...this.workspace.give(task, experiment) });
  }
}
