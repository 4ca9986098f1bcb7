// The interactive map: a tree of boxes that folds, for mouse, touch and keys.
import { select } from "d3-selection";
import { zoom, zoomIdentity, zoomTransform } from "d3-zoom";
import { below, describe, lookOf, percent } from "./model.js";
import { el, still, svg } from "./dom.js";
import { line, place } from "./layout.js";
import { changed, filtering, matches, on, state } from "./state.js";

const FIRST = 45; // how many boxes a first view shows at most, but for what cannot be folded
const MANY = 20; // lines to one box, which would run into a bar if they were thick
const LEAST_READABLE = 0.55; // the scale below which a first view would be a blur

export class ArgumentMap {
  constructor(map, frame) {
    this.map = map;
    this.boxes = new Map(); // id → box
    this.folded = new Set(); // ids
    this.stage = el("div", { class: "stage" });
    this.canvas = el("div", { class: "canvas" });
    this.lines = svg("svg", { class: "lines", "aria-hidden": "true", width: 1, height: 1 });
    this.tree = el("div", { class: "tree", role: "tree", "aria-label": "Argument map" });
    this.canvas.append(this.lines, this.tree);
    this.stage.append(this.canvas);
    frame.append(this.stage, this.buttons(), legend(map));
    this.status = frame.appendChild(el("p", { class: "status", role: "status" }));
    for (const u of map.all) this.addBox(u);
    if (map.all.length === 0) this.tree.replaceWith(el("p", { class: "notice" }, "No claims found in this text."));
    this.foldForFirstView();
    this.listen();
    this.startZoom();
  }

  addBox(u) {
    const section = this.map.sectionByID.get(u.section);
    const via = u.via && `; ${u.via.type}${u.via.type === "undercuts" ? " the relation of" : ""} ${u.parent.id}`;
    const head = el("span", { class: "what" }, `${u.id} · ${describe(u)} · ${percent(u.confidence)}`);
    const box = {
      unit: u,
      caption: el("span", { class: "section-name", "aria-hidden": "true" }, section?.title || ""),
      fold: el("span", { class: "fold", "aria-hidden": "true" }),
    };
    box.body = el(
      "span", { class: "box" }, head,
      u.addressee && el("span", { class: "to" }, "→ " + u.addressee.text),
      el("span", { class: "words" }, u.text),
      sourcesOf(u),
      via && el("span", { class: "unseen" }, via),
    );
    box.element = el("div", { class: "node " + lookOf(u), role: "treeitem", tabindex: "-1", "data-u": u.id }, box.caption, box.body, box.fold);
    this.boxes.set(u.id, box);
  }

  /** Which boxes are to be seen: in a filtered map those found and what they bear on. */
  visible() {
    const filtered = filtering();
    const keep = new Map();
    const look = (u) => {
      const found = matches(u);
      let kids = false;
      for (const k of u.kids) kids = look(k) || kids;
      if (found || kids) keep.set(u, found);
      return found || kids;
    };
    this.map.roots.forEach(look);
    const nodeOf = (u) => {
      const kids = u.kids.filter((k) => keep.has(k));
      const open = filtered || !this.folded.has(u.id);
      return { unit: u, context: !keep.get(u), kids: open ? kids.map(nodeOf) : [], hidden: open ? 0 : below(u) };
    };
    return this.map.roots.filter((u) => keep.has(u)).map(nodeOf);
  }

  /** Draws what is to be seen. */
  draw() {
    const focused = this.tree.contains(document.activeElement);
    const roots = this.visible();
    this.shown = [];
    const list = (nodes, level, parent) =>
      nodes.forEach((n, i) => {
        Object.assign(n, { level, parent, at: i + 1, of: nodes.length, before: nodes[i - 1] });
        this.shown.push(n);
        list(n.kids, level + 1, n);
      });
    list(roots, 1, null);
    this.tree.replaceChildren(...this.shown.map((n) => this.dress(n)));
    this.measure();
    this.extent = place(roots);
    this.setLines();
    for (const n of this.shown) n.box.element.style.transform = `translate(${n.x}px,${n.y}px)`;
    this.rove(this.current());
    // What is put into the page anew has lost the focus.
    if (focused) this.current()?.box.element.focus({ preventScroll: true });
    this.tell();
  }

