package reader

import (
	"bytes"
	"encoding/binary"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// namespaces stand for NS in the root elements of office fixtures.
var namespaces = strings.NewReplacer(" NS>", xmlns(map[string]string{
	"w":   "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
	"r":   "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
	"m":   "http://schemas.openxmlformats.org/officeDocument/2006/math",
	"mc":  "http://schemas.openxmlformats.org/markup-compatibility/2006",
	"wp":  "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
	"wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
	"v":   "urn:schemas-microsoft-com:vml",
	"cp":  "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
	"dc":  "http://purl.org/dc/elements/1.1/", "fo": openDocument + "xsl-fo-compatible:1.0", "svg": openDocument + "svg-compatible:1.0", "draw": openDocument + "drawing:1.0",
	"office": openDocument + "office:1.0", "style": openDocument + "style:1.0", "text": openDocument + "text:1.0", "table": openDocument + "table:1.0",
	"xlink": "http://www.w3.org/1999/xlink", "manifest": openDocument + "manifest:1.0",
})+">")

// xmlns declares namespaces by their prefixes.
func xmlns(names map[string]string) string {
	var b strings.Builder
	for _, prefix := range slices.Sorted(maps.Keys(names)) {
		b.WriteString(" xmlns:" + prefix + `="` + names[prefix] + `"`)
	}
	return b.String()
}

// wordParts are the parts that a Word document refers to.
var wordParts = []string{"styles", "numbering", "footnotes", "endnotes", "comments", "header1"}

// officeFile packs the parts of an office file. A Word document without relations
// gets the usual ones, an OpenDocument its list of parts.
func officeFile(t *testing.T, a *txtar.Archive) []byte {
	t.Helper()
	var parts []string
	has := make(map[string]bool)
	for _, f := range a.Files {
		if f.Name != "golden" {
			parts = append(parts, f.Name, namespaces.Replace(strings.TrimSpace(string(f.Data))))
			has[f.Name] = true
		}
	}
	switch {
	case has["word/document.xml"] && !has["_rels/.rels"]:
		parts = append(parts, usualRelations(has)...)
	case has["content.xml"] && !has["META-INF/manifest.xml"]:
		list := `<manifest:manifest NS><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>`
		for _, name := range []string{"content.xml", "styles.xml", "meta.xml"} {
			if has[name] {
				list += `<manifest:file-entry manifest:full-path="` + name + `" manifest:media-type="text/xml"/>`
			}
		}
		parts = append(parts, "META-INF/manifest.xml", namespaces.Replace(list+`</manifest:manifest>`))
	}
	return zipOf(t, parts...)
}

// usualRelations returns the parts that tie together those of a Word document.
func usualRelations(has map[string]bool) []string {
	const (
		open       = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
		office     = `Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
		properties = `Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"`
		word       = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	)
	main := open + `<Relationship Id="rId9" ` + office + `hyperlink" Target="http://example.org/" TargetMode="External"/>`
	types := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="` + word + `document.main+xml"/>`
	for _, name := range wordParts {
		if has["word/"+name+".xml"] {
			main += `<Relationship Id="` + name + `" ` + office + name + `" Target="` + name + `.xml"/>`
			types += `<Override PartName="/word/` + name + `.xml" ContentType="` + word + name + `+xml"/>`
		}
	}
	top := open + `<Relationship Id="a" ` + office + `officeDocument" Target="word/document.xml"/>`
	if has["docProps/core.xml"] {
		top += `<Relationship Id="b" ` + properties + ` Target="docProps/core.xml"/>`
	}
	const shut = "</Relationships>"
	return []string{"[Content_Types].xml", types + "</Types>", "_rels/.rels", top + shut, "word/_rels/document.xml.rels", main + shut}
}

// TestOffice packs the parts in each file of testdata/office, whose name is that
// of the document and ".txtar", reads the document, and compares with the last
// part, "golden". To add a case, write the parts, run go test ./internal/reader
// -update, and read the result.
func TestOffice(t *testing.T) {
	files, err := filepath.Glob("testdata/office/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := Read(t.Context(), Input{Name: "-", Data: officeFile(t, a)})
			if err != nil {
				t.Fatal(err)
			}
			if err := doc.Check(); err != nil {
				t.Error(err)
			}
			got := []byte(dump(doc))
			n := len(a.Files) - 1
			if a.Files[n].Name != "golden" {
				a.Files = append(a.Files, txtar.File{Name: "golden"})
				n++
			}
			if *update && !bytes.Equal(a.Files[n].Data, got) {
				a.Files[n].Data = got
				if err := os.WriteFile(file, txtar.Format(a), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(a.Files[n].Data), string(got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// TestOfficeUTF16 reads a part in the other encoding that the standard allows.
func TestOfficeUTF16(t *testing.T) {
	main := `<?xml version="1.0" encoding="UTF-16"?><w:document xmlns:w="urn:w"><w:body><w:p><w:r><w:t>Zoë’s café.</w:t></w:r></w:p></w:body></w:document>`
	for mark, order := range map[string]binary.AppendByteOrder{"\xff\xfe": binary.LittleEndian, "\xfe\xff": binary.BigEndian} {
		doc, err := Read(t.Context(), Input{Data: zipOf(t, "word/document.xml", mark+wide(main, order))})
		if err != nil || len(doc.Blocks) != 1 || doc.At(doc.Blocks[0].Span) != "Zoë’s café." {
			t.Errorf("%q: %v, %v", mark, doc, err)
		}
	}
}
