package draw

import (
	"math"
	"slices"
)

// The layout works in a frame of its own: m is the main axis, along which one
// goes from the thesis to its reasons, and c the cross axis. With RL, m is x and
// c is y; frame.go turns the frame for the other directions.

// spot is a place or an extent in that frame, in points.
type spot struct{ m, c float64 }

// Distances, in points.
const (
	rowGap    = 15.0 // between lines
	laneRoom  = 9.0  // more above a line whose later items are reached from above
	busLane   = 7.0  // from there up to the lane of the links
	laneGap   = 6.0  // between lanes above a line
	columnGap = 22.0 // between items of a line
	arrowRoom = 16.0 // between a box and the nearest line along it
	track     = 7.0  // between lines side by side
	laneStep  = 10.0 // between lanes above the sections
	signRoom  = 26.0 // between a line along the boxes and the boxes, at least
	indent    = 24.0 // of reasons that stand below
	turnRoom  = 13.0 // on either side of the lane between two lines of a chain
	turnAt    = 11.0 // where the line from there enters, from the box's beginning
	exitAt    = 20.0 // where links leave from a side, from its beginning
	knotAt    = 17.0 // from a box to the knot on its link
	labelGap  = 4.0  // around words beside a link

	// slack is how many columns of room are so little that a tall narrow block
	// may come of it.
	slack = 3.0
)

// item is a unit with what bears on it: a block of the layout.
type item struct {
	box  *box
	size spot // of the box; while the layout is sought, that of a typical one
	tags []*tag
	kids []*item
	via  *link // the link to the parent, or nil
	up   *item // the parent in the layout, which is the thesis for main points
	// below puts the kids under the box instead of beyond it.
	below bool
	// row is the item at which the line begins above the one that the only kid
	// begins, where a chain goes on in a new line; else nil.
	row *item
	// turned tells that it begins a new line of a chain.
	turned bool
	// fixed keeps the lines as they are: first, below and turned.
	fixed bool
	// alone keeps the item on a line of its own, fresh at the start of one:
	// a unit whose relation is undercut, and the unit that undercuts it.
	alone, fresh bool
	// label is the extent of the words beside the link that leaves it.
	label spot

	first bool    // of its line
	off   spot    // from the block that the item flows in
	ext   spot    // of the whole block
	at    spot    // of the box, in the end
	line  float64 // c at which its line begins
	// How far above the line the item's link runs, and those from elsewhere.
	lane, across float64
	// detour leads from the gutter of a later column to the first one's.
	detour []spot
}

// tag is a source below a unit.
type tag struct {
	box  *box
	link *link
	size spot
	off  spot
	at   spot
}

// mid is the middle of the side from which the item's link leaves.
func (it *item) mid() spot { return spot{it.at.m, it.at.c + it.size.c/2} }

// flow sets items in lines, as words are set in a text no wider than avail, and
// returns how much room they take.
func flow(items []*item, avail float64) spot {
	for _, it := range items {
		it.measure(avail)
	}
	var size spot
	for len(items) > 0 {
		n := 1
		for m := items[0].ext.m; n < len(items) && items[n].follows(items[n-1], m, avail); n++ {
			m += columnGap + items[n].ext.m
		}
		if size.c > 0 {
			size.c += rowGap
		}
		line := setLine(items[:n], size.c)
		size = spot{max(size.m, line.m), size.c + line.c}
		items = items[n:]
	}
	return size
}

// follows reports whether the item stands in the line that ends at m with before:
// if there is room, and nothing bears on either. A chain and a unit beside it
// would read as one chain.
func (it *item) follows(before *item, m, avail float64) bool {
	if it.fixed {
		return !it.first
	}
	return m+columnGap+it.ext.m <= avail && !before.alone && !it.fresh && len(before.kids)+len(it.kids) == 0
}

// setLine sets items side by side, with room above for the lanes by which all
// but the first are reached: one for the supports and one for each attack. It
// returns the extent of the line with that room.
func setLine(items []*item, c float64) spot {
	lanes := 0
	for i, it := range items {
		it.first, it.lane = i == 0, busLane
		if i > 0 && it.via != nil && it.via.look == lookAttacks {
			lanes++
			it.lane += laneGap * float64(lanes)
		}
	}
	room, across := 0.0, 4.0
	if len(items) > 1 {
		room = laneRoom + laneGap*float64(lanes)
		across = busLane + laneGap*float64(lanes) + 5
	}
	size := spot{-columnGap, 0}
	for _, it := range items {
		it.off, it.across = spot{size.m + columnGap, c + room}, across
		size.m += columnGap + it.ext.m
		size.c = max(size.c, it.ext.c)
	}
	return spot{size.m, size.c + room}
}

