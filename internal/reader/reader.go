// Package reader turns the bytes of a file into a [document.Document]: it
// recognises the format, decodes the characters and finds the structure
// (title, headings, paragraphs, lists with their lead-in, what only frames the
// text). Each format is one file and one row of the table in this one.
//
// Plain text keeps its offsets: the document's text is the decoded file,
// byte-order mark dropped, nothing else changed. Formats with markup give the
// readable text that was extracted from them.
package reader

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/argmap/argmap/internal/document"
)

// Input is a file as it was read.
type Input struct {
	// Name is the path as given, or "-" for standard input. It becomes the
	// document's URI, and its extension tells the format.
	Name string
	Data []byte
}

// Format is a row of the table of formats.
type Format struct {
	// Name is what ReadAs takes.
	Name string
	// Extensions of file names, with the dot, in lower case.
	Extensions []string
	MediaType  string
	// Help says in a few words what is read.
	Help string
}

// format is a Format with its reader. build fills in the text and structure of
// doc from the characters of the input.
type format struct {
	Format
	// declares returns the character encoding that the input itself names, or
	// "". It may be nil.
	declares func(data []byte) string
	build    func(doc *document.Document, text string) error
}

// formats lists what can be read, sorted by name. A format without a sign in
// its content that could not also stand in a plain text is known by its
// extension alone: reading a plain text as Markdown would move every offset.
var formats = []format{
	{Format{"html", []string{".html", ".htm", ".xhtml"}, "text/html", "a web page: its article, without navigation"}, htmlCharset, buildHTML},
	{Format{"markdown", []string{".md", ".markdown"}, "text/markdown", "Markdown (CommonMark, tables, footnotes, front matter)"}, nil, buildMarkdown},
	{Format{"text", []string{".txt", ".text"}, "text/plain", "plain text; its offsets are those of the file"}, nil, buildText},
}

// Formats lists the formats that ReadAs knows, sorted by name.
func Formats() []Format {
	rows := make([]Format, len(formats))
	for i, f := range formats {
		rows[i] = f.Format
		rows[i].Extensions = slices.Clone(f.Extensions)
	}
	return rows
}

// Read recognises the format of in by its extension, else by its content, and
// reads it. Errors wrap one of the Err values of this package.
func Read(in Input) (*document.Document, error) {
	return read(in, detect(in))
}

// ReadAs reads in as the named format, whatever it is called and looks like.
func ReadAs(in Input, name string) (*document.Document, error) {
	for i := range formats {
		if formats[i].Name == name {
			return read(in, &formats[i])
		}
	}
	return nil, fmt.Errorf("%w %q", ErrFormat, name)
}

// detect picks the row of the table for in; plain text where nothing speaks
// for another.
func detect(in Input) *format {
	name := "text"
	ext := strings.ToLower(filepath.Ext(in.Name))
	if looksLikeHTML(in.Data) {
		name = "html"
	}
	for i := range formats {
		if slices.Contains(formats[i].Extensions, ext) {
			return &formats[i]
		}
	}
	for i := range formats {
		if formats[i].Name == name {
			return &formats[i]
		}
	}
	panic("reader: no row for " + name) // the table above lacks a built-in
}

// read decodes in and has f find its structure.
func read(in Input, f *format) (*document.Document, error) {
	if len(in.Data) > MaxSize {
		return nil, fmt.Errorf("%w: %d MiB, the limit is %d", ErrTooLarge, (len(in.Data)+(1<<20)-1)>>20, MaxSize>>20)
	}
	declared := ""
	if f.declares != nil {
		declared = f.declares(in.Data)
	}
	text, err := decode(in.Data, declared)
	if err != nil {
		return nil, err
	}
	if blank(text) {
		return nil, ErrEmpty
	}
	doc := &document.Document{URI: in.Name, MediaType: f.MediaType}
	if err := f.build(doc, text); err != nil {
		return nil, err
	}
	if len(doc.Blocks) == 0 && blank(doc.Text) {
		return nil, ErrEmpty
	}
	addSections(doc)
	return doc, nil
}
