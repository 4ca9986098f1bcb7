package draw

import "slices"

// flow sets the units of each section in lines no longer than room.
func (l *layouter) flow(room float64) {
	for _, s := range l.sections {
		s.flow(room, l.f.vertical())
	}
}

// flow sets the section's units in lines and finds how large it is, along c
// without its frame. Its title stands before the units along c or, where m leads
// down the page, behind them along m: the lines to the thesis leave on the other
// side.
func (s *section) flow(room float64, vertical bool) {
	s.head, s.tail = 0, 0
	if s.ext = (spot{}); len(s.roots) == 0 {
		return
	}
	s.ext = flow(s.roots, room)
	s.entry = max(entryPad, signsOf(s.roots))
	s.ext.m += s.entry
	if s.group.id == "" {
		return
	}
	s.ext.m += sectionPad
	s.head, s.tail = sectionPad, sectionPad
	switch {
	case s.group.title == "":
	case vertical:
		s.ext.m += s.title.m + titleRoom
		s.ext.c = max(s.ext.c, s.title.c)
	default:
		s.head += s.title.c + titleRoom
		s.ext.m = max(s.ext.m, s.title.m+2*sectionPad)
	}
}

// after is how far the section stands from the one before it in its column, both
// without their frames; before is nil for the first.
func (s *section) after(before *section) float64 {
	switch {
	case before == nil:
		return s.head
	case before.group == s.group && s.group.id != "":
		return rowGap // in the same frame
	}
	return before.tail + sectionGap + s.head
}

// stack is how high sections are one upon the other.
func stack(sections []*section) float64 {
	var before *section
	c := 0.0
	for _, s := range sections {
		c += s.after(before) + s.ext.c
		before = s
	}
	return c + before.tail
}

// measure sets the sections in columns, and finds how large the map is.
func (l *layouter) measure(b budget) {
	l.fill(b.columns)
	l.extend()
}

// extend finds how large the map is, its columns given.
func (l *layouter) extend() {
	l.ext = spot{0, 0}
	if l.thesis != nil {
		own := l.thesis.own()
		l.ext = spot{own.m + arrowRoom, own.c}
	}
	lanes := l.laneRoom()
	for _, col := range l.columns {
		l.ext.m += col.gutter + col.width
		l.ext.c = max(l.ext.c, lanes+col.height)
	}
	if l.part.id == "" {
		return
	}
	title := l.title
	l.ext.m += 2 * partPad
	l.ext.c = max(l.ext.c, title.c) + 2*partPad
	if l.f.vertical() {
		l.ext.m += title.m + titleRoom
	} else {
		l.ext.c += title.c + titleRoom
		l.ext.m = max(l.ext.m, title.m+2*partPad)
	}
}

// settle lays the map out by the budget, and then again with the boxes as large
// as they are, every line and column as it was found.
func (l *layouter) settle(b budget) {
	l.flow(b.room)
	l.measure(b)
	var columns [][]*section
	for i := range l.columns {
		columns = append(columns, l.columns[i].sections)
	}
	for _, it := range l.items {
		it.size, it.fixed = l.f.turn(it.box.w, it.box.h), true
	}
	l.flow(b.room)
	l.deal(columns)
	l.extend()
}

// fill deals the sections out to n columns, in reading order and as evenly as
// that allows.
func (l *layouter) fill(n int) {
	var filled []*section
	tallest, sum := 0.0, 0.0
	for _, s := range l.sections {
		if len(s.roots) > 0 {
			filled = append(filled, s)
			own := s.head + s.ext.c + s.tail
			tallest = max(tallest, own)
			sum += own + sectionGap
		}
	}
	// The least height at which the sections fit into n columns, to a point.
	lo, hi := tallest, sum
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; len(split(filled, mid)) <= n {
			hi = mid
		} else {
			lo = mid
		}
	}
	l.deal(split(filled, hi))
}

// deal gives the columns their sections, and finds how large they are.
func (l *layouter) deal(columns [][]*section) {
	l.columns = nil
	for i, sections := range columns {
		col := column{sections: sections, height: stack(sections)}
		for _, s := range sections {
			col.width = max(col.width, s.ext.m)
			mains := l.mainsOf(s)
			col.attacks += attacks(mains)
			col.mains = append(col.mains, mains...)
		}
		// One line for all supports, one each for the others; in the first
		// gutter all lines meet.
		switch lines := 1 + l.crossLanes; {
		case i > 0:
			col.gutter = track*float64(lines+col.attacks+moreSupports(col.mains)) + sectionGap
		case l.thesis == nil:
			col.gutter = track * float64(l.crossLanes)
		default:
			col.gutter = track * float64(lines+attacks(l.mains())+moreSupports(l.mains()))
		}
		l.columns = append(l.columns, col)
	}
}

// split deals the sections out to columns no higher than height.
func split(sections []*section, height float64) [][]*section {
	var columns [][]*section
	var before *section
	begin, c := 0, 0.0
	for i, s := range sections {
		if c += s.after(before) + s.ext.c; c+s.tail > height && i > begin {
			columns = append(columns, sections[begin:i])
			begin, c = i, s.head+s.ext.c
		}
		before = s
	}
	if begin < len(sections) {
		columns = append(columns, sections[begin:])
	}
	return columns
}

