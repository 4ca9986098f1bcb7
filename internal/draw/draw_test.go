package draw

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/argmap/argmap/internal/argument"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestDOTGolden(t *testing.T) {
	for _, f := range fixtures {
		t.Run(f.name, func(t *testing.T) {
			got := dotOf(t, f.maps, f.opt)
			golden := filepath.Join("testdata", f.name+".dot")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("DOT differs from %s (-want +got):\n%s", golden, diff)
			}
		})
	}
}

// TestDOTIsPure: the same bytes each time, and the maps are left as they were.
func TestDOTIsPure(t *testing.T) {
	m := genMap(80, 3)
	before := fmt.Sprintf("%+v", *m)
	first := dotOf(t, mapsOf(m), Options{})
	for range 5 {
		if dotOf(t, mapsOf(m), Options{}) != first {
			t.Fatal("two runs differ")
		}
	}
	dotOf(t, mapsOf(m), Options{MaxUnits: 9, NoSources: true, MinConfidence: 0.6})
	if got := fmt.Sprintf("%+v", *m); got != before {
		t.Error("the map was changed")
	}
}

func TestSVG(t *testing.T) {
	for _, f := range fixtures {
		t.Run(f.name, func(t *testing.T) {
			svg := svgOf(t, f.maps, f.opt)
			if again := svgOf(t, f.maps, f.opt); again != svg {
				t.Error("two runs differ")
			}
			text, ids := readSVG(t, svg)
			for _, bad := range []string{"<!DOCTYPE", "<!--", "<script", "xlink:href", " href="} {
				if strings.Contains(svg, bad) {
					t.Errorf("SVG contains %q", bad)
				}
			}
			chosen, _ := choose(f.maps, f.opt)
			for i, s := range chosen {
				for _, u := range s.m.Units {
					if f.name == "hostile" {
						continue // its ids are made harmless
					}
					id := u.ID
					if len(chosen) > 1 {
						id = fmt.Sprintf("d%d_%s", i+1, id)
					}
					if ids[id] != 1 {
						t.Errorf("%d elements with id %s, want 1", ids[id], id)
					}
					shown := u.Text
					if f.opt.Changes != nil {
						shown = f.opt.Changes.Units[u.ID].shown(u.Text)
					}
					if !strings.Contains(text, squeeze(shown)) {
						t.Errorf("text of %s is cut: %q", id, u.Text)
					}
				}
			}
			for id, n := range ids {
				if n > 1 {
					t.Errorf("id %q is given %d times", id, n)
				}
			}
		})
	}
}

// TestHostileText: what is in the text stands in the picture letter for letter,
// and nothing of it is read as markup or as one of Graphviz's escapes.
func TestHostileText(t *testing.T) {
	text, _ := readSVG(t, svgOf(t, mapsOf(fixtureHostile), Options{}))
	checkHostile(t, "SVG", text)
	ops, err := layout(context.Background(), hideBackslashes([]byte(dotOf(t, mapsOf(fixtureHostile), Options{}))), "json")
	if err != nil {
		t.Fatal(err)
	}
	d, err := readDrawing(ops)
	if err != nil {
		t.Fatal(err)
	}
	text = ""
	for _, o := range d.Objects {
		for _, op := range o.LDraw {
			text += op.Text
		}
	}
	checkHostile(t, "PNG", squeeze(text))
}

func checkHostile(t *testing.T, format, text string) {
	t.Helper()
	for _, want := range []string{
		`<script>alert("x")</script>&'quotes'\l\N\\]]>&lt;<!---->`,
		`line one line two tabbed[31mredhidden`,
		`A"title"\Nwith<b>marks</b>&entities&amp;]]>`,
		`<i>Section</i>"one"\`,
		`O'Brien<ceo@example.org>\G"Bob"`,
		`漢字かな交じり文がとても長く続くので行を折り返す必要がある`,
		`🌊🌊`,
		strings.Repeat("Donaudampfschifffahrt", 500),
	} {
		if !strings.Contains(text, squeeze(want)) {
			t.Errorf("%s lacks %.80q", format, want)
		}
	}
	for _, r := range text {
		if !drawable(r) {
			t.Errorf("%s has %U", format, r)
		}
	}
}

