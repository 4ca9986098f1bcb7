package reader

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// fuzzSeeds calls add with the parts of that name in the fixtures whose documents
// have that extension; "" where a fixture has no such part.
func fuzzSeeds(f *testing.F, ext string, names []string, add func(parts ...string)) {
	files, err := filepath.Glob("testdata/office/*." + ext + ".txtar")
	if err != nil || len(files) == 0 {
		f.Fatalf("no fixtures: %v", err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		parts := make([]string, len(names))
		for i, name := range names {
			for _, p := range a.Files {
				if p.Name == name {
					parts[i] = namespaces.Replace(string(p.Data))
				}
			}
		}
		add(parts...)
	}
}

// checkOffice reads data, which may be anything, twice.
func checkOffice(t *testing.T, name string, data []byte) {
	t.Helper()
	doc, err := Read(t.Context(), Input{Name: name, Data: data})
	if err != nil {
		return
	}
	if err := doc.Check(); err != nil {
		t.Fatalf("%v\n%q", err, doc.Text)
	}
	again, err := Read(t.Context(), Input{Name: name, Data: data})
	if err != nil || dump(again) != dump(doc) || again.Text != doc.Text {
		t.Fatalf("a second reading differs: %v", err)
	}
}

// archiveOf packs parts, given as name and content in turn, without those that
// are "".
func archiveOf(parts ...string) *txtar.Archive {
	a := &txtar.Archive{}
	for i := 0; i < len(parts); i += 2 {
		if parts[i+1] != "" {
			a.Files = append(a.Files, txtar.File{Name: parts[i], Data: []byte(parts[i+1])})
		}
	}
	return a
}

func FuzzDOCX(f *testing.F) {
	names := []string{"word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml"}
	fuzzSeeds(f, "docx", names, func(p ...string) { f.Add(p[0], p[1], p[2], p[3]) })
	f.Fuzz(func(t *testing.T, main, styles, numbering, notes string) {
		checkOffice(t, "a.docx", officeFile(t, archiveOf(names[0], main, names[1], styles, names[2], numbering, names[3], notes)))
	})
}

func FuzzODT(f *testing.F) {
	names := []string{"content.xml", "styles.xml"}
	fuzzSeeds(f, "odt", names, func(p ...string) { f.Add(p[0], p[1]) })
	f.Fuzz(func(t *testing.T, content, styles string) {
		checkOffice(t, "a.odt", officeFile(t, archiveOf("mimetype", openDocumentTypes[0], names[0], content, names[1], styles)))
		flat := strings.NewReplacer("<office:document-content", "<office:document x='"+openDocumentTypes[0]+"'", "</office:document-content", "</office:document")
		checkOffice(t, "a.fodt", []byte(flat.Replace(content)))
	})
}

// FuzzOfficeArchive spoils a byte of an archive, or cuts it there.
func FuzzOfficeArchive(f *testing.F) {
	fuzzSeeds(f, "docx", []string{"word/document.xml", "content.xml"}, func(p ...string) { f.Add(p[0], p[1], uint(40), byte(1)) })
	fuzzSeeds(f, "odt", []string{"word/document.xml", "content.xml"}, func(p ...string) { f.Add(p[0], p[1], uint(900), byte(0)) })
	f.Fuzz(func(t *testing.T, main, content string, at uint, bits byte) {
		data := officeFile(t, archiveOf("word/document.xml", main, "content.xml", content))
		k := at % uint(len(data))
		if data[k] ^= bits; bits == 0 {
			data = data[:k]
		}
		checkOffice(t, "a.docx", data)
		checkOffice(t, "a.odt", data)
	})
}
