package draw

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/argmap/argmap/internal/argument"
)

// TestLook writes pictures to the folder that ARGMAP_PICTURES names, for people
// to look at.
func TestLook(t *testing.T) {
	dir := os.Getenv("ARGMAP_PICTURES")
	if dir == "" {
		t.Skip("ARGMAP_PICTURES is not set")
	}
	save := func(name string, maps []*argument.Map, opt Options) {
		opt.Note = func(s string) { t.Logf("%s: %s", name, s) }
		opt.Scale = 1
		var dot, svg, png bytes.Buffer
		ctx := context.Background()
		if err := DOT(&dot, maps, opt); err != nil {
			t.Fatal(err)
		}
		if err := SVG(ctx, &svg, maps, opt); err != nil {
			t.Fatal(err)
		}
		if err := PNG(ctx, &png, maps, opt); err != nil {
			t.Fatal(err)
		}
		for ext, b := range map[string][]byte{".dot": dot.Bytes(), ".svg": svg.Bytes(), ".png": png.Bytes()} {
			if err := os.WriteFile(filepath.Join(dir, name+ext), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, f := range fixtures {
		save(f.name, f.maps, f.opt)
	}
	for _, n := range []int{8, 30, 60, 100} {
		for _, th := range Themes() {
			if n == 60 || th == "light" {
				save("generated-"+itoa(n)+"-"+th, mapsOf(genMap(n, 1)), Options{Theme: th})
			}
		}
	}
}
