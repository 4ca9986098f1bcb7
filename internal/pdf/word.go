package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Gaps and steps between characters, as shares of the size of the type. A space
// is .25 wide; pdfium puts one in where it sees a gap, so these only catch what
// it leaves.
const (
	wordGap  = .45 // to the right of a character: another word
	backStep = .6  // to the left: elsewhere
	lineStep = .06 // up or down: a raised or lowered character, or another line
)

// minSize is the smallest type that is meant to be read, in points.
const minSize = 1.5

// gather puts the characters of a page together to words. Text that does not run
// the way most of it does, stands outside the page or is drawn twice is left out.
func gather(glyphs []glyph, s *sheet) []word {
	b := wordBuilder{sheet: s, lines: make([]place, len(s.lines))}
	for i := range s.lines {
		l := &s.lines[i]
		at := &b.lines[i]
		_, at.y = s.point(l.x, l.y)
		at.used = s.upright(l) && l.size >= minSize
	}
	for i := 0; i < len(glyphs); i++ {
		g := glyphs[i]
		if g.stroke < 0 {
			b.end(false)
			continue
		}
		if text, skip := b.overprint(glyphs[i:]); text != "" {
			b.add(glyphs[i+skip], text)
			i += skip
			continue
		}
		switch text := spelled(g.r); text {
		case "":
		case " ":
			b.end(false)
		default:
			b.add(g, text)
		}
	}
	b.end(false)
	return once(b.words)
}

// place is where a stroke lies on the turned page.
type place struct {
	y    float64 // of its baseline
	used bool
}

// wordBuilder collects characters until the word ends.
type wordBuilder struct {
	sheet *sheet
	lines []place // by stroke
	words []word
	text  strings.Builder
	cur   word
	last  int32   // stroke of the last character
	begun float64 // where the last character begins
	// raised is set where the last character is a raised digit of the font.
	raised bool
	glued  bool // whether the next word follows without a space
}

// add appends a character to the current word or begins another.
func (b *wordBuilder) add(g glyph, text string) {
	l, at := b.sheet.lines[g.stroke], b.lines[g.stroke]
	r := b.sheet.place(g.rect)
	if g.raised {
		at.y -= .35 * l.size
		l.size *= .6
	}
	// Letters of one ligature have one place.
	gap, back := r.x0-b.cur.x1, r.x0 < b.begun-.1*l.size
	if leftward(text) {
		gap, back = b.cur.x0-r.x1, true
	}
	if !at.used || !b.onPage(r, at.y) {
		b.end(false)
		return
	}
	if b.text.Len() > 0 && g.stroke == b.last && g.raised == b.raised {
		if gap > wordGap*l.size || back && gap < -backStep*l.size {
			b.end(false)
		}
	} else if b.text.Len() > 0 {
		switch {
		case gap > wordGap*l.size, back && gap < -backStep*max(l.size, b.cur.size), !near(at.y, b.cur.y, .8*max(l.size, b.cur.size)):
			b.end(false)
		case !near(at.y, b.cur.y, lineStep*l.size), !near(l.size, b.cur.size, .03*l.size), l.font != b.cur.font:
			b.end(gap < .15*l.size)
		}
	}
	if b.text.Len() == 0 {
		b.cur = word{x0: r.x0, x1: r.x1, y: at.y, size: l.size, font: l.font, glued: b.glued, unseen: l.unseen, artifact: l.artifact}
	}
	b.text.WriteString(text)
	b.cur.x0, b.cur.x1 = min(b.cur.x0, r.x0), max(b.cur.x1, r.x1)
	b.cur.chars++
	b.last, b.begun, b.raised = g.stroke, r.x0, g.raised
}

// leftward reports whether s begins with a letter that is read from right to
// left.
func leftward(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana)
}

// end ends the current word. glued says whether the next one follows it without
// a space.
func (b *wordBuilder) end(glued bool) {
	if b.text.Len() > 0 {
		b.cur.text = b.text.String()
		b.cur.order = len(b.words)
		b.words = append(b.words, b.cur)
		b.text.Reset()
	}
	b.glued = glued && len(b.words) > 0
}

// onPage reports whether a character is inside the visible part of the page.
func (b *wordBuilder) onPage(r rect, y float64) bool {
	w, h := b.sheet.size()
	x := (r.x0 + r.x1) / 2
	return x >= 0 && x <= w && y >= 0 && y <= h+1
}

// overprint returns the accented letter that the first of glyphs makes with the
// one after it, if both stand in one place, and how many glyphs to skip.
func (b *wordBuilder) overprint(glyphs []glyph) (text string, skip int) {
	g := glyphs[0]
	if accents[g.r] == 0 {
		return "", 0
	}
	for skip = 1; skip < min(3, len(glyphs)); skip++ {
		next := glyphs[skip]
		if next.stroke < 0 {
			continue
		}
		if middle := (g.x0 + g.x1) / 2; b.sheet.cos == 1 && next.x0 <= middle && middle <= next.x1 {
			return accented(g.r, next.r), skip
		}
		break
	}
	return "", 0
}

// once leaves out words that are drawn again in the same place, as some programs
// do for bold type and shadows.
func once(words []word) []word {
	type cell struct {
		text string
		x, y int
	}
	const side = 2 // points
	seen := make(map[cell]bool, len(words))
	kept := words[:0]
	for _, w := range words {
		x, y := int(w.x0/side), int(w.y/side)
		again := false
		for dx := -1; dx <= 1 && !again; dx++ {
			for dy := -1; dy <= 1 && !again; dy++ {
				again = seen[cell{w.text, x + dx, y + dy}]
			}
		}
		if again && w.chars > 1 {
			continue
		}
		seen[cell{w.text, x, y}] = true
		w.order = len(kept)
		kept = append(kept, w)
	}
	return kept
}

// addBullets makes words of the dots and squares that some programs draw before
// the items of a list instead of writing a bullet.
func addBullets(p *page, dots []rect) {
	for _, d := range dots {
		best := -1
		for i := range p.words {
			w := &p.words[i]
			middle := (d.y0 + d.y1) / 2
			if d.height() > .6*w.size || w.x0 < d.x1 || w.x0-d.x1 > 2.5*w.size || middle > w.y || middle < w.y-.7*w.size {
				continue
			}
			if best < 0 || w.x0 < p.words[best].x0 {
				best = i
			}
		}
		if best < 0 || p.writtenLeftOf(&p.words[best], d) {
			continue
		}
		w := p.words[best]
		w.text, w.x0, w.x1, w.glued, w.chars = "•", d.x0, d.x1, false, 1
		w.order = len(p.words) + 1
		p.words = append(p.words, w)
	}
}

// writtenLeftOf reports whether a word stands on the line of w right before d.
func (p *page) writtenLeftOf(w *word, d rect) bool {
	for i := range p.words {
		if o := &p.words[i]; near(o.y, w.y, .2*w.size) && o.x1 > d.x0-2*w.size && o.x0 < d.x0 {
			return true
		}
	}
	return false
}
