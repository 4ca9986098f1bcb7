// The page comes to life: its parts are built over what stands in it without
// a script, and tied together.
import { cardOf } from "./card.js";
import { el, later, still, typing } from "./dom.js";
import { listenForChanges, restore } from "./live.js";
import { ArgumentMap } from "./map.js";
import { readMaps } from "./model.js";
import { changed, matches, on, state } from "./state.js";
import { clear, fillTools } from "./tools.js";

const PANELS = { text: "Text", recommendations: "Recommendations", sources: "Sources" };

const maps = readMaps();
const docs = [...document.querySelectorAll(".doc")].map((element, i) => ({ element, map: maps[i], prefix: element.dataset.prefix }));
const doc = () => docs[state.doc];

/** Shows document i. */
function open(i) {
  state.doc = Math.min(Math.max(i, 0), docs.length - 1);
  docs.forEach((d, k) => (d.element.hidden = k !== state.doc));
  const d = doc();
  if (!d) return;
  if (!d.view) d.view = new ArgumentMap(d.map, d.element.querySelector(".interactive"));
  changed("document");
  if (!d.view.shown) {
    d.view.draw();
    d.view.fit(true);
  }
  showPanel(state.panel);
  mark();
}

function addTabs(d, i) {
  const tabs = Object.entries(PANELS).map(([name, text]) => {
    const panel = d.element.querySelector(`[data-panel=${name}]`);
    panel.id = `panel-${i}-${name}`;
    panel.setAttribute("role", "tabpanel");
    panel.tabIndex = 0;
    const n = name === "recommendations" ? d.map.all.filter((u) => u.kind === "recommendation").length : name === "sources" ? d.map.sources.length : 0;
    return el("button", { type: "button", role: "tab", "data-tab": name, "aria-controls": panel.id, click: () => showPanel(name) }, text + (n ? ` (${n})` : ""));
  });
  const list = d.element.querySelector(".tabs");
  list.setAttribute("role", "tablist");
  list.append(...tabs);
  list.addEventListener("keydown", (e) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(e.target) + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
  });
}

function showPanel(name) {
  state.panel = name;
  for (const tab of doc().element.querySelectorAll("[data-tab]")) {
    tab.setAttribute("aria-selected", tab.dataset.tab === name);
    tab.tabIndex = tab.dataset.tab === name ? 0 : -1;
  }
  for (const panel of doc().element.querySelectorAll(".panel")) panel.hidden = panel.dataset.panel !== name;
}

// Units: everything with the same data-u belongs together.

const partsOf = (id) => doc().element.querySelectorAll(`[data-u="${CSS.escape(id)}"]`);

function light(id) {
  for (const e of doc().element.querySelectorAll(".lit")) e.classList.remove("lit");
  if (id) for (const e of partsOf(id)) e.classList.add("lit");
  for (const p of doc().element.querySelectorAll(".line")) p.classList.toggle("lit", id !== undefined && p.dataset.from === id);
}

function scrollText(id, block = "nearest") {
  const passage = [...partsOf(id)].find((e) => e.tagName === "MARK");
  passage?.scrollIntoView({ block, behavior: still() ? "auto" : "smooth" });
}

let opener = null; // what had the focus when a card was opened

/** Opens the card of a unit, or closes it (null). */
function choose(id, { push = true } = {}) {
  const u = id ? doc().map.byID.get(id) : null;
  const before = state.unit;
  if (u && !document.activeElement?.closest(".card")) opener = document.activeElement;
  state.unit = u ? u.id : null;
  doc().element.querySelector(".card")?.remove();
  for (const e of doc().element.querySelectorAll("mark.chosen")) e.classList.remove("chosen");
  if (u) {
    doc().element.querySelector(".picture").append(cardOf(doc().map, u, doc().prefix, () => close()));
    for (const e of partsOf(u.id)) if (e.tagName === "MARK") e.classList.add("chosen");
    scrollText(u.id, "center");
  }
  changed("chosen", state.unit);
  const hash = u ? "#" + encodeURIComponent(doc().prefix + u.id) : "";
  if (push && location.hash !== hash && before !== state.unit) history.pushState(null, "", hash || location.pathname + location.search);
}

function close() {
  const id = state.unit;
  choose(null);
  // Back to where the reader came from, if that is still to be seen.
  if (opener && opener !== document.body && opener.isConnected && opener.offsetParent) opener.focus({ preventScroll: true });
  else if (id) doc().view.focus(doc().view.shown.find((n) => n.unit.id === id));
}

/** Opens the unit that the address names; tells whether there is one. */
function readHash() {
  let name = location.hash.slice(1);
  try {
    name = decodeURIComponent(name);
  } catch {
    // Not encoded as it should be: it may still be an id as it stands.
  }
  for (let i = docs.length - 1; name && i >= 0; i--) {
    const { prefix, map } = docs[i];
    if (!name.startsWith(prefix) || !map.byID.has(name.slice(prefix.length))) continue;
    if (state.doc !== i || !docs[i].view) open(i);
    choose(name.slice(prefix.length), { push: false });
    return true;
  }
  return false;
}

