// Reads the findings that TestConsumers wrote as SARIF 2.1.0, as code hosts do:
// node sarif.mjs FOLDER NODE_MODULES
//
// They keep to two editions of the schema, and Microsoft's SARIF Multitool has
// neither an error nor, but for two of what the tool may say of itself, a
// warning about them, by its own rules and by those of GitHub.
import { createRequire } from "node:module";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder, modules] = process.argv.slice(2);
const require = createRequire(join(modules, "x.js"));
const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const fail = (what) => {
  console.error(what);
  process.exitCode = 1;
};

const multitool = join(modules, "@microsoft", `sarif-multitool-${process.platform}`);
const validators = {
  "the schema of the Multitool": [require("ajv/dist/2020"), join(multitool, "sarif-2.1.0.json")],
  "the schema 2.1.0-rtm.5": [require("ajv"), join(modules, "@microsoft", "jest-sarif", "lib", "schemas", "sarif-2.1.0-rtm.5.json")],
};
for (const [name, [Ajv, file]] of Object.entries(validators)) {
  const schema = JSON.parse(readFileSync(file, "utf8"));
  // Draft 4 says $schema and id as no later draft does, and else what draft 7 says.
  delete schema.$schema;
  delete schema.id;
  const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true });
  require("ajv-formats")(ajv);
  validators[name] = { ajv, valid: ajv.compile(schema) };
}

// It must not look whether addresses are there, for that needs a network.
writeFileSync(join(folder, "policy.xml"), `<?xml version="1.0" encoding="utf-8"?>
<Properties>
  <Properties Key="SARIF2006.UrisShouldBeReachable.Options">
    <Property Key="RuleEnabled" Value="Disabled" Type="Driver.RuleEnabledState" />
  </Properties>
</Properties>
`);
function complaints(names) {
  execFileSync(join(multitool, "Sarif.Multitool"), [
    "validate", ...names.map((name) => join(folder, name)), "--output", join(folder, "validation.sarif"), "--log", "ForceOverwrite",
    "--level", "Error;Warning;Note", "--rule-kind", "Sarif;Gh", "--config", join(folder, "policy.xml"),
  ], { stdio: "pipe", env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1", http_proxy: "http://127.0.0.1:9", https_proxy: "http://127.0.0.1:9" } });
  return read("validation.sarif").runs[0].results.map((r) => ({
    file: r.locations[0].physicalLocation.artifactLocation.uri.split("/").at(-1),
    rule: r.ruleId, level: r.level ?? "warning", id: r.message.id, about: r.message.arguments?.[0],
  }));
}

let findings = 0;
for (const { name, again } of read("maps.json")) {
  if (again) continue;
  const log = read(`${name}.sarif`);
  for (const [schema, { ajv, valid }] of Object.entries(validators)) {
    if (!valid(log)) fail(`${name}.sarif, ${schema}: ${ajv.errorsText(valid.errors)}`);
  }
  findings += log.runs[0].results.length;
}
if (findings < 100) fail(`${findings} findings`);

// What must not pass the schema.
const at = (log) => log.runs[0].results[0].locations[0].physicalLocation;
const broken = {
  "a level that there is not": (log) => { log.runs[0].results[0].level = "grave"; },
  "a field that there is not": (log) => { log.runs[0].results[0].ruleid = "x"; },
  "no message": (log) => { delete log.runs[0].results[0].message; },
  "line 0": (log) => { at(log).region.startLine = 0; },
  "another version": (log) => { log.version = "2.2.0"; },
  "columns of another kind": (log) => { log.runs[0].columnKind = "bytes"; },
  "an address with spaces": (log) => { at(log).artifactLocation.uri = "a b:%%"; },
};
for (const [what, change] of Object.entries(broken)) {
  const log = read("rich.sarif");
  change(log);
  for (const [schema, { valid }] of Object.entries(validators)) {
    if (valid(log)) fail(`${what}: passes ${schema}`);
  }
}

// And what must not pass the Multitool: the file, the rule that it breaks, and how.
const wrong = [
  ["rules.sarif", "SARIF1009", (log) => { log.runs[0].results[0].ruleIndex = 99; }],
  ["ends.sarif", "SARIF1007", (log) => { Object.assign(at(log).region, { startLine: 3, endLine: 2 }); }],
];
for (const [file, , change] of wrong) {
  const log = read("rich.sarif");
  change(log);
  writeFileSync(join(folder, file), JSON.stringify(log));
}

// It is silent about what it cannot read at all. What it has read it notes to
// have a message in words, once for each finding.
const isRead = (c) => c.rule === "SARIF2002";
const ownWord = (c) => c.rule === "SARIF2005"; // the tool's version and address
const right = ["empty", "rich", "odd", "articles"].map((name) => `${name}.sarif`); // which hold the others
const all = complaints([...right, ...wrong.map(([file]) => file)]);
for (const file of right) {
  const list = all.filter((c) => c.file === file);
  if (list.filter(isRead).length !== read(file).runs[0].results.length) fail(`${file}: read in part`);
  for (const c of list) {
    if (c.level !== "note" && !ownWord(c)) fail(JSON.stringify(c));
  }
}
for (const [file, rule] of wrong) {
  if (!all.some((c) => c.file === file && c.rule === rule && c.level === "error")) fail(`${file}: no complaint`);
}
