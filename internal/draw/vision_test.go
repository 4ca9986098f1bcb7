package draw

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// visions turn linear sRGB into what people see whose eyes lack one sort of
// cones: Machado, Oliveira and Fernandes 2009, severity 1.
var visions = map[string][3][3]float64{
	"all cones": {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia": {
		{0.152286, 1.052583, -0.204868},
		{0.114503, 0.786281, 0.099216},
		{-0.003882, -0.048116, 1.051998},
	},
	"deuteranopia": {
		{0.367322, 0.860646, -0.227968},
		{0.280085, 0.672501, 0.047413},
		{-0.011820, 0.042940, 0.968881},
	},
	"tritanopia": {
		{1.255528, -0.076749, -0.178779},
		{-0.078411, 0.930809, 0.147602},
		{0.004733, 0.691367, 0.303900},
	},
}

// TestColorblind: the theme for the colour-blind holds nothing but the colours
// of Okabe and Ito and white, and whatever the eyes lack, no two sorts of boxes
// nor of lines look alike.
func TestColorblind(t *testing.T) {
	th, ok := findTheme("colorblind")
	if !ok {
		t.Fatal("there is no such theme")
	}
	okabeIto := strings.Fields("#000000 #e69f00 #56b4e9 #009e73 #f0e442 #0072b2 #d55e00 #cc79a7 #ffffff")
	for v, i := reflect.ValueOf(*th), 0; i < v.NumField(); i++ {
		name, colour := v.Type().Field(i).Name, v.Field(i).String()
		if name != "name" && !slices.Contains(okabeIto, colour) {
			t.Errorf("%s is %s, which is none of theirs", name, colour)
		}
	}
	boxes := map[string]string{"thesis": th.thesis, "claim": th.claim, "premise": th.premise, "band": th.band, "source": th.source}
	lines := map[string]string{"supports": th.supports, "attacks": th.attacks, "undercuts": th.undercuts, "attribution": th.attribution}
	for vision, m := range visions {
		for what, colours := range map[string]map[string]string{"boxes": boxes, "lines": lines} {
			for a, x := range colours {
				for b, y := range colours {
					// 2 is the least that is seen, side by side.
					if d := distanceLab(seen(x, m), seen(y, m)); a < b && d < 15 {
						t.Errorf("%s: %s %s and %s are %.1f apart, want 15", vision, what, a, b, d)
					}
				}
			}
		}
	}
}

// TestColoursOfChanges: in every theme, whatever the eyes lack, what is new, what
// is gone, what is changed and the rest have colours that can be told apart.
func TestColoursOfChanges(t *testing.T) {
	for i := range themes {
		th := &themes[i]
		lines := map[string]string{"new": th.came, "gone": th.gone, "rest": th.muted}
		chips := map[string]string{"new": th.came, "gone": th.gone, "changed": th.altered}
		for vision, m := range visions {
			for what, colours := range map[string]map[string]string{"lines": lines, "chips": chips} {
				for a, x := range colours {
					for b, y := range colours {
						if d := distanceLab(seen(x, m), seen(y, m)); a < b && d < 15 {
							t.Errorf("%s, %s: %s %s and %s are %.1f apart, want 15", th.name, vision, what, a, b, d)
						}
					}
				}
			}
		}
	}
}

// TestVisions checks the computation: red and green are far apart for most and
// near for those without middle cones, blue and yellow are far apart for both.
func TestVisions(t *testing.T) {
	for _, c := range []struct {
		vision, a, b string
		least, most  float64
	}{
		{"all cones", "#000000", "#ffffff", 99, 101},
		{"all cones", "#c04040", "#408040", 60, 120},
		{"deuteranopia", "#a06030", "#708030", 0, 15},
		{"deuteranopia", "#0000ff", "#ffff00", 100, 300},
		{"tritanopia", "#56b4e9", "#009e73", 10, 30},
	} {
		m := visions[c.vision]
		if d := distanceLab(seen(c.a, m), seen(c.b, m)); d < c.least || d > c.most {
			t.Errorf("%s: %s and %s are %.1f apart, want %v to %v", c.vision, c.a, c.b, d, c.least, c.most)
		}
	}
}

// seen is the colour through such eyes in linear sRGB.
func seen(colour string, m [3][3]float64) [3]float64 {
	r, g, b, _ := parseColor(colour).RGBA()
	in := [3]float64{linear(r), linear(g), linear(b)}
	var out [3]float64
	for i := range out {
		for j := range in {
			out[i] += m[i][j] * in[j]
		}
		out[i] = min(max(out[i], 0), 1)
	}
	return out
}

// distanceLab is how far apart two colours are in CIE L*a*b*.
func distanceLab(a, b [3]float64) float64 {
	p, q := lab(a), lab(b)
	return math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
}

func lab(c [3]float64) [3]float64 {
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124*c[0] + 0.3576*c[1] + 0.1805*c[2]) / 0.95047)
	y := f(0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2])
	z := f((0.0193*c[0] + 0.1192*c[1] + 0.9505*c[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}
