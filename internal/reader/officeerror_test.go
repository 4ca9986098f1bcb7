package reader

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/argmap/argmap/internal/raced"
)

// word packs a Word document with that body, and further parts.
func word(t *testing.T, body string, parts ...txtar.File) []byte {
	t.Helper()
	main := txtar.File{Name: "word/document.xml", Data: []byte("<w:document NS><w:body>" + body + "</w:body></w:document>")}
	return officeFile(t, &txtar.Archive{Files: append([]txtar.File{main}, parts...)})
}

// writer packs an OpenDocument text with that body, and further parts.
func writer(t *testing.T, body string, parts ...txtar.File) []byte {
	t.Helper()
	files := []txtar.File{
		{Name: "mimetype", Data: []byte(openDocumentTypes[0])},
		{Name: "content.xml", Data: []byte("<office:document-content NS><office:body><office:text>" + body + "</office:text></office:body></office:document-content>")},
	}
	return officeFile(t, &txtar.Archive{Files: append(files, parts...)})
}

func TestOfficeErrors(t *testing.T) {
	const paragraph, odtParagraph = "<w:p><w:r><w:t>It rained.</w:t></w:r></w:p>", "<text:p>It rained.</text:p>"
	locked := txtar.File{Name: "META-INF/manifest.xml", Data: []byte(`<manifest:manifest NS><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`)}
	much := strings.Repeat("It rained and rained. ", 4000)
	for _, c := range []struct {
		name, file string
		data       []byte
		want       error
		says       string
	}{
		{"empty", "a.docx", word(t, "<w:p/>"), ErrEmpty, ""},
		{"pictures", "a.docx", word(t, "<w:p><w:r><w:drawing/></w:r></w:p>"), ErrNoText, "pictures"},
		{"no body", "-", officeFile(t, &txtar.Archive{Files: []txtar.File{{Name: "word/document.xml", Data: []byte("<a/>")}}}), ErrBroken, "word/document.xml"},
		{"no XML", "-", officeFile(t, &txtar.Archive{Files: []txtar.File{{Name: "word/document.xml", Data: []byte("<a><b></a>")}}}), ErrBroken, "not XML"},
		{"broken styles", "-", word(t, paragraph, txtar.File{Name: "word/styles.xml", Data: []byte("<w:styles")}), ErrBroken, "word/styles.xml"},
		{"no part", "a.docx", zipOf(t, "a", "b"), ErrBroken, "no part"},
		{"cut short", "a.docx", word(t, paragraph)[:200], ErrBroken, "ZIP"},
		{"password", "-", append([]byte(compound), encryptedPackage...), ErrEncrypted, "password"},
		{"old file", "a.docx", []byte(compound + "WordDocument"), ErrBinary, "--convert-to docx"},
		{"old file by its name", "a.doc", []byte(compound + "WordDocument"), ErrBinary, "--convert-to docx"},
		{"Rich Text", "a.docx", []byte(`{\rtf1 It rained.}`), ErrBinary, "--convert-to docx"},
		{"plain text", "a.docx", []byte("It rained."), ErrBroken, "ZIP"},
		{"deep", "a.docx", word(t, strings.Repeat("<w:sdt><w:sdtContent>", 400)), ErrTooDeep, ""},
		{"long", "a.docx", word(t, strings.Repeat("<w:p><w:r><w:t>"+much+"</w:t></w:r></w:p>", 300)), ErrTooLarge, "text"},
		{"a spreadsheet", "-", officeFile(t, &txtar.Archive{Files: []txtar.File{{Name: "xl/workbook.xml", Data: []byte("<a/>")}}}), ErrBinary, "ZIP"},
		{"empty", "a.odt", writer(t, "<text:p/>"), ErrEmpty, ""},
		{"pictures", "a.odt", writer(t, "<text:p><draw:frame><draw:image/></draw:frame></text:p>"), ErrNoText, "pictures"},
		{"password", "-", writer(t, odtParagraph, locked), ErrEncrypted, "password"},
		{"no content", "-", zipOf(t, "mimetype", openDocumentTypes[0]), ErrBroken, "content.xml"},
		{"broken styles", "-", writer(t, odtParagraph, txtar.File{Name: "styles.xml", Data: []byte("<")}), ErrBroken, "styles.xml"},
		{"a spreadsheet", "a.odt", officeFile(t, &txtar.Archive{Files: []txtar.File{{Name: "content.xml", Data: []byte("<a/>")}}}), ErrBroken, "no text"},
		{"a Word document", "a.odt", []byte(compound + "WordDocument"), ErrBinary, "--convert-to docx"},
		{"flat, broken", "a.fodt", []byte(`<office:document x="` + openDocument + `" y="` + openDocumentTypes[0] + `"><a>`), ErrBroken, "XML"},
		{"deep", "-", writer(t, strings.Repeat("<text:list><text:list-item>", 300)), ErrTooDeep, ""},
		{"long", "-", writer(t, strings.Repeat("<text:p>"+much+"</text:p>", 300)), ErrTooLarge, "text"},
	} {
		t.Run(c.file+" "+c.name, func(t *testing.T) {
			doc, err := Read(t.Context(), Input{Name: c.file, Data: c.data})
			if !errors.Is(err, c.want) || doc != nil {
				t.Fatalf("got %v, %v; want %v", doc, err, c.want)
			}
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("message %q should say %q", err, c.says)
			}
		})
	}
}

