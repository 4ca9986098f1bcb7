package draw

import (
	"cmp"
	"math"
	"slices"
)

// route draws the lines of all relations.
func (l *layouter) route() {
	l.routeMains()
	for _, s := range l.sections {
		for _, it := range s.roots {
			l.routeBelow(it)
		}
	}
	for i, k := range l.cross {
		l.routeCross(k, l.crossLane[i])
	}
}

// routeMains draws the lines from the main points to the thesis.
func (l *layouter) routeMains() {
	if l.thesis == nil || len(l.columns) == 0 {
		return
	}
	lanes := tracks{at: l.lanes - laneStep*float64(1+l.crossLanes), step: laneStep}
	for i := range l.columns[1:] {
		col := &l.columns[i+1]
		gutter := tracks{at: col.left - track*float64(1+l.crossLanes), step: track}
		for _, s := range col.sections {
			for _, it := range l.mainsOf(s) {
				m, c := gutter.of(it.via), lanes.of(it.via)
				it.detour = []spot{{m, it.exit()}, {m, c}}
			}
		}
	}
	l.bus(l.thesis, l.mains(), l.columns[0].left-track*float64(1+l.crossLanes))
}

// tracks are lines side by side, the first at a place and each of the others a
// step before the one before. All supports of one tint share one, those of the
// first tint the first; each attack has one of its own.
type tracks struct {
	at, step float64
	tints    []*tint
	places   []float64 // of the supports of each tint
	own      int       // tracks beyond the first
}

// of is the place of the link's track.
func (t *tracks) of(k *link) float64 {
	if k.look == lookAttacks {
		t.own++
		return t.at - t.step*float64(t.own)
	}
	i := slices.Index(t.tints, k.tint)
	if i < 0 {
		if i = len(t.tints); i > 0 {
			t.own++
		}
		t.tints = append(t.tints, k.tint)
		t.places = append(t.places, t.at-t.step*float64(min(i, 1)*t.own))
	}
	return t.places[i]
}

// routeBelow draws the lines between it and all that bears on it.
func (l *layouter) routeBelow(it *item) {
	if len(it.kids) > 0 {
		// The first item of a line stands where the lines of the block begin.
		l.bus(it, it.kids, it.kids[0].at.m-signsOf(it.kids))
	}
	for _, k := range it.kids {
		l.routeBelow(k)
	}
	if it.via != nil && it.via.look == lookUndercuts {
		kn := l.knots[it.via.to]
		l.set(it.via, it, []spot{it.mid(), {kn.at.m, it.mid().c}, {kn.at.m, kn.at.c + kn.box.h/2}})
	}
}

// entry is where one line, or the line that all supports share, comes to p.
type entry struct {
	kids []*item
	from float64 // c at which it comes to the channel
	to   float64 // c at which it meets the box
	m    float64 // where it runs along the boxes
}

// bus draws the lines from the kids to p. All supports share one line along the
// boxes, at m; each attack has one of its own before it, and so have the supports
// of another tint than the first.
func (l *layouter) bus(p *item, kids []*item, m float64) {
	var entries []*entry
	for _, k := range kids {
		if k.via != nil && k.via.look == lookAttacks {
			entries = append(entries, &entry{kids: []*item{k}, from: k.exit()})
		}
	}
	own := slices.Clone(entries) // those that do not run at m
	for i, group := range supportsOf(kids) {
		mid := p.mid().c
		e := &entry{kids: group, m: m, from: slices.MinFunc(group, func(a, b *item) int {
			return cmp.Compare(math.Abs(a.exit()-mid), math.Abs(b.exit()-mid))
		}).exit()}
		entries = append(entries, e)
		if i > 0 {
			own = append(own, e)
		}
	}
	slices.SortStableFunc(entries, func(a, b *entry) int { return cmp.Compare(a.from, b.from) })
	p.spread(entries)
	// Lines that come from farther away run nearer to p: they cross fewer.
	slices.SortStableFunc(own, func(a, b *entry) int {
		return cmp.Compare(math.Abs(a.from-a.to), math.Abs(b.from-b.to))
	})
	for i, e := range own {
		e.m = m - track*float64(i+1)
	}
	for _, e := range entries {
		for _, k := range e.kids {
			path := append(k.leave(), k.detour...)
			path = append(path, spot{e.m, k.exit()})
			switch {
			case p.below:
				path = append(path, spot{e.m, p.at.c + p.size.c})
			case p.row != nil:
				lane := k.at.c - turnRoom
				path = append(path, spot{e.m, lane}, spot{p.at.m + turnAt, lane}, spot{p.at.m + turnAt, p.at.c + p.size.c})
			default:
				path = append(path, spot{e.m, e.to}, spot{p.at.m + p.size.m, e.to})
			}
			l.set(k.via, k, path)
		}
	}
}

