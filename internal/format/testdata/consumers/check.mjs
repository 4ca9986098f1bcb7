// Reads the files that TestConsumers wrote with the programs they are for:
// node check.mjs FOLDER NODE_MODULES
import { createRequire } from "node:module";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, modules] = process.argv.slice(2);
const require = createRequire(join(modules, "x.js"));
const read = (name) => readFileSync(join(folder, name), "utf8");
function check(got, want, what) {
  if (JSON.stringify(got) !== JSON.stringify(want)) {
    console.error(`${what}: ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
    process.exit(1);
  }
}

// Argdown: its own program reads titles, words, relations, sections and data.
const cli = join(modules, ".bin", "argdown");
execFileSync(process.execPath, [cli, "json", join(folder, "!(empty).argdown"), join(folder, "read"), "--throwExceptions"], { stdio: "pipe" });
const argdown = JSON.parse(read(join("read", "dispute.json")));
const relations = [];
for (const part of [...Object.values(argdown.arguments), ...Object.values(argdown.statements)]) {
  for (const r of part.relations ?? []) relations.push(`${r.from} ${r.relationType} ${r.to}`);
}
check([...new Set(relations)].sort(), ["u2 support u1", "u3 attack u1", "u4 undercut u3"], "Argdown relations");
const u4 = argdown.arguments.u4;
check(u4.members.map((m) => m.text).find((t) => t?.startsWith("that figure counts the sauna [closed since May] // see {annex_2}. 🏊 שלום")) !== undefined, true, "Argdown text");
check(u4.section, "s1", "Argdown section");
check(u4.data.start, 162, "Argdown data");
check(argdown.statements.u1.members[0].tags, ["recommendation", "must", "thesis"], "Argdown tags");

// Maps with words that mean something in one format or another. Argdown does
// not keep white space as it was, and has no map without a unit.
const gifts = JSON.parse(read("maps.json"));
const single = gifts.filter((g) => g.documents === 1 && g.name !== "empty").map((g) => g.name);
const squeezed = (text) => text.replace(/[\s\ufeff\u0085]+/gu, "");
for (const name of single) {
  const map = JSON.parse(read(`${name}.json`));
  const got = JSON.parse(read(join("read", `${name}.json`)));
  const parts = { ...got.statements, ...got.arguments };
  for (const unit of map.units) {
    const part = parts[unit.id];
    check(part?.data?.start, unit.start, `${name} ${unit.id} data`);
    const words = (part.members ?? []).map((m) => squeezed(m.text ?? "")).filter((t) => t !== "");
    const tags = part.members.flatMap((m) => m.tags ?? []).map((t) => `#${t}`).join("");
    check(words[0], squeezed(unit.text) + tags, `${name} ${unit.id} words`);
  }
  const links = new Set();
  for (const part of Object.values(parts)) {
    for (const r of part.relations ?? []) links.add(`${r.from} ${r.relationType} ${r.to}`);
  }
  const from = Object.fromEntries(map.relations.map((r) => [r.id, r.from]));
  const kinds = { supports: "support", attacks: "attack", undercuts: "undercut" };
  const want = map.relations.map((r) => `${r.from} ${kinds[r.type]} ${from[r.to] ?? r.to}`);
  check([...links].sort(), want.sort(), `${name} relations`);
}

// Mermaid: the diagram parses, in a document as a browser has it.
const { JSDOM } = require("jsdom");
const { window } = new JSDOM("");
Object.assign(globalThis, { window, document: window.document });
const mermaid = (await import(pathToFileURL(join(modules, "mermaid", "dist", "mermaid.core.mjs")))).default;
for (const { name } of gifts) {
  check((await mermaid.parse(read(`${name}.mmd`))).diagramType, "flowchart-v2", name);
}

// Cytoscape.js: elements and data.
const cytoscape = require("cytoscape");
const cy = cytoscape({ headless: true, elements: JSON.parse(read("dispute.cyjs")).elements });
check(cy.edges("[type = 'attacks']").map((e) => [e.source().id(), e.target().id()]), [["u3", "u1"]], "Cytoscape");
check(cy.$("#u1").data("name"), "The pool must stay open", "Cytoscape");

// And all of it, for TestConsumers to compare. Only sources have a name of
// their own; of other nodes it is what stands on them.
for (const { name, again } of gifts) {
  if (again) continue;
  const graph = cytoscape({ headless: true, elements: JSON.parse(read(`${name}.cyjs`)).elements });
  const nodes = graph.nodes().map((n) => {
    const { id, value, name: label, ...attributes } = n.data();
    return { id, label, attributes: attributes.node_type === "source" ? { ...attributes, name: label } : attributes };
  });
  const edges = graph.edges().map((e) => {
    const { id, key, source, target, interaction, ...attributes } = e.data();
    return { id, from: e.source().id(), to: e.target().id(), label: interaction, attributes };
  });
  writeFileSync(join(folder, `${name}.cyjs.cytoscape.dump.json`), JSON.stringify({ nodes, edges }));
}
