// Validates the JSON that TestConsumers wrote with Ajv, the validator that most
// JavaScript programs use: node schemas.mjs FOLDER NODE_MODULES
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [folder, modules] = process.argv.slice(2);
const require = createRequire(join(modules, "x.js"));
const read = (name) => readFileSync(join(folder, name), "utf8");
const fail = (what) => {
  console.error(what);
  process.exitCode = 1;
};

// Strict mode refuses a schema with a keyword that it does not know or that
// cannot apply, which would let everything pass. Two of its rules are no more
// than style: that a keyword stands beside its type, and what is required
// beside its description.
const Ajv2020 = require("ajv/dist/2020");
const ajv = new Ajv2020({ strict: true, allErrors: true });
require("ajv-formats")(ajv);
const schema = JSON.parse(read("argmap-1.schema.json"));
if (!ajv.validateSchema(schema)) fail(`the schema: ${ajv.errorsText()}`);
const valid = ajv.compile(schema);

const gifts = JSON.parse(read("maps.json"));
for (const { name, documents } of gifts) {
  const whole = JSON.parse(read(`${name}.json`));
  if (Array.isArray(whole) !== documents > 1) fail(`${name}.json: an array of ${documents}`);
  const lines = read(`${name}.jsonl`).trimEnd().split("\n").map((line) => JSON.parse(line));
  const maps = [whole].flat();
  if (maps.length !== documents || lines.length !== documents) fail(`${name}: ${maps.length} maps, ${lines.length} lines`);
  for (const map of [...maps, ...lines]) {
    if (!valid(map)) fail(`${name}: ${ajv.errorsText(valid.errors)}`);
  }
}

// What must not pass: each is a change to a map that passes.
const broken = {
  "another version": (m) => { m.schema = "argmap/2"; },
  "no units": (m) => { delete m.units; },
  "null for an empty list": (m) => { m.relations = null; },
  "a digest of another kind": (m) => { m.document.id = "md5:0"; },
  "characters that are text": (m) => { m.document.characters = "12"; },
  "an offset before the text": (m) => { m.units[0].start = -1; },
  "half a character": (m) => { m.units[0].end += 0.5; },
  "a confidence of more than 1": (m) => { m.units[0].confidence = 1.01; },
  "a unit without words": (m) => { m.units[0].text = ""; },
  "an id of another kind": (m) => { m.units[0].id = "p1"; },
  "a kind that there is not": (m) => { m.units[0].kind = "question"; },
  "a role that there is not": (m) => { m.units[0].role = "conclusion"; },
  "a recommendation with a type": (m) => { m.units.find((u) => u.kind === "recommendation").type = "fact"; },
  "a claim without a type": (m) => { delete m.units.find((u) => u.kind === "claim").type; },
  "a claim with a strength": (m) => { m.units.find((u) => u.kind === "claim").strength = "must"; },
  "an addressee without its words": (m) => { delete m.units.find((u) => u.addressee).addressee.text; },
  "a cue without its rule": (m) => { delete m.units.find((u) => u.cues).cues[0].rule; },
  "a source without a name": (m) => { m.sources[0].name = ""; },
  "a source of a kind that there is not": (m) => { m.sources[0].kind = "newspaper"; },
  "a mention that ends nowhere": (m) => { delete m.sources.find((s) => s.mentions.length > 0).mentions[0].end; },
  "an attribution of nothing": (m) => { m.attributions[0].content = []; },
  "a manner that there is not": (m) => { m.attributions[0].manner = "reported"; },
  "an attribution of a source to a source": (m) => { m.attributions[0].units = ["p1"]; },
  "a relation from a relation": (m) => { m.relations[0].from = "r1"; },
  "a support of a relation": (m) => { m.relations.find((r) => r.type === "supports").to = "r1"; },
  "an undercut of a unit": (m) => { m.relations.find((r) => r.type === "undercuts").to = "u1"; },
  "a section without a level": (m) => { delete m.sections[0].level; },
  "a section of level 0": (m) => { m.sections[0].level = 0; },
};
for (const [what, change] of Object.entries(broken)) {
  const map = JSON.parse(read("rich.json"));
  change(map);
  if (valid(map)) fail(`${what}: passes`);
}

// Fields may be added to the contract, and old schemas must let them pass.
const later = JSON.parse(read("rich.json"));
later.later = later.units[0].later = later.document.later = { any: "thing" };
if (!valid(later)) fail(`new fields: ${ajv.errorsText(valid.errors)}`);
