package pdf

import (
	"math"
	"slices"
)

// region is a part of a page that is read from top to bottom before the eye
// moves on: a column or a part of one, what stands in a frame, a table.
type region struct {
	rect
	kind  regionKind
	lines []*line // from top to bottom; in a table its cells, in no order
	page  int
	// apart is set for what stands in the way of the text rather than in it: a
	// frame, a quotation pulled out between the columns.
	apart bool
	// beside are the frames and pictures that lines of the region run around.
	beside []rect
}

type regionKind uint8

const (
	column regionKind = iota
	table
)

// gutter is the empty strip between two columns.
type gutter struct {
	x0, x1      float64
	top, bottom float64 // what bounds it above and below
	rows        int     // how many rows of text the side with fewer has
	overlap     float64 // the height over which there is text on both sides
	narrow      bool    // what stands on one side is too narrow for a column of text
}

// layout cuts pages into regions. known are the gutters of other pages of the
// file, which need less to be seen again.
type layout struct {
	body    float64 // size of the body type
	known   []gutter
	found   []gutter
	regions []region
	page    int
	rules   []rect // of the page
	// work is what may still be spent on the page, in parts looked at. A page of
	// a newspaper takes a million; one of scattered letters has no columns.
	work int
}

// maxWork bounds layout.work, and maxParts the parts of a page that are tried
// against each other.
const (
	maxWork  = 30_000_000
	maxParts = 3000
)

// How wide a gutter must be, in ems, and how many rows must stand on both its
// sides. Rivers in justified text are narrower, or end after two or three rows;
// known gutters need one row.
const (
	wideGutter, wideRows     = .9, 3
	narrowGutter, narrowRows = .45, 8
	// minColumn is the width of the narrowest column in ems: numbers and
	// bullets before the items of a list are no column.
	minColumn = 4.5
)

// regionsOf returns the regions of a page in reading order.
func (l *layout) regionsOf(p *page, parts []*line) []region {
	l.page, l.rules, l.regions, l.work = p.number, p.rules, nil, maxWork
	parts = l.frames(p, parts)
	text, pulled := pullOut(parts, l.body)
	l.cut(text)
	return l.putBack(pulled)
}

// cut looks for a gutter in parts and goes on with what is above it, left and
// right of it, and below it; where there is none, parts are one region.
func (l *layout) cut(parts []*line) {
	if len(parts) == 0 {
		return
	}
	g, found := l.gutter(parts)
	if !found {
		l.emit(column, parts)
		return
	}
	above, left, right, below := g.part(parts)
	above, left = l.upwards(above, left, right)
	s := sides{left: rows(left), right: rows(right), gutter: g}
	switch {
	case s.tabular():
		head, body, foot := s.trim()
		l.cut(append(above, head...))
		l.emit(table, body)
		l.cut(append(foot, below...))
		return
	case s.sideHeads():
		l.cut(above)
		l.strips(s)
		l.cut(below)
		return
	}
	if upper, lower := l.articles(parts, g); len(upper) > 0 {
		l.cut(upper)
		l.cut(lower)
		return
	}
	if g.rows >= narrowRows {
		l.found = append(l.found, g)
	}
	if leftwardPage(parts) {
		left, right = right, left
	}
	l.cut(above)
	l.cut(left)
	l.cut(right)
	l.cut(below)
}

// articles parts what stands above a rule from what stands below it, if the rule
// crosses the gutter and all other columns, and a headline comes next: on a page
// of a newspaper the columns of one article end there, and the gutters go on.
func (l *layout) articles(parts []*line, g gutter) (upper, lower []*line) {
	const headline = 1.4 // times the body's size
	var all extent
	for _, f := range parts {
		all.add(f)
	}
	for _, r := range l.rules {
		if r.y0 < g.top || r.y1 > g.bottom || r.x0 > all.x0+2*l.body || r.x1 < all.x1-2*l.body {
			continue
		}
		upper, lower = nil, nil
		for _, f := range parts {
			if f.y < r.y1 {
				upper = append(upper, f)
			} else {
				lower = append(lower, f)
			}
		}
		if len(upper) > 0 && len(lower) > 0 && rows(lower)[0][0].size > headline*l.body {
			return upper, lower
		}
	}
	return nil, nil
}

// part sorts parts by where they stand to the gutter.
func (g *gutter) part(parts []*line) (above, left, right, below []*line) {
	for _, f := range parts {
		switch middle := (f.y0 + f.y1) / 2; {
		case middle < g.top:
			above = append(above, f)
		case middle > g.bottom:
			below = append(below, f)
		case f.x1 <= g.x0+1:
			left = append(left, f)
		default:
			right = append(right, f)
		}
	}
	return above, left, right, below
}

// upwards moves short rows that belong to what stands above the columns, such
// as the last line of a title, out of the left one.
func (l *layout) upwards(above, left, right []*line) (up, rest []*line) {
	if len(above) == 0 {
		return above, left
	}
	top := math.Inf(1)
	for _, f := range right {
		top = min(top, f.y0)
	}
	last := above[0]
	for _, f := range above {
		if f.y > last.y {
			last = f
		}
	}
	sortRows(left)
	k := 0
	for k < len(left) && left[k].y < top && near(left[k].size, last.size, .03*last.size) && left[k].y-last.y < 1.5*last.size {
		last = left[k]
		k++
	}
	return append(above, left[:k]...), left[k:]
}