  dress(n) {
    const box = (n.box = this.boxes.get(n.unit.id));
    const e = box.element;
    e.setAttribute("aria-level", n.level);
    e.setAttribute("aria-posinset", n.at);
    e.setAttribute("aria-setsize", n.of);
    e.classList.toggle("context", n.context);
    e.classList.toggle("chosen", n.unit.id === state.unit);
    e.setAttribute("aria-selected", n.unit.id === state.unit);
    if (n.unit.kids.length) e.setAttribute("aria-expanded", n.hidden === 0);
    box.fold.textContent = n.unit.kids.length ? (n.hidden ? "+" + n.hidden : "−") : "";
    box.fold.hidden = n.unit.kids.length === 0 || filtering();
    box.caption.hidden = n.level > 2 || !box.caption.textContent || n.unit.role === "thesis" || n.before?.unit.section === n.unit.section;
    return e;
  }

  /** Sizes are all read at once: a read after a write would lay the page out anew. */
  measure() {
    for (const n of this.shown) {
      const e = n.box.element;
      n.width = e.offsetWidth;
      n.height = e.offsetHeight;
      n.anchor = n.height - n.box.body.offsetHeight / 2;
    }
  }

  setLines() {
    const parts = [];
    for (const n of this.shown) {
      if (!n.parent) continue;
      const type = n.unit.via.type;
      const { path, sign, tip } = line(n, n.parent);
      const width = n.parent.kids.length > MANY ? 1 : 1 + 2 * n.unit.via.confidence;
      const p = svg("path", { d: path, class: "line " + type, "stroke-width": width });
      p.dataset.from = n.unit.id;
      parts.push(p, headOf(type, tip));
      const t = svg("text", { x: sign.x, y: sign.y, class: "sign " + type, "text-anchor": "middle" });
      t.textContent = { supports: "+", attacks: "−" }[type] || "×";
      parts.push(t);
    }
    this.lines.replaceChildren(...parts);
  }

  tell() {
    const found = this.shown.filter((n) => !n.context).length;
    const folded = this.shown.reduce((sum, n) => sum + n.hidden, 0);
    const all = this.map.all.length;
    this.status.textContent = filtering() ? `${found} of ${all} units found` : folded ? `${all} units, ${folded} folded away` : `${all} units`;
  }

  // Zoom

  startZoom() {
    this.zoom = zoom()
      .scaleExtent([0.05, 3])
      .filter((e) => !e.button && !(e.type === "dblclick"))
      .on("zoom", ({ transform: t }) => {
        this.canvas.style.transform = `translate(${t.x}px,${t.y}px) scale(${t.k})`;
      });
    select(this.stage).call(this.zoom);
  }

  /** Shows the whole map, or as much of it as can be read, from its beginning. */
  fit(readable = false) {
    const { left, top, right, bottom } = this.extent;
    const w = this.stage.clientWidth, h = this.stage.clientHeight, pad = 24;
    let k = Math.min((w - 2 * pad) / (right - left || 1), (h - 2 * pad) / (bottom - top || 1), 1);
    let x = (w - k * (left + right)) / 2, y = (h - k * (top + bottom)) / 2;
    if (readable && k < LEAST_READABLE) {
      k = Math.max(k, 0.8);
      const first = this.shown[0];
      x = pad - k * first.x;
      y = Math.min(h / 2 - k * (first.y + first.anchor), pad - k * top); // no empty room above
    }
    this.move(zoomIdentity.translate(x, y).scale(k));
  }

  move(t) {
    select(this.stage).call(this.zoom.transform, t);
  }

