// Keys for those who do not point.

const KEYS = { " ": "play", ArrowLeft: "step-back", ArrowRight: "step-forward", Home: "to-start", End: "to-end" };

/** Do what a key stands for, where no control wants the key itself; the player's keys only where it is in sight. */
export function shortcut(event, buttons, player) {
  if (event.target.closest("input, select, textarea, button, summary, a, [contenteditable]")) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
    event.preventDefault();
    buttons[event.shiftKey ? "redo" : "undo"]();
  } else if (player && KEYS[event.key] && !event.ctrlKey && !event.altKey && !event.metaKey) {
    event.preventDefault();
    buttons[KEYS[event.key]]();
  }
}
