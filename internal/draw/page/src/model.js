// The maps of the page, with what is asked of them most put in order.

/** Reads the maps that stand in the page as JSON. */
export function readMaps() {
  return JSON.parse(document.getElementById("data").textContent).map(prepare);
}

/**
 * Adds to a map: units by id, the forest of what bears on what, who says each
 * unit, and the relations that leave and reach it.
 */
function prepare(map) {
  const units = new Map(map.units.map((u, i) => [u.id, { ...u, order: i, kids: [], parent: null, via: null, said: [] }]));
  const relations = new Map(map.relations.map((r) => [r.id, r]));
  const sources = new Map(map.sources.map((s) => [s.id, s]));
  for (const r of map.relations) {
    const from = units.get(r.from);
    // An undercut aims at a relation: it is shown at the unit from which that leaves.
    const target = r.type === "undercuts" ? units.get(relations.get(r.to)?.from) : units.get(r.to);
    if (from && target && !from.parent && !leadsTo(target, from)) {
      from.parent = target;
      from.via = r;
      target.kids.push(from);
    }
  }
  for (const u of units.values()) u.kids.sort((a, b) => a.order - b.order);
  for (const a of map.attributions) {
    for (const id of a.units) units.get(id)?.said.push({ ...a, by: sources.get(a.source_id) });
  }
  const all = [...units.values()];
  const thesis = all.find((u) => u.role === "thesis");
  const roots = all.filter((u) => !u.parent).sort((a, b) => (b === thesis) - (a === thesis) || a.order - b.order);
  return { ...map, byID: units, all, roots, thesis, sourceByID: sources, sectionByID: new Map(map.sections.map((s) => [s.id, s])) };
}

/** Whether the way up from u comes to root. */
function leadsTo(u, root) {
  for (; u; u = u.parent) if (u === root) return true;
  return false;
}

/** What a unit is, in a few words. */
export function describe(u) {
  const what = [];
  if (u.role === "thesis") what.push("thesis");
  if (u.kind === "recommendation") what.push("recommendation", u.strength);
  else what.push(u.type || "claim");
  return what.filter(Boolean).join(" · ");
}

/** The look of a unit, which the style sheet colours. */
export function lookOf(u) {
  if (u.role === "thesis") return u.kind === "recommendation" ? "thesis rec" : "thesis";
  if (u.kind === "recommendation") return "rec";
  return u.role === "claim" ? "main" : "premise";
}

/** A confidence as a share of a hundred. */
export const percent = (c) => Math.round(100 * c) + "\u00a0%";

/** How many units hang below u. */
export function below(u) {
  let n = 0;
  for (const k of u.kids) n += 1 + below(k);
  return n;
}
