// Finds views and their parts in what Python has laid out. One that is missing throws an error with its name.

/**
 * The part of a view by its name.
 * @param {ParentNode & {dataset?: DOMStringMap}} root
 * @param {string} name
 * @returns {any}
 */
export function findPart(root, name) {
  const found = root.querySelector(`[data-part="${name}"]`);
  if (!found) throw new Error(`no part "${name}" in the view "${root.dataset?.view}"`);
  return found;
}

/**
 * The view of this name.
 * @param {string} name
 * @param {ParentNode} [scope] in which there is one of it
 * @returns {HTMLElement}
 */
export function findView(name, scope = document) {
  const found = scope.querySelector(`[data-view="${name}"]`);
  if (!found) throw new Error(`no view "${name}"`);
  return /** @type {HTMLElement} */ (found);
}

/**
 * The box that a switch's label holds.
 * @param {HTMLElement} root
 * @param {string} name
 * @returns {HTMLInputElement}
 */
export function findCheckbox(root, name) {
  const box = findPart(root, name).querySelector("input");
  if (!box) throw new Error(`no box in the part "${name}" of the view "${root.dataset.view}"`);
  return box;
}

let names = 0;

/** A name of its own in the whole document, for what must refer to an element by one. @param {string} what */
export function uniqueId(what) {
  names += 1;
  return `${what}-${names}`;
}
