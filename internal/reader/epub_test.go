package reader

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/argmap/argmap/internal/document"
)

// TestEPUB packs the parts in each file of testdata/epub, reads the book, and
// compares with the file beside it. To add a case, write the parts, run
// go test ./internal/reader -update, and read the result.
func TestEPUB(t *testing.T) {
	files, err := filepath.Glob("testdata/epub/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var parts []string
			for _, f := range a.Files {
				parts = append(parts, f.Name, string(f.Data))
			}
			got := dump(mustRead(t, zipOf(t, parts...)))
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
			if string(want) != got {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// mustRead reads data, which has no name, and checks what a reader promises.
func mustRead(t *testing.T, data []byte) *document.Document {
	t.Helper()
	doc, err := Read(t.Context(), Input{Name: "-", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Check(); err != nil {
		t.Error(err)
	}
	return doc
}

// chapter is a page with these elements in it.
func chapter(body string) string {
	return `<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>` + body + `</body></html>`
}

// bookWith returns the parts of a book of two chapters, with changes: a part of
// the same name takes the place of one, and "" leaves it out.
func bookWith(changes map[string]string) []string {
	const deflt = `<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Ferries</dc:title></metadata>` +
		`<manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="b" href="b.xhtml" media-type="application/xhtml+xml"/></manifest>` +
		`<spine><itemref idref="a"/><itemref idref="b"/></spine></package>`
	parts := map[string]string{
		"mimetype":    "application/epub+zip",
		containerPart: `<container><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>`,
		"p.opf":       deflt,
		"a.xhtml":     chapter("<h1>One</h1><p>The ferry must stay, because the bridge is far.</p>"),
		"b.xhtml":     chapter("<h1>Two</h1><p>The bridge is nine miles away.</p>"),
	}
	maps.Copy(parts, changes)
	var list []string
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if parts[name] != "" {
			list = append(list, name, parts[name])
		}
	}
	return list
}

// encrypted says that a part is encrypted.
func encrypted(algorithm, uri string) string {
	return `<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData><e:EncryptionMethod Algorithm="` + algorithm +
		`"/><e:CipherData><e:CipherReference URI="` + uri + `"/></e:CipherData></e:EncryptedData></encryption>`
}

func TestEPUBErrors(t *testing.T) {
	const aes = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
	const open, shut = `<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>`, `</manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>`
	for _, c := range []struct {
		name    string
		changes map[string]string
		err     error // nil for none
		message string
	}{
		{"whole", nil, nil, ""},
		{"no mimetype", map[string]string{"mimetype": ""}, nil, ""},
		{"no package", map[string]string{"p.opf": ""}, ErrBroken, `"p.opf" is missing`},
		{"no container", map[string]string{containerPart: ""}, ErrBroken, `"META-INF/container.xml" is missing`},
		{"empty container", map[string]string{containerPart: "<container/>"}, ErrBroken, "names no package"},
		{"no XML", map[string]string{"p.opf": "<package>"}, ErrBroken, `"p.opf" is not XML`},
		{"no spine", map[string]string{"p.opf": "<package><manifest/></package>"}, ErrBroken, "no reading order"},
		{"no chapter", map[string]string{"b.xhtml": ""}, ErrBroken, `"b.xhtml" is missing`},
		{"a chapter of nothing", map[string]string{"p.opf": open + shut}, ErrBroken, `reading order has "b", which is nothing`},
		{"a chapter elsewhere", map[string]string{"p.opf": open + `<item id="b" href="http://example.org/b" media-type="text/html"/>` + shut}, ErrBroken, "which is not in it"},
		{"binary chapter", map[string]string{"a.xhtml": "\x00\x01\x02\x03"}, ErrBroken, `a page that is no text (part "a.xhtml")`},
		{"deep", map[string]string{"a.xhtml": chapter(strings.Repeat("<div>", 600) + strings.Repeat("</div>", 600))}, ErrTooDeep, `(part "a.xhtml")`},
		{"deep and no XML", map[string]string{"a.xhtml": chapter(strings.Repeat("<div>", 600))}, ErrTooDeep, ""},
		{"many elements", map[string]string{"a.xhtml": chapter(strings.Repeat("<b/>", maxNodes/2))}, ErrTooLarge, "more than 2000000 elements"},
		{"bomb", map[string]string{"a.xhtml": chapter("<p>" + strings.Repeat("very ", maxUnpacked/5) + "</p>")}, ErrTooLarge, "unpacks to more than 64 MiB"},
		{"empty chapters", map[string]string{"a.xhtml": chapter("<p> </p>"), "b.xhtml": chapter("")}, ErrEmpty, ""},
		{"pictures", map[string]string{"a.xhtml": chapter(`<img src="a.png"/>`), "b.xhtml": chapter(`<svg xmlns="http://www.w3.org/2000/svg"/>`)}, ErrNoText, ""},
		{"copy protection", map[string]string{"META-INF/encryption.xml": encrypted(aes, "b.xhtml")}, ErrEncrypted, "an e-book with a copy protection"},
		{"Adobe", map[string]string{"META-INF/encryption.xml": encrypted(aes, "b.xhtml"), "META-INF/rights.xml": "<rights/>"}, ErrEncrypted, "copy protection, Adobe"},
		{"the package, too", map[string]string{"META-INF/encryption.xml": encrypted(aes, "p.opf"), "p.opf": "\x01\x02"}, ErrEncrypted, ""},
		{"escaped reference", map[string]string{"META-INF/encryption.xml": encrypted(aes, "%62.xhtml")}, ErrEncrypted, ""},
		{"a font", map[string]string{"META-INF/encryption.xml": encrypted("http://ns.adobe.com/pdf/enc#RC", "b.xhtml")}, nil, ""},
		{"another part", map[string]string{"META-INF/encryption.xml": encrypted(aes, "film.mp4")}, nil, ""},
		{"locks that are no XML", map[string]string{"META-INF/encryption.xml": "<a"}, ErrBroken, `"META-INF/encryption.xml" is not XML`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadAs(t.Context(), Input{Name: "a.epub", Data: zipOf(t, bookWith(c.changes)...)}, "epub")
			if !errors.Is(err, c.err) || err != nil && (!strings.Contains(err.Error(), c.message) || strings.Contains(err.Error(), "\n")) {
				t.Errorf("error %v, want %v: %s", err, c.err, c.message)
			}
		})
	}
}

func TestEPUBCancelled(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	stop := errors.New("stopped by hand")
	cancel(stop)
	if _, err := Read(ctx, Input{Name: "a.epub", Data: zipOf(t, bookWith(nil)...)}); !errors.Is(err, stop) {
		t.Errorf("error %v", err)
	}
}

// TestEPUBParts reads a book with other chapters, and compares its blocks.
func TestEPUBParts(t *testing.T) {
	filler := chapter("<h1>Two</h1>" + strings.Repeat("<p>The bridge is nine miles away, and the road to it is bad in winter.</p>", 12))
	for _, c := range []struct {
		name, a string
		want    []string // blocks before the second chapter
	}{
		{"no XML with empty elements", `<html xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body><p>Fish & chips <span epub:type="pagebreak" id="p3"/>are dear.<br/>They were not.</p>`,
			[]string{"paragraph: Fish & chips are dear.\nThey were not."}},
		{"imprint", chapter("<p>Copyright © 2020 by Ada Brook</p><p>Printed in Ghent</p>"), nil},
		{"a chapter on copyright", chapter("<h1>One</h1><p>Copyright should end sooner, because nobody writes for their heirs.</p>"),
			[]string{"heading: One", "paragraph: Copyright should end sooner, because nobody writes for their heirs."}},
		{"a page with the title", chapter("<p>Ferries</p>"), nil},
		{"a title page with the town", chapter("<p>Ferries</p><p>Translated and edited by the title</p><p>Ghent</p>"), nil},
		{"contents by looks", chapter(`<p>In this book</p><p><a href="b.xhtml">Two</a></p><p><a href="b.xhtml#x">The road in winter</a></p><p><a href="a.xhtml">One</a></p>`), nil},
		{"links that lead out", chapter(`<p><a href="http://example.org/1">A ferry</a></p><p><a href="http://example.org/2">Another ferry</a></p><p><a href="http://example.org/3">A third ferry</a></p>`),
			[]string{"paragraph: A ferry", "paragraph: Another ferry", "paragraph: A third ferry"}},
		{"a word that is marked like a note", chapter(`<p>The <a epub:type="noteref" href="#x">ferryman</a> sleeps.<a epub:type="noteref" href="#y">*</a></p>`),
			[]string{"paragraph: The ferryman sleeps."}},
		{"a number that is no note", chapter(`<p>See <a href="b.xhtml#x">12</a> for the figures.</p>`), []string{"paragraph: See 12 for the figures."}},
		{"mathematics for some", chapter(`<p>The toll<epub:switch><epub:case>MATH</epub:case><epub:default> doubled</epub:default></epub:switch>.</p>`),
			[]string{"paragraph: The toll doubled."}},
		{"HTML entities", chapter(`<p>Caf&eacute; <![CDATA[on the quay]]>&mdash;closed.</p>`), []string{"paragraph: Café on the quay—closed."}},
		{"UTF-16", "\xff\xfe" + utf16LE(chapter("<p>The café is closed.</p>")), []string{"paragraph: The café is closed."}},
		{"a whole page of notes", strings.Replace(chapter("<p>1. The road was closed in May.</p>"), "<body>", `<body epub:type="rearnotes">`, 1), []string{"aside: 1. The road was closed in May."}},
		{"a whole page to leave out", strings.Replace(chapter("<p>The cover is blue.</p>"), "<body>", `<body role="doc-cover">`, 1), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := mustRead(t, zipOf(t, bookWith(map[string]string{"a.xhtml": c.a, "b.xhtml": filler})...))
			var got []string
			for _, b := range doc.Blocks {
				if doc.At(b.Span) == "Two" {
					break
				}
				kind := b.Kind
				if kind == document.Standfirst {
					kind = document.Paragraph // as which it was read
				}
				if kind != document.Title {
					got = append(got, kind.String()+": "+doc.At(b.Span))
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestEPUBContents checks what the table of contents tells of unmarked pages: the
// levels of headings, and which pages stand before the first chapter.
func TestEPUBContents(t *testing.T) {
	pack := bookWith(nil)[slices.Index(bookWith(nil), "p.opf")+1]
	pack = strings.Replace(pack, "</manifest>", `<item id="c" href="c.xhtml" media-type="application/xhtml+xml"/><item id="n" href="n.ncx" media-type="application/x-dtbncx+xml"/></manifest>`, 1)
	pack = strings.Replace(pack, "</spine>", `<itemref idref="c"/></spine>`, 1)
	text := strings.Repeat("<p>The bridge is nine miles away, and the road to it is bad in winter.</p>", 4)
	doc := mustRead(t, zipOf(t, bookWith(map[string]string{
		"p.opf": pack,
		"n.ncx": `<ncx><navMap><navPoint><navLabel><text>1. The Road</text></navLabel><content src="b.xhtml"/></navPoint>` +
			`<navPoint><navLabel><text>Notes</text></navLabel><content src="c.xhtml"/></navPoint></navMap></ncx>`,
		"a.xhtml": chapter("<p>We cross because we must.</p>"),
		"b.xhtml": chapter("<p>1</p><p>The Road</p>" + text),
		"c.xhtml": chapter("<h1>Notes</h1><h2>1. The Road</h2><p>The county closed the road twice.</p>"),
	})...))
	var got []string
	for _, b := range doc.Blocks {
		if s := doc.At(b.Span); b.Kind != document.Title && !strings.HasPrefix(s, "The bridge") && s != "1" {
			got = append(got, fmt.Sprintf("%s %d: %s", b.Kind, b.Level, s))
		}
	}
	want := []string{"aside 0: We cross because we must.", "heading 1: The Road", "heading 1: Notes", "heading 2: 1. The Road", "aside 0: The county closed the road twice."}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestEPUBTitle checks what becomes of the title in the package and of headings.
func TestEPUBTitle(t *testing.T) {
	pack := bookWith(nil)[slices.Index(bookWith(nil), "p.opf")+1]
	second := chapter("<h2>Two</h2><p>The bridge is nine miles away.</p>")
	for _, c := range []struct{ title, first, want, heading string }{
		{"Ferries", "<h1>One</h1>", "Ferries", "One"},
		{"Ferries", "<h1>Ferries: a Defence</h1>", "Ferries: a Defence", "Two"},
		{"Ferries", "<h1>Ferries</h1><h1>One</h1>", "Ferries", "One"},
		{"Untitled1", "<h1>A Defence of Ferries</h1>", "A Defence of Ferries", "Two"},
		{"", "<h1>A Defence of Ferries</h1>", "A Defence of Ferries", "Two"},
		{"", "<h1>One</h1><p>Text.</p><h1>More</h1>", "", "One"},
	} {
		doc := mustRead(t, zipOf(t, bookWith(map[string]string{
			"p.opf":   strings.Replace(pack, "Ferries", c.title, 1),
			"a.xhtml": chapter(c.first + "<p>The ferry must stay, because the bridge is far.</p>"),
			"b.xhtml": second,
		})...))
		if got := doc.At(doc.Blocks[doc.Sections[0].Heading].Span); doc.Title != c.want || got != c.heading {
			t.Errorf("%q with %s: title %q, first heading %q", c.title, c.first, doc.Title, got)
		}
	}
}

// utf16LE writes ASCII and Latin-1 in UTF-16.
func utf16LE(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

// TestEPUBOneShortPage checks that a book of one page is read whatever the page
// looks like.
func TestEPUBOneShortPage(t *testing.T) {
	doc := mustRead(t, zipOf(t, bookWith(map[string]string{
		"a.xhtml": chapter("<p>The ferry must stay. Copyright © 2020, all rights reserved.</p>"), "b.xhtml": chapter(""),
	})...))
	if !strings.Contains(doc.Text, "The ferry must stay.") {
		t.Errorf("text %q", doc.Text)
	}
}

// FuzzEPUB checks that no package, table of contents or page panics, and that
// what is read is a document.
func FuzzEPUB(f *testing.F) {
	pack := bookWith(nil)[slices.Index(bookWith(nil), "p.opf")+1]
	const ncx = `<ncx><navMap><navPoint><navLabel><text>Two</text></navLabel><content src="b.xhtml"/><navPoint/></navPoint></navMap></ncx>`
	for _, page := range []string{
		chapter("<h1>One</h1><p>Text.<a epub:type='noteref' href='#a'>1</a></p><aside epub:type='footnote'>1</aside>"),
		"<p>no & XML<title/><br/><a href='x'>", "\xff\xfe<\x00a\x00/\x00>\x00",
		"<html><body epub:type='toc'><nav epub:type='toc'><ol><li><a href='b.xhtml'>Two</a></li></ol></nav><div>Two</div></body></html>",
	} {
		f.Add(strings.Replace(pack, "<item ", `<item properties="nav" `, 1), ncx, page)
		f.Add(strings.Replace(pack, "<spine>", `<item id="n" href="n.ncx" media-type="application/x-dtbncx+xml"/><spine>`, 1), ncx, page)
		f.Add(pack+"<guide><reference type='cover' href='a.xhtml'/></guide>", "", page)
	}
	f.Fuzz(func(t *testing.T, pack, ncx, page string) {
		data := zipOf(t, bookWith(map[string]string{"p.opf": pack, "n.ncx": ncx, "b.xhtml": page})...)
		doc, err := ReadAs(t.Context(), Input{Name: "a.epub", Data: data}, "epub")
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\x1b") {
				t.Fatalf("error %q", err)
			}
			return
		}
		if err := doc.Check(); err != nil {
			t.Fatal(err)
		}
	})
}
