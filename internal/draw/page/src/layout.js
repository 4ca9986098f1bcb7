// Where boxes and lines of the interactive map stand. A tidy tree for boxes of
// any size (van der Ploeg 2014, as d3-flextree has it) lies on its side: what a
// unit rests on stands to its right.
import { flextree } from "d3-flextree";

const ACROSS = 64; // between a box and what bears on it, where lines and signs run
const DOWN = 20; // between boxes above each other

/**
 * Places nodes, a forest of {width, height, kids}: sets x and y of the top left
 * corner of each and returns the extent of all.
 */
export function place(roots) {
  const tree = flextree({
    children: (n) => n.kids,
    nodeSize: ({ data }) => (data.height === undefined ? [0, 0] : [data.height + DOWN, data.width + ACROSS]),
    spacing: (a, b) => (a.parent === b.parent ? 0 : DOWN),
  });
  const root = tree.hierarchy({ kids: roots });
  tree(root);
  const extent = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  root.each((n) => {
    const box = n.data;
    if (box.height === undefined) return;
    box.x = n.y;
    box.y = n.x - box.height / 2;
    extent.left = Math.min(extent.left, box.x);
    extent.top = Math.min(extent.top, box.y);
    extent.right = Math.max(extent.right, box.x + box.width);
    extent.bottom = Math.max(extent.bottom, box.y + box.height);
  });
  return roots.length ? extent : { left: 0, top: 0, right: 0, bottom: 0 };
}

/** The line from a box to the one that it bears on, and where its sign stands. */
export function line(from, to) {
  const tail = { x: from.x, y: from.y + from.anchor };
  const tip = { x: to.x + to.width + 3, y: to.y + to.anchor };
  const mid = tip.x + ACROSS / 2 - 8;
  return {
    path: `M${tail.x},${tail.y}C${mid},${tail.y} ${mid},${tip.y} ${tip.x},${tip.y}`,
    sign: { x: tail.x - 11, y: tail.y - 5 },
    tip,
  };
}
