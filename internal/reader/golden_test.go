package reader

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/argmap/argmap/internal/document"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing with them")

// TestGolden reads every file in testdata that is no golden file and compares
// what the reader made of it with the golden file beside it. To add a case, put
// a file there, run go test ./internal/reader -update, and read the result.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, file := range files {
		if strings.HasSuffix(file, ".golden") {
			continue
		}
		ran++
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := Read(t.Context(), Input{Name: file, Data: data})
			if err != nil {
				t.Fatal(err)
			}
			if err := doc.Check(); err != nil {
				t.Error(err)
			}
			got := dump(doc)
			golden := file + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	if ran < 20 {
		t.Errorf("%d fixtures in testdata, want 20 or more", ran)
	}
}

// dump writes the structure of doc for people: one line a block with its kind,
// level, lead-in, section and text, long texts shortened.
func dump(doc *document.Document) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\ntitle %q\n\n", doc.MediaType, doc.Title)
	for i, blk := range doc.Blocks {
		kind := blk.Kind.String()
		if blk.Level > 0 {
			kind += fmt.Sprintf(" %d", blk.Level)
		}
		fmt.Fprintf(&b, "%2d %-11s", i, kind)
		if blk.LeadIn >= 0 {
			fmt.Fprintf(&b, " <- %d", blk.LeadIn)
		}
		if blk.Section >= 0 {
			fmt.Fprintf(&b, " §%d", blk.Section)
		}
		fmt.Fprintf(&b, " %s\n", excerpt(doc.At(blk.Span)))
		for _, s := range blk.Skip {
			fmt.Fprintf(&b, "       skip %q\n", doc.At(s))
		}
	}
	for i, s := range doc.Sections {
		fmt.Fprintf(&b, "§%d level %d, block %d: %s\n", i, s.Level, s.Heading, excerpt(doc.At(s.Span)))
	}
	return b.String()
}

// excerpt quotes s, without its middle where it is long.
func excerpt(s string) string {
	if utf8.RuneCountInString(s) <= 64 {
		return fmt.Sprintf("%q", s)
	}
	r := []rune(s)
	return fmt.Sprintf("%q … %q", string(r[:36]), string(r[len(r)-20:]))
}