/** Shows what the page was made to show first. */
function begin() {
  const asked = new URLSearchParams(document.documentElement.dataset.begin || "");
  const focus = asked.get("focus");
  if (asked.get("only") === "recommendations" && !saved) state.kinds = new Set(["recommendation"]);
  open(focus ? Math.max(0, docs.findIndex((d) => d.map.byID.has(focus))) : state.doc);
  if (asked.get("collapse")) doc().view.foldAll(true);
  if (asked.has("only")) changed("filtered");
  if (focus) choose(focus, { push: false });
}

/** Dims in text and lists what the filters leave out. */
function mark() {
  const found = new Set(doc().map.all.filter(matches).map((u) => u.id));
  for (const e of doc().element.querySelectorAll("mark[data-u]")) e.classList.toggle("off", !found.has(e.dataset.u));
  for (const e of doc().element.querySelectorAll(".advice > li, .says > li")) e.hidden = !found.has(e.dataset.u);
  for (const e of doc().element.querySelectorAll(".who")) e.hidden = !e.nextElementSibling?.querySelector("li:not([hidden])");
  for (const e of doc().element.querySelectorAll(".ledger > li")) e.hidden = state.source !== "" && e.dataset.s !== state.source;
}

/** Goes to the next unit found, in the order of the text. */
function next(step) {
  const found = doc().map.all.filter(matches);
  if (found.length === 0) return;
  const at = found.findIndex((u) => u.id === state.unit);
  choose(found[(at + step + found.length) % found.length].id);
}

/** Moves the focus among the passages of the text; tells whether the key did. */
function walkText(e) {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[e.key];
  const passages = [...doc().element.querySelectorAll(".text mark[id]")];
  const at = passages.findIndex((m) => m.dataset.u === e.target.dataset.u);
  if (e.key === "Enter" || e.key === " ") choose(e.target.dataset.u);
  else if (step && passages[at + step]) {
    passages.forEach((m, i) => (m.tabIndex = i === at + step ? 0 : -1));
    passages[at + step].focus();
  } else return false;
  e.preventDefault();
  return true;
}

function wire() {
  const wait = later(180, (id) => id && scrollText(id));
  const unitAt = (e) => e.target.closest?.("[data-u]")?.dataset.u;
  document.addEventListener("pointerover", (e) => {
    const id = unitAt(e);
    light(id);
    wait(e.target.closest?.(".node") && id);
  });
  document.addEventListener("focusin", (e) => {
    const id = unitAt(e);
    if (!id) return;
    light(id);
    if (e.target.closest(".node")) scrollText(id);
    else if (e.target.tagName === "MARK") doc().view.reveal(id);
  });
  for (const d of docs) {
    d.element.querySelectorAll(".text mark[id]").forEach((m, i) => {
      m.tabIndex = i ? -1 : 0;
      m.setAttribute("role", "button");
    });
  }
  for (const name of document.querySelectorAll(".ledger .name")) {
    name.tabIndex = 0;
    name.setAttribute("role", "button");
    name.title = "Show what this source says alone";
  }
  document.addEventListener("click", (e) => {
    const from = e.target.closest("mark[data-u], a[data-u], .advice a, .says a, .ledger .name, .card .badge");
    if (!from) return;
    if (from.matches(".name, .badge")) return filterBy(from.closest("[data-s]").dataset.s);
    if (e.ctrlKey || e.metaKey || !getSelection().isCollapsed) return;
    e.preventDefault();
    choose(from.closest("[data-u]").dataset.u);
  });
  document.addEventListener("keydown", keys);
  on("choose", (id) => choose(id));
  on("next", next);
  on("open", ({ doc: i }) => (choose(null), clear(), open(i)));
  on("filtered", mark);
  window.addEventListener("hashchange", () => readHash() || choose(null, { push: false }));
  window.addEventListener("popstate", () => readHash() || choose(null, { push: false }));
  window.addEventListener("resize", later(150, () => doc().view.stage.offsetParent && doc().view.draw()));
}

function filterBy(source) {
  state.source = state.source === source ? "" : source;
  changed("document");
  changed("filtered");
}

function keys(e) {
  if (e.key === "Escape") {
    if (state.unit) close();
    else if (e.target.id === "search") (clear(), changed("document"), changed("filtered"), e.target.blur());
    return;
  }
  if (typing(e) || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.target.matches?.(".text mark") && walkText(e)) return;
  if (e.target.matches?.("[role=button][data-s], .ledger .name") && (e.key === "Enter" || e.key === " ")) {
    e.preventDefault();
    return filterBy(e.target.closest("[data-s]").dataset.s);
  }
  const view = doc().view;
  const act = { "/": () => document.getElementById("search").focus(), f: () => view.fit(), n: () => next(1), p: () => next(-1) }[e.key];
  if (act) {
    act();
    e.preventDefault();
  }
}

document.documentElement.classList.add("js");
const saved = restore();
fillTools(document.getElementById("tools"), maps, () => doc().map);
docs.forEach(addTabs);
readHash() || begin();
if (saved) saved(doc());
wire();
listenForChanges(() => doc());
document.documentElement.dataset.ready = "1";
