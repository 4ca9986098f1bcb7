package pdf

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/signs"
)

// noteMark returns the sort of the mark that s, what a footnote begins with, may
// be: "3", "(3)", "3.", "*", "b", "b)".
func noteMark(s string) signs.Mark {
	if mark := signs.NoteMark(strings.TrimSuffix(s, ")")); mark == signs.Letter || mark == signs.Sign && !strings.HasSuffix(s, ")") {
		return mark
	}
	s = strings.TrimPrefix(strings.TrimPrefix(s, "("), "[")
	if n := signs.Digits(s); n > 0 && len(s) <= n+1 && strings.Trim(s[n:], ".)]") == "" {
		return signs.NoteMark(s[:n])
	}
	return signs.NoMark
}

// stuckMark returns the number that s begins with if a word in a sentence's
// first place is right behind it, as in "12The figures", or "".
func stuckMark(s string) string {
	n := signs.Digits(s)
	word := []rune(strings.TrimLeft(s[n:], "\"“‘'"))
	if signs.NoteMark(s[:n]) == signs.NoMark || len(word) < 2 || !unicode.IsUpper(word[0]) || !unicode.IsLower(word[1]) {
		return ""
	}
	return s[:n]
}

// smallType is the largest size of the type of notes, as a share of the body's.
const smallType = .93

// partNotes takes the footnotes out of the columns of a page: the small type at
// the foot of a column, from the first line that begins with a mark or stands
// under a rule. after is set where the last note of the page before goes on.
// The notes come back as blocks, behind the region that they stood in.
func (s *style) partNotes(regions []region, rules []rect, after bool) map[int][]*block {
	out := make(map[int][]*block)
	for i := range regions {
		r := &regions[i]
		if r.kind != column || r.apart || !lowest(regions, i, s.body) {
			continue
		}
		k := s.notesFrom(r, rules, after)
		if k < 0 {
			continue
		}
		notes := s.notes(r, r.lines[k:])
		out[i] = notes
		r.lines = r.lines[:k]
	}
	return out
}

// lowest reports whether no region of body type stands below region i.
func lowest(regions []region, i int, body float64) bool {
	r := &regions[i]
	for k := range regions {
		o := &regions[k]
		if k == i || o.apart || o.kind != column || o.y0 < r.y1 || o.x1 < r.x0 || o.x0 > r.x1 {
			continue
		}
		for _, l := range o.lines {
			if l.size > smallType*body {
				return false
			}
		}
	}
	return true
}

// notesFrom is the index of the first line of the notes at the foot of r, or -1.
func (s *style) notesFrom(r *region, rules []rect, after bool) int {
	n := len(r.lines)
	from := n
	for from > 0 && r.lines[from-1].size <= smallType*s.body {
		from--
	}
	for k := from; k < n; k++ {
		ruled := underRule(r, k, rules)
		_, marked := noteMarkOf(r.lines[k])
		switch {
		case marked:
			if k == 0 && !ruled && !raisedStart(r.lines[0]) && len(r.lines) > maxBareNotes {
				continue // a whole column of small type: a list, sources
			}
			return k
		case ruled && (after || k > 0 && !capital(r.lines[k])):
			return k
		}
	}
	// Notes in type of the body's size under a short rule.
	for k := 1; k < n && from == n; k++ {
		if l := r.lines[k]; underRule(r, k, rules) && l.size <= 1.02*s.body {
			if _, marked := noteMarkOf(l); marked && r.lines[n-1].size <= 1.02*s.body && n-k <= n/2 {
				return k
			}
		}
	}
	return -1
}

// maxBareNotes is how many lines of notes may stand at the top of a region of
// small type without a rule or a raised mark; more are a list, or sources.
const maxBareNotes = 12

func capital(l *line) bool {
	for _, r := range l.words[0].text {
		return unicode.IsUpper(r)
	}
	return false
}

// raisedStart reports whether a line begins with a raised mark.
func raisedStart(l *line) bool {
	return len(l.words) > 1 && l.words[0].raised(&l.words[1])
}

// underRule reports whether a rule of the page lies between line k of r and the
// line above it, and no more than three lines above it.
func underRule(r *region, k int, rules []rect) bool {
	l := r.lines[k]
	above := l.y - 4*l.size
	if k > 0 {
		above = max(above, r.lines[k-1].y-.2*r.lines[k-1].size)
	}
	for _, rule := range rules {
		if rule.y0 >= above && rule.y1 <= l.y-.4*l.size && rule.x0 < r.x1 && rule.x1 > r.x0-r.lines[k].size {
			return true
		}
	}
	return false
}

