package draw

import "slices"

// flow sets the units of each section in lines no longer than room.
func (l *layouter) flow(room float64) {
	for _, s := range l.sections {
		s.flow(room, l.f.vertical())
	}
}

// flow sets the section's units in lines and finds how large it is. Its title
// stands before the units along c or, where m leads down the page, behind them
// along m: the lines to the thesis leave on the other side.
func (s *section) flow(room float64, vertical bool) {
	if s.ext = (spot{}); len(s.roots) == 0 {
		return
	}
	s.ext = flow(s.roots, room)
	s.ext.m += entryPad
	if s.group.id == "" {
		return
	}
	s.ext.m += sectionPad
	s.ext.c += 2 * sectionPad
	switch {
	case s.group.title == "":
	case vertical:
		s.ext.m += s.title.m + titleRoom
		s.ext.c = max(s.ext.c, s.title.c+2*sectionPad)
	default:
		s.ext.c += s.title.c + titleRoom
		s.ext.m = max(s.ext.m, s.title.m+2*sectionPad)
	}
}

// measure sets the sections in columns and finds how large the map is.
func (l *layouter) measure(b budget) {
	l.fill(b.columns)
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
	title := l.f.turn(titleExtent(l.part.title, partSize))
	l.ext.m += 2 * partPad
	l.ext.c = max(l.ext.c, title.c) + 2*partPad
	if l.f.vertical() {
		l.ext.m += title.m + titleRoom
	} else {
		l.ext.c += title.c + titleRoom
		l.ext.m = max(l.ext.m, title.m+2*partPad)
	}
}

// fill deals the sections out to n columns, in reading order and as evenly as
// that allows.
func (l *layouter) fill(n int) {
	var filled []*section
	tallest, sum := 0.0, 0.0
	for _, s := range l.sections {
		if len(s.roots) > 0 {
			filled = append(filled, s)
			tallest = max(tallest, s.ext.c)
			sum += s.ext.c + sectionGap
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
	l.columns = l.columns[:0]
	for i, sections := range split(filled, hi) {
		col := column{sections: sections, height: -sectionGap}
		for _, s := range sections {
			col.height += s.ext.c + sectionGap
			col.width = max(col.width, s.ext.m)
			col.attacks += attacks(l.mainsOf(s))
		}
		// One line for all supports, one each for the others; in the first
		// gutter all lines meet.
		switch lines := 1 + l.crossLanes; {
		case i > 0:
			col.gutter = track*float64(lines+col.attacks) + sectionGap
		case l.thesis == nil:
			col.gutter = track * float64(l.crossLanes)
		default:
			col.gutter = track * float64(lines+attacks(l.mains()))
		}
		l.columns = append(l.columns, col)
	}
}

// split deals the sections out to columns no higher than height.
func split(sections []*section, height float64) [][]*section {
	var columns [][]*section
	begin, c := 0, 0.0
	for i, s := range sections {
		if c += s.ext.c; c > height && i > begin {
			columns = append(columns, sections[begin:i])
			begin, c = i, s.ext.c
		}
		c += sectionGap
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
	for _, col := range l.columns[1:] {
		n += col.attacks
	}
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
			_, h := titleExtent(l.part.title, partSize)
			o.c += h + titleRoom
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
		for _, s := range col.sections {
			s.ext.m = col.width
			s.place(spot{m, c}, l.f.vertical())
			c += s.ext.c + sectionGap
		}
		end = max(end, c-sectionGap)
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
func (s *section) place(o spot, vertical bool) {
	s.at = o
	o.m += entryPad
	if s.group.id != "" {
		o.c += sectionPad
		if s.group.title != "" && !vertical {
			o.c += s.title.c + titleRoom
		}
	}
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
	for _, s := range l.sections {
		if s.group.id != "" && len(s.roots) > 0 {
			s.group.frame = l.f.rect(s.at, s.ext)
		}
	}
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
}

// bracket is the line from a source to its unit.
func (it *item) bracket(t *tag) []spot {
	m, c := t.off.m-10, t.at.c+t.size.c/2
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
