package pdf

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/argmap/argmap/internal/signs"
)

// line is a row of words from left to right, or a part of one: what stands
// together without a gap that could part two columns.
type line struct {
	rect  // y0 and y1 are where ascenders end and descenders do
	words []word
	page  int
	y     float64 // the baseline of most of it
	size  float64 // that of most of it
	chars int
	// bold, italic and mono are set where nearly all of it is.
	bold, italic, mono bool
	unseen             bool
	// inside is what a frame in the text holds, for the line that stands for
	// the frame; it has no words.
	inside []region
}

// newLine makes a line of words, which it keeps.
func newLine(page int, words []word) *line {
	l := &line{page: page, words: words}
	l.measure()
	return l
}

// measure works out everything about the line that follows from its words.
func (l *line) measure() {
	main := &l.words[0]
	for i := range l.words {
		if w := &l.words[i]; w.chars*int(8*w.size) > main.chars*int(8*main.size) {
			main = w
		}
	}
	// The type of most characters, not that of the longest word.
	bySize := make(map[int]int)
	for i := range l.words {
		bySize[int(4*l.words[i].size+.5)] += l.words[i].chars
	}
	most := 0
	for i := range l.words {
		if n := bySize[int(4*l.words[i].size+.5)]; n > most {
			most, main = n, &l.words[i]
		}
	}
	l.y, l.size = main.y, main.size
	l.rect, l.chars = rect{}, 0
	var bold, italic, mono, letters int
	l.unseen = true
	for i := range l.words {
		w := &l.words[i]
		if i == 0 {
			l.rect = rect{w.x0, l.y - ascent*l.size, w.x1, l.y + descent*l.size}
		}
		l.x0, l.x1 = min(l.x0, w.x0), max(l.x1, w.x1)
		l.chars += w.chars
		l.unseen = l.unseen && w.unseen
		if w.raised(main) || !signs.Readable(w.text) {
			continue
		}
		letters += w.chars
		if w.font.bold {
			bold += w.chars
		}
		if w.font.italic {
			italic += w.chars
		}
		if w.font.mono {
			mono += w.chars
		}
	}
	share := func(n int) bool { return letters > 0 && n*10 >= 9*letters }
	l.bold, l.italic, l.mono = share(bold), share(italic), share(mono)
}

// sameRow reports whether a and b stand on one baseline, or so nearly that one
// holds a raised or lowered part of the other.
func sameRow(a, b *line) bool {
	if near(a.y, b.y, .12*min(a.size, b.size)) {
		return true
	}
	small, large := a, b
	if small.size > large.size {
		small, large = large, small
	}
	return small.size < .85*large.size && small.chars <= 4 &&
		small.y > large.y-.7*large.size && small.y < large.y+.3*large.size
}

// fragments joins the words of a page to the parts of lines that certainly
// belong together: as drawn one after the other, or with less between them than
// any two columns have.
func fragments(p *page) []*line {
	const drawnGap, gap = 1.0, .5 // ems
	var out []*line
	for i := 0; i < len(p.words); {
		j := i + 1
		for j < len(p.words) && follows(&p.words[j-1], &p.words[j], drawnGap) {
			j++
		}
		l := newLine(p.number, slices.Clone(p.words[i:j]))
		if leftwards(l.words) {
			l.order() // drawn from the left, read from the right
		}
		out = append(out, l)
		i = j
	}
	sortRows(out)
	kept := out[:0]
	for _, l := range out {
		joined := false
		for k := len(kept) - 1; k >= 0 && k >= len(kept)-40 && !joined; k-- {
			m := kept[k]
			if m.y < l.y-2*max(l.size, m.size) {
				break
			}
			if d := max(l.x0-m.x1, m.x0-l.x1); sameRow(m, l) && d < gap*max(l.size, m.size) && d > -gap*max(l.size, m.size) {
				m.words = append(m.words, l.words...)
				m.order()
				joined = true
			}
		}
		if !joined {
			kept = append(kept, l)
		}
	}
	snapBullets(kept)
	return kept
}

