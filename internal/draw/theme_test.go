package draw

import (
	"math"
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
					need(st.name+" head", small, line, 4.5)
				} else {
					need(st.name+" head", small, fill, 4.5)
				}
				for _, ground := range []string{th.page, th.group, fill} {
					need(st.name+" border", line, ground, 3)
				}
			}
		})
	}
}

// TestStyles: nothing is told by colour alone.
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
		key := st.shape + st.dash + st.arrow + st.mark + number(st.width) + number(st.size)
		if st.banded {
			key += "banded"
		}
		if other, ok := seen[key]; ok {
			t.Errorf("%s and %s differ in colour only", st.name, other)
		}
		seen[key] = st.name
	}
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(s string) float64 {
	r, g, b, _ := parseColor(s).RGBA()
	linear := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
