package draw

import (
	"bytes"
	"context"
	"image"
	imagedraw "image/draw"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/argmap/argmap/internal/argument"
)

// tool finds a program of poppler-utils.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s (of poppler-utils) is not installed", name)
	}
	return path
}

// TestPDFText: another program finds all texts, letter for letter.
func TestPDFText(t *testing.T) {
	pdftotext := tool(t, "pdftotext")
	for _, f := range fixtures {
		for _, page := range []string{"", "a4"} {
			t.Run(f.name+page, func(t *testing.T) {
				opt := f.opt
				opt.Page = page
				cmd := exec.Command(pdftotext, "-raw", "-enc", "UTF-8", "-", "-")
				cmd.Stdin = bytes.NewReader(pdfOf(t, f.maps, opt))
				var complaints bytes.Buffer
				cmd.Stderr = &complaints
				out, err := cmd.Output()
				if err != nil || complaints.Len() > 0 {
					t.Fatalf("pdftotext: %v %s", err, &complaints)
				}
				text := squeeze(strings.Map(func(r rune) rune {
					if unicode.Is(unicode.Bidi_Control, r) { // pdftotext adds some
						return -1
					}
					return r
				}, string(out)))
				for _, m := range f.maps {
					for _, u := range m.Units {
						if want := squeeze(clean(u.Text)); len(want) < 5000 && !strings.Contains(text, want) {
							t.Errorf("text of %s is not found: %q", u.ID, want)
						}
					}
				}
				if f.name == "hostile" && page == "" { // one unit of it is larger than a sheet
					checkHostile(t, "PDF", text)
				}
			})
		}
	}
}

// TestPDFLooksLikePNG compares squares of pixels: letters are smoothed in
// another way, but nothing is missing and nothing stands elsewhere.
func TestPDFLooksLikePNG(t *testing.T) {
	pdftoppm := tool(t, "pdftoppm")
	strange := mapOf("Ünusual (signs) שלום", "u1 thesis judgement: 漢字 🌊 é e\u0301 ﬁ\nu2 claim should>Łódź: אב 12 \u2011 x")
	for _, f := range fixtures {
		if f.name == "hostile" { // as tall as a tower; a smaller one will do
			f.maps = mapsOf(strange)
		}
		t.Run(f.name, func(t *testing.T) {
			cmd := exec.Command(pdftoppm, "-r", "72", "-png", "-singlefile", "-")
			cmd.Stdin = bytes.NewReader(pdfOf(t, f.maps, f.opt))
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			got, err := png.Decode(bytes.NewReader(out))
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			opt := f.opt
			opt.Scale = 1
			if err := PNG(context.Background(), &b, f.maps, opt); err != nil {
				t.Fatal(err)
			}
			want, err := png.Decode(&b)
			if err != nil {
				t.Fatal(err)
			}
			size, other := want.Bounds().Size(), got.Bounds().Size()
			if dx, dy := other.X-size.X, other.Y-size.Y; dx < 0 || dx > 1 || dy < 0 || dy > 1 { // pdftoppm rounds up
				t.Fatalf("PDF is %v, PNG %v", other, size)
			}
			worst, mean := difference(want, got, 12)
			t.Logf("worst square %.1f, mean %.2f", worst, mean)
			if worst > 30 || mean > 2 {
				t.Errorf("squares differ by up to %.1f of 255, by %.2f in the mean", worst, mean)
			}
		})
	}
}

// difference is how much the squares of that side of two images differ in
// brightness, of 255.
func difference(a, b image.Image, side int) (worst, mean float64) {
	x, y := grey(a), grey(b)
	n := 0
	for top := 0; top+side <= x.Rect.Dy(); top += side {
		for left := 0; left+side <= x.Rect.Dx(); left += side {
			sum := 0
			for i := range side * side {
				sum += int(x.GrayAt(left+i%side, top+i/side).Y) - int(y.GrayAt(left+i%side, top+i/side).Y)
			}
			d := math.Abs(float64(sum)) / float64(side*side)
			worst, mean, n = max(worst, d), mean+d, n+1
		}
	}
	return worst, mean / float64(max(1, n))
}

func grey(m image.Image) *image.Gray {
	g := image.NewGray(m.Bounds())
	imagedraw.Draw(g, g.Rect, m, m.Bounds().Min, imagedraw.Src)
	return g
}

// TestLookPDF writes files to the folder that ARGMAP_PICTURES names, for people
// to look at.
func TestLookPDF(t *testing.T) {
	dir := os.Getenv("ARGMAP_PICTURES")
	if dir == "" {
		t.Skip("ARGMAP_PICTURES is not set")
	}
	save := func(name string, maps []*argument.Map, opt Options) {
		opt.Note = func(s string) { t.Logf("%s: %s", name, s) }
		if err := os.WriteFile(filepath.Join(dir, name+".pdf"), pdfOf(t, maps, opt), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range fixtures {
		save(f.name, f.maps, f.opt)
	}
	for _, n := range []int{8, 60, 150} {
		save("generated-"+itoa(n), mapsOf(genMap(n, 1)), Options{Page: "a4", MaxUnits: n})
		save("generated-dark-"+itoa(n), mapsOf(genMap(n, 1)), Options{Page: "letter", Theme: "dark", MaxUnits: n})
	}
}