func TestPNG(t *testing.T) {
	var b bytes.Buffer
	var notes []string
	opt := Options{Scale: 1, Note: func(s string) { notes = append(notes, s) }}
	if err := PNG(context.Background(), &b, mapsOf(fixtureUndercut), opt); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	th, _ := findTheme("")
	count := map[string]int{}
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			r, g, b, _ := img.At(x, y).RGBA()
			count[fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)]++
		}
	}
	for name, c := range map[string]string{
		"page": th.page, "support": th.supports, "undercut": th.undercuts, "thesis": th.thesis,
		"border of the thesis": th.thesisLine, "main claim": th.claim, "section": th.group,
	} {
		if count[c] < 60 {
			t.Errorf("%d pixels in the colour of %s, want at least 60", count[c], name)
		}
	}
	if len(notes) > 0 {
		t.Errorf("notes %q, want none", notes)
	}
}

func TestFit(t *testing.T) {
	for _, c := range []struct {
		w, h, scale, want float64
		capped            bool
	}{
		{1000, 1000, 0, DefaultScale, false},
		{1000, 1000, 1.5, 1.5, false},
		{1000, 1000, math.NaN(), DefaultScale, false},
		{1000, 1000, math.Inf(1), DefaultScale, false},
		{1000, 1000, -3, DefaultScale, false},
		{10000, 20000, 2, 0.5, true},
	} {
		got, capped := fit(c.w, c.h, c.scale)
		if got != c.want || capped != c.capped {
			t.Errorf("fit(%v, %v, %v) = %v, %v; want %v, %v", c.w, c.h, c.scale, got, capped, c.want, c.capped)
		}
	}
}

func TestOptions(t *testing.T) {
	m := mapsOf(fixtureSections)
	err := DOT(io.Discard, m, Options{Theme: "neon"})
	if err == nil || !strings.Contains(err.Error(), "light, dark, print, colorblind") {
		t.Errorf("unknown theme: %v, want an error that lists the known", err)
	}
	err = DOT(io.Discard, m, Options{Only: "jokes"})
	if err == nil || !strings.Contains(err.Error(), "known: recommendations") {
		t.Errorf("unknown part: %v, want an error that lists the known", err)
	}
	err = DOT(io.Discard, m, Options{Rankdir: "UP"})
	if err == nil || !strings.Contains(err.Error(), "LR, RL, TB, BT") {
		t.Errorf("unknown direction: %v, want an error that lists the known", err)
	}
	sources := dotOf(t, m, Options{})
	if !strings.Contains(sources, "attribution") || strings.Contains(dotOf(t, m, Options{NoSources: true}), "attribution") {
		t.Error("NoSources does not decide on sources")
	}
	low := *fixtureSections
	low.Units = append([]argument.Unit(nil), low.Units...)
	low.Units[0].Confidence, low.Units[1].Confidence = 0.1, 0.2
	dot := dotOf(t, mapsOf(&low), Options{MinConfidence: 0.5})
	if !strings.Contains(dot, `"u1" [`) || strings.Contains(dot, `"u2"`) {
		t.Error("MinConfidence must drop u2 with its relations and keep the thesis u1")
	}
}

func TestContextEnded(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := SVG(ctx, io.Discard, mapsOf(fixtureSmall), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("SVG: %v, want %v", err, context.Canceled)
	}
	if err := PNG(ctx, io.Discard, mapsOf(fixtureSmall), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("PNG: %v, want %v", err, context.Canceled)
	}
}

// TestConcurrent: the one machine inside Graphviz is guarded.
func TestConcurrent(t *testing.T) {
	want := svgOf(t, mapsOf(fixtureSmall), Options{})
	got := make(chan string)
	for range 4 {
		go func() {
			var b bytes.Buffer
			if err := SVG(context.Background(), &b, mapsOf(fixtureSmall), Options{}); err != nil {
				got <- err.Error()
				return
			}
			got <- b.String()
		}()
	}
	for range 4 {
		if <-got != want {
			t.Error("a drawing made beside others differs")
		}
	}
}

func dotOf(t *testing.T, maps []*argument.Map, opt Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := DOT(&b, maps, opt); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func svgOf(t *testing.T, maps []*argument.Map, opt Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := SVG(context.Background(), &b, maps, opt); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// readSVG returns all text of the SVG without white space, and how often each id
// is given.
func readSVG(t *testing.T, svg string) (text string, ids map[string]int) {
	t.Helper()
	ids = map[string]int{}
	var b strings.Builder
	inText := false
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("SVG is not well formed: %v", err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			inText = e.Name.Local == "text"
			for _, a := range e.Attr {
				if a.Name.Local == "id" {
					ids[a.Value]++
				}
			}
		case xml.EndElement:
			inText = false
		case xml.CharData:
			if inText {
				b.Write(e)
			}
		}
	}
	return squeeze(b.String()), ids
}

// squeeze drops white space, so that it does not matter where lines break.
func squeeze(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00a0", " ")), "")
}
