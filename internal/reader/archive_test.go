package reader

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/raced"
)

// zipOf packs parts, given as name and content in turn, into a ZIP file. A part
// named "mimetype" is stored as it is, as office files and e-books have it.
func zipOf(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		h := &zip.FileHeader{Name: parts[i], Method: zip.Deflate}
		if parts[i] == "mimetype" {
			h.Method = zip.Store
		}
		p, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestArchive(t *testing.T) {
	data := zipOf(t, "mimetype", "a/b\n", "dir\\x.xml", "<a/>", "bad.xml", "<a>&x;</a>", "y", "1", "y", "2")
	a, err := openArchive(data)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := a.read("/dir/../dir/x.xml"); err != nil || string(got) != "<a/>" {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := a.read("y"); err != nil || string(got) != "1" {
		t.Errorf("the first part of a name counts, got %q, %v", got, err)
	}
	if _, err := a.read("z"); !errors.Is(err, ErrBroken) || !strings.Contains(err.Error(), `"z"`) {
		t.Errorf("missing part: %v", err)
	}
	if _, err := a.readXML("bad.xml"); !errors.Is(err, ErrBroken) {
		t.Errorf("unknown entity: %v", err)
	}
	if !zipped(data, "mimetype", "a/b") || zipped(data, "mimetype", "a/c") || zipped(data, "q", "") || zipped([]byte("a"), "y", "") {
		t.Error("zipped does not tell what it is")
	}
}

func TestArchiveErrors(t *testing.T) {
	whole := zipOf(t, "a", strings.Repeat("text ", 1000))
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"no archive", []byte("PK\x03\x04 and no more"), ErrBroken},
		{"cut short", whole[:len(whole)-30], ErrBroken},
		{"compound file", []byte(compound + "rest"), ErrEncrypted},
	} {
		if _, err := openArchive(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	spoiled := bytes.Clone(whole)
	spoiled[45] ^= 0xff
	if a, err := openArchive(spoiled); err != nil {
		t.Error(err)
	} else if _, err := a.read("a"); !errors.Is(err, ErrBroken) {
		t.Errorf("spoiled part: %v", err)
	}
}

// TestArchiveBomb unpacks small files that hold much.
func TestArchiveBomb(t *testing.T) {
	raced.Skip(t)
	half := strings.Repeat("\x00", maxUnpacked/2+1)
	a, err := openArchive(zipOf(t, "a", half, "b", half))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.read("a"); err != nil {
		t.Fatal(err)
	}
	if _, err := a.read("b"); !errors.Is(err, ErrTooLarge) {
		t.Errorf("two halves: %v", err)
	}
	many := make([]string, 0, 2*maxParts+2)
	for range maxParts + 1 {
		many = append(many, "p", "")
	}
	if _, err := openArchive(zipOf(t, many...)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("many parts: %v", err)
	}
}

func TestParseXML(t *testing.T) {
	root, err := parseXML([]byte(`<?xml version="1.0" encoding="ISO-8859-1"?><!-- c --><r xmlns:w="urn:w" w:x="1"><w:p>caf` + "\xe9" + ` <b>and</b> tea</w:p><p/></r>`))
	if err != nil {
		t.Fatal(err)
	}
	p := root.child("p")
	if p.space != "urn:w" || p.content() != "café and tea" || root.attr("x") != "1" || root.child("q").child("p") != nil {
		t.Errorf("got %+v", p)
	}
	var seen []string
	root.each(func(e *element) bool { seen = append(seen, e.name); return e.name != "p" })
	if got := strings.Join(seen, " "); got != "p p" {
		t.Errorf("each saw %s", got)
	}
	for _, c := range []struct {
		data string
		want error
	}{
		{"", nil}, {"text", nil}, {"<a>", nil}, {"<a></b>", nil}, {`<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>`, nil},
		{strings.Repeat("<a>", maxXMLDepth+2), ErrTooDeep},
		{"<a>" + strings.Repeat("<b/>", maxElements) + "</a>", ErrTooLarge},
	} {
		if got, err := parseXML([]byte(c.data)); err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%.30q: got %v, %v", c.data, got, err)
		}
	}
}
