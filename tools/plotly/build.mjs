// node build.mjs FOLDER: bundles Plotly in two parts, flat and solid, that share what both need; see README.md.

import { build } from "esbuild";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const folder = process.argv[2];
const source = createRequire(import.meta.url).resolve("plotly.js/package.json");
const { version } = createRequire(import.meta.url)(source);

await rm(folder, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ["flat.js", "solid.js"],
  outdir: folder,
  outExtension: { ".js": ".mjs" },
  chunkNames: "core",
  bundle: true,
  splitting: true,
  format: "esm",
  minify: true,
  target: "es2022",
  legalComments: "external", // what sources say of their licence; the licences themselves follow
  banner: { js: `/* plotly.js v${version}, MIT, a part of it: built by nnlab's tools/plotly */` },
  loader: { ".css": "empty" }, // of the geographic maps; what pictures need is written in JavaScript
  // As in Plotly's own bundles
  define: { global: "window", "define.amd": "false", "process.env.NODE_DEBUG": "false" },
  logLevel: "warning",
  metafile: true,
});

// A package's licence asks to go along with what was made of it
const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
const packages = new Set(inputs.map((input) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(input)?.[0]));
const licences = [];
for (const name of [...packages].filter(Boolean).sort()) {
  for (const file of (await readdir(name)).filter((file) => /^licen[cs]e/i.test(file)).sort()) {
    licences.push(`${name.replace(/^node_modules\//, "")}\n\n${(await readFile(join(name, file), "utf-8")).replaceAll("\r", "").trim()}\n`);
  }
}
await writeFile(join(folder, "LICENSE"), licences.join(`\n${"-".repeat(80)}\n\n`));
