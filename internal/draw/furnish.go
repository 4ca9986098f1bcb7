package draw

import "math"

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

// Ids of what every picture has. No unit's id begins as they do.
const (
	reserved  = "map_"
	nameID    = "map_name" // the SVG's title
	descID    = "map_desc"
	titleID   = "map_title"
	captionID = "map_caption"
	noteID    = "map_note"
	legendID  = "map_legend"
)

// newLabel measures lines and sets them at p.
func newLabel(id, class string, lines []string, size float64, bold bool, p point) label {
	w, h := textExtent(lines, size, bold)
	return label{id: id, class: class, lines: lines, size: size, bold: bold, frame: rect{p, point{p.X + w, p.Y + h}}}
}

// textExtent is the room that lines take.
func textExtent(lines []string, size float64, bold bool) (w, h float64) {
	return ceil(widest(lines, size, bold)) + 2, ceil(float64(len(lines))*size*lineSpacing) + 2
}

// widest is the width of the widest of the lines, with leeway.
func widest(lines []string, size float64, bold bool) float64 {
	w := 0.0
	for _, line := range lines {
		w = max(w, face(bold).width(line, size)*leeway)
	}
	return w
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
	if pic.caption != "" {
		add(newLabel(captionID, "summary", wrap(pic.caption, columns*3/2), bodySize, true, point{0, y}))
	}
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
	if pic.legend = newLegend(pic, at, width, f); pic.legend != nil {
		pic.size.X = max(pic.size.X, pic.legend.frame.Max.X)
		pic.size.Y = max(pic.size.Y, pic.legend.frame.Max.Y)
	}
}

// furnished is about how large a picture becomes by its title and a legend of so
// many samples.
func furnished(size point, f *frame, samples int) point {
	size.X = max(size.X, 200)
	size.Y += 3 * titleSize
	if f.vertical() && samples > 0 {
		size.Y += pageGap + 2*legendPad + legendRow*math.Ceil(float64(samples)*3*sampleWidth/size.X)
	}
	return size
}

// suffix tells the second of a kind from the first.
func suffix(i int) string {
	if i == 0 {
		return ""
	}
	return "_" + string(rune('1'+i%9))
}
