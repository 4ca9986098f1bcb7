package pdf

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// noteMark is what a footnote begins with: a number, or one of the signs that
// are used where there are few.
var noteMark = regexp.MustCompile(`^(?:[(\[]?(\d{1,3})[.)\]]?|([*†‡§¶‖#]{1,3})|([a-z])\)?)$`)

// stuckMark is a number with a word right behind it.
var stuckMark = regexp.MustCompile(`^(\d{1,3})["“‘']?\p{Lu}\p{Ll}`)

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
		if g := noteMark.FindStringSubmatch(text); g != nil {
			if g[3] == "" || raised {
				return mark{text: strings.Trim(text, "()[]."), left: w.x0, textX: l.words[1].x0}, true
			}
		}
	}
	// "12The figures": the number sticks to the text.
	if g := stuckMark.FindStringSubmatch(w.text); g != nil {
		return mark{text: g[1], left: w.x0, textX: w.x0}, true
	}
	// "*The figures": the sign does.
	if rest := strings.TrimLeft(w.text, "*†‡§¶‖"); rest != w.text && rest != "" {
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
		if marked && i > 0 && (!near(l.x0, left, 2*l.size) || stuckMark.MatchString(l.words[0].text) && n != last+1) {
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

// Raised figures are note marks or exponents. units are what an exponent may
// stand after.
var (
	units     = regexp.MustCompile(`(?:^|[^\p{L}])(?:[kcdmµ]?m|ft|in|mi|yd|s|h|kg|ha|R|χ|[a-zA-Z])$`)
	markChars = regexp.MustCompile(`^(?:\d{1,3}(?:[,–-]\d{1,3})*,?|[*†‡§¶‖#]{1,3}|[a-z]|\[\d{1,3}\])$`)
)

// raisedMark reports whether the raised text after before, the word that it
// stands at, refers to a note. What follows a figure, a unit or a single letter
// is an exponent ("10²", "km²", "x²"), unless its page has a note of just that
// number and before is a figure.
func raisedMark(before, text string, notes map[string]bool) bool {
	if !markChars.MatchString(text) {
		return false
	}
	if before == "" {
		return true
	}
	last := []rune(before)[len([]rune(before))-1]
	switch {
	case unicode.IsLetter([]rune(text)[0]):
		// A letter: "1st" has an ordinal, and a note a letter that stands there.
		return !unicode.IsDigit(last) && notes[text]
	case !unicode.IsDigit([]rune(text)[0]) && text[0] != '[':
		return true
	case unicode.IsDigit(last):
		return notes[text] && len(text) <= 2 && len(before) >= 4
	case units.MatchString(before) && (text == "2" || text == "3"):
		return false
	}
	return true
}

// superscripts are the raised digits and signs of Unicode.
var superscripts = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", "-", "⁻", "−", "⁻", "+", "⁺")

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
		if strings.IndexFunc(w.text, func(r rune) bool { return !unicode.IsDigit(r) && !strings.ContainsRune("-−+", r) }) < 0 {
			w.text = superscripts.Replace(w.text)
		}
		kept, stuck = append(kept, w), false
	}
	l.words = kept
}
