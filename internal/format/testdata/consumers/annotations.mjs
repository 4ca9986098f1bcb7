// Reads the Web Annotations that TestConsumers wrote: jsonld expands them, with
// the terms of anno.json and with none that are not there, and Apache Annotator
// finds what they select in the text.
//
//   node annotations.mjs FOLDER NODE_MODULES
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [folder, modules] = process.argv.slice(2);
const require = createRequire(join(modules, "x.js"));
const read = (name) => readFileSync(join(folder, name), "utf8");
const fail = (what) => {
  console.error(what);
  process.exitCode = 1;
};

const jsonld = require("jsonld");
const terms = JSON.parse(readFileSync(join(fileURLToPath(import.meta.url), "..", "anno.json"), "utf8"));
async function documentLoader(url) {
  if (url !== "http://www.w3.org/ns/anno.jsonld") throw new Error(`no network for ${url}`);
  return { contextUrl: null, documentUrl: url, document: terms };
}

const { JSDOM } = require("jsdom");
const { window } = new JSDOM("<pre></pre>");
Object.assign(globalThis, { window, document: window.document, Node: window.Node, NodeFilter: window.NodeFilter, Range: window.Range });
const annotator = await import(pathToFileURL(join(modules, "@apache-annotator", "dom", "lib", "index.js")));
async function selected(selector, where) {
  const matcher = selector.type === "TextQuoteSelector"
    ? annotator.createTextQuoteSelectorMatcher(selector) : annotator.createTextPositionSelectorMatcher(selector);
  const passages = [];
  for await (const range of matcher(where)) passages.push(range.toString());
  return passages;
}

const oa = "http://www.w3.org/ns/oa#";
for (const { name, documents } of JSON.parse(read("maps.json"))) {
  const page = JSON.parse(read(`${name}.jsonld`));
  const maps = [JSON.parse(read(`${name}.json`))].flat();
  const count = maps.reduce((n, m) => n + m.units.length + m.relations.length + m.attributions.length, 0);
  // Safe mode is an error where a term is unknown or an address is none.
  let quads;
  try {
    quads = await jsonld.toRDF(page, { documentLoader, safe: true, base: "file:///texts/" });
  } catch (e) {
    fail(`${name}: ${e.message} ${JSON.stringify(e.details?.event ?? "")}`);
    continue;
  }
  const having = (predicate) => new Set(quads.filter((q) => q.predicate.value === predicate).map((q) => q.subject.value));
  const annotations = quads.filter((q) => q.object.value === `${oa}Annotation`).map((q) => q.subject.value);
  if (annotations.length !== count) fail(`${name}: ${annotations.length} annotations of ${count}`);
  for (const property of ["hasTarget", "hasBody", "motivatedBy"]) {
    const there = having(oa + property);
    for (const a of annotations) if (!there.has(a)) fail(`${name}: ${a} has no ${property}`);
  }
  // An address that is none has no triple.
  const targets = page.items.filter((item) => item.target.source).length;
  const sources = quads.filter((q) => q.predicate.value === `${oa}hasSource`);
  if (sources.length !== targets) fail(`${name}: ${sources.length} sources of ${targets} targets`);
  for (const q of sources) {
    if (/[\s<>"{}|\\^`]/.test(q.object.value)) fail(`${name}: the source ${q.object.value} is no address`);
  }
  if (documents > 1) continue;

  const [map] = maps;
  const text = read(`${name}.txt`);
  if (/\r/.test(text)) continue; // a page has no carriage returns to select
  const where = window.document.querySelector("pre");
  where.textContent = text;
  const points = [...text];
  const slice = (s) => points.slice(s.start, s.end).join("");
  const spans = Object.fromEntries([
    ...map.units.map((u) => [u.id, [u]]), ...map.attributions.map((a) => [a.id, a.content]),
  ]);
  for (const item of page.items) {
    const want = spans[item.id.split(":").at(-1)]?.map(slice);
    if (want === undefined) continue; // a relation selects no text
    const positions = item.target.selector.filter((s) => s.type === "TextPositionSelector");
    for (const [i, s] of positions.entries()) {
      const got = await selected(s, where);
      if (got.length !== 1 || got[0] !== want[i]) fail(`${name} ${item.id}: ${JSON.stringify(got)} at ${s.start}, want ${JSON.stringify(want[i])}`);
    }
    for (const s of item.target.selector.filter((s) => s.type === "TextQuoteSelector")) {
      const got = await selected(s, where);
      if (!got.includes(want[0])) fail(`${name} ${item.id}: ${JSON.stringify(got)} for ${JSON.stringify(s)}`);
      if (map.units.length > 0 && !name.startsWith("odd") && got.length !== 1) fail(`${name} ${item.id}: ${got.length} passages for ${JSON.stringify(s)}`);
    }
    if (positions.length !== want.length) fail(`${name} ${item.id}: ${positions.length} places`);
  }
}
