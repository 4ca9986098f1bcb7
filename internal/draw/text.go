package draw

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/width"
)

// fontFamily is what DOT and SVG name: faces of the same widths on every
// system. Liberation Sans, with which text is measured and PNG painted, has
// those widths too.
const fontFamily = "Helvetica,Arial,Liberation Sans,sans-serif"

// lineSpacing is the height of a line in font sizes, as Graphviz has it.
const lineSpacing = 1.2

// typeface is a parsed font that can be measured from several goroutines.
type typeface struct {
	font *sfnt.Font
	bold bool
}

var (
	regularFace = sync.OnceValue(func() *typeface { return parseFace(liberationsansregular.TTF, false) })
	boldFace    = sync.OnceValue(func() *typeface { return parseFace(liberationsansbold.TTF, true) })
)

func parseFace(ttf []byte, bold bool) *typeface {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		panic("draw: embedded font: " + err.Error())
	}
	return &typeface{font: f, bold: bold}
}

func face(bold bool) *typeface {
	if bold {
		return boldFace()
	}
	return regularFace()
}

// width returns how wide s is in points when set at size points. A character
// that the font lacks counts as its cell: one em, or 0.7 if it is narrow.
func (t *typeface) width(s string, size float64) float64 {
	var buf sfnt.Buffer
	upem := t.font.UnitsPerEm()
	w := 0.0
	for _, r := range s {
		w += t.advance(&buf, r, fixed.Int26_6(upem)) / float64(upem)
	}
	return w * size
}

// has reports whether the font has a glyph for r.
func (t *typeface) has(r rune) bool {
	var buf sfnt.Buffer
	g, err := t.font.GlyphIndex(&buf, r)
	return err == nil && g != 0
}

// zeroWidth reports whether r takes no room: combining marks, joiners.
func zeroWidth(r rune) bool { return unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r) }

// nonBreaking is the hyphen at which no line ends. The font lacks it; the plain
// one looks the same.
const nonBreaking = '\u2011'

// advance is the width of one character at ppem, in the units of ppem.
func (t *typeface) advance(buf *sfnt.Buffer, r rune, ppem fixed.Int26_6) float64 {
	if r == nonBreaking {
		r = '-'
	}
	if zeroWidth(r) {
		return 0
	}
	if g, err := t.font.GlyphIndex(buf, r); err == nil && g != 0 {
		if a, err := t.font.GlyphAdvance(buf, g, ppem, font.HintingNone); err == nil {
			return float64(a)
		}
	}
	return float64(ppem) * missing(r)
}

// missing is the width in ems of a character that the font lacks.
func missing(r rune) float64 {
	if wide(r) {
		return 1
	}
	return 0.7
}

// wide reports whether r takes two columns in a terminal: ideographs, emoji.
func wide(r rune) bool {
	k := width.LookupRune(r).Kind()
	return k == width.EastAsianWide || k == width.EastAsianFullwidth
}

// clean makes s fit to be drawn on lines of its own choosing: white space is
// one space, and what no picture can show is gone: control characters, those
// that XML forbids, and the marks that reorder text around them.
func clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f':
			space = b.Len() > 0
		case !drawable(r):
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(r) // an invalid byte becomes U+FFFD
		}
	}
	return b.String()
}

// drawable reports whether XML 1.0 allows r and it does not steer other text.
func drawable(r rune) bool {
	switch {
	case unicode.IsControl(r), r == '\ufeff', r == '\u00ad', r == '\u200b':
		return false
	case unicode.Is(unicode.Bidi_Control, r), unicode.Is(unicode.Noncharacter_Code_Point, r):
		return false
	}
	return true
}

// wrap breaks s into lines of at most limit columns, between words where it
// can; a word longer than a line is broken, preferably after a hyphen or slash.
// Nothing is left out but the spaces at which lines end.
func wrap(s string, limit int) []string {
	var lines []string
	var line strings.Builder
	columns := 0
	flush := func() {
		if columns > 0 {
			lines = append(lines, line.String())
			line.Reset()
			columns = 0
		}
	}
	for _, word := range strings.Split(s, " ") {
		if word == "" {
			continue
		}
		w := runeColumns(word)
		if columns > 0 && columns+1+w > limit {
			flush()
		}
		for w > limit {
			head, tail := breakWord(word, limit)
			lines = append(lines, head)
			word, w = tail, w-runeColumns(head)
		}
		if w == 0 {
			continue
		}
		if columns > 0 {
			line.WriteByte(' ')
			columns++
		}
		line.WriteString(word)
		columns += w
	}
	flush()
	return lines
}

// breakWord cuts word, which is wider than limit columns, so that head fits.
// Both parts are not empty and no combining mark begins the tail.
func breakWord(word string, limit int) (head, tail string) {
	columns, cut, soft := 0, 0, 0
	for i, r := range word {
		w := runeColumn(r)
		if columns+w > limit && i > 0 && w > 0 {
			break
		}
		columns += w
		cut = i + utf8.RuneLen(r)
		if strings.ContainsRune("-/–—_.,;:=&?", r) && columns > limit/2 {
			soft = cut
		}
	}
	if soft > 0 && soft < len(word) {
		cut = soft
	}
	return word[:cut], word[cut:]
}

// runeColumns is the width of s in columns of a terminal.
func runeColumns(s string) int {
	n := 0
	for _, r := range s {
		n += runeColumn(r)
	}
	return n
}

func runeColumn(r rune) int {
	switch {
	case r < 0x80:
		return 1
	case zeroWidth(r):
		return 0
	case wide(r):
		return 2
	}
	return 1
}