// spread gives the entries, sorted, their places on the side of the item: straight
// ahead where that can be, and never closer than their arrowheads are wide.
func (it *item) spread(entries []*entry) {
	lo, hi := it.at.c+10, it.at.c+it.size.c-10
	if len(entries) == 0 || hi < lo {
		lo, hi = it.mid().c, it.mid().c
	}
	gap := 10.0
	if n := len(entries) - 1; n > 0 {
		gap = min(gap, (hi-lo)/float64(n))
	}
	at := lo
	for _, e := range entries {
		e.to = max(min(e.from, hi), at)
		at = e.to + gap
	}
	at = hi
	for _, e := range slices.Backward(entries) {
		e.to = min(e.to, at)
		at = e.to - gap
	}
}

// exit is the c at which the item's line reaches the channel.
func (it *item) exit() float64 {
	if n := len(it.detour); n > 0 {
		return it.detour[n-1].c
	}
	if it.first {
		return it.mid().c
	}
	return it.line - it.lane
}

// leave is the beginning of the item's line: straight out, or for all but the
// first of a line out at the side and up to the lane above the line.
func (it *item) leave() []spot {
	if it.first {
		return []spot{it.mid()}
	}
	m := it.at.m + exitAt
	return []spot{{m, it.at.c}, {m, it.line - it.lane}}
}

// routeCross draws a link that leads to another section, in lane i: out to
// the gutter before its section, by it and if need be by the lanes above the
// sections to the other gutter, and in again.
func (l *layouter) routeCross(k *link, i int) {
	from := l.items[k.from]
	to, end := l.target(k, i)
	if from == nil || to == nil {
		return
	}
	shift := track * (float64(i) + 0.5)
	lane := l.lanes - laneStep*(float64(i)+0.5)
	m, n := l.columnOf(from).left-shift, l.columnOf(to).left-shift
	path, c := []spot{from.mid()}, from.mid().c
	if !from.first {
		c = from.above(i)
		path = []spot{{from.at.m + exitAt, from.at.c}, {from.at.m + exitAt, c}}
	}
	path = climb(path, from, c, m, i, l.thesis)
	if m != n {
		path = append(path, spot{m, lane}, spot{n, lane})
	}
	if to == l.thesis {
		path = append(path, spot{n, to.mid().c}, spot{to.at.m + to.size.m, to.mid().c})
	} else {
		in := climb([]spot{end, {end.m, to.above(i)}}, to, to.above(i), n, i, l.thesis)
		slices.Reverse(in)
		path = append(path, in...)
	}
	l.set(k, from, path)
}

// above is the way above the item's line for links in lane i, which come from
// elsewhere, with room for three side by side.
func (it *item) above(i int) float64 { return it.line - it.across - [...]float64{0, 5, 2.5}[i%3] }

// columnOf is the column in which the item stands; the thesis counts to the first.
func (l *layouter) columnOf(it *item) *column {
	for it.up != nil && it.up != l.thesis {
		it = it.up
	}
	for i := range l.columns {
		for _, s := range l.columns[i].sections {
			if slices.Contains(s.roots, it) {
				return &l.columns[i]
			}
		}
	}
	return &l.columns[0]
}

