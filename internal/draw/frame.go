package draw

// frame turns the layout's frame, in which m leads away from the thesis, into
// the picture's, in which x leads right and y down.
type frame struct {
	rankdir string
	depth   float64 // how far the layout reaches along m
	origin  point   // where the layout's corner is in the picture
}

// vertical reports whether m is the picture's y.
func (f *frame) vertical() bool { return f.rankdir == "BT" || f.rankdir == "TB" }

// turn is the extent in the layout of something w wide and h high.
func (f *frame) turn(w, h float64) spot {
	if f.vertical() {
		return spot{h, w}
	}
	return spot{w, h}
}

// size is the extent in the picture of something that large in the layout.
func (f *frame) size(s spot) point {
	if f.vertical() {
		return point{s.c, s.m}
	}
	return point{s.m, s.c}
}

// point is the place in the picture of a place in the layout.
func (f *frame) point(s spot) point {
	var p point
	switch f.rankdir {
	case "LR":
		p = point{f.depth - s.m, s.c}
	case "BT":
		p = point{s.c, s.m}
	case "TB":
		p = point{s.c, f.depth - s.m}
	default:
		p = point{s.m, s.c}
	}
	return point{p.X + f.origin.X, p.Y + f.origin.Y}
}

// rect is the place in the picture of what stands at a, that large, in the layout.
func (f *frame) rect(at, ext spot) rect {
	p, q := f.point(at), f.point(spot{at.m + ext.m, at.c + ext.c})
	return rect{point{min(p.X, q.X), min(p.Y, q.Y)}, point{max(p.X, q.X), max(p.Y, q.Y)}}
}
