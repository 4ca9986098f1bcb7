package draw

import (
	"slices"
	"strings"
	"unicode"

	"github.com/argmap/argmap/internal/argument"
)

// block is a paragraph, heading or list item of the text.
type block struct {
	Tag   string // p, h3, h4 …
	Class string
	Runs  []run
}

// run is a stretch of a block that belongs to one unit, or to none.
type run struct {
	Unit  string // its id, or ""
	First bool   // it begins the unit, and so carries the unit's id
	Class string
	Label string // what the unit is, for who hears the page
	Atoms []atom
}

// atom is text that is of one kind: plain, the words that name a source, or the
// cue by which something is put down to it.
type atom struct {
	Text   string
	Class  string // "", said-by or cue
	Source string // the id of the source
}

// blocksOf cuts the text of m into blocks and marks its units, sources and cues.
// Without the text it shows the units alone.
func blocksOf(m *argument.Map) []block {
	c := &cutter{m: m, text: []rune(m.Document.Text)}
	if len(c.text) == 0 {
		return c.unitsAlone()
	}
	c.mark()
	headings := map[int]int{}
	for _, s := range m.Sections {
		headings[s.Start] = s.Level
	}
	var blocks []block
	for _, span := range paragraphs(c.text) {
		b := block{Tag: "p", Class: "paragraph"}
		first := strings.TrimSpace(string(c.text[span.Start:span.End]))
		switch level, ok := headings[span.Start]; {
		case ok:
			b.Tag, b.Class = headingTag(level), "heading"
		case len(blocks) == 0 && clean(first) == clean(m.Document.Title) && first != "":
			b.Tag, b.Class = "h3", "headline"
		case isItem(first):
			b.Class = "item"
		}
		b.Runs = c.runs(span)
		blocks = append(blocks, b)
	}
	return blocks
}

// headingTag is the element of a heading: the page's own take the first three.
func headingTag(level int) string {
	if level > 1 {
		return "h5"
	}
	return "h4"
}

// isItem reports whether a block reads as an item of a list.
func isItem(s string) bool {
	for _, mark := range []string{"- ", "* ", "• ", "– ", "— "} {
		if strings.HasPrefix(s, mark) {
			return true
		}
	}
	digits := strings.TrimLeft(s, "0123456789")
	return digits != s && len(s)-len(digits) < 4 && (strings.HasPrefix(digits, ". ") || strings.HasPrefix(digits, ") "))
}

// Lines of a text that was broken by hand are about this long.
const shortestWrap, longestWrap = 50, 110

// paragraphs cuts the text into blocks: lines, or what stands between empty
// lines where the lines were broken by hand.
func paragraphs(text []rune) []argument.Span {
	lines := linesOf(text)
	wrapped := brokenByHand(lines, text)
	var out []argument.Span
	open := false
	for _, l := range lines {
		line := strings.TrimSpace(string(text[l.Start:l.End]))
		switch {
		case line == "":
			open = false
			continue
		case open && wrapped && !isItem(line):
			out[len(out)-1].End = l.End
		default:
			out = append(out, l)
		}
		open = true
	}
	return out
}

func linesOf(text []rune) []argument.Span {
	var lines []argument.Span
	start := 0
	for i, r := range text {
		if r == '\n' {
			lines = append(lines, argument.Span{Start: start, End: i})
			start = i + 1
		}
	}
	return append(lines, argument.Span{Start: start, End: len(text)})
}

// brokenByHand reports whether the lines that another line follows are mostly of
// the length at which typists break them.
func brokenByHand(lines []argument.Span, text []rune) bool {
	var lengths []int
	for i := 0; i+1 < len(lines); i++ {
		next := lines[i+1]
		if strings.TrimSpace(string(text[next.Start:next.End])) == "" {
			continue
		}
		if n := lines[i].End - lines[i].Start; n > 0 {
			lengths = append(lengths, n)
		}
	}
	if len(lengths) < 3 {
		return false
	}
	slices.Sort(lengths)
	median, most := lengths[len(lengths)/2], lengths[len(lengths)*9/10]
	return median >= shortestWrap && most <= longestWrap
}