// snapBullets moves bullets that stand a little above or below the line that
// they belong to onto it.
func snapBullets(parts []*line) {
	for _, b := range parts {
		if len(parts) > maxParts || len(b.words) != 1 || !signs.AreBullets(b.words[0].text) {
			continue
		}
		var best *line
		for _, l := range parts {
			if l != b && near(l.y, b.y, .5*l.size) && l.x0 > b.x1 && l.x0-b.x1 < 3*l.size && (best == nil || l.x0 < best.x0) {
				best = l
			}
		}
		if best != nil {
			b.words[0].y, b.words[0].size = best.y, best.size
			b.measure()
		}
	}
	sortRows(parts)
}

// follows reports whether b stands on the line of a, at most gap ems after it.
func follows(a, b *word, gap float64) bool {
	size := max(a.size, b.size)
	d := b.x0 - a.x1
	if d > gap*size || d < -.5*size {
		return false
	}
	return near(a.y, b.y, .12*size) || (a.raised(b) || b.raised(a)) && d < .5*size ||
		b.glued && b.order == a.order+1 && near(a.y, b.y, .4*size) // the E of TeX
}

// order sorts the words of a line from left to right, or from right to left in
// a line of Arabic or Hebrew, and measures it anew.
func (l *line) order() {
	if leftwards(l.words) {
		slices.SortStableFunc(l.words, func(a, b word) int { return cmp.Compare(b.x1, a.x1) })
	} else {
		slices.SortStableFunc(l.words, func(a, b word) int { return cmp.Compare(a.x0, b.x0) })
	}
	l.measure()
}

// leftwards reports whether most letters of the words are read from right to
// left.
func leftwards(words []word) bool {
	n := 0
	for i := range words {
		for _, r := range words[i].text {
			switch {
			case leftward(string(r)):
				n++
			case unicode.IsLetter(r):
				n--
			}
		}
	}
	return n > 0
}

// sortRows sorts lines downwards, those of a row from left to right.
func sortRows(lines []*line) {
	slices.SortStableFunc(lines, func(a, b *line) int {
		return cmp.Or(cmp.Compare(a.y, b.y), cmp.Compare(a.x0, b.x0))
	})
}

// rows puts parts that stand on one baseline together. The parts of a row are in
// order from left to right, and rows are in order downwards.
func rows(parts []*line) [][]*line {
	parts = slices.Clone(parts)
	sortRows(parts)
	var out [][]*line
	for _, l := range parts {
		found := false
		for k := len(out) - 1; k >= 0 && k >= len(out)-4 && !found; k-- {
			for _, m := range out[k] {
				if sameRow(l, m) {
					out[k] = append(out[k], l)
					found = true
					break
				}
			}
		}
		if !found {
			out = append(out, []*line{l})
		}
	}
	for _, r := range out {
		slices.SortStableFunc(r, func(a, b *line) int { return cmp.Compare(a.x0, b.x0) })
	}
	return out
}

// whole joins the parts of a row to one line.
func whole(parts []*line) *line {
	if len(parts) == 1 {
		return parts[0]
	}
	var words []word
	for _, p := range parts {
		words = append(words, p.words...)
	}
	l := newLine(parts[0].page, words)
	l.order()
	return l
}

// text is the line as it reads.
func (l *line) text() string {
	var b strings.Builder
	for i := range l.words {
		if b.Len() > 0 && !l.tight(i) {
			b.WriteByte(' ')
		}
		b.WriteString(l.words[i].text)
	}
	return b.String()
}

// tight reports whether word i follows the one before it without a space.
func (l *line) tight(i int) bool {
	a, b := &l.words[i-1], &l.words[i]
	if b.stuck {
		return true
	}
	if b.order == a.order+1 {
		return b.glued
	}
	return max(b.x0-a.x1, a.x0-b.x1) < .1*max(a.size, b.size)
}

// hasRaised reports whether the line has a raised word, such as a note mark.
func (l *line) hasRaised() bool {
	for i := range l.words {
		if raisedIn(l, &l.words[i]) {
			return true
		}
	}
	return false
}

// firstWord is the width of what stands before the first space of the line.
func (l *line) firstWord() float64 {
	k := 1
	for k < len(l.words) && l.tight(k) {
		k++
	}
	return l.words[k-1].x1 - l.words[0].x0
}