// TestOfficeEnds reads documents after the end of the context.
func TestOfficeEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, data := range [][]byte{word(t, "<w:p/>"), writer(t, "<text:p/>")} {
		if _, err := Read(ctx, Input{Data: data}); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want %v", err, context.Canceled)
		}
	}
}

// TestOfficeLarge guards against work that grows with the square of the input.
func TestOfficeLarge(t *testing.T) {
	raced.Skip(t)
	if testing.Short() {
		t.Skip("slow")
	}
	const (
		run   = "<w:r><w:rPr><w:sz w:val=\"24\"/></w:rPr><w:t>It rained and rained. </w:t></w:r>"
		cell  = "<w:tc><w:p>" + run + "</w:p></w:tc>"
		begin = `<w:r><w:fldChar w:fldCharType="begin"/></w:r>`
		end   = `<w:r><w:fldChar w:fldCharType="end"/></w:r>`
		box   = "<w:r><w:pict><w:txbxContent><w:p>" + run + "</w:p></w:txbxContent></w:pict></w:r>"
		item  = `<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>` + run + "</w:p>"
	)
	nested := func(depth int, open, shut string) string {
		return strings.Repeat(open, depth) + run + strings.Repeat(shut, depth)
	}
	for _, c := range []struct{ name, body string }{
		{"three hundred pages", strings.Repeat("<w:p>"+strings.Repeat(run, 10)+"</w:p>", 10_000)},
		{"one paragraph", "<w:p>" + strings.Repeat(run, 100_000) + "</w:p>"},
		{"fields", "<w:p>" + strings.Repeat(begin, 50_000) + strings.Repeat(run, 50_000) + strings.Repeat(end, 50_000) + "</w:p>"},
		{"unended fields", "<w:p>" + strings.Repeat(begin+run, 50_000) + "</w:p>"},
		{"ends deleted", strings.Repeat("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"+run+"</w:p>", 50_000)},
		{"frames", "<w:p>" + strings.Repeat(box, 30_000) + "</w:p>"},
		{"items", strings.Repeat(item, 50_000)},
		{"items and remarks", strings.Repeat(item+"<w:p>"+run+"</w:p>", 25_000)},
		{"rows", "<w:tbl>" + strings.Repeat("<w:tr>"+cell+cell+"</w:tr>", 25_000) + "</w:tbl>"},
		{"tables inside each other", strings.Repeat(nested(90, "<w:tbl><w:tr>"+cell+"<w:tc>", "</w:tc></w:tr></w:tbl>"), 200)},
		{"bold", strings.Repeat("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>A few words</w:t></w:r></w:p><w:p>"+run+run+run+"</w:p>", 20_000)},
		{"lines", "<w:p>" + strings.Repeat("<w:r><w:t>a</w:t><w:br/></w:r>", 100_000) + "</w:p>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := word(t, c.body)
			start := time.Now()
			doc, err := Read(t.Context(), Input{Data: data})
			if took := time.Since(start); took > 30*time.Second {
				t.Errorf("%v for %d bytes", took, len(c.body))
			} else {
				t.Log(took, len(c.body), err)
			}
			if doc != nil {
				if err := doc.Check(); err != nil {
					t.Error(err)
				}
			}
		})
	}
}
