package draw

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSpread(t *testing.T) {
	for _, c := range []struct {
		name     string
		w, h     float64
		boxes    []rect
		sheets   int
		across   bool
		scale    float64
		broken   int
		squeezed bool
	}{
		{"as large as in the picture, no larger", 200, 100, nil, 1, false, 1, 0, false},
		{"upright", 600, 900, nil, 1, false, 773.19 / 900, 0, false},
		{"across", 900, 600, nil, 1, true, 785.19 / 900, 0, false},
		{"just legible on one", 846, 1202, nil, 1, false, 538.58 / 846, 0, false},
		{"no longer", 847, 1300, nil, 2, true, (2*526.58 - lap) / 1300, 0, false},
		{"a box over the cut is whole on one of two", 800, 1500, []rect{{point{10, 600}, point{300, 700}}}, 2, true, 0, 0, false},
		{"a box larger than a sheet is not", 800, 1500, []rect{{point{10, 100}, point{300, 1400}}}, 2, true, 0, 1, false},
		{"the largest at full size", 1000, 400000, nil, 40, false, 0, 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, squeezed := spread(rect{Max: point{c.w, c.h}}, c.boxes, papers[0])
			if p.sheets() != c.sheets || p.broken != c.broken || squeezed != c.squeezed {
				t.Errorf("%d sheets, %d boxes broken, squeezed %v; want %d, %d, %v",
					p.sheets(), p.broken, squeezed, c.sheets, c.broken, c.squeezed)
			}
			if across := p.sheetW > p.sheetH; across != c.across {
				t.Errorf("across: %v, want %v", across, c.across)
			}
			if c.scale > 0 && math.Abs(p.scale-c.scale) > 1e-3 {
				t.Errorf("scale %v, want %v", p.scale, c.scale)
			}
		})
	}
}

// TestSpreadCovers: whatever the drawing, the sheets show all of it, neighbours
// have a strip in common, and text is legible unless the poster is squeezed.
func TestSpreadCovers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		length := rapid.Float64Range(1, 20000)
		extent := rect{point{-4, -4}, point{length.Draw(t, "w"), length.Draw(t, "h")}}
		var boxes []rect
		for range rapid.IntRange(0, 60).Draw(t, "boxes") {
			at := point{rapid.Float64Range(0, extent.Max.X).Draw(t, "x"), rapid.Float64Range(0, extent.Max.Y).Draw(t, "y")}
			boxes = append(boxes, rect{at, point{min(at.X+222, extent.Max.X), min(at.Y+90, extent.Max.Y)}})
		}
		for _, size := range papers {
			p, squeezed := spread(extent, boxes, size)
			if n := p.sheets(); n < 1 || n > maxSheets || len(p.x) != p.columns || len(p.y) != p.rows {
				t.Fatalf("%d sheets, %d × %d", n, len(p.x), len(p.y))
			}
			if legible := p.scale >= leastBody/bodySize*0.999; legible == squeezed || p.scale > 1 {
				t.Fatalf("scale %v, squeezed: %v", p.scale, squeezed)
			}
			const grain = 1e-6 // of rounding
			last := p.window(p.columns-1, p.rows-1)
			if p.x[0] != extent.Min.X || p.y[0] != extent.Min.Y ||
				last.Max.X < extent.Max.X-grain || last.Max.Y < extent.Max.Y-grain {
				t.Fatalf("sheets from %v, %v to %v do not cover %v", p.x[0], p.y[0], last.Max, extent)
			}
			area := p.area()
			for _, axis := range []struct {
				at   []float64
				view float64
			}{{p.x, area.w() / p.scale}, {p.y, area.h() / p.scale}} {
				for i := 1; i < len(axis.at); i++ {
					if axis.at[i] < axis.at[i-1] || axis.at[i] > axis.at[i-1]+axis.view-lap/p.scale+grain {
						t.Fatalf("sheets of %v at %v", axis.view, axis.at)
					}
				}
			}
		}
	})
}

// TestCuts: on the maps that people have, few boxes are cut.
func TestCuts(t *testing.T) {
	for _, n := range []int{30, 60, 100, 150, 200, 300} {
		pic := compose(mapsOf(genMap(n, 1)), Options{MaxUnits: n})
		b := &booklet{pic: pic, top: pic.size.Y}
		extent, boxes := b.content()
		for _, size := range papers {
			p, squeezed := spread(extent, boxes, size)
			t.Logf("%d units on %s: %d × %d sheets, scale %.2f, %d of %d boxes cut",
				n, size.name, p.columns, p.rows, p.scale, p.broken, len(boxes))
			if squeezed || p.broken*8 > len(boxes) {
				t.Errorf("%d units on %s: squeezed %v, %d of %d boxes cut", n, size.name, squeezed, p.broken, len(boxes))
			}
		}
	}
}

// TestPDFPoster: every sheet says which it is, and whoever is not cut stands
// whole on one of them.
func TestPDFPoster(t *testing.T) {
	m := genMap(80, 1)
	opt := Options{Page: "a4", MaxUnits: 80}
	pic := compose(mapsOf(m), opt)
	extent, boxes := (&booklet{pic: pic, top: pic.size.Y}).content()
	poster, _ := spread(extent, boxes, papers[0])
	f := readPDF(t, pdfOf(t, mapsOf(m), opt))
	pages := f.pages()
	if len(pages) < 2 || len(pages) > poster.sheets() {
		t.Fatalf("%d pages of %d × %d", len(pages), poster.columns, poster.rows)
	}
	foot := regexp.MustCompile(`page (\d+) of (\d+) · column (\d+), row (\d+) · ` + m.Document.Title + `$`)
	var all string
	place := 0
	for i, page := range pages {
		content := f.content(t, page)
		text := pageText(content)
		all += squeeze(text)
		var n [5]int
		for j, digits := range foot.FindStringSubmatch(text) {
			n[j], _ = strconv.Atoi(digits)
		}
		next := (n[4]-1)*poster.columns + n[3]
		if n[1] != i+1 || n[2] != len(pages) || n[3] > poster.columns || n[4] > poster.rows || next <= place {
			t.Errorf("page %d ends %q", i+1, text[max(0, len(text)-80):])
		}
		place = next
		if got, want := marksOf(content), marksOn(n[3], poster.columns)+marksOn(n[4], poster.rows); got != want {
			t.Errorf("page %d has %d marks to cut and paste by, want %d", i+1, got, want)
		}
	}
	cut := 0
	for _, u := range m.Units {
		if !strings.Contains(all, squeeze(u.Text)) {
			cut++
		}
	}
	if cut > poster.broken {
		t.Errorf("%d units are on no page whole, want at most %d", cut, poster.broken)
	}
}

// marksOf is how many lines stand on a page outside of what is clipped to its
// area, or -1 if nothing is.
func marksOf(content []any) int {
	if !slices.Contains(content, any(pdfWord("W"))) {
		return -1
	}
	n := 0
	for _, v := range content {
		switch v {
		case pdfWord("Q"):
			n = 0
		case pdfWord("S"):
			n++
		}
	}
	return n
}

// marksOn is how many marks the sheet at a place, from 1, has along one axis: two
// ticks at either end and two where the next sheet is to be laid, and the dashed
// line along the cut.
func marksOn(place, of int) int {
	n := 4
	if place < of {
		n += 2
	}
	if place > 1 {
		n++
	}
	return n
}