// own is the room that the box takes with its sources.
func (it *item) own() spot {
	size := it.size
	for _, t := range it.tags {
		size.m = max(size.m, t.off.m+t.size.m)
		size.c = max(size.c, t.off.c+t.size.c)
	}
	return size
}

// measure lays the block out no wider than avail, if that can be.
func (it *item) measure(avail float64) {
	it.tagUnder(exitAt + 10)
	it.ext = it.own()
	switch {
	case len(it.kids) == 0:
	case it.chained():
		it.measureChain(avail)
	case it.fixed && it.below || !it.fixed && avail < it.least():
		it.measureBelow(avail)
	case !it.fixed && avail < it.least()+slack*it.column():
		// Where so little room is left, a tall narrow block may come of it.
		it.measureBeyond(avail)
		beyond := it.ext.c
		if it.measureBelow(avail); it.ext.c >= beyond {
			it.measureBeyond(avail)
		}
	default:
		it.measureBeyond(avail)
	}
}

// measureBeyond sets what bears on the item beyond it.
func (it *item) measureBeyond(avail float64) {
	it.below = false
	it.tagUnder(exitAt + 10)
	own := it.own()
	it.setKids(spot{own.m + channel(it.kids), 0}, own, avail)
}

// measureBelow sets what bears on the item below it, indented. The sources stand
// clear of the lines that come from below.
func (it *item) measureBelow(avail float64) {
	it.below = true
	it.tagUnder(turn(it.kids) + 12)
	own := it.own()
	it.setKids(spot{turn(it.kids), own.c + rowGap}, own, max(avail, turn(it.kids)+it.column()))
}

// setKids sets the kids from start on.
func (it *item) setKids(start, own spot, avail float64) {
	size := flow(it.kids, avail-start.m)
	for _, k := range it.kids {
		k.off.m += start.m
		k.off.c += start.c
	}
	it.ext = spot{max(own.m, start.m+size.m), max(own.c, start.c+size.c)}
}

// least is the room that the item needs so that what bears on it can stand
// beyond it.
func (it *item) least() float64 { return it.width() + channel(it.kids) + it.column() }

// column is the width of the widest unit that bears on the item.
func (it *item) column() float64 {
	widest := 0.0
	for _, k := range it.kids {
		widest = max(widest, k.width())
	}
	return widest
}

// width is that of the box with its sources where they usually hang.
func (it *item) width() float64 {
	w := it.size.m
	for _, t := range it.tags {
		w = max(w, exitAt+10+t.size.m)
	}
	return w
}

// turn is how far units are indented that stand below the one they bear on.
func turn(kids []*item) float64 { return indent + channel(kids) - arrowRoom }

// channel is the room between a box and what bears on it: for the line that
// all supports share and one line for each attack.
func channel(kids []*item) float64 {
	return arrowRoom + track*float64(attacks(kids)+moreSupports(kids)) + signsOf(kids)
}

// moreSupports is how many lines the supports of one unit take beyond the first:
// what is new does not run in one line with what is gone.
func moreSupports(kids []*item) int {
	return max(0, len(supportsOf(kids))-1)
}

// supportsOf are the supports among the items, those of one tint together.
func supportsOf(kids []*item) [][]*item {
	var groups [][]*item
	for _, k := range kids {
		if k.via == nil || k.via.look == lookAttacks || k.via.look == lookUndercuts {
			continue
		}
		i := slices.IndexFunc(groups, func(g []*item) bool { return g[0].via.tint == k.via.tint })
		if i < 0 {
			i = len(groups)
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], k)
	}
	return groups
}

// signsOf is the room between a line along the boxes of the items and these, in
// which stand the signs or words of their links.
func signsOf(items []*item) float64 {
	room := signRoom
	for _, it := range items {
		if it.label.m > 0 {
			room = max(room, it.label.m+2*labelGap)
		}
	}
	return room
}

func attacks(kids []*item) int {
	n := 0
	for _, k := range kids {
		if k.via != nil && k.via.look == lookAttacks {
			n++
		}
	}
	return n
}

// place puts the block at o, its top left corner.
func (it *item) place(o spot) {
	it.at = o
	for _, t := range it.tags {
		t.at = spot{o.m + t.off.m, o.c + t.off.c}
	}
	for _, k := range it.kids {
		k.line = o.c + k.off.c
		k.place(spot{o.m + k.off.m, o.c + k.off.c})
	}
}

// tagUnder stacks the sources below the box (or, turned, beside it), at m.
func (it *item) tagUnder(m float64) {
	c := it.size.c
	for _, t := range it.tags {
		c += 7
		t.off = spot{m, c}
		c += t.size.c
	}
}

// ceil rounds up to whole points, so that edges of boxes are sharp.
func ceil(f float64) float64 { return math.Ceil(f - 1e-9) }
