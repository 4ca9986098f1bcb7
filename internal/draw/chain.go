package draw

// chained reports whether one unit bears on the item and nothing else does.
func (it *item) chained() bool {
	return len(it.kids) == 1 && it.kids[0].via != nil && it.kids[0].via.look != lookUndercuts
}

// measureChain lays out the item and the chain of units beyond it in lines, as
// words are set in a text. Without that, long chains would end in stairs with
// nothing beside them.
func (it *item) measureChain(avail float64) {
	at, bottom := spot{}, it.ext.c
	head, ext := it, it.ext // head begins the line
	for p := it; p.chained(); p = p.kids[0] {
		k := p.kids[0]
		k.tagUnder(exitAt + 10)
		setLine(p.kids, 0)
		p.row, p.below = nil, false
		next := spot{at.m + p.own().m + channel(p.kids), at.c}
		back := spot{turn(p.kids), bottom + 2*turnRoom}
		if !k.fixed {
			k.turned = next.m > back.m && k.breaks(avail, next, back)
		}
		if k.turned {
			next, p.row = back, head
			if p == it { // right below
				p.row, p.below = nil, true
				p.tagUnder(back.m + 12)
				ext = p.own()
				next.c = ext.c + rowGap
			}
			head, bottom = k, 0
		}
		k.off = spot{next.m - at.m, next.c - at.c}
		at = next
		own := k.own()
		if !k.chained() {
			k.measure(avail - at.m)
			own = k.ext
		}
		bottom = max(bottom, at.c+own.c)
		ext = spot{max(ext.m, at.m+own.m), max(ext.c, bottom)}
	}
	it.ext = ext
}

// turned is how many units begin a new line of a chain.
func (l *layouter) turned() int {
	n := 0
	for _, it := range l.items {
		if it.turned {
			n++
		}
	}
	return n
}

// breaks reports whether the item, which goes on with a chain, should begin a
// new line at back and not stand at next.
func (it *item) breaks(avail float64, next, back spot) bool {
	switch {
	case next.m+it.width() > avail:
		return true
	case it.chained() || len(it.kids) == 0:
		return false
	case next.m+it.least() > avail:
		return true
	case next.m+it.least()+slack*it.column() > avail: // little room: see which is lower
		it.measure(avail - next.m)
		beside := next.c + it.ext.c
		it.measure(avail - back.m)
		return back.c+it.ext.c < beside
	}
	return false
}
