package draw

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"":                                 "",
		"  two \n\t words\r\n ":            "two words",
		"a\x00b\x1b[1mc":                   "ab[1mc",
		"left\u202eright\u2069 mark\u200f": "leftright mark",
		"bad \xff byte":                    "bad \ufffd byte",
		"no\u00adhyphen\ufeff \ufffe":      "nohyphen",
		"kept: \u00a0 é 🌊 \u200d":          "kept: \u00a0 é 🌊 \u200d",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestWrapKeepsAll: lines are short enough, none is empty, and together they are
// the text, letter for letter.
func TestWrapKeepsAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := clean(rapid.StringOfN(rapid.RuneFrom([]rune("abc -/é漢🌊\u0301\u200d\n"), unicode.Latin), 0, 300, -1).Draw(t, "text"))
		limit := rapid.IntRange(2, 60).Draw(t, "limit")
		lines := wrap(text, limit)
		for _, line := range lines {
			if line == "" || runeColumns(line) > limit {
				t.Fatalf("line %q of %d columns, limit %d", line, runeColumns(line), limit)
			}
			if !utf8.ValidString(line) {
				t.Fatalf("line %q is not UTF-8", line)
			}
		}
		// Spaces may go where lines break, and words without width at all.
		drop := func(s string) string {
			return strings.Map(func(r rune) rune {
				if r == ' ' || zeroWidth(r) {
					return -1
				}
				return r
			}, s)
		}
		if got, want := drop(strings.Join(lines, "")), drop(text); got != want {
			t.Fatalf("wrapped: %q, want %q", got, want)
		}
	})
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		in    string
		limit int
		want  string
	}{
		{"one two three", 7, "one two|three"},
		{"one two three", 100, "one two three"},
		{"abcdefghij", 4, "abcd|efgh|ij"},
		{"see well-known-thing now", 10, "see|well-known|-thing now"},
		{"漢字漢字漢", 4, "漢字|漢字|漢"},
		{"", 9, ""},
	} {
		if got := strings.Join(wrap(c.in, c.limit), "|"); got != c.want {
			t.Errorf("wrap(%q, %d) = %q, want %q", c.in, c.limit, got, c.want)
		}
	}
}

// TestTextFits: every line of a box is narrower than the box.
func TestTextFits(t *testing.T) {
	for _, f := range fixtures {
		for _, b := range allBoxes(compose(f.maps, f.opt)) {
			checkText(t, b)
		}
	}
}

// checkText: every line of the box is narrower than the box, and all together are
// lower.
func checkText(t *testing.T, b *box) {
	t.Helper()
	st := styles[b.look]
	for _, part := range []struct {
		lines []string
		bold  bool
		size  float64
	}{{b.head, st.banded && b.tint == nil, headSize}, {b.former, false, headSize}, {b.lines, st.bold, st.size}, {b.foot, true, headSize}} {
		for _, line := range part.lines {
			if w := face(part.bold).width(line, part.size); w > b.w-padX {
				t.Errorf("%s: %q is %.1f wide, the box %.1f", b.id, line, w, b.w)
			}
		}
	}
	if b.chip != "" {
		if w := b.chipWidth() + chipGap + face(false).width(b.head[0], headSize); w > b.w-padX {
			t.Errorf("%s: %q and %q are %.1f wide, the box %.1f", b.id, b.chip, b.head[0], w, b.w)
		}
	}
	if h := float64(len(b.head)+len(b.former)) * headSize * lineSpacing; h > b.headH {
		t.Errorf("head of %s is %.1f high, its room %.1f", b.id, h, b.headH)
	}
	h := float64(len(b.head)+len(b.former)+len(b.foot))*headSize*lineSpacing + float64(len(b.lines))*st.size*lineSpacing
	if h > b.h {
		t.Errorf("text of %s is %.1f high, the box %.1f", b.id, h, b.h)
	}
	if h := float64(len(b.foot)) * headSize * lineSpacing; h > b.footH {
		t.Errorf("foot of %s is %.1f high, its room %.1f", b.id, h, b.footH)
	}
}
