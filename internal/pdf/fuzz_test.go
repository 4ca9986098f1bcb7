package pdf

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzRead reads files as they may come from anywhere: it ends in time, with one
// of the errors of the package or with sound blocks.
func FuzzRead(f *testing.F) {
	f.Add(simple(f))
	f.Add(protected(f, ""))
	f.Add(scan(f))
	for _, c := range layoutCases {
		s := newSheet()
		c.draw(s)
		f.Add(s.bytes(f))
	}
	f.Add([]byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 3>>endobj trailer<</Root 1 0 R>>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		text, err := Read(ctx, data)
		if err == nil {
			checkBlocks(t, text.Blocks, text.Pages)
			return
		}
		for _, known := range []error{ErrEncrypted, ErrDamaged, ErrNoText, ErrTooLarge, context.DeadlineExceeded} {
			if errors.Is(err, known) {
				return
			}
		}
		t.Errorf("an error of no kind: %v", err)
	})
}

// FuzzUnderstand makes sense of words wherever they stand.
func FuzzUnderstand(f *testing.F) {
	f.Add([]byte("the boats leave at ten"), uint8(2))
	f.Add([]byte("\x10\x20\x30\x40\x50\x60\x70\x80\x90\xa0\xb0\xc0\xd0\xe0\xf0"), uint8(7))
	f.Add([]byte(strings.Repeat("1\x01\x02\x03a.", 60)), uint8(30))
	f.Fuzz(func(t *testing.T, data []byte, perPage uint8) {
		pages := scatter(data, int(perPage)+1)
		blocks, err := understand(t.Context(), pages)
		if err != nil {
			t.Fatal(err)
		}
		checkBlocks(t, blocks, len(pages))
	})
}

// scatter puts words on pages: four bytes each say what, where and how large.
func scatter(data []byte, perPage int) []*page {
	texts := []string{"The", "boats", "well-", "known", "1", "2.", "(a)", "•", "–", "*", "2019", "Figure 1.", "–3–", "שלום", "T", "ends.", "3", "“Yes,”", "iv", "\u00ad", "co\u00ad"}
	var pages []*page
	p := &page{number: 1, width: 595, height: 842}
	for i := 0; i+3 < len(data) && len(pages) < 20; i += 4 {
		size := 2 + float64(data[i+3]%5)*4
		x, y := float64(data[i+1])*2.3, float64(data[i+2])*3.3
		text := texts[int(data[i])%len(texts)]
		n := utf8.RuneCountInString(text)
		p.words = append(p.words, word{text: text, x0: x, x1: x + float64(n)*size/2, y: y, size: size, chars: n, order: len(p.words),
			font: font{bold: data[i+3]&64 != 0, italic: data[i+3]&128 != 0}, glued: data[i+3]&32 != 0 && len(p.words) > 0})
		if data[i]&128 != 0 {
			r := rect{x, y, x + 20*size, y + 10*size}
			p.boxes, p.rules = append(p.boxes, r), append(p.rules, rect{x, y, x + 90, y + 1})
		}
		if len(p.words) == perPage {
			pages = append(pages, p)
			p = &page{number: len(pages) + 1, width: 595, height: 842}
		}
	}
	return append(pages, p)
}

// checkBlocks checks what Block promises.
func checkBlocks(t *testing.T, blocks []Block, pages int) {
	t.Helper()
	for _, b := range blocks {
		switch {
		case !utf8.ValidString(b.Text):
			t.Errorf("not UTF-8: %q", b.Text)
		case strings.TrimSpace(b.Text) == "":
			t.Errorf("a blank %s", b.Kind)
		case b.Kind != Table && strings.Contains(b.Text, "\n"):
			t.Errorf("more than a line: %q", b.Text)
		case (b.Level > 0) != (b.Kind == Heading || b.Kind == Item):
			t.Errorf("a %s of level %d", b.Kind, b.Level)
		case len(b.Pages) == 0 || b.Pages[0].Offset != 0:
			t.Errorf("begins on no page: %v", b.Pages)
		}
		last := PageAt{-1, 0}
		for _, p := range b.Pages {
			if p.Offset <= last.Offset || p.Offset >= len(b.Text) || !utf8.RuneStart(b.Text[p.Offset]) || p.Page < 1 || p.Page > pages {
				t.Errorf("pages %v of %q", b.Pages, b.Text)
			}
			last = p
		}
	}
}

// Words without order are given up on in time: a page of ten thousand of them.
func TestScattered(t *testing.T) {
	data := make([]byte, 40_000)
	seed := uint32(7)
	for i := range data {
		seed = seed*1664525 + 1013904223
		data[i] = byte(seed >> 24)
	}
	for _, n := range []int{100, 1000, 10_000} {
		begun := time.Now()
		if _, err := understand(t.Context(), scatter(data[:4*n], n)); err != nil {
			t.Fatal(err)
		}
		t.Logf("%d words: %s", n, time.Since(begun))
		if d := time.Since(begun); d > 20*time.Second {
			t.Errorf("%d words took %s", n, d)
		}
	}
}
