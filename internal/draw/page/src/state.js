// What the reader has set: which document and unit, what is searched and
// filtered. Parts of the page change it and hear of changes; it survives a
// reload of a page that is served live.

export const events = new EventTarget();

export const state = {
  doc: 0,
  unit: null, // the id of the unit whose card is open
  query: "",
  kinds: new Set(["recommendation", "statistic", "anecdote", "fact", "prediction", "judgement"]),
  source: "",
  section: "",
  least: 0,
  panel: "text",
};

export const KINDS = [...state.kinds];

/** Tells all parts that something of that name has changed. */
export function changed(name, detail) {
  events.dispatchEvent(new CustomEvent(name, { detail }));
}

export const on = (name, f) => events.addEventListener(name, (e) => f(e.detail));

/** Whether a filter or a search is on. */
export const filtering = () =>
  state.query !== "" || state.kinds.size < KINDS.length || state.source !== "" || state.section !== "" || state.least > 0;

const plain = (s) => s.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’‘]/g, "'").replace(/\s+/g, " ").toLowerCase();

/** Whether the unit is what the reader looks for. */
export function matches(u) {
  const kind = u.kind === "recommendation" ? u.kind : KINDS.includes(u.type) ? u.type : "judgement";
  if (!state.kinds.has(kind) || u.confidence < state.least) return false;
  if (state.section && u.section !== state.section) return false;
  if (state.source === "-" ? u.said.length > 0 : state.source && !u.said.some((a) => a.source_id === state.source)) return false;
  if (state.query === "") return true;
  const words = plain(state.query).trim();
  const names = u.said.map((a) => a.by?.name || "");
  return [u.id, u.text, u.addressee?.text || "", ...names].some((t, i) => (i === 0 ? t === words : plain(t).includes(words)));
}
