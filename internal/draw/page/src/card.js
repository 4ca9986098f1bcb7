// The card of a unit: all that is known of it, with ways to its neighbours.
import { describe, percent } from "./model.js";
import { el } from "./dom.js";

/** Builds the card of u; close is called when the reader is done with it. */
export function cardOf(map, u, prefix, close) {
  const go = (v, text) => el("a", { href: "#" + encodeURIComponent(prefix + v.id), "data-u": v.id }, text || v.text);
  const bears = u.via && [
    el("span", { class: "sign " + u.via.type }, { supports: "supports", attacks: "attacks", undercuts: "undercuts the relation of" }[u.via.type]),
    ` (${percent(u.via.confidence)}) `, go(u.parent),
  ];
  const group = (type) => u.kids.filter((k) => k.via.type === type);
  const supports = group("supports"), attacks = group("attacks"), undercuts = group("undercuts");
  return el(
    "aside", { class: "card", "aria-label": `Unit ${u.id}` },
    el("div", { class: "card-head" },
      el("h3", {}, u.id + " · " + describe(u)),
      el("button", { type: "button", class: "close", "aria-label": "Close the card", title: "Close (Esc)", click: close }, "×")),
    el("blockquote", {}, u.lead_in && el("span", { class: "dim" }, u.lead_in.text + " … "), u.text),
    el("dl", {},
      ...row("Role", { thesis: "thesis: what the whole text argues for", claim: "main claim: bears on the thesis", premise: "premise" }[u.role] || u.role),
      ...row("Who should act", u.addressee?.text),
      ...row("Strength", u.strength),
      ...row("Section", map.sectionByID.get(u.section)?.title),
      ...row("Page", u.page ? String(u.page) : ""),
      ...row("Who says it", saidBy(u)),
      ...row("Confidence", meter(u.confidence)),
      ...row("Bears on", bears),
      ...row(`Supported by (${supports.length})`, supports.length > 0 && list(supports, go)),
      ...row(`Attacked by (${attacks.length})`, attacks.length > 0 && list(attacks, go)),
      ...row(`Undercut by (${undercuts.length})`, undercuts.length > 0 && list(undercuts, go)),
      ...row("Cues", cues(u)),
    ),
  );
}

function row(name, content) {
  if (!content || content.length === 0) return [];
  return [el("dt", {}, name), el("dd", {}, ...[content].flat())];
}

const list = (units, go) => el("ul", {}, ...units.map((k) => el("li", {}, go(k))));

function saidBy(u) {
  if (u.said.length === 0) return "the author";
  return el("ul", {}, ...u.said.map((a) =>
    el("li", {}, a.by ? el("span", { class: "badge", "data-s": a.source_id, role: "button", tabindex: 0 }, a.by.name) : "a bare quotation", ` ${a.manner}, ${percent(a.confidence)}`)));
}

function meter(share) {
  const bar = el("span", { class: "bar", "aria-hidden": "true" }, el("span", { class: "filled" }));
  bar.firstChild.style.width = 100 * share + "%";
  return [bar, " " + percent(share)];
}

/** The cues that lie in the unit with their words, the others by rule alone. */
function cues(u) {
  const text = [...u.text];
  const all = [...(u.cues || []), ...(u.via?.cues || [])];
  const seen = new Set();
  const rows = [];
  for (const c of all) {
    const inside = c.start >= u.start && c.end <= u.end;
    const words = inside ? text.slice(c.start - u.start, c.end - u.start).join("") : "";
    const key = c.rule + "\u0000" + words;
    if (seen.has(key)) continue;
    seen.add(key);
    rows.push(el("li", {}, words && el("q", {}, words), words && " ", el("code", {}, c.rule)));
  }
  return rows.length > 0 && el("ul", { class: "cues" }, ...rows);
}