  /** Brings a box into view, and no more than that. */
  reveal(id) {
    const n = this.shown.find((s) => s.unit.id === id);
    if (!n) return;
    const t = zoomTransform(this.stage);
    const k = Math.max(t.k, LEAST_READABLE);
    const w = this.stage.clientWidth - (state.unit && this.stage.clientWidth > 700 ? 360 : 0), h = this.stage.clientHeight, pad = 30;
    const into = (at, size, room) => Math.min(Math.max(at, pad), Math.max(pad, room - pad - size));
    const x = into(k === t.k ? t.applyX(n.x) : w / 2, n.width * k, w);
    const y = into(k === t.k ? t.applyY(n.y) : h / 2, n.height * k, h);
    this.canvas.classList.toggle("glide", !still() && "ready" in document.documentElement.dataset);
    this.move(zoomIdentity.translate(x - k * n.x, y - k * n.y).scale(k));
    setTimeout(() => this.canvas.classList.remove("glide"), 250);
  }

  buttons() {
    const by = (f) => () => select(this.stage).call(this.zoom.scaleBy, f);
    const button = (text, label, f) => el("button", { type: "button", "aria-label": label, title: label, click: f }, text);
    return el(
      "div", { class: "map-buttons", role: "group", "aria-label": "Map" },
      button("−", "Zoom out", by(1 / 1.3)), button("+", "Zoom in", by(1.3)),
      button("Fit", "Fit the whole map", () => this.fit()),
      button("Unfold", "Unfold all", () => this.foldAll(false)), button("Fold", "Fold all", () => this.foldAll(true)),
    );
  }

  // Folding

  /** Folds a large map, level by level, to what a first view can hold. */
  foldForFirstView() {
    let shown = this.map.roots.length;
    for (let level = this.map.roots; level.length; level = level.flatMap((u) => (this.folded.has(u.id) ? [] : u.kids))) {
      for (const u of level) {
        if (shown + u.kids.length <= FIRST || u.role === "thesis") shown += u.kids.length;
        else if (u.kids.length) this.folded.add(u.id);
      }
    }
    // What is folded away is folded in itself, so that it unfolds step by step.
    for (const u of this.map.all) if (u.kids.length && this.hidden(u)) this.folded.add(u.id);
  }

  hidden(u) {
    for (u = u.parent; u; u = u.parent) if (this.folded.has(u.id)) return true;
    return false;
  }

  foldAll(fold) {
    for (const u of this.map.all) {
      if (fold && u.kids.length && u.role !== "thesis") this.folded.add(u.id);
      else this.folded.delete(u.id);
    }
    this.draw();
    this.fit(true);
  }

  toggle(id, fold = !this.folded.has(id)) {
    const before = this.shown.find((n) => n.unit.id === id);
    if (fold) this.folded.add(id);
    else this.folded.delete(id);
    const at = before && { x: before.x, y: before.y };
    this.draw();
    const after = this.shown.find((n) => n.unit.id === id);
    if (!at || !after) return;
    // The box stays where the reader sees it.
    const t = zoomTransform(this.stage);
    this.move(t.translate(at.x - after.x, at.y - after.y));
  }

  /** Unfolds all that hides the unit. */
  uncover(id) {
    let folded = false;
    for (let u = this.map.byID.get(id)?.parent; u; u = u.parent) folded = this.folded.delete(u.id) || folded;
    if (folded) this.draw();
  }

  // Keys: those of a tree (WAI-ARIA practices), with one stop for Tab.

  current() {
    return this.shown.find((n) => n.unit.id === this.focused) || this.shown.find((n) => n.unit.id === state.unit) || this.shown[0];
  }

  rove(n) {
    if (!n) return;
    for (const s of this.shown) s.box.element.tabIndex = s === n ? 0 : -1;
    this.focused = n.unit.id;
  }

  focus(n) {
    if (!n) return;
    this.rove(n);
    n.box.element.focus({ preventScroll: true });
    this.reveal(n.unit.id);
  }

