package draw

// join cuts dashed supports where they meet another one that leads to the same
// unit: dashes on dashes would look like a whole line.
func (l *layouter) join() {
	drawn := map[linkEnd][]*link{}
	for i := range l.part.links {
		k := &l.part.links[i]
		if k.look != lookSupports || k.tint == nil || !k.tint.dashed {
			continue
		}
		e := k.end()
		for _, other := range drawn[e] {
			k.cut(other.path)
		}
		drawn[e] = append(drawn[e], k)
	}
}

// cut ends the link where it meets the other path, if it does.
func (l *link) cut(other []point) {
	for i := 1; i < len(l.path); i++ {
		a, b := l.path[i-1], l.path[i]
		at, met := b, false
		for j := 1; j < len(other); j++ {
			if p, ok := meeting(a, b, other[j-1], other[j]); ok && (!met || distance(a, p) < distance(a, at)) {
				at, met = p, true
			}
		}
		if met && distance(l.path[0], at) > 1 {
			l.path = append(l.path[:i:i], at)
			l.joins = true
			return
		}
	}
}

// meeting is the first point on the way from a to b that lies on the way from r
// to s, if there is one. Both ways run along an axis.
func meeting(a, b, r, s point) (point, bool) {
	lo := point{max(min(a.X, b.X), min(r.X, s.X)), max(min(a.Y, b.Y), min(r.Y, s.Y))}
	hi := point{min(max(a.X, b.X), max(r.X, s.X)), min(max(a.Y, b.Y), max(r.Y, s.Y))}
	if lo.X > hi.X || lo.Y > hi.Y {
		return point{}, false
	}
	// What they share is a point or a stretch of both.
	return point{min(max(a.X, lo.X), hi.X), min(max(a.Y, lo.Y), hi.Y)}, true
}
