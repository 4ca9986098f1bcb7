package reader

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/signs"
)

// office is a word processor's document on its way to blocks: its paragraphs in
// text order, whichever program wrote them down and in whatever markup.
type office struct {
	passages []passage
	// notes are the foot and end notes, in the order of their marks.
	notes []string
	// endnotes are those of them that come last, as long as the others are being
	// gathered.
	endnotes []string
	// title is the one in the properties of the file, or "".
	title string
	// size is that of most of the text, in points, or 0.
	size float64
	// typed is set where the text is one that was typed line by line.
	typed bool
	// titled is set where a style says which passage is the title.
	titled bool
	// pictures is set where the file has some.
	pictures bool
	// gathered counts the bytes of all texts, tables the tables around the next
	// one.
	gathered, tables int
}

// take counts a passage of n bytes. Its error is ErrTooLarge where no document
// will come of them.
func (o *office) take(n int) error {
	if o.gathered += n; o.gathered > 2*MaxSize {
		return tooLarge(o.gathered, "of text")
	}
	return nil
}

// keepNote keeps the passages of a note, if there is anything to read in them.
func (o *office) keepNote(passages []passage, end bool) {
	var parts []string
	for i := range passages {
		if t := collapse(passages[i].text); t != "" {
			parts = append(parts, t)
		}
	}
	text := strings.Join(parts, " ")
	switch {
	case !signs.Readable(text):
	case end:
		o.endnotes = append(o.endnotes, text)
	default:
		o.notes = append(o.notes, text)
	}
}

// passage is a paragraph with what its markup says of it.
type passage struct {
	// text holds the line breaks that were meant as hardBreak.
	text string
	role role
	// level is that of a heading, from 1, or 0 where only its looks make it one.
	level int
	place
	// strong is set where all letters are bold; size is that of the smallest of
	// them in points, or 0 where none is known.
	strong bool
	size   float64
	// inset is set where the lines begin and end further in than they could.
	inset bool
	// boxed is set for what stands in a frame beside the text.
	boxed bool
}

// place says which list a passage belongs to.
type place struct {
	// depth is that of the item that the passage is, from 1, or 0 for no item.
	depth int
	// list names the list, and style its style, in the words of the file.
	list, style string
	// indent is the distance of its text from the margin, in twentieths of a
	// point.
	indent int
	// ordered is set where the items have numbers.
	ordered bool
	// within is set for what is no item and stands as far in as one.
	within bool
}

// minInset is how far in from both margins, in twentieths of a point, a paragraph
// stands that is meant to look set in.
const minInset = 280

// role is what a paragraph style makes of its paragraphs.
type role byte

const (
	bodyRole role = iota
	titleRole
	subtitleRole
	headingRole
	quotationRole
	asideRole
	codeRole
	contentsRole // of a table of contents or an index: not read
	bulletsRole
	numbersRole
)

// roles tells the role by the word that the list of styles has for it.
var roles = []struct {
	name string
	role role
}{
	{"title", titleRole}, {"subtitle", subtitleRole}, {"heading", headingRole}, {"quotation", quotationRole}, {"aside", asideRole},
	{"code", codeRole}, {"contents", contentsRole}, {"bullets", bulletsRole}, {"numbers", numbersRole},
}

// roleOf returns what a style of that name is for, and the number at its end: of
// "Titre 2" the role of a heading and 2. A name that tells nothing is bodyRole.
func roleOf(style string) (role, int) {
	style, _, _ = strings.Cut(style, ",") // aliases follow
	name := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' || r == '_' {
			return -1
		}
		return unicode.ToLower(r)
	}, style)
	base := strings.TrimRight(name, "0123456789")
	number := 0
	if n := len(name) - len(base); n == 1 || n == 2 {
		for _, d := range name[len(base):] {
			number = number*10 + int(d-'0')
		}
	}
	for _, r := range roles {
		if r.role == titleRole && number > 0 {
			continue // "Título" and "Título 1"
		}
		if wordlist("styles").Has(r.name + " " + base) {
			return r.role, number
		}
	}
	return bodyRole, 0
}

// look is how letters look. Of the flags 0 says nothing, 1 yes, -1 no.
type look struct {
	bold, hidden, raised int8
	size                 float64 // in points, or 0
}

// toward is b as a flag of a look.
func toward(b bool) int8 {
	if b {
		return 1
	}
	return -1
}

// over returns l, and what base says where l says nothing.
func (l look) over(base look) look {
	if l.bold == 0 {
		l.bold = base.bold
	}
	if l.hidden == 0 {
		l.hidden = base.hidden
	}
	if l.raised == 0 {
		l.raised = base.raised
	}
	if l.size == 0 {
		l.size = base.size
	}
	return l
}

// strand gathers the text of one paragraph.
type strand struct {
	text          strings.Builder
	letters, bold int
	size          float64
}

// write appends s, which looks like l.
func (t *strand) write(s string, l look) {
	if l.hidden > 0 || s == "" {
		return
	}
	if l.raised > 0 && raisedMark(s, t.text.String()) {
		return
	}
	letters := 0
	for _, r := range s {
		switch {
		case r == '\u00ad': // a place where a word may be broken
			continue
		case r == '\u2011': // a hyphen at which no line is broken
			r = '-'
		case r >= '\uf000' && r <= '\uf0ff': // a sign of a symbol font
			r = symbol("", r)
			if r == 0 {
				continue
			}
		}
		letters += count(!unicode.IsSpace(r))
		t.text.WriteRune(r)
	}
	t.letters += letters
	if l.bold > 0 {
		t.bold += letters
	}
	if letters > 0 && (t.size == 0 || l.size < t.size) {
		t.size = l.size
	}
}

