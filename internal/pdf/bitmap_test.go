package pdf

import (
	"strings"
	"testing"
)

// TestSpellBitmaps gives the codes that TeX writes, and what they show. "|" parts
// text objects.
func TestSpellBitmaps(t *testing.T) {
	for _, c := range []struct {
		name, codes, want string
		named             bool
	}{
		{"new encoding", "the \x1crst e\x1bort\x15he said \x10it`s o\x1ece's\x11", "the ﬁrst eﬀort–he said “it‘s oﬃce’s”", false},
		{"old encoding", "the \x0crst in\x0dation, 1{9, \\so\" it's", "the ﬁrst inﬂation, 1–9, “so” it’s", false},
		{"a letter of a formula", "the \x0crst|\x0b|i", "the ﬁrst|\x0b|i", false},
		{"no ligature shows the encoding", "a {b} \\ `c'", "a {b} \\ `c'", false},
		{"a font with a name", "the \x1crst {it}", "the \x1crst {it}", true},
	} {
		s := &sheet{}
		var glyphs []glyph
		for _, object := range strings.Split(c.codes, "|") {
			for _, r := range object {
				g := glyph{r: r, stroke: int32(len(s.lines))}
				if r == ' ' {
					g.stroke = -1
				}
				glyphs = append(glyphs, g)
			}
			s.lines = append(s.lines, stroke{font: font{unnamed: !c.named}})
		}
		spellBitmaps(glyphs, s)
		got := ""
		for i, g := range glyphs {
			if i > 0 && g.stroke >= 0 && glyphs[i-1].stroke >= 0 && g.stroke != glyphs[i-1].stroke {
				got += "|"
			}
			got += string(g.r)
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
