package draw

import "strconv"

// legend explains the shapes and lines in use.
type legend struct {
	frame    rect
	captions []label
	boxes    []*box
	links    []link
}

// Sizes in the legend, in points.
const (
	legendPad    = 10.0
	legendRow    = 30.0
	sampleWidth  = 38.0
	sampleHeight = 22.0
)

// samples is how many rows a legend of the picture has if it is narrow.
func (p *picture) samples() int {
	if !p.wantsLegend {
		return 0
	}
	n := len(p.explained()) + len(p.changed.entries())
	if p.weighted() {
		n++
	}
	return n
}

// newLegend explains what has changed, the looks, and how wide lines are if that
// differs, in rows no wider than width, its corner at p; it is nil where there is
// nothing to explain.
func newLegend(pic *picture, p point, width float64, f *frame) *legend {
	l := &legend{}
	x, y := p.X+legendPad, p.Y+legendPad
	right := x
	add := func(name string, caption []string, sample func(point)) {
		c := newLabel(legendID+"_"+name, "caption", caption, sourceSize, false, point{})
		w := sampleWidth + 8 + c.frame.w()
		if x > p.X+legendPad && (width < 400 || x+w > p.X+width-legendPad) {
			x, y = p.X+legendPad, y+legendRow
		}
		sample(point{x, y})
		middle, half := y+sampleHeight/2, c.frame.h()/2
		c.frame = rect{point{x + sampleWidth + 8, middle - half}, point{x + w, middle + half}}
		l.captions = append(l.captions, c)
		right = max(right, x+w)
		x += w + 18
	}
	var rest *tint // of what the looks are shown in
	if pic.changed != nil {
		rest = &tints[Unchanged]
	}
	for _, e := range pic.changed.entries() {
		add(e.name, e.caption, func(p point) { l.sample(e.name, e.look, e.tint, p, f) })
	}
	for _, k := range pic.explained() {
		add(styles[k].name, []string{styles[k].caption}, func(p point) { l.sample(styles[k].name, k, rest, p, f) })
	}
	if pic.weighted() {
		add("weights", []string{"thin line: unsure, thick: sure"}, l.sampleWeights)
	}
	if len(l.captions) == 0 {
		return nil
	}
	l.frame = rect{p, point{max(right+legendPad, p.X+min(width, 200)), y + sampleHeight + legendPad}}
	return l
}

// sample draws a small box or line of that look and tint at p.
func (l *legend) sample(name string, k look, t *tint, p point, f *frame) {
	id := legendID + "_" + name + "_sample"
	if styles[k].shape != "" {
		b := &box{id: id, look: k, tint: t, w: sampleWidth, h: sampleHeight, headH: 9, at: p, class: "sample"}
		if t != nil && t.sign != "" {
			b.headH, b.lines = 0, []string{t.sign}
		}
		l.boxes = append(l.boxes, b)
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
		id: id, look: k, tint: t, from: id + "_tail", to: id + "_tip", path: []point{tail, tip},
		sign: styles[k].mark != "" && t == nil, signAt: sign, class: "sample",
	})
}

// sampleWeights draws lines of all widths at p.
func (l *legend) sampleWeights(p point) {
	for i, w := range weights {
		id := legendID + "_weight_" + strconv.Itoa(i+1)
		y := p.Y + sampleHeight/2 + 6*float64(len(weights)/2-i)
		l.links = append(l.links, link{
			id: id, look: lookSupports, confidence: max(w.least, 0.01), from: id + "_tail", to: id + "_tip", knot: true,
			path: []point{{p.X + sampleWidth, y}, {p.X, y}}, class: "sample",
		})
	}
}
