// Draws an SVG by the calls that draw on a canvas.

import { createElement } from "../create_element.mjs";
import { contextOf } from "./canvas.mjs";

/** What can be drawn on, for what is shown and saved alike. @typedef {CanvasRenderingContext2D | Pen} Context */

/**
 * The address of an SVG of what is drawn. It knows the calls that the lab's own drawings make: paths of straight lines, curves, rectangles
 * and arcs, filled, stroked and clipped; words; moving and turning.
 * @param {{width: number, height: number}} size
 * @param {string} background
 * @param {(context: Pen) => void} draw
 */
export function svgAddress({ width, height }, background, draw) {
  const pen = new Pen();
  draw(pen);
  const paper = `<rect width="${width}" height="${height}" fill="${background}"/>`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`;
  const svg = `${head}<defs>${pen.clips.join("")}</defs>${paper}${pen.written.join("")}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** @type {Record<string, string>} */
const ANCHORS = { left: "start", center: "middle", right: "end", start: "start", end: "end" };

class Pen {
  /** @type {string[]} */
  written = [];
  /** @type {string[]} */
  clips = [];
  fillStyle = "#000";
  strokeStyle = "#000";
  lineWidth = 1;
  lineCap = "butt";
  lineJoin = "miter";
  globalAlpha = 1;
  font = "12px sans-serif";
  textAlign = "start";
  textBaseline = "alphabetic";
  #path = "";
  #transform = "";
  #clip = "";
  #dash = "";
  /** @type {any[]} */
  #kept = [];

  save() {
    const { fillStyle, strokeStyle, lineWidth, lineCap, lineJoin, globalAlpha, font, textAlign, textBaseline } = this;
    const look = { fillStyle, strokeStyle, lineWidth, lineCap, lineJoin, globalAlpha, font, textAlign, textBaseline };
    this.#kept.push({ look, transform: this.#transform, clip: this.#clip, dash: this.#dash });
  }

  restore() {
    const { look, transform, clip, dash } = this.#kept.pop();
    Object.assign(this, look);
    [this.#transform, this.#clip, this.#dash] = [transform, clip, dash];
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    this.#transform += `translate(${short(x)} ${short(y)})`;
  }

  /** @param {number} angle */
  rotate(angle) {
    this.#transform += `rotate(${short((180 * angle) / Math.PI)})`;
  }

  /** @param {number[]} lengths */
  setLineDash(lengths) {
    this.#dash = lengths.join(" ");
  }

  beginPath() {
    this.#path = "";
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.#path += `M${short(x)} ${short(y)}`;
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.#path += `L${short(x)} ${short(y)}`;
  }

  /** @param {...number} numbers */
  bezierCurveTo(...numbers) {
    this.#path += `C${numbers.map(short).join(" ")}`;
  }

  closePath() {
    this.#path += "Z";
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.#path += `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`;
  }

  /** Whole circles alone. @param {number} x @param {number} y @param {number} radius */
  arc(x, y, radius) {
    const [r, across] = [short(radius), short(2 * radius)];
    this.#path += `M${short(x - radius)} ${short(y)}a${r} ${r} 0 1 0 ${across} 0a${r} ${r} 0 1 0 -${across} 0Z`;
  }

  clip() {
    const name = `clip-${this.clips.length}`;
    this.clips.push(`<clipPath id="${name}"><path d="${this.#path}"${this.#placed}/></clipPath>`);
    this.#clip = ` clip-path="url(#${name})"`;
  }

  fill() {
    this.#write(`<path d="${this.#path}" fill="${this.fillStyle}" fill-opacity="${short(this.globalAlpha)}"/>`);
  }

  stroke(path = this.#path) {
    this.#write(`<path d="${path}" fill="none"${this.#stroked}/>`);
  }

  /** @param {string} words @param {number} x @param {number} y */
  fillText(words, x, y) {
    this.#write(`<text${this.#lettered(x, y)} fill="${this.fillStyle}" fill-opacity="${short(this.globalAlpha)}">${escaped(words)}</text>`);
  }

  /** @param {string} words @param {number} x @param {number} y */
  strokeText(words, x, y) {
    this.#write(`<text${this.#lettered(x, y)} fill="none"${this.#stroked}>${escaped(words)}</text>`);
  }

  /** @param {HTMLCanvasElement} canvas @param {number} x @param {number} y @param {number} width @param {number} height */
  drawImage(canvas, x, y, width, height) {
    this.#write(`<image href="${canvas.toDataURL()}" x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" preserveAspectRatio="none"/>`);
  }

  /** @param {string} words */
  measureText(words) {
    const context = contextOf(createElement("canvas"));
    context.font = this.font;
    return context.measureText(words);
  }

  get #placed() {
    return this.#transform ? ` transform="${this.#transform}"` : "";
  }

  get #stroked() {
    const dash = this.#dash ? ` stroke-dasharray="${this.#dash}"` : "";
    const ends = ` stroke-linecap="${this.lineCap}" stroke-linejoin="${this.lineJoin}"`;
    return ` stroke="${this.strokeStyle}" stroke-width="${short(this.lineWidth)}" stroke-opacity="${short(this.globalAlpha)}"${ends}${dash}`;
  }

  /** @param {number} x @param {number} y */
  #lettered(x, y) {
    const middle = this.textBaseline === "middle" ? ' dominant-baseline="central"' : "";
    return ` x="${short(x)}" y="${short(y)}" style="font:${escaped(this.font)}" text-anchor="${ANCHORS[this.textAlign]}"${middle}`;
  }

  /** @param {string} shape */
  #write(shape) {
    const inside = this.#transform ? `<g${this.#placed}>${shape}</g>` : shape;
    this.written.push(this.#clip ? `<g${this.#clip}>${inside}</g>` : inside);
  }
}

/** @param {number} value */
function short(value) {
  return String(Number(value.toFixed(3)));
}

/** @param {string} words */
function escaped(words) {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