// cutter cuts a text at the ends of units, sources and cues.
type cutter struct {
	m    *argument.Map
	text []rune
	// of each character: the unit that it belongs to, and what it is in an
	// attribution, as indices counted from 1.
	unit   []int32
	source []int32
	cue    []bool
}

// mark writes down what every character belongs to.
func (c *cutter) mark() {
	n := len(c.text)
	c.unit, c.source, c.cue = make([]int32, n), make([]int32, n), make([]bool, n)
	for i := range c.m.Units {
		for k := max(0, c.m.Units[i].Start); k < min(n, c.m.Units[i].End); k++ {
			c.unit[k] = int32(i + 1)
		}
	}
	index := map[string]int32{}
	for i := range c.m.Sources {
		index[c.m.Sources[i].ID] = int32(i + 1)
	}
	for _, a := range c.m.Attributions {
		if a.Cue != nil {
			for k := max(0, a.Cue.Start); k < min(n, a.Cue.End); k++ {
				c.cue[k] = true
			}
		}
		if a.Source == nil || index[a.SourceID] == 0 {
			continue
		}
		for k := max(0, a.Source.Start); k < min(n, a.Source.End); k++ {
			c.source[k] = index[a.SourceID]
		}
	}
}

// runs cuts a block into runs and atoms. White space at its ends is dropped.
func (c *cutter) runs(s argument.Span) []run {
	for s.Start < s.End && unicode.IsSpace(c.text[s.Start]) {
		s.Start++
	}
	for s.End > s.Start && unicode.IsSpace(c.text[s.End-1]) {
		s.End--
	}
	var out []run
	for i := s.Start; i < s.End; {
		end := i + 1
		for end < s.End && c.unit[end] == c.unit[i] {
			end++
		}
		r := run{Atoms: c.atoms(i, end)}
		if k := c.unit[i]; k > 0 {
			c.describe(&r, &c.m.Units[k-1])
			r.First = c.m.Units[k-1].Start == i
		}
		out = append(out, r)
		i = end
	}
	return out
}

func (c *cutter) atoms(start, end int) []atom {
	var out []atom
	for i := start; i < end; {
		k := i + 1
		for k < end && c.source[k] == c.source[i] && c.cue[k] == c.cue[i] {
			k++
		}
		a := atom{Text: readable(c.text[i:k])}
		switch {
		case c.source[i] > 0:
			a.Class, a.Source = "said-by", c.m.Sources[c.source[i]-1].ID
		case c.cue[i]:
			a.Class = "cue"
		}
		out = append(out, a)
		i = k
	}
	return out
}

// describe says which unit the run belongs to, and what that is.
func (c *cutter) describe(r *run, u *argument.Unit) {
	r.Unit, r.Class = u.ID, unitClass(u)
	what := string(u.Kind)
	if u.Type != "" {
		what = string(u.Type)
	}
	if u.Role == argument.Thesis {
		what = "thesis, " + what
	}
	r.Label = clean(what)
}

// unitsAlone shows the passages of the units, each a block.
func (c *cutter) unitsAlone() []block {
	var blocks []block
	section := ""
	for i := range c.m.Units {
		u := &c.m.Units[i]
		if u.Section != section {
			section = u.Section
			for _, s := range c.m.Sections {
				if s.ID == section && clean(s.Title) != "" {
					blocks = append(blocks, block{Tag: headingTag(s.Level), Class: "heading",
						Runs: []run{{Atoms: []atom{{Text: clean(s.Title)}}}}})
				}
			}
		}
		r := run{First: true, Atoms: []atom{{Text: readable([]rune(u.Text))}}}
		c.describe(&r, u)
		blocks = append(blocks, block{Tag: "p", Class: "paragraph", Runs: []run{r}})
	}
	return blocks
}

// readable is the text without characters that no page may hold or that would
// steer other text. A break stays one, for the page to treat as a space.
func readable(text []rune) string {
	var b strings.Builder
	for _, r := range text {
		if drawable(r) || r == '\n' || r == '\t' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// In gives the block the prefix of its document's ids.
func (b block) In(prefix string) prefixed { return prefixed{b, prefix} }

// prefixed is a block with what the ids of its document begin with.
type prefixed struct {
	block
	Prefix string
}
