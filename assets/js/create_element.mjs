// Creates elements of the page.

/**
 * An element with some properties, attributes and children.
 * @template {keyof HTMLElementTagNameMap} Kind
 * @param {Kind} kind
 * @param {Record<string, any>} [properties] those with a hyphen, and `role`, are attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Kind]}
 */
export function createElement(kind, properties = {}, ...children) {
  const element = document.createElement(kind);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else Object.assign(element, { [name]: value });
  }
  element.append(...children);
  return element;
}

/**
 * A row of a table.
 * @param {...Node} cells
 */
export function createRow(...cells) {
  return createElement("tr", {}, ...cells);
}
