package draw

import (
	"fmt"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"github.com/fogleman/gg"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestMarkedLines: the lines are those of a text of all the words, each word with
// the status of its piece.
func TestMarkedLines(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"a", "lock", "canal-boats", "漢字かな交じり文", "e\u0301", "\u0301", "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww", "5\u00a0km"})
		var pieces []Piece
		var words []string
		var status []Status
		for range rapid.IntRange(0, 6).Draw(t, "pieces") {
			p := Piece{Status: rapid.SampledFrom([]Status{Unchanged, Added, Dropped}).Draw(t, "status")}
			list := rapid.SliceOfN(word, 0, 5).Draw(t, "words")
			p.Text = strings.Join(list, " ")
			pieces = append(pieces, p)
			for _, w := range list {
				if w == "\u0301" {
					continue // takes no room
				}
				words = append(words, w)
				for range []rune(w) {
					status = append(status, p.Status)
				}
			}
		}
		limit := rapid.IntRange(2, 40).Draw(t, "limit")
		lines := markedLines(pieces, limit)
		var plain []string
		for _, line := range lines {
			text := ""
			for _, w := range line {
				text += w.text
				for _, r := range w.text {
					if r == ' ' {
						continue
					}
					if w.status != status[0] {
						t.Fatalf("%+v: %q has status %v, want %v", pieces, r, w.status, status[0])
					}
					status = status[1:]
				}
			}
			plain = append(plain, text)
		}
		if want := wrap(strings.Join(words, " "), limit); !slices.Equal(plain, want) || len(status) > 0 {
			t.Fatalf("%+v: lines %q, want %q", pieces, plain, want)
		}
	})
}

// strokes is a canvas that notes the lines and texts in each colour.
type strokes map[string][]string

func (s strokes) path(steps []step, k ink) {
	s.add(k.pen, fmt.Sprintf("line from %.0f,%.1f to %.0f,%.1f", steps[0].to.X, steps[0].to.Y, steps[1].to.X, steps[1].to.Y))
}

func (s strokes) text(text string, at point, _ typeset, c color.NRGBA) {
	s.add(c, fmt.Sprintf("%q at %.0f,%.1f", text, at.X, at.Y))
}

func (s strokes) standIn(string, func()) {}

func (s strokes) add(c color.NRGBA, what string) {
	key := fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
	s[key] = append(s[key], what)
}

// TestWordsArePainted: old words are struck out and new ones underlined, the rest
// of the text is not.
func TestWordsArePainted(t *testing.T) {
	on := strokes{}
	p := &painter{on: on, window: everything}
	p.run([]op{
		{Op: "F", Size: 10},
		{Op: "t", Bits: struckOut}, {Op: "c", Color: "#aa0000"}, {Op: "T", Pt: []float64{0, 0}, Text: "old"},
		{Op: "t", Bits: underlined}, {Op: "c", Color: "#0000aa"}, {Op: "T", Pt: []float64{20, 0}, Text: "new"},
		{Op: "t", Bits: boldLetters}, {Op: "c", Color: "#000000"}, {Op: "T", Pt: []float64{40, 0}, Text: "both"},
	})
	want := strokes{
		"#aa0000": {`"old" at 0,0.0`, "line from 0,-2.5 to 13,-2.5"},
		"#0000aa": {`"new" at 20,0.0`, "line from 20,1.2 to 38,1.2"},
		"#000000": {`"both" at 40,0.0`},
	}
	if diff := cmp.Diff(want, on); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestDashesHaveGaps: a dashed border does not run together where it is as thick as
// the gaps are long.
func TestDashesHaveGaps(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 160, 80))
	r := &raster{img: img, dc: gg.NewContextForRGBA(img), scale: 1}
	red, white := color.NRGBA{255, 0, 0, 255}, color.NRGBA{255, 255, 255, 255}
	r.path(box4(rect{point{0, 0}, point{120, 40}}), ink{pen: red, fill: white, width: 2, dash: []float64{5, 2}})
	gaps := 0
	for x := range 120 {
		if _, g, _, _ := img.At(int(pageMargin)+x, int(pageMargin)).RGBA(); g > 0x6000 {
			gaps++
		}
	}
	if gaps < 15 {
		t.Errorf("%d of 120 pixels along a dashed line are gaps, want 15 at least", gaps)
	}
}
