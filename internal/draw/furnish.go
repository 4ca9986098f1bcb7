package draw

// label is text that stands free in the picture: the title, a caption.
type label struct {
	id    string
	class string
	lines []string
	size  float64
	bold  bool
	dim   bool
	frame rect
}

// legend explains the shapes and lines in use.
type legend struct {
	frame    rect
	captions []label
	boxes    []*box
	links    []link
}

// Ids of what every picture has. No unit's id begins as they do.
const (
	reserved = "map_"
	titleID  = "map_title"
	noteID   = "map_note"
	legendID = "map_legend"
)

// newLabel measures lines and sets them at p.
func newLabel(id, class string, lines []string, size float64, bold bool, p point) label {
	w, h := textExtent(lines, size, bold)
	return label{id: id, class: class, lines: lines, size: size, bold: bold, frame: rect{p, point{p.X + w, p.Y + h}}}
}

// textExtent is the room that lines take.
func textExtent(lines []string, size float64, bold bool) (w, h float64) {
	for _, line := range lines {
		w = max(w, face(bold).width(line, size)*leeway)
	}
	return ceil(w) + 2, ceil(float64(len(lines))*size*lineSpacing) + 2
}

// furnish sets the title above the maps and the legend beside or below them,
// and has the maps turn their layout, which ends at end, into the picture.
func furnish(pic *picture, f *frame, maps []*layouter, end spot) {
	size := f.size(end)
	y := 0.0
	add := func(l label) {
		pic.labels = append(pic.labels, l)
		y = l.frame.Max.Y + 4
		pic.size.X = max(pic.size.X, l.frame.Max.X)
	}
	columns := int(max(40, min(size.X/(titleSize*0.55), 100)))
	add(newLabel(titleID, "title", wrap(pic.title, columns), titleSize, true, point{}))
	for i, note := range pic.notes {
		l := newLabel(noteID+suffix(i), "note", wrap(note, columns*3/2), bodySize, false, point{0, y})
		l.dim = true
		add(l)
	}
	f.origin = point{0, y + pageGap - 6}
	for _, l := range maps {
		l.finish()
	}
	pic.size = point{max(pic.size.X, size.X), f.origin.Y + size.Y}
	if !pic.wantsLegend {
		return
	}
	at, width := point{0, pic.size.Y + pageGap}, pic.size.X
	if len(maps) == 1 && maps[0].thesis != nil && !f.vertical() {
		// The room under the thesis is free.
		own := maps[0].thesis.own()
		at = f.rect(maps[0].thesis.at, own).Min
		at.Y += own.c + pageGap
		width = own.m
	}
	if pic.legend = newLegend(pic.used(), at, width, f); pic.legend != nil {
		pic.size.X = max(pic.size.X, pic.legend.frame.Max.X)
		pic.size.Y = max(pic.size.Y, pic.legend.frame.Max.Y)
	}
}

// suffix tells the second of a kind from the first.
func suffix(i int) string {
	if i == 0 {
		return ""
	}
	return "_" + string(rune('1'+i%9))
}

// Sizes in the legend, in points.
const (
	legendPad    = 10.0
	legendRow    = 30.0
	sampleWidth  = 38.0
	sampleHeight = 22.0
)

// newLegend explains the looks in use in rows no wider than width, its corner
// at p; it is nil where there is nothing to explain.
func newLegend(used [looks]bool, p point, width float64, f *frame) *legend {
	l := &legend{}
	x, y := p.X+legendPad, p.Y+legendPad
	right := x
	for i := range styles {
		if !used[i] || styles[i].caption == "" {
			continue
		}
		c := newLabel(legendID+"_"+styles[i].name, "caption", []string{styles[i].caption}, sourceSize, false, point{})
		w := sampleWidth + 8 + c.frame.w()
		if x > p.X+legendPad && (width < 400 || x+w > p.X+width-legendPad) {
			x, y = p.X+legendPad, y+legendRow
		}
		l.sample(look(i), point{x, y}, f)
		c.frame = rect{point{x + sampleWidth + 8, y + (sampleHeight-c.frame.h())/2}, point{x + w, y + (sampleHeight+c.frame.h())/2}}
		l.captions = append(l.captions, c)
		right = max(right, x+w)
		x += w + 18
	}
	if len(l.captions) == 0 {
		return nil
	}
	l.frame = rect{p, point{max(right+legendPad, p.X+min(width, 200)), y + sampleHeight + legendPad}}
	return l
}

// sample draws a small box or line of that look at p.
func (l *legend) sample(k look, p point, f *frame) {
	id := legendID + "_" + styles[k].name + "_sample"
	if styles[k].shape != "" {
		l.boxes = append(l.boxes, &box{id: id, look: k, w: sampleWidth, h: sampleHeight, headH: 9, at: p, class: "sample"})
		return
	}
	y := p.Y + sampleHeight/2 + 3
	tail, tip := point{p.X + sampleWidth, y}, point{p.X, y}
	sign := point{tail.X - 9, y - 8}
	if f.rankdir == "LR" {
		tail, tip = tip, tail
		sign.X = tail.X + 9
	}
	l.links = append(l.links, link{
		id: id, look: k, from: id + "_tail", to: id + "_tip", path: []point{tail, tip},
		sign: styles[k].mark != "", signAt: sign, class: "sample",
	})
}
