package reader_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/reader"
)

// TestOfficeTruth has LibreOffice and pandoc write every article as a Word
// document and as an OpenDocument text, from a web page with its structure or
// from the file itself, and reads them again.
func TestOfficeTruth(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	names := articles(t)
	dir := t.TempDir()
	var pages, plain []string
	for _, name := range names {
		pages = append(pages, webFile(t, dir, name, truth(t, name)))
		plain = append(plain, filepath.Join(articleDir, name))
	}
	for _, to := range []string{"docx", "odt"} {
		t.Run("soffice "+to, func(t *testing.T) {
			for i, data := range sofficeAll(t, to, pages...) {
				compareOffice(t, names[i], readAs(t, names[i]+"."+to, data))
			}
		})
		t.Run("pandoc "+to, func(t *testing.T) {
			for i, page := range pages {
				compareOffice(t, names[i], readAs(t, names[i]+"."+to, pandoc(t, page, to)))
			}
		})
		t.Run("pandoc from Markdown "+to, func(t *testing.T) {
			for i, file := range plain {
				if filepath.Ext(file) == ".md" {
					compareOffice(t, names[i], readAs(t, names[i]+"."+to, pandoc(t, file, to)))
				}
			}
		})
		t.Run("soffice from plain text "+to, func(t *testing.T) {
			var texts, of []string
			for i, file := range plain {
				if filepath.Ext(file) == ".txt" {
					texts, of = append(texts, file), append(of, names[i])
				}
			}
			for i, data := range sofficeAll(t, to, texts...) {
				compareOffice(t, of[i], readAs(t, of[i]+"."+to, data))
			}
		})
	}
}

// TestOfficeAgain has LibreOffice write fixtures anew, in both formats: it knows
// what their markup means.
func TestOfficeAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	dir := t.TempDir()
	var files []string
	var want []*document.Document
	for _, name := range []string{"structure.docx", "lists.docx"} {
		a, err := txtar.ParseFile(filepath.Join("testdata/office", name+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		data := reader.OfficeFile(t, a)
		files = append(files, filepath.Join(dir, name))
		if err := os.WriteFile(files[len(files)-1], data, 0o600); err != nil {
			t.Fatal(err)
		}
		want = append(want, readAs(t, name, data))
	}
	for _, to := range []string{"docx", "odt"} {
		for i, data := range sofficeAll(t, to, files...) {
			got := readAs(t, files[i]+"."+to, data)
			if diff := cmp.Diff(outline(want[i]), outline(got)); diff != "" {
				t.Errorf("%s as %s: -before +after:\n%s", files[i], to, diff)
			}
			if diff := cmp.Diff(wordsOf(blockText(want[i])), wordsOf(blockText(got))); diff != "" {
				t.Errorf("%s as %s: -before +after:\n%s", files[i], to, diff)
			}
		}
	}
}

// TestOfficeMarkdown has pandoc write a Markdown file that has something of all,
// and LibreOffice write that anew: each must give the blocks that Markdown gives.
func TestOfficeMarkdown(t *testing.T) {
	const file = "testdata/office/trains.md"
	source, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := blockLines(readAs(t, file, source))
	dir := t.TempDir()
	for _, to := range []string{"docx", "odt"} {
		data := pandoc(t, file, to)
		if diff := cmp.Diff(want, blockLines(readAs(t, "a."+to, data))); diff != "" {
			t.Errorf("pandoc %s: -Markdown +got:\n%s", to, diff)
		}
		path := filepath.Join(dir, "a."+to)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		other := map[string]string{"docx": "odt", "odt": "docx"}[to]
		if diff := cmp.Diff(want, blockLines(readAs(t, "a."+other, soffice(t, path, other)))); diff != "" {
			t.Errorf("soffice %s of pandoc %s: -Markdown +got:\n%s", other, to, diff)
		}
	}
}

// blockLines lists the blocks of d, each with its kind, level, what introduces it
// and its words.
func blockLines(d *document.Document) []string {
	var lines []string
	for _, b := range d.Blocks {
		lines = append(lines, fmt.Sprintf("%s %d <- %d: %s", b.Kind, b.Level, b.LeadIn, strings.Join(wordsOf(d.At(b.Span)), " ")))
	}
	return lines
}

// compareOffice checks that got has the words, the structure and the units of an
// article.
func compareOffice(t *testing.T, article string, got *document.Document) {
	t.Helper()
	want := truth(t, article)
	recall, precision := wordRecall(blockText(want), blockText(got)), wordRecall(blockText(got), blockText(want))
	f1 := unitsF1(t, want, got)
	t.Logf("%-18s words found %.4f, of those read %.4f; units %.3f", article, recall, precision, f1)
	if recall < .98 || precision < .98 || f1 < .95 {
		t.Errorf("%s: too low", article)
	}
	if diff := cmp.Diff(outline(want), outline(got)); diff != "" {
		t.Errorf("%s: -article +got:\n%s", article, diff)
	}
}

// outline lists the title, the headings and the items of d with their levels and
// what introduces them.
func outline(d *document.Document) []string {
	var lines []string
	for _, b := range d.Blocks {
		s := strings.Join(wordsOf(d.At(b.Span)), " ")
		switch {
		case b.Kind == document.ListItem && b.LeadIn >= 0:
			lines = append(lines, fmt.Sprintf("item %d: %s, of: %s", b.Level, s, strings.Join(wordsOf(d.At(d.Blocks[b.LeadIn].Span)), " ")))
		case b.Kind == document.ListItem, b.Kind == document.Heading, b.Kind == document.Title, b.Kind == document.Quotation:
			lines = append(lines, fmt.Sprintf("%s %d: %s", b.Kind, b.Level, s))
		}
	}
	return lines
}
