package draw

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// TestContrast: WCAG 2.1 asks for 4.5:1 for text and 3:1 for lines that carry
// meaning.
func TestContrast(t *testing.T) {
	for i := range themes {
		th := &themes[i]
		t.Run(th.name, func(t *testing.T) {
			need := func(what, front, back string, want float64) {
				t.Helper()
				if got := contrast(front, back); got < want {
					t.Errorf("%s: %s on %s has contrast %.2f, want %.1f", what, front, back, got, want)
				}
			}
			for _, ground := range []string{th.page, th.group} {
				need("title", th.text, ground, 4.5)
				need("note", th.dim, ground, 4.5)
				need("+", th.supportsSign, ground, 4.5)
				need("−", th.attacksSign, ground, 4.5)
				for k := range styles {
					if st := &styles[k]; st.pen != nil {
						line, _ := st.pen(th)
						need(st.name+" line", line, ground, 3)
					}
				}
			}
			for k := range styles {
				st := &styles[k]
				if st.colours == nil || look(k) == lookKnot {
					continue
				}
				fill, line, text, small := st.colours(th)
				need(st.name+" text", text, fill, 4.5)
				if st.banded {
					need(st.name+" head", small, th.band, 4.5)
				} else {
					need(st.name+" head", small, fill, 4.5)
				}
				need("what is folded into "+st.name, th.dim, fill, 4.5)
				for _, ground := range []string{th.page, th.group, fill} {
					need(st.name+" border", line, ground, 3)
				}
			}
			for i := range tints {
				t := &tints[i]
				c := t.colours(th)
				need(t.name+" text", c.text, c.fill, 4.5)
				need(t.name+" head", c.small, c.fill, 4.5)
				need("what is folded into "+t.name, th.dim, c.fill, 4.5)
				need("a relation gone from "+t.name, th.goneSign, c.fill, 4.5)
				line, label := t.pen(th)
				for _, ground := range []string{th.page, th.group, c.fill} {
					need(t.name+" border", c.line, ground, 3)
					need(t.name+" line", line, ground, 3)
					need(t.name+" words", label, ground, 4.5)
				}
				if c.band != "" {
					need(t.name+" chip", c.bandText, c.band, 4.5)
				}
			}
			need("new words", th.came, tints[Reworded].colours(th).fill, 4.5)
			need("old words", th.goneSign, tints[Reworded].colours(th).fill, 4.5)
		})
	}
}

// TestStyles: nothing is told by colour alone, nor by the width of lines, which
// says how sure they are.
func TestStyles(t *testing.T) {
	seen := map[string]string{}
	for k := range styles {
		st := &styles[k]
		if st.name == "" {
			t.Fatalf("look %d has no name", k)
		}
		if st.caption == "" {
			continue
		}
		key := st.shape + st.dash + st.arrow + st.mark
		if st.shape != "" {
			key += number(st.width) + number(st.size) + fmt.Sprint(st.banded)
		}
		if other, ok := seen[key]; ok {
			t.Errorf("%s and %s differ in colour or width of lines only", st.name, other)
		}
		seen[key] = st.name
	}
}

// TestTints: what became of things is told by a sign, a word and a line that is
// dashed or not, and never by colour alone.
func TestTints(t *testing.T) {
	seen := map[string]string{}
	for i := range tints {
		tint := &tints[i]
		for what, key := range map[string]string{"word": tint.word, "caption": tint.relation, "class": tint.name} {
			if key == "" {
				continue
			}
			if other, ok := seen[what+key]; ok {
				t.Errorf("%s and %s have the same %s, %q", tint.name, other, what, key)
			}
			seen[what+key] = tint.name
		}
		if want := i == int(Dropped); tint.dashed != want {
			t.Errorf("%s is dashed: %v, want %v", tint.name, tint.dashed, want)
		}
	}
	if signs := [3]string{tints[Added].sign, tints[Dropped].sign, tints[Changed].sign}; signs != [3]string{"+", "−", "~"} {
		t.Errorf("signs %q", signs)
	}
}

// TestWeights: the surer a line the wider, in steps that can be told apart and
// none of which vanishes.
func TestWeights(t *testing.T) {
	for k := range styles {
		if styles[k].pen == nil {
			continue
		}
		before := 0.0
		for _, confidence := range []float64{0.1, 0.5, 0.9} {
			l := link{look: look(k), confidence: confidence}
			switch w := l.penWidth(); {
			case w < thinnest:
				t.Errorf("%s of confidence %.1f is %.2f points wide, want at least %.2f", styles[k].name, confidence, w, thinnest)
			case w < before+0.25:
				t.Errorf("%s of confidence %.1f is %.2f points wide, of less %.2f", styles[k].name, confidence, w, before)
			default:
				before = w
			}
		}
	}
	for _, c := range []struct {
		confidence float64
		want       int
	}{{0, 1}, {0.01, 2}, {0.33, 2}, {0.34, 1}, {0.66, 1}, {0.67, 0}, {1, 0}} {
		if got := weight(c.confidence); got != c.want {
			t.Errorf("weight(%v) = %d, want %d", c.confidence, got, c.want)
		}
	}
}

// TestWeightsInLegend: the legend has a line on them where they differ.
func TestWeightsInLegend(t *testing.T) {
	const line = "thin line: unsure, thick: sure"
	if dot := dotOf(t, mapsOf(fixtureSections), Options{}); strings.Contains(dot, line) {
		t.Error("all relations are equally sure and the legend tells of differences")
	}
	m := *fixtureSections
	m.Relations = slices.Clone(m.Relations)
	m.Relations[1].Confidence = 0.2
	if dot := dotOf(t, mapsOf(&m), Options{}); strings.Count(dot, line) != 1 {
		t.Error("one relation is less sure and the legend does not tell")
	}
	if dot := dotOf(t, mapsOf(&m), Options{NoLegend: true}); strings.Contains(dot, line) {
		t.Error("there is a legend though none was wanted")
	}
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(s string) float64 {
	r, g, b, _ := parseColor(s).RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

// linear undoes the curve of sRGB.
func linear(v uint32) float64 {
	f := float64(v) / 0xffff
	if f <= 0.04045 {
		return f / 12.92
	}
	return math.Pow((f+0.055)/1.055, 2.4)
}
