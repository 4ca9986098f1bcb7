package draw

import (
	"bytes"
	"compress/zlib"
	"encoding/hex"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// pdfFile is a PDF file taken apart: enough of one to see that what a text says
// stays text.
type pdfFile struct {
	objects map[int]any
	trailer map[string]any
}

// What PDF knows beside strings (string), numbers (float64) and lists ([]any).
type (
	pdfName   string
	pdfRef    int
	pdfWord   string // an operator or keyword
	pdfStream struct {
		dict map[string]any
		data []byte
	}
)

// readPDF takes apart a file as fpdf writes it. Every object must stand where
// the table at the end says, and nothing may stand between objects.
func readPDF(t *testing.T, b []byte) *pdfFile {
	t.Helper()
	m := regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`).FindSubmatch(b)
	if !bytes.HasPrefix(b, []byte("%PDF-1.")) || m == nil {
		t.Fatalf("not a whole PDF file: %.20q … %.40q", b, b[max(0, len(b)-40):])
	}
	table, _ := strconv.Atoi(string(m[1]))
	lines := strings.Split(string(b[table:]), "\n")
	var n int
	if _, err := fmt.Sscanf(lines[1], "0 %d", &n); err != nil || lines[0] != "xref" {
		t.Fatalf("no table of objects at %d: %q", table, lines[:2])
	}
	f := &pdfFile{objects: map[int]any{}}
	size := 0
	for i := 1; i < n; i++ {
		at, _ := strconv.Atoi(lines[2+i][:10])
		p := &pdfParser{t: t, b: b, at: at}
		head := []any{p.next(), p.next(), p.next()}
		if fmt.Sprint(head) != fmt.Sprintf("[%d 0 obj]", i) {
			t.Fatalf("at %d: %v, want object %d", at, head, i)
		}
		f.objects[i] = p.object()
		if end := p.next(); end != pdfWord("endobj") {
			t.Fatalf("object %d: %v after its end", i, end)
		}
		size += p.at - at
	}
	if gaps := table - size; gaps > 40+2*n { // the header, and an end of line each
		t.Errorf("%d bytes outside of the %d objects", gaps, n)
	}
	p := &pdfParser{t: t, b: b, at: table + bytes.Index(b[table:], []byte("trailer"))}
	p.next()
	f.trailer = p.object().(map[string]any)
	return f
}

// get follows references from the trailer along the keys.
func (f *pdfFile) get(keys ...string) any {
	var v any = f.trailer
	for _, k := range keys {
		v = f.deref(v.(map[string]any)[k])
	}
	return v
}

func (f *pdfFile) deref(v any) any {
	if r, ok := v.(pdfRef); ok {
		return f.objects[int(r)]
	}
	return v
}

// pages are the dictionaries of the pages.
func (f *pdfFile) pages() (all []map[string]any) {
	for _, k := range f.get("Root", "Pages", "Kids").([]any) {
		all = append(all, f.deref(k).(map[string]any))
	}
	return all
}

// content is the operators and operands of a page.
func (f *pdfFile) content(t *testing.T, page map[string]any) (all []any) {
	t.Helper()
	s := f.deref(page["Contents"]).(pdfStream)
	for p := (&pdfParser{t: t, b: s.data}); ; {
		v := p.object()
		if v == nil {
			return all
		}
		all = append(all, v)
	}
}

// outlines are the entries of the outline, those below another indented.
func (f *pdfFile) outlines() (all []string) {
	var walk func(v any, indent string)
	walk = func(v any, indent string) {
		for v != nil {
			d := f.deref(v).(map[string]any)
			all = append(all, indent+utf16Text(d["Title"].(string)))
			walk(d["First"], indent+"  ")
			v = d["Next"]
		}
	}
	if root, ok := f.get("Root", "Outlines").(map[string]any); ok {
		walk(root["First"], "")
	}
	return all
}

// utf16Text reads a string of UTF-16 with its mark, or without as pages have it.
func utf16Text(s string) string {
	s = strings.TrimPrefix(s, "\xfe\xff")
	var u []uint16
	for i := 0; i+1 < len(s); i += 2 {
		u = append(u, uint16(s[i])<<8|uint16(s[i+1]))
	}
	return string(utf16.Decode(u))
}

type pdfParser struct {
	t  *testing.T
	b  []byte
	at int
}

const pdfSpace, pdfDelimiters = "\x00\t\n\f\r ", "()<>[]{}/%"

// object reads a value with all that belongs to it; nil is the end.
func (p *pdfParser) object() any {
	v := p.next()
	switch v {
	case pdfWord("<<"):
		return p.stream(p.dict())
	case pdfWord("["):
		list := []any{}
		for v = p.object(); v != pdfWord("]"); v = p.object() {
			list = append(list, v)
		}
		return list
	}
	if n, ok := v.(float64); ok { // "12 0 R"?
		rest := *p
		generation, word := rest.next(), rest.next()
		if generation == 0.0 && word == pdfWord("R") {
			p.at = rest.at
			return pdfRef(n)
		}
	}
	return v
}

func (p *pdfParser) dict() map[string]any {
	d := map[string]any{}
	for k := p.next(); k != pdfWord(">>"); k = p.next() {
		name, ok := k.(pdfName)
		if !ok {
			p.t.Fatalf("at %d: %v for a key", p.at, k)
		}
		d[string(name)] = p.object()
	}
	return d
}

// stream reads the stream after a dictionary, if there is one.
func (p *pdfParser) stream(d map[string]any) any {
	rest := *p
	if rest.next() != pdfWord("stream") {
		return d
	}
	from := rest.at + 1
	length := int(d["Length"].(float64))
	data := p.b[from : from+length]
	p.at = from + length
	if end := p.next(); end != pdfWord("endstream") {
		p.t.Fatalf("at %d: %v after a stream", p.at, end)
	}
	if d["Filter"] == pdfName("FlateDecode") {
		z, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			p.t.Fatal(err)
		}
		if data, err = io.ReadAll(z); err != nil {
			p.t.Fatal(err)
		}
	}
	return pdfStream{d, data}
}

// next reads one token.
func (p *pdfParser) next() any {
	for p.at < len(p.b) && strings.IndexByte(pdfSpace, p.b[p.at]) >= 0 {
		p.at++
	}
	if p.at >= len(p.b) {
		return nil
	}
	from := p.at
	switch c := p.b[p.at]; c {
	case '(':
		return p.literal()
	case '[', ']':
		p.at++
		return pdfWord(c)
	case '<', '>':
		if p.b[p.at+1] == c {
			p.at += 2
			return pdfWord([]byte{c, c})
		}
		p.at += bytes.IndexByte(p.b[p.at:], '>') + 1
		s, err := hex.DecodeString(string(p.b[from+1 : p.at-1]))
		if err != nil {
			p.t.Fatalf("at %d: %v", from, err)
		}
		return string(s)
	}
	for p.at++; p.at < len(p.b) && strings.IndexByte(pdfSpace+pdfDelimiters, p.b[p.at]) < 0; p.at++ {
	}
	word := string(p.b[from:p.at])
	if word[0] == '/' {
		return pdfName(word[1:])
	}
	if f, err := strconv.ParseFloat(word, 64); err == nil {
		return f
	}
	return pdfWord(word)
}

// literal reads a string in parentheses.
func (p *pdfParser) literal() string {
	var s []byte
	depth := 0
	for ; ; p.at++ {
		c := p.b[p.at]
		switch c {
		case '\\':
			p.at++
			if c = p.b[p.at]; c == 'r' {
				c = '\r'
			}
		case '(':
			if depth++; depth == 1 {
				continue
			}
		case ')':
			if depth--; depth == 0 {
				p.at++
				return string(s)
			}
		}
		s = append(s, c)
	}
}
