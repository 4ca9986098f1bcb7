package reader_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestPDFTruth has LibreOffice and Chromium print every article, and reads the
// PDFs: the words and the argument must be those of the article.
func TestPDFTruth(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	names := articles(t)
	dir := t.TempDir()
	var pages []string
	for _, name := range names {
		pages = append(pages, webFile(t, dir, name, truth(t, name)))
	}
	t.Run("soffice", func(t *testing.T) {
		for i, data := range sofficeAll(t, "pdf", pages...) {
			comparePDF(t, names[i], data)
		}
	})
	t.Run("chromium", func(t *testing.T) {
		if _, err := exec.LookPath("chromium"); err != nil {
			t.Skip("no chromium here")
		}
		for i, page := range pages {
			out := filepath.Join(dir, "page.pdf")
			call(t, "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf="+out, "file://"+page)
			data, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			comparePDF(t, names[i], data)
		}
	})
}

func comparePDF(t *testing.T, article string, data []byte) {
	t.Helper()
	want, got := truth(t, article), readAs(t, article+".pdf", data)
	recall, precision := wordRecall(blockText(want), blockText(got)), wordRecall(blockText(got), blockText(want))
	f1 := unitsF1(t, want, got)
	t.Logf("%-18s words found %.4f, of those read %.4f; units %.3f", article, recall, precision, f1)
	if recall < .98 || precision < .98 || f1 < .95 {
		t.Errorf("%s: too low", article)
	}
	if n := len(got.Pages); n == 0 || got.Pages[n-1].Number < 1 {
		t.Errorf("%s: no pages", article)
	}
}
