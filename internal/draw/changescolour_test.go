package draw

import (
	"bytes"
	"context"
	"image"
	"image/color"
	imagedraw "image/draw"
	"image/png"
	"testing"
)

// TestPNGOfChanges: every theme paints what is new and what is gone. Where a theme
// has one colour for two things, only a picture in other colours tells them apart.
func TestPNGOfChanges(t *testing.T) {
	for i := range themes {
		th, was := &themes[i], themes[i]
		t.Cleanup(func() { *th = was })
		plain := changesImage(t, th.name)
		parts := []struct {
			what, probe string
			colour      *string
		}{
			{"new", "#010101", &th.came}, {"new box", "#020202", &th.cameFill}, {"gone", "#030303", &th.gone},
			{"gone box", "#040404", &th.goneFill}, {"changed", "#050505", &th.altered}, {"the rest", "#060606", &th.muted},
		}
		type pixel struct{ probe, plain color.Color }
		want := make([]pixel, len(parts))
		for i, p := range parts {
			want[i] = pixel{parseColor(p.probe), parseColor(*p.colour)}
			*p.colour = p.probe
		}
		count := map[pixel]int{}
		probed := changesImage(t, th.name)
		for y := range probed.Bounds().Max.Y {
			for x := range probed.Bounds().Max.X {
				count[pixel{probed.At(x, y), plain.At(x, y)}]++
			}
		}
		for i, p := range parts {
			if n := count[want[i]]; n < 100 {
				t.Errorf("%s: %d pixels in the colour of what is %s, want at least 100", was.name, n, p.what)
			}
		}
	}
}

// changesImage is the picture of the changes.
func changesImage(t *testing.T, theme string) *image.NRGBA {
	t.Helper()
	var b bytes.Buffer
	if err := PNG(context.Background(), &b, mapsOf(fixtureChanges), Options{Theme: theme, Scale: 1, Changes: changesOfFixture}); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	flat := image.NewNRGBA(img.Bounds())
	imagedraw.Draw(flat, flat.Bounds(), img, image.Point{}, imagedraw.Src)
	return flat
}