// leftwardPage reports whether columns are read from right to left.
func leftwardPage(parts []*line) bool {
	n := 0
	for _, p := range parts {
		if leftwards(p.words) {
			n += p.chars
		} else {
			n -= p.chars
		}
	}
	return n > 0
}

// gutter finds the gutter in parts that parts the most text.
func (l *layout) gutter(parts []*line) (best gutter, found bool) {
	score := 0.0
	for _, f := range parts {
		if l.work -= 2 * len(parts); l.work < 0 || len(parts) > maxParts {
			return best, false
		}
		for _, width := range []float64{wideGutter, narrowGutter} {
			g, ok := l.rightOf(f, parts, width*l.em(f))
			if !ok || g.narrow && !l.cells(g, parts) {
				continue
			}
			if s := g.overlap + .1*(g.x1-g.x0); s > score {
				best, score, found = g, s, true
			}
		}
	}
	return best, found
}

// em is the unit of gutters: the size of the type beside them, within reason.
func (l *layout) em(f *line) float64 { return min(l.body, max(f.size, .7*l.body)) }

// rightOf returns the empty strip that begins where f ends, between the nearest
// parts above and below that reach into the first points of it, if it is a
// gutter.
func (l *layout) rightOf(f *line, parts []*line, points float64) (gutter, bool) {
	g := gutter{x0: f.x1, x1: math.Inf(1), top: math.Inf(-1), bottom: math.Inf(1)}
	for _, b := range parts {
		if b.x0 >= g.x0+points || b.x1 < g.x0+1 || b == f {
			continue
		}
		switch {
		case b.y > f.y+.3*f.size:
			g.bottom = min(g.bottom, b.y0)
		case b.y < f.y-.3*f.size:
			g.top = max(g.top, b.y1)
		default:
			return g, false
		}
	}
	var left, right extent
	for _, b := range parts {
		if middle := (b.y0 + b.y1) / 2; middle < g.top || middle > g.bottom {
			continue
		}
		if b.x1 <= g.x0+1 {
			g.x0 = max(g.x0, b.x1)
			left.add(b)
		} else {
			g.x1 = min(g.x1, b.x0)
			right.add(b)
		}
	}
	if left.n == 0 || right.n == 0 {
		return g, false
	}
	g.overlap = min(left.y1, right.y1) - max(left.y0, right.y0)
	em := l.em(f)
	width := (g.x1 - g.x0) / em
	if g.overlap <= 0 || width < narrowGutter {
		return g, false
	}
	g.rows = min(left.rows(), right.rows())
	if left.width() < minColumn*em || right.width() < minColumn*em {
		g.narrow = true
		return g, width >= wideGutter && g.rows >= wideRows
	}
	switch {
	case width >= wideGutter && g.rows >= wideRows, g.rows >= narrowRows:
		return g, true
	}
	for _, k := range l.known {
		if min(k.x1, g.x1)-max(k.x0, g.x0) > .6*(k.x1-k.x0) && g.rows >= 1 {
			return g, true
		}
	}
	return g, false
}

// extent is the ground that some parts cover.
type extent struct {
	rect
	n  int
	ys []float64
}

func (e *extent) add(l *line) {
	if e.n == 0 {
		e.rect = l.rect
	}
	e.rect = e.union(l.rect)
	e.ys = append(e.ys, l.y)
	e.n++
}

// rows is the number of rows in the extent.
func (e *extent) rows() int {
	slices.Sort(e.ys)
	n, last := 0, math.Inf(-1)
	for _, y := range e.ys {
		if y > last+3 {
			n++
			last = y
		}
	}
	return n
}

// emit adds parts as a region. In a column, parts of a row become one line, and
// what frames hold is set apart.
func (l *layout) emit(kind regionKind, parts []*line) {
	if len(parts) == 0 {
		return
	}
	if kind == table && !hasFrame(parts) {
		l.add(region{kind: table, lines: parts})
		return
	}
	var cur, around []*line
	flush := func() {
		if len(cur) > 0 {
			l.add(region{kind: column, lines: cur})
			k := len(l.regions) - 1
			for _, f := range around {
				l.regions[k].beside = append(l.regions[k].beside, f.rect)
			}
		}
		for _, f := range around {
			l.regions = append(l.regions, f.inside...)
		}
		cur, around = nil, nil
	}
	for _, r := range rows(parts) {
		text := slices.DeleteFunc(slices.Clone(r), func(p *line) bool { return p.inside != nil })
		for _, f := range r {
			if f.inside == nil {
				continue
			}
			if !f.textBeside(parts) {
				flush()
				l.regions = append(l.regions, f.inside...)
				continue
			}
			around = append(around, f)
		}
		if len(text) > 0 {
			cur = append(cur, whole(text))
		}
	}
	flush()
}

// textBeside reports whether any of parts runs beside the frame.
func (l *line) textBeside(parts []*line) bool {
	return slices.ContainsFunc(parts, func(p *line) bool { return p.inside == nil && p.y > l.y0 && p.y < l.y1 })
}

// add appends a region and measures it.
func (l *layout) add(r region) {
	r.page = l.page
	r.rect = r.lines[0].rect
	for _, m := range r.lines {
		r.rect = r.union(m.rect)
	}
	l.regions = append(l.regions, r)
}
