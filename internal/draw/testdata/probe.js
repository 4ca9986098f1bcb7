// What the tests of the page ask of it. It is put into every page that they
// open, before the page's own script.
"use strict";

window.probe = (() => {
  const probe = { readyAt: 0, drawnAt: 0 };

  document.addEventListener("securitypolicyviolation", (e) => {
    console.error(`security policy violated: ${e.violatedDirective} ${e.blockedURI} ${e.sample} line ${e.lineNumber}`);
  });
  new MutationObserver(() => {
    if (probe.readyAt || document.documentElement?.dataset.ready !== "1") return;
    probe.readyAt = performance.now();
    requestAnimationFrame(() => requestAnimationFrame(() => (probe.drawnAt = performance.now())));
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-ready"] });

  const all = (selector) => [...document.querySelectorAll(selector)];
  const one = (selector) => {
    const e = document.querySelector(selector);
    if (!e) throw new Error("no element " + selector);
    return e;
  };
  const frame = (e) => {
    const { left, top, right, bottom } = e.getBoundingClientRect();
    return { left, top, right, bottom };
  };
  const within = (a, b, slack) =>
    a.left >= b.left - slack && a.right <= b.right + slack && a.top >= b.top - slack && a.bottom <= b.bottom + slack;

  /** Whether an element can be seen at all. */
  const visible = (e) =>
    e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && e.getClientRects().length > 0;

  /** How an element is named in a fault. */
  const nameOf = (e) => {
    const id = e.id ? "#" + e.id : "";
    const classes = e.getAttribute("class") ? "." + e.getAttribute("class").trim().split(/\s+/).join(".") : "";
    const u = e.closest("[data-u]")?.dataset.u;
    const name = e.tagName.toLowerCase() + id + classes + (u ? ` of ${u}` : "");
    return name + ` ${JSON.stringify(e.textContent.trim().slice(0, 30))}`;
  };

  /** A point of the element that is on the screen and not covered. */
  const point = (selector) => {
    const e = document.querySelector(selector);
    if (!e) return { fault: "there is no such element" };
    // Boxes stand on a stage that moves by zoom, not by scrolling.
    if (!e.closest(".stage")) e.scrollIntoView({ block: "nearest", inline: "nearest" });
    for (const r of e.getClientRects()) {
      for (const fx of [0.5, 0.3, 0.7, 0.1, 0.9]) {
        for (const fy of [0.5, 0.3, 0.7, 0.1, 0.9]) {
          const x = r.left + r.width * fx, y = r.top + r.height * fy;
          if (e.contains(document.elementFromPoint(x, y))) return { x, y, fault: "" };
        }
      }
    }
    const r = e.getBoundingClientRect();
    const over = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
    return { fault: `no mouse reaches it at ${JSON.stringify(frame(e))}; ${over ? nameOf(over) : "nothing"} is there` };
  };

  /** Where the focus is, in a word or two. */
  const focused = () => {
    const e = document.activeElement;
    if (!e || e === document.body) return "nothing";
    if (e.matches(".node")) return "box " + e.dataset.u;
    if (e.matches(".text mark")) return "passage " + e.dataset.u;
    if (e.matches("a[data-u], [data-u] a")) return "link " + e.closest("[data-u]").dataset.u;
    if (e.id === "search") return "search";
    if (e.matches("[role=tab]")) return "tab " + e.dataset.tab;
    if (e.matches(".panel")) return "panel " + e.dataset.panel;
    if (e.matches("summary")) return e.textContent.trim().toLowerCase();
    if (e.matches(".close")) return "close";
    return (e.tagName + " " + (e.getAttribute("aria-label") || e.textContent.trim() || e.id)).toLowerCase();
  };

  /** Whether it can be seen that an element has the focus: by an outline or a shadow. */
  const showsFocus = () => {
    const s = getComputedStyle(document.activeElement);
    return (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none";
  };

  /** The boxes that are in the map now, in its order; the static map has nodes too, but no tree. */
  const boxes = () => all(".doc:not([hidden]) .tree .node").map((e) => e.dataset.u);

  /** The units of the elements, in the order of the page. */
  const ids = (selector) => all(selector).map((e) => e.dataset.u).join();

  /** The unit whose card is open, or "". */
  const card = () => document.querySelector(".card h3")?.textContent.split(" ")[0] ?? "";

  /** The name of the panel that is shown. */
  const panel = () => all(".panel").filter(visible).map((p) => p.dataset.panel).join();

  /** The units whose parts are lit, on one side of the page. */
  const lit = (selector) => [...new Set(all(`.doc:not([hidden]) ${selector}.lit`).map((e) => e.dataset.u))].join(" ");

  /** Whether the first element lies within the second, or nearly so. */
  const inside = (inner, outer, slack = 1) => within(frame(one(inner)), frame(one(outer)), slack);

  // Colours

  let context2d = null;
  const rgba = (colour) => {
    context2d ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    context2d.clearRect(0, 0, 1, 1);
    context2d.fillStyle = colour;
    context2d.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context2d.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, ground) => [0, 1, 2].map((i) => top[i] * top[3] + ground[i] * (1 - top[3])).concat(1);
  const luminance = (c) => {
    const [r, g, b] = c.map((v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };

  /**
   * What is painted behind an element's text, its own ground included; paper is
   * what lies below all. No browser prints grounds unless it is told to.
   */
  const groundOf = (e, paper, printed) => {
    const chain = [];
    for (let p = e; p; p = p.parentElement) chain.unshift(getComputedStyle(p));
    const painted = chain.filter((s) => !printed || s.printColorAdjust === "exact");
    return painted.reduce((below, s) => over(rgba(s.backgroundColor), below), paper);
  };

  /**
   * The contrast of an element's text, or that of a part such as ::placeholder,
   * with its ground, by WCAG 2. Where an element fades, text and ground do so
   * together over what is behind them.
   */
  const contrast = (e, { paper = [255, 255, 255, 1], printed = false, part = null } = {}) => {
    const style = getComputedStyle(e, part);
    let text = rgba(e instanceof SVGElement ? style.fill : style.color);
    let ground = groundOf(e, paper, printed);
    text = over(text, ground);
    for (let p = e; p; p = p.parentElement) {
      const opacity = Number(getComputedStyle(p).opacity);
      if (opacity === 1) continue;
      const behind = p.parentElement ? groundOf(p.parentElement, paper, printed) : paper;
      text = over([...text.slice(0, 3), opacity], behind);
      ground = over([...ground.slice(0, 3), opacity], behind);
    }
    return ratio(text, ground);
  };

  /** Elements that hold text themselves, are seen, and contrast less than they should. */
  const faint = (selector, least, options) =>
    all(selector)
      .filter((e) => visible(e) && [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim()))
      .map((e) => ({ e, c: contrast(e, options) }))
      .filter(({ c }) => c < least)
      .map(({ e, c }) => `${nameOf(e)} ${c.toFixed(2)}`);

  /** Whether the page's ground is dark. */
  const dark = () => luminance(groundOf(document.body, [255, 255, 255, 1], false)) < 0.2;

  const count = (selector) => all(selector).filter(visible).length;

  // Places

  const tooWide = (e) => e.scrollWidth > e.clientWidth + 1;
  const tooHigh = (e) => !e.matches(".node") && e.scrollHeight > e.clientHeight + 1; // a fold mark hangs out of its node
  /** Boxes whose text is wider or higher than they are. */
  const spills = () =>
    all(".doc:not([hidden]) .tree :is(.node, .box, .what, .to, .words, .badges)")
      .filter((e) => e.clientWidth > 0 && (tooWide(e) || tooHigh(e)))
      .map((e) => `${nameOf(e)} holds ${e.scrollWidth}×${e.scrollHeight} in ${e.clientWidth}×${e.clientHeight}`);

  /** Pairs of boxes that lie over each other. */
  const overlaps = () => {
    const rects = all(".doc:not([hidden]) .tree .node").map((e) => ({ id: e.dataset.u, ...frame(e) }));
    rects.sort((a, b) => a.left - b.left);
    const found = [];
    rects.forEach((a, i) => {
      for (let k = i + 1; k < rects.length && rects[k].left < a.right - 1; k++) {
        const c = rects[k];
        if (c.top < a.bottom - 1 && a.top < c.bottom - 1) found.push(`${a.id} and ${c.id}`);
      }
    });
    return found;
  };

  /** What reaches out of the window sideways, but for what is on the stage or in a box that scrolls. */
  const sideways = () => {
    const scrolls = (e) => {
      for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) {
        if (getComputedStyle(p).overflowX !== "visible") return true;
      }
      return false;
    };
    const width = document.documentElement.clientWidth;
    const out = (e) => frame(e).right > width + 1 || frame(e).left < -1;
    return all("body *").filter((e) => visible(e) && out(e) && !e.closest(".stage") && !scrolls(e)).map(nameOf);
  };

  /** Text of a picture that leaves the box of its group. */
  const outside = (groups) => {
    const faults = [];
    let texts = 0;
    for (const g of all(groups)) {
      const shapes = [...g.querySelectorAll("path, polygon, ellipse")].map((s) => frame(s));
      if (shapes.length === 0) continue;
      const box = {
        left: Math.min(...shapes.map((s) => s.left)), right: Math.max(...shapes.map((s) => s.right)),
        top: Math.min(...shapes.map((s) => s.top)), bottom: Math.max(...shapes.map((s) => s.bottom)),
      };
      for (const t of g.querySelectorAll("text")) {
        if (!t.textContent.trim()) continue;
        texts++;
        const place = `${JSON.stringify(frame(t))} in ${JSON.stringify(box)}`;
        if (!within(frame(t), box, 0.5)) faults.push(`${g.id} ${JSON.stringify(t.textContent.slice(0, 40))}: ${place}`);
      }
    }
    return { texts, faults };
  };

  return Object.assign(probe, {
    all, one, visible, frame, point, inside, focused, showsFocus, boxes, ids, lit, card, panel,
    contrast, dark, faint, count, spills, overlaps, sideways, outside,
  });
})();
