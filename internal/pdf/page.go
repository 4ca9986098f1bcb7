package pdf

import "math"

// page is what stands on a page before anything is made of it. Coordinates are
// in points, x to the right and y down from the upper left corner, turned so
// that most of the text runs from left to right.
type page struct {
	number        int // from 1
	width, height float64
	words         []word // in the order in which the file draws them
	rules         []rect // lines and thin bars, mostly horizontal
	boxes         []rect // frames and tinted grounds
	pictures      []rect
}

// rect is a rectangle; y1 is below y0.
type rect struct{ x0, y0, x1, y1 float64 }

func (r rect) width() float64  { return r.x1 - r.x0 }
func (r rect) height() float64 { return r.y1 - r.y0 }

// union is the smallest rectangle around both.
func (r rect) union(s rect) rect {
	return rect{min(r.x0, s.x0), min(r.y0, s.y0), max(r.x1, s.x1), max(r.y1, s.y1)}
}

// holds reports whether the middle of s lies in r.
func (r rect) holds(s rect) bool {
	x, y := (s.x0+s.x1)/2, (s.y0+s.y1)/2
	return r.x0 <= x && x <= r.x1 && r.y0 <= y && y <= r.y1
}

// font is what the type of a word looks like.
type font struct {
	bold, italic, mono bool
	// unnamed is set for a font without a name, as those are that TeX draws dot
	// by dot.
	unnamed bool
}

// word is a run of characters without a gap, in one font and size and on one
// baseline: "10²" is two.
type word struct {
	text   string
	x0, x1 float64 // with the room that the font gives the first and last character
	y      float64 // the baseline
	size   float64 // of the font, in points
	font   font
	// glued is set where nothing parts the word from the one drawn before it.
	glued bool
	// stuck is set where nothing parts it from the word before it in its line.
	stuck bool
	// unseen is set for the text under the picture of a scanned page.
	unseen bool
	// artifact is set where the file says that the word is no part of the text:
	// a running head, a page number.
	artifact bool
	order    int // its place among the words of the page
	chars    int // how many characters it has
}

// Where a line of type begins and ends around its baseline, as shares of the
// size: capitals and ascenders rise to .7 and descenders go down to .2 in nearly
// every text face.
const (
	ascent  = .72
	descent = .22
)

// raised reports whether w stands above the baseline of base as a note mark or
// an exponent does, and in smaller type.
func (w *word) raised(base *word) bool {
	rise := base.y - w.y
	return w.size < .85*base.size && w.size > .45*base.size && rise > .12*base.size && rise < .8*base.size
}

// near reports whether a and b differ by at most tolerance.
func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }
