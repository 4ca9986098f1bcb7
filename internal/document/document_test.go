package document

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestIndexAgreesWithRunes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("ab é’“\n😀\u200b")), 0, 600, -1).Draw(t, "text")
		ix := NewIndex(text)
		r := 0
		for b := range text {
			if got := ix.Rune(b); got != r {
				t.Fatalf("Rune(%d) = %d, want %d", b, got, r)
			}
			if got := ix.Byte(r); got != b {
				t.Fatalf("Byte(%d) = %d, want %d", r, got, b)
			}
			r++
		}
		if ix.Rune(len(text)) != r || ix.Byte(r) != len(text) {
			t.Fatalf("end: Rune = %d, Byte = %d; want %d, %d", ix.Rune(len(text)), ix.Byte(r), r, len(text))
		}
	})
}

func TestIndexOutside(t *testing.T) {
	for _, text := range []string{"", "é", strings.Repeat("é", 300)} {
		ix := NewIndex(text)
		if got := ix.Rune(-5); got != 0 {
			t.Errorf("Rune(-5) of %.5q = %d, want 0", text, got)
		}
		if got, want := ix.Rune(len(text)+9), len([]rune(text)); got != want {
			t.Errorf("Rune(past end) of %.5q = %d, want %d", text, got, want)
		}
		if got := ix.Byte(len(text) + 9); got != len(text) {
			t.Errorf("Byte(past end) of %.5q = %d, want %d", text, got, len(text))
		}
	}
}

func TestSpan(t *testing.T) {
	s := Span{2, 6}
	for _, c := range []struct {
		t                  Span
		overlaps, contains bool
	}{
		{Span{0, 2}, false, false}, {Span{0, 3}, true, false}, {Span{2, 6}, true, true},
		{Span{3, 5}, true, true}, {Span{5, 9}, true, false}, {Span{6, 9}, false, false},
	} {
		if s.Overlaps(c.t) != c.overlaps || s.Contains(c.t) != c.contains {
			t.Errorf("%v against %v: overlaps %v, contains %v", s, c.t, s.Overlaps(c.t), s.Contains(c.t))
		}
	}
}

func TestPage(t *testing.T) {
	d := sound()
	for at, want := range map[int]int{0: 1, 11: 1, 12: 0, 13: 0, 14: 2, 23: 2, 24: 0, 27: 1, 32: 1, 33: 0, 99: 0} {
		if got := d.Page(at); got != want {
			t.Errorf("Page(%d) = %d, want %d", at, got, want)
		}
	}
	if got := (&Document{Text: "a"}).Page(0); got != 0 {
		t.Errorf("page %d of a document without pages", got)
	}
}

func TestFlowing(t *testing.T) {
	d := &Document{Text: "Ti\ntle\n\nIt\r\nrained é\nfor days.\n\nThe end.\n", Blocks: []Block{
		{Kind: Title, Span: Span{0, 6}}, {Kind: Paragraph, Span: Span{8, 31}}, {Kind: Paragraph, Span: Span{33, 41}},
	}}
	want := "Ti\ntle\n\nIt  rained é for days.\n\nThe end.\n"
	if got := d.Flowing(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	d.Text = strings.ReplaceAll(want, "Ti\ntle", "A title")
	for i := range d.Blocks {
		d.Blocks[i].Span = []Span{{0, 7}, {9, 32}, {34, 42}}[i]
	}
	if got := d.Flowing(); got != d.Text {
		t.Errorf("a text without such line ends became %q", got)
	}
}