  key(e) {
    const n = this.shown.find((s) => s.box.element === e.target);
    if (!n || e.ctrlKey || e.metaKey || e.altKey) return;
    const i = this.shown.indexOf(n);
    const steps = {
      ArrowDown: () => this.focus(this.shown[i + 1]),
      ArrowUp: () => this.focus(this.shown[i - 1]),
      Home: () => this.focus(this.shown[0]),
      End: () => this.focus(this.shown[this.shown.length - 1]),
      ArrowRight: () => (n.hidden ? (this.toggle(n.unit.id, false), this.focus(this.current())) : this.focus(n.kids[0])),
      ArrowLeft: () => (n.kids.length && !filtering() ? (this.toggle(n.unit.id, true), this.focus(this.current())) : this.focus(n.parent)),
      Enter: () => changed("choose", n.unit.id),
      " ": () => n.unit.kids.length && (this.toggle(n.unit.id), this.focus(this.current())),
    };
    if (!steps[e.key]) return;
    steps[e.key]();
    e.preventDefault();
  }

  listen() {
    this.tree.addEventListener("keydown", (e) => this.key(e));
    this.tree.addEventListener("click", (e) => {
      const node = e.target.closest(".node");
      if (!node) return;
      if (e.target.closest(".fold")) this.toggle(node.dataset.u);
      else changed("choose", node.dataset.u);
    });
    this.tree.addEventListener("focusin", (e) => {
      const n = this.shown.find((s) => s.box.element === e.target);
      if (n) this.rove(n);
    });
    // A box that takes the focus must not scroll the stage, which moves by zoom alone.
    this.stage.addEventListener("scroll", () => this.stage.scrollTo(0, 0));
    on("filtered", () => this.stage.isConnected && this.stage.offsetParent && (this.draw(), this.fit(true)));
    on("chosen", (id) => this.choose(id));
  }

  choose(id) {
    if (!this.stage.offsetParent || !this.shown) return;
    if (id) this.uncover(id);
    for (const n of this.shown) {
      n.box.element.classList.toggle("chosen", n.unit.id === id);
      n.box.element.setAttribute("aria-selected", n.unit.id === id);
    }
    if (id) {
      this.rove(this.shown.find((n) => n.unit.id === id));
      this.reveal(id);
    }
  }
}

function sourcesOf(u) {
  const names = [...new Map(u.said.filter((a) => a.by).map((a) => [a.source_id, a.by.name]))];
  return names.length > 0 && el("span", { class: "badges" }, ...names.map(([id, name]) => el("span", { class: "badge", "data-s": id }, name)));
}

/** The head of a line: an arrow, a bar for an attack, a diamond for an undercut. */
function headOf(type, { x, y }) {
  const d = {
    attacks: `M${x},${y - 6}V${y + 6}`,
    undercuts: `M${x - 2},${y}l6,-4l6,4l-6,4Z`,
  }[type] || `M${x - 2},${y}l9,-5v10Z`;
  return svg("path", { d, class: "head " + type });
}

function legend(map) {
  const has = (f) => map.all.some(f);
  const rows = [
    ["thesis", "thesis", has((u) => u.role === "thesis")],
    ["main", "main claim", has((u) => lookOf(u) === "main")],
    ["premise", "premise", has((u) => lookOf(u) === "premise")],
    ["rec", "recommendation → to whom", has((u) => u.kind === "recommendation")],
    ["badge", "source", has((u) => u.said.length > 0)],
  ];
  const lines = [["supports", "supports (+)"], ["attacks", "attacks (−)"], ["undercuts", "undercuts a relation (×)"]];
  const types = new Set(map.relations.map((r) => r.type));
  return el(
    "details", { class: "key" }, el("summary", {}, "Key"),
    el("ul", {},
      ...rows.filter((r) => r[2]).map(([look, text]) => el("li", {}, el("span", { class: "sample " + look, "aria-hidden": "true" }), text)),
      ...lines.filter(([type]) => types.has(type)).map(([type, text]) => {
        const s = svg("svg", { class: "lines sample-line", width: 34, height: 14, "aria-hidden": "true" });
        s.append(svg("path", { d: "M34,7H10", class: "line " + type, "stroke-width": 2 }), headOf(type, { x: 3, y: 7 }));
        return el("li", {}, s, text);
      }),
      el("li", {}, "The surer a relation, the thicker its line."),
    ),
  );
}