// target is the item at which a link across in lane i aims, and the spot on it.
func (l *layouter) target(k *link, i int) (*item, spot) {
	name := k.to
	if kn := l.knots[k.to]; kn != nil {
		if k.look == lookUndercuts && kn.it != nil {
			return kn.it, spot{kn.at.m, kn.at.c - kn.box.h/2}
		}
		name = kn.to
	}
	to := l.items[name]
	if to == nil {
		return nil, spot{}
	}
	return to, spot{to.at.m + to.size.m*(0.5+0.1*float64(i%4)), to.at.c}
}

// climb leads path, which has come to the channel or lane at c before it, out
// to the gutter before the sections, at m.
func climb(path []spot, it *item, c, m float64, i int, thesis *item) []spot {
	for p := it.up; p != nil && p != thesis; p = p.up {
		x := p.at.m + p.size.m + arrowRoom/2
		if p.below {
			x = p.before()
		} else if p.row != nil { // pass the whole line by
			p = p.row
			x = p.before()
		}
		path = append(path, spot{x, c}, spot{x, p.above(i)})
		c = p.above(i)
	}
	return append(path, spot{m, c})
}

// before is the m at which links that come from elsewhere pass the item by: close
// to it, but not through the words beside its own link.
func (it *item) before() float64 {
	if it.label.m > 0 {
		return it.at.m - it.label.m - labelGap*1.5
	}
	return it.at.m - arrowRoom/2
}

// set gives the link its path, which begins at it, and its sign a place. A
// relation with a knot is cut in two there.
func (l *layouter) set(k *link, it *item, path []spot) {
	if len(k.label) > 0 {
		// Above the line, unless an undercut comes from there or the line turns there.
		beside := -it.label.c/2 - labelGap/2
		if l.f.vertical() { // where it stands by the line with its side, and Graphviz centres as it guesses
			beside -= labelGap
		}
		if kn := l.knots[k.to]; kn != nil && kn.above && k.knot || k.look == lookUndercuts && k == it.via {
			beside = -beside
		}
		k.signAt = l.f.point(spot{it.at.m - it.label.m/2 - labelGap, it.mid().c + beside})
	}
	if k.sign {
		at := spot{it.at.m - 8, it.mid().c - 9}
		if !it.first {
			at = spot{it.at.m + exitAt + 9, it.at.c - 8}
		}
		if kn := l.knots[k.to]; kn != nil && kn.above {
			at.c = it.mid().c + 10
		}
		k.signAt = l.f.point(at)
	}
	if kn := l.knots[k.to]; kn != nil && k.knot {
		half := kn.box.w / 2
		if head := l.head(k.to); head != nil {
			l.f.draw(head, append([]spot{{kn.at.m - half, kn.at.c}}, path[1:]...))
		}
		path = []spot{path[0], {kn.at.m + half, kn.at.c}}
	}
	l.f.draw(k, path)
}

// draw turns a path in the layout into one in the picture, corners only.
func (f *frame) draw(k *link, path []spot) {
	k.path = k.path[:0]
	for _, s := range path {
		p := f.point(s)
		if n := len(k.path); n > 0 && k.path[n-1] == p {
			continue
		}
		if n := len(k.path); n > 1 && straight(k.path[n-2], k.path[n-1], p) {
			k.path[n-1] = p
			continue
		}
		k.path = append(k.path, p)
	}
}

// straight reports whether b lies on the way from a to c, all on one line along
// an axis.
func straight(a, b, c point) bool {
	return a.X == b.X && b.X == c.X && (b.Y-a.Y)*(c.Y-b.Y) > 0 ||
		a.Y == b.Y && b.Y == c.Y && (b.X-a.X)*(c.X-b.X) > 0
}