// laneRoom is the room above the sections for the lines that come from the
// columns beyond the first.
func (l *layouter) laneRoom() float64 {
	if len(l.columns) < 2 {
		return 0
	}
	n := l.crossLanes + 1
	var mains []*item
	for _, col := range l.columns[1:] {
		n += col.attacks
		mains = append(mains, col.mains...)
	}
	n += moreSupports(mains)
	// The first lane meets the thesis straight.
	return laneStep * float64(n+1)
}

// mainsOf are the units of the section that bear on the thesis.
func (l *layouter) mainsOf(s *section) []*item {
	var mains []*item
	for _, it := range s.roots {
		if l.thesis != nil && it.up == l.thesis && it.via != nil {
			mains = append(mains, it)
		}
	}
	return mains
}

// place puts the map's corner at o.
func (l *layouter) place(o spot) {
	l.at = o
	if l.part.id != "" {
		o.m += partPad
		o.c += partPad
		if !l.f.vertical() {
			o.c += l.title.c + titleRoom
		}
	}
	m, end := o.m, o.c
	if l.thesis != nil {
		m += l.thesis.own().m + arrowRoom
	}
	l.lanes = o.c + l.laneRoom()
	for i := range l.columns {
		col := &l.columns[i]
		m += col.gutter
		col.left = m
		c := l.lanes
		var before *section
		for _, s := range col.sections {
			c += s.after(before)
			s.ext.m = col.width
			s.place(spot{m, c})
			c += s.ext.c
			before = s
		}
		end = max(end, c+before.tail)
		m += col.width
	}
	if l.thesis != nil {
		mains := l.mains()
		switch {
		case l.f.vertical():
			o.c += max(0, (end-o.c-l.thesis.own().c)/2)
		case len(l.columns) == 1 && len(mains) > 0:
			// The first line to it is straight.
			o.c += max(0, mains[0].exit()-o.c-l.thesis.size.c/2)
		}
		l.thesis.place(o)
	}
}

// place puts the section's corner at o.
func (s *section) place(o spot) {
	s.at = o
	o.m += s.entry
	for _, it := range s.roots {
		it.line = o.c + it.off.c
		it.place(spot{o.m + it.off.m, o.c + it.off.c})
	}
}

// finish turns the layout into places in the picture and draws the lines.
func (l *layouter) finish() {
	if l.part.id != "" {
		l.part.frame = l.f.rect(l.at, l.ext)
	}
	l.frames()
	for _, it := range l.items {
		it.box.at = l.f.rect(it.at, it.size).Min
		for _, t := range it.tags {
			t.box.at = l.f.rect(t.at, t.size).Min
			l.f.draw(t.link, it.bracket(t))
		}
	}
	for _, k := range l.knots {
		if k.it != nil {
			k.at = spot{k.it.at.m - knotAt, k.it.mid().c}
			half := k.box.w / 2
			k.box.at = l.f.rect(spot{k.at.m - half, k.at.c - half}, spot{2 * half, 2 * half}).Min
		}
	}
	l.route()
	l.join()
}

// frames draws the frames of the sections.
func (l *layouter) frames() {
	var more []group
	for i := range l.columns {
		sections := l.columns[i].sections
		for len(sections) > 0 {
			n := 1
			for n < len(sections) && sections[n].group == sections[0].group {
				n++
			}
			if first, last := sections[0], sections[n-1]; first.group.id != "" {
				at := spot{first.at.m, first.at.c - first.head}
				r := l.f.rect(at, spot{first.ext.m, last.at.c + last.ext.c + last.tail - at.c})
				if first.group.frame == (rect{}) {
					first.group.frame = r
				} else {
					more = append(more, l.goOn(first.group, sections[:n], r, len(more)))
				}
			}
			sections = sections[n:]
		}
	}
	l.part.groups = append(l.part.groups, more...)
}

// goOn makes the frame in which a section goes on in another column, frame number
// n of the sort.
func (l *layouter) goOn(g *group, sections []*section, frame rect, n int) group {
	moved := map[*box]bool{}
	var move func(items []*item)
	move = func(items []*item) {
		for _, it := range items {
			moved[it.box] = true
			for _, t := range it.tags {
				moved[t.box] = true
			}
			move(it.kids)
		}
	}
	for _, s := range sections {
		move(s.roots)
	}
	for _, k := range l.knots {
		if k.it != nil && moved[k.it.box] {
			moved[k.box] = true
		}
	}
	next := group{id: reserved + "more_" + g.id + suffix(n), title: continued(g.title), frame: frame}
	left := g.boxes[:0:0]
	for _, b := range g.boxes {
		if moved[b] {
			next.boxes = append(next.boxes, b)
		} else {
			left = append(left, b)
		}
	}
	g.boxes = left
	return next
}

// continued is the title of a frame in which a section goes on.
func continued(title string) string {
	if title == "" {
		return ""
	}
	return title + " (continued)"
}

// bracket is the line from a source to its unit.
func (it *item) bracket(t *tag) []spot {
	m, c := min(t.off.m-10, it.size.m-8), t.at.c+t.size.c/2
	return []spot{{t.at.m, c}, {it.at.m + m, c}, {it.at.m + m, it.at.c + it.size.c}}
}

// mains are the units that bear on the thesis.
func (l *layouter) mains() []*item {
	var mains []*item
	for _, s := range l.sections {
		mains = slices.Concat(mains, l.mainsOf(s))
	}
	return mains
}