// noteMarkOf returns the mark that a note begins with on the line. The mark is
// raised, or parted from its text, or a sign.
func noteMarkOf(l *line) (mark, bool) {
	w := &l.words[0]
	if len(l.words) > 1 {
		text := w.text
		raised := w.raised(&l.words[1]) || raisedIn(l, w)
		if m := noteMark(text); m != signs.NoMark && (m != signs.Letter || raised) {
			return mark{text: strings.Trim(text, "()[]."), left: w.x0, textX: l.words[1].x0}, true
		}
	}
	if number := stuckMark(w.text); number != "" {
		return mark{text: number, left: w.x0, textX: w.x0}, true
	}
	// "*The figures": the sign does.
	if rest := strings.TrimLeft(w.text, signs.NoteSigns); rest != w.text && rest != "" {
		return mark{text: strings.TrimSuffix(w.text, rest), left: w.x0, textX: w.x0}, true
	}
	return mark{}, false
}

// raisedIn reports whether w is smaller than the line that it stands in and
// above its baseline.
func raisedIn(l *line, w *word) bool {
	return w.size < .85*l.size && l.y-w.y > .12*l.size
}

// notes cuts the lines at the foot of a column into notes, one for each mark.
func (s *style) notes(r *region, lines []*line) []*block {
	var out []*block
	left, last := lines[0].x0, 0
	for i, l := range lines {
		m, marked := noteMarkOf(l)
		n, _ := strconv.Atoi(m.text)
		if marked && i > 0 && (!near(l.x0, left, 2*l.size) || stuckMark(l.words[0].text) != "" && n != last+1) {
			marked = false
		}
		if marked {
			last = n
		}
		if i == 0 || marked {
			b := &block{kind: Note, lines: []*line{l}, bounds: s.edges(r), page: r.page}
			if marked {
				b.mark = m
				takeNoteMark(l, m)
			}
			out = append(out, b)
			continue
		}
		b := out[len(out)-1]
		b.lines = append(b.lines, l)
	}
	return out
}

// takeNoteMark takes the mark off the first line of a note.
func takeNoteMark(l *line, m mark) {
	w := &l.words[0]
	if strings.Trim(w.text, "()[].") == m.text {
		l.words = l.words[1:]
		return
	}
	w.text = strings.TrimPrefix(w.text, m.text)
}

// isUnit reports whether an exponent may stand after word, a unit or a variable.
func isUnit(word string) bool {
	word = word[len(strings.TrimRightFunc(word, unicode.IsLetter)):]
	switch word {
	case "km", "cm", "dm", "mm", "µm", "ft", "in", "mi", "yd", "kg", "ha", "χ":
		return true
	}
	return len(word) == 1
}

// raisedMark reports whether the raised text after before, the word that it
// stands at, refers to a note. What follows a figure, a unit or a single letter
// is an exponent ("10²", "km²", "x²"), unless its page has a note of just that
// number and before is a figure. Package reader, which sees no page and so no
// notes of it, asks for more: see its raisedMark.
func raisedMark(before, text string, notes map[string]bool) bool {
	sort := signs.Raised(text)
	last, _ := utf8.DecodeLastRuneInString(before)
	switch {
	case sort == signs.NoMark:
		return false
	case before == "" || sort == signs.Sign:
		return true
	case sort == signs.Letter:
		// A letter: "1st" has an ordinal, and a note a letter that stands there.
		return !unicode.IsDigit(last) && notes[text]
	case unicode.IsDigit(last):
		return notes[text] && len(text) <= 2 && len(before) >= 4
	}
	return text != "2" && text != "3" || !isUnit(before)
}

// superscript returns the raised form of a digit or sign of Unicode, or -1.
func superscript(r rune) rune {
	switch {
	case r == '-' || r == '−':
		return '⁻'
	case r == '+':
		return '⁺'
	case '0' <= r && r <= '9':
		return []rune(signs.Superscripts)[r-'0']
	}
	return -1
}

// dropMarks takes the note marks out of the lines, and writes other raised
// figures as such. notes are the marks of the notes of the page.
func dropMarks(l *line, notes map[string]bool) {
	var kept []word
	stuck := false // a dropped mark ties the next word to the one before
	for i := range l.words {
		w := l.words[i]
		tight := i > 0 && l.tight(i)
		w.stuck = w.stuck || stuck && tight
		if !raisedIn(l, &w) {
			kept, stuck = append(kept, w), false
			continue
		}
		before := ""
		if n := len(kept); n > 0 && (tight || w.x0-kept[n-1].x1 < .3*l.size) {
			before = kept[n-1].text
		}
		if (len(kept) > 0 || notes[w.text]) && raisedMark(before, w.text, notes) {
			stuck = true
			continue
		}
		if !strings.ContainsFunc(w.text, func(r rune) bool { return superscript(r) < 0 }) {
			w.text = strings.Map(superscript, w.text)
		}
		kept, stuck = append(kept, w), false
	}
	l.words = kept
}
