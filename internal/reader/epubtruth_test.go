package reader_test

import (
	"os"
	"path/filepath"
	"testing"
)

// TestEPUBTruth has pandoc write every article as an e-book, of EPUB 2 and of
// EPUB 3, and reads it again.
func TestEPUBTruth(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	dir := t.TempDir()
	for _, version := range []string{"epub2", "epub3"} {
		t.Run(version, func(t *testing.T) {
			for _, name := range articles(t) {
				in := webFile(t, dir, name, truth(t, name))
				if filepath.Ext(name) == ".md" {
					in = filepath.Join(articleDir, name)
				}
				out := filepath.Join(dir, version+".epub")
				call(t, "pandoc", "--standalone", "-t", version, "-o", out, in)
				data, err := os.ReadFile(out)
				if err != nil {
					t.Fatal(err)
				}
				compareOffice(t, name, readAs(t, "-", data))
			}
		})
	}
}
