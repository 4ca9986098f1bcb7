// Reads the sources that TestConsumers wrote as CSL-JSON and BibTeX with
// Citation.js, and has citeproc-js, the formatter of Zotero, make a list of
// references of them: node references.mjs FOLDER NODE_MODULES
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [folder, modules] = process.argv.slice(2);
const require = createRequire(join(modules, "x.js"));
const read = (name) => readFileSync(join(folder, name), "utf8");
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-csl");
require("@citation-js/plugin-bibtex");
const fail = (what) => {
  console.error(what);
  process.exitCode = 1;
};

// Both formats take white space for a space, and a name in one piece may be
// called literal or family.
const spaced = (text) => text?.replace(/\s+/gu, " ").trim();
const entry = (item) => ({
  id: item.id, type: item.type, title: spaced(item.title),
  author: item.author?.map((a) => spaced(a.literal ?? a.family)), note: spaced(item.note),
});
let cited = 0;
for (const { name, documents, again } of JSON.parse(read("maps.json"))) {
  if (again) continue;
  const maps = [JSON.parse(read(`${name}.json`))].flat();
  const want = maps.flatMap((map, i) => map.sources
    .filter((s) => s.kind !== "unnamed" && s.kind !== "author")
    .map((s) => ({
      id: documents > 1 ? `d${i + 1}-${s.id}` : s.id,
      what: spaced(s.name), isTitle: s.kind === "document",
    })));
  cited += want.length;
  for (const ext of [".csl.json", ".bib"]) {
    const items = want.length === 0 && ext === ".bib" ? [] : new Cite(read(name + ext)).data.map(entry);
    const got = items.map((e) => ({ id: e.id, what: e.title ?? e.author?.join(" | "), isTitle: e.title !== undefined }));
    if (JSON.stringify(got) !== JSON.stringify(want)) fail(`${name}${ext}:\n${JSON.stringify(got)}, want\n${JSON.stringify(want)}`);
    if (items.some((e) => e.type !== "document" || !e.note?.includes("cited in"))) fail(`${name}${ext}: ${JSON.stringify(items)}`);
    if (items.length > 0 && !name.startsWith("odd")) {
      const list = new Cite(read(name + ext)).format("bibliography", { format: "text", template: "apa", lang: "en-US" });
      for (const { what } of want) {
        if (!list.includes(what)) fail(`${name}${ext}: no ${what} in\n${list}`);
      }
    }
  }
}
if (cited < 50) fail(`${cited} sources`);
