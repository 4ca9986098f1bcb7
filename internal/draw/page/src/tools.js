// The bar on top: search, filters, the document, light and dark.
import { el, later } from "./dom.js";
import { changed, filtering, KINDS, on, state } from "./state.js";

/** Fills the bar for the maps; current returns the map that is shown. */
export function fillTools(bar, maps, current) {
  const search = el("input", { type: "search", id: "search", placeholder: "Search  ( / )", "aria-label": "Search units, sources and addressees", autocomplete: "off", spellcheck: "false" });
  search.value = state.query;
  const find = () => {
    if (state.query === search.value.trim()) return;
    state.query = search.value.trim();
    changed("filtered");
  };
  search.addEventListener("input", later(120, find));
  search.addEventListener("keydown", (e) => {
    if (e.key !== "Enter") return;
    find(); // the last letters may not have been looked for yet
    changed("next", e.shiftKey ? -1 : 1);
  });
  const filters = el("details", { class: "filters" }, el("summary", {}, "Filter"), el("div", { class: "sheet" }));
  const fill = () => {
    const focused = filters.contains(document.activeElement) && document.activeElement.className;
    filters.lastChild.replaceChildren(...filterFields(current()));
    if (focused) filters.querySelector("." + focused)?.focus();
  };
  fill();
  on("document", fill);
  on("filtered", () => {
    filters.classList.toggle("on", filtering());
    if (search.value.trim() !== state.query) search.value = state.query;
  });
  bar.append(...[maps.length > 1 && documents(maps), search, filters, theme(), el("button", { type: "button", click: () => print() }, "Print")].filter(Boolean));
}

function documents(maps) {
  const select = el("select", { "aria-label": "Document" }, ...maps.map((m, i) => el("option", { value: i }, m.document.title || m.document.uri || "Text " + (i + 1))));
  select.value = state.doc;
  select.addEventListener("change", () => changed("open", { doc: Number(select.value) }));
  on("document", () => (select.value = state.doc));
  return select;
}

function filterFields(map) {
  const refresh = () => changed("filtered");
  const kinds = KINDS.map((k) => {
    const box = el("input", { type: "checkbox", value: k, "data-kind": k });
    box.checked = state.kinds.has(k);
    box.addEventListener("change", () => {
      if (box.checked) state.kinds.add(k);
      else state.kinds.delete(k);
      refresh();
    });
    return el("label", {}, box, " " + k);
  });
  const choice = (label, key, options) => {
    const s = el("select", { "data-filter": key }, ...options.map(([value, text]) => el("option", { value }, text)));
    s.value = state[key];
    s.addEventListener("change", () => ((state[key] = s.value), refresh()));
    return el("label", {}, label + " ", s);
  };
  const speaking = map.sources.filter((s) => map.attributions.some((a) => a.source_id === s.id));
  const least = el("input", { type: "range", min: 0, max: 100, step: 5, "data-filter": "least" });
  least.value = 100 * state.least;
  const value = el("output", {}, least.value + " %");
  least.addEventListener("input", () => {
    state.least = least.value / 100;
    value.textContent = least.value + " %";
    refresh();
  });
  const reset = el("button", { type: "button", class: "reset", click: () => (clear(), changed("document"), refresh()) }, "Show all");
  return [
    el("fieldset", {}, el("legend", {}, "Kind"), ...kinds),
    choice("Source", "source", [["", "any"], ["-", "the author"], ...speaking.map((s) => [s.id, s.name])]),
    map.sections.length > 0 ? choice("Section", "section", [["", "any"], ...map.sections.map((s) => [s.id, s.title])]) : "",
    el("label", {}, "Confidence at least ", least, value),
    reset,
  ];
}

/** Forgets the search and all filters. */
export function clear() {
  Object.assign(state, { query: "", source: "", section: "", least: 0, kinds: new Set(KINDS) });
}

function theme() {
  const root = document.documentElement;
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
  const button = el("button", { type: "button", class: "theme" });
  const name = () => button.replaceChildren(dark() ? "Light" : "Dark");
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    name();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
  name();
  return button;
}