// lineBreak ends a line.
func (t *strand) lineBreak() { t.text.WriteRune(hardBreak) }

// partBreak ends what looks like a paragraph: a page or a column.
func (t *strand) partBreak() { t.text.WriteString(string(hardBreak) + string(hardBreak)) }

// finish puts what was gathered into p and begins anew.
func (t *strand) finish(p *passage) {
	p.text = t.text.String()
	p.strong = t.letters > 0 && t.bold == t.letters
	p.size = t.size
	*t = strand{}
}

// raisedMark reports whether s, raised above the line after the text before, is
// the mark of a note that somebody typed. "m²" has none, and neither has "19th".
// What notes there are is not known here, as it is in package pdf; a mark after a
// short word is left in the text rather than an exponent taken out.
func raisedMark(s, before string) bool {
	if !isRaised(s) {
		return false
	}
	fields := strings.Fields(before[max(0, len(before)-80):])
	last, _ := utf8.DecodeLastRuneInString(before)
	return len(fields) > 0 && !('0' <= last && last <= '9') && (strings.ContainsRune(".,;:!?\"”’)", last) || notesWord(fields[len(fields)-1]))
}

// isRaised reports whether s, raised above the line, may be marks of notes. The
// first letters are some, others end ordinals or are variables.
func isRaised(s string) bool {
	switch sort := signs.Raised(s); {
	case sort == signs.NoMark || len(s) > maxRaised:
		return false
	case sort == signs.Letter:
		return strings.Trim(s, "[]abc, –-") == ""
	}
	return true
}

// maxRaised is how many bytes the marks of notes have that stand in one place.
const maxRaised = 12

// symbols are the signs of the fonts that have their own, by their place in the
// font. What is not here is an ornament.
var symbols = []struct {
	font, codes, signs string
}{
	{"", "\"$'@^\xa3\xa5\xab\xac\xad\xae\xaf\xb0\xb1\xb2\xb3\xb4\xb8\xb9\xba\xbb\xbc\xc5\xce\xcf\xd2\xd3\xd4\xd6\xe5",
		"∀∃∋≅⊥≤∞↔←↑→↓°±″≥×÷≠≡≈…⊕∈∉®©™√∑"},
	{"symbol", "ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprstufcyw", "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρστυφχψω"},
	{"wingdings", "\xdf\xe0\xe1\xe2\xfb\xfc\xfd\xfe", "←→↑↓✗✓☒☑"},
}

// symbol returns the sign with that code in a font, or 0 where it is none that
// can be read. The font may be "": then it is the Symbol font's, as far as that
// agrees with others.
func symbol(font string, code rune) rune {
	font = strings.ToLower(font)
	if code > 0xff && (code < 0xf000 || code > 0xf0ff) {
		return code
	}
	for _, s := range symbols {
		if font == s.font || font == "symbol" && s.font == "" {
			if at := strings.IndexByte(s.codes, byte(code)); at >= 0 {
				return []rune(s.signs)[at]
			}
		}
	}
	return 0
}

// isDataRows reports whether a table of cells, which are given as their text,
// holds data, not paragraphs side by side: several cells a row, and most of what
// they say said in less than two sentences.
func isDataRows(rows [][]string) bool {
	cells, chars, prose := 0, 0, 0
	for _, row := range rows {
		cells += len(row)
		for _, s := range row {
			chars += len(s)
			if l := lookAt(s); l.sentences > 1 && l.words > maxTitleWords {
				prose += len(s)
			}
		}
	}
	return cells >= 2*len(rows) && chars < 400*cells && prose*2 <= chars
}

// maxTables is how many tables inside each other are looked at as such. Each
// looks at all text of those in it.
const maxTables = 6

// tablePassages returns what is read of a table, rows of cells of passages: an
// aside with a row a line, or the passages themselves where they are prose.
func (o *office) tablePassages(rows [][][]passage) []passage {
	var texts [][]string
	var all []passage
	var lines []string
	for _, row := range rows {
		cells := make([]string, 0, len(row))
		for _, cell := range row {
			all = append(all, cell...)
			if o.tables > maxTables {
				continue
			}
			var parts []string
			for i := range cell {
				if s := collapse(cell[i].text); s != "" {
					parts = append(parts, strings.ReplaceAll(s, "\n", " "))
				}
			}
			cells = append(cells, strings.Join(parts, " "))
		}
		texts = append(texts, cells)
		if slices.ContainsFunc(cells, func(s string) bool { return s != "" }) {
			lines = append(lines, strings.Join(cells, " | "))
		}
	}
	if o.tables > maxTables || !isDataRows(texts) {
		return all
	}
	return []passage{{text: strings.Join(lines, string(hardBreak)), role: asideRole}}
}

// units are the units of lengths, in points.
var units = []struct {
	name   string
	points float64
}{{"pt", 1}, {"in", 72}, {"cm", 72 / 2.54}, {"mm", 72 / 25.4}, {"pc", 12}, {"pi", 12}, {"px", 0.75}}

// points returns a length with its unit, "1.5cm", in points, or 0.
func points(s string) float64 {
	for _, u := range units {
		if n, found := strings.CutSuffix(s, u.name); found {
			f, err := strconv.ParseFloat(strings.TrimSpace(n), 64)
			if err != nil || math.IsNaN(f) || math.Abs(f) > 1e6 {
				return 0
			}
			return f * u.points
		}
	}
	return 0
}
