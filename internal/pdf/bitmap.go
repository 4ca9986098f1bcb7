package pdf

import "unicode"

// Files that TeX made with bitmap fonts, as most were before 2000 and many are
// still, do not say which characters they show. Letters and digits have the codes
// of ASCII; quotation marks, dashes and ligatures have those of one of TeX's two
// encodings, below the space or in the place of signs that prose hardly has.

// corkSigns are those of the newer encoding (T1, "Cork"), and oldSigns those of
// the older one (OT1) that differ from ASCII.
var (
	corkSigns = map[rune]rune{0x0E: '‹', 0x0F: '›', 0x10: '“', 0x11: '”', 0x12: '„', 0x13: '«', 0x14: '»', 0x15: '–', 0x16: '—', 0x19: 'ı', '`': '‘', '\'': '’'}
	oldSigns  = map[rune]rune{'\\': '“', '"': '”', '{': '–', '|': '—', '`': '‘', '\'': '’', 0x10: 'ı', 0x11: 'ȷ'}
)

// The ligatures ff, fi, fl, ffi, ffl stand in this order from here.
const corkLigatures, oldLigatures, firstLigature = 0x1B, 0x0B, 'ﬀ'

// spellBitmaps gives the characters of fonts without a name the meaning that they
// have in TeX. Which encoding a page uses shows in its ligatures, and a ligature
// has a letter beside it: the same codes are Greek letters in formulas.
func spellBitmaps(glyphs []glyph, s *sheet) {
	bitmap := func(i int) bool {
		return i >= 0 && i < len(glyphs) && glyphs[i].stroke >= 0 && s.lines[glyphs[i].stroke].font.unnamed
	}
	ligature := func(i int, first rune) bool {
		letter := func(k int) bool {
			return bitmap(k) && glyphs[k].stroke == glyphs[i].stroke && unicode.IsLetter(glyphs[k].r)
		}
		return bitmap(i) && glyphs[i].r >= first && glyphs[i].r < first+5 && (letter(i-1) || letter(i+1))
	}
	cork, old := 0, 0
	for i := range glyphs {
		cork += count(ligature(i, corkLigatures))
		old += count(ligature(i, oldLigatures))
	}
	if cork == 0 && old == 0 {
		return
	}
	signs, first := corkSigns, rune(corkLigatures)
	if old > cork {
		signs, first = oldSigns, oldLigatures
	}
	spelt := make([]rune, len(glyphs))
	for i, g := range glyphs {
		spelt[i] = g.r
		switch sign := signs[g.r]; {
		case ligature(i, first):
			spelt[i] = g.r - first + firstLigature
		case sign != 0 && bitmap(i):
			spelt[i] = sign
		}
	}
	for i, r := range spelt {
		glyphs[i].r = r
	}
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}
