package draw

import (
	"image/color"
	"math"
)

// canvas is what a drawing is painted on: the pixels of a PNG or a page of PDF.
// Places and lengths are points of the drawing, from its top left corner, Y
// down; what they are on the canvas is the canvas's own business.
type canvas interface {
	// path fills the path that the steps make and draws its line.
	path(steps []step, k ink)
	// text sets s from the point at on its base line. The face has all of s.
	text(s string, at point, face typeset, c color.NRGBA)
	// standIn has paint draw what stands for s, which the face lacks.
	standIn(s string, paint func())
}

// typeset is the face and size, in points, of a text.
type typeset struct {
	size float64
	bold bool
}

// ink is how a path is painted. A clear colour paints nothing.
type ink struct {
	fill, pen color.NRGBA
	// width is that of the line; 0 is the thinnest that hides the seam between
	// two areas beside one another.
	width float64
	dash  []float64 // lengths of dash and gap; none is a whole line
}

// dashes are the lengths of dash and gap at that scale.
func (k *ink) dashes(scale float64) []float64 {
	dash := make([]float64, len(k.dash))
	for i, d := range k.dash {
		dash[i] = d * scale
	}
	return dash
}

// step is one step along a path.
type step struct {
	verb       verb
	c1, c2, to point // the curve's control points, and where the step leads
}

type verb int

const (
	moveTo verb = iota
	lineTo
	curveTo
	closePath // back to where the path began
)

// walk goes along a path by the words that a library has for the steps; at turns
// points of the drawing into the library's.
func walk(steps []step, at func(point) (x, y float64), move, line func(x, y float64),
	curve func(x1, y1, x2, y2, x, y float64), closed func(),
) {
	for i := range steps {
		s := &steps[i]
		x, y := at(s.to)
		switch s.verb {
		case moveTo:
			move(x, y)
		case lineTo:
			line(x, y)
		case curveTo:
			x1, y1 := at(s.c1)
			x2, y2 := at(s.c2)
			curve(x1, y1, x2, y2, x, y)
		case closePath:
			closed()
		}
	}
}

// bounds is the rectangle around the points of a path.
func bounds(steps []step) rect {
	r := rect{everything.Max, everything.Min}
	add := func(p point) {
		r.Min = point{min(r.Min.X, p.X), min(r.Min.Y, p.Y)}
		r.Max = point{max(r.Max.X, p.X), max(r.Max.Y, p.Y)}
	}
	for i := range steps {
		switch s := &steps[i]; s.verb {
		case curveTo:
			add(s.c1)
			add(s.c2)
			add(s.to)
		case moveTo, lineTo:
			add(s.to)
		}
	}
	return r
}

// overlaps reports whether the rectangles share a point.
func (r rect) overlaps(s rect) bool {
	return r.Min.X <= s.Max.X && s.Min.X <= r.Max.X && r.Min.Y <= s.Max.Y && s.Min.Y <= r.Max.Y
}

// grown is the rectangle with a border of that width.
func (r rect) grown(by float64) rect {
	return rect{point{r.Min.X - by, r.Min.Y - by}, point{r.Max.X + by, r.Max.Y + by}}
}

// ellipse is an ellipse of four curves.
func ellipse(centre point, rx, ry float64) []step {
	const kappa = 4 * (math.Sqrt2 - 1) / 3 // how far a control point of a quarter of a circle is from its end
	on := func(x, y float64) point { return point{centre.X + x*rx, centre.Y + y*ry} }
	return []step{
		{verb: moveTo, to: on(1, 0)},
		{verb: curveTo, c1: on(1, kappa), c2: on(kappa, 1), to: on(0, 1)},
		{verb: curveTo, c1: on(-kappa, 1), c2: on(-1, kappa), to: on(-1, 0)},
		{verb: curveTo, c1: on(-1, -kappa), c2: on(-kappa, -1), to: on(0, -1)},
		{verb: curveTo, c1: on(kappa, -1), c2: on(1, -kappa), to: on(1, 0)},
		{verb: closePath},
	}
}

// box4 is a rectangle of four lines.
func box4(r rect) []step {
	return []step{
		{verb: moveTo, to: r.Min},
		{verb: lineTo, to: point{r.Max.X, r.Min.Y}},
		{verb: lineTo, to: r.Max},
		{verb: lineTo, to: point{r.Min.X, r.Max.Y}},
		{verb: closePath},
	}
}
