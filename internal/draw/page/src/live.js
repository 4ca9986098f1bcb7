// A page that is served live: it hears of changes, loads itself again and goes
// back to where the reader was.
import { zoomIdentity, zoomTransform } from "d3-zoom";
import { KINDS, state } from "./state.js";

const KEY = "argmap";

/**
 * Listens for changes if the page is served live. What was open or folded is
 * kept by the words of units: ids move when text is put in before them.
 */
export function listenForChanges(doc) {
  const { live } = document.documentElement.dataset;
  if (!live) return;
  const note = document.body.appendChild(Object.assign(document.createElement("p"), { className: "live", hidden: true }));
  note.setAttribute("role", "status");
  const say = (text) => {
    note.textContent = text;
    note.hidden = !text;
  };
  const heard = new EventSource(live);
  heard.addEventListener("reload", () => {
    save(doc());
    location.reload();
  });
  heard.addEventListener("problem", (e) => say(e.data));
  heard.addEventListener("fine", () => say(""));
  heard.addEventListener("error", () => say("The program that serves this page has ended; what you see stays."));
  heard.addEventListener("open", () => say(""));
}

function save({ map, view, element }) {
  const words = (id) => map.byID.get(id)?.text;
  const t = zoomTransform(view.stage);
  const place = {
    doc: state.doc, panel: state.panel, query: state.query, source: state.source, section: state.section, least: state.least,
    kinds: [...state.kinds], theme: document.documentElement.dataset.theme || "",
    unit: words(state.unit), folded: [...view.folded].map(words), zoom: [t.x, t.y, t.k],
    scroll: [...element.querySelectorAll(".panel")].map((p) => p.scrollTop),
  };
  sessionStorage.setItem(KEY, JSON.stringify(place));
}

/** Takes back what was saved; the function it returns does the rest once the page stands. */
export function restore() {
  const json = document.documentElement.dataset.live && sessionStorage.getItem(KEY);
  if (!json) return null;
  sessionStorage.removeItem(KEY);
  const place = JSON.parse(json);
  for (const key of ["doc", "panel", "query", "source", "section", "least"]) state[key] = place[key];
  state.kinds = new Set(place.kinds.filter((k) => KINDS.includes(k)));
  if (place.theme) document.documentElement.dataset.theme = place.theme;
  return ({ map, view, element }) => {
    const known = new Map(map.all.map((u) => [u.text, u.id]));
    view.folded.clear();
    for (const text of place.folded) if (known.has(text)) view.folded.add(known.get(text));
    view.draw();
    if (place.unit && known.has(place.unit)) location.replace("#" + element.dataset.prefix + known.get(place.unit));
    const [x, y, k] = place.zoom;
    view.move(zoomIdentity.translate(x, y).scale(k));
    element.querySelectorAll(".panel").forEach((p, i) => (p.scrollTop = place.scroll[i] || 0));
  };
}
