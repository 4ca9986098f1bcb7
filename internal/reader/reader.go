// Package reader turns the bytes of a file into a [document.Document]: it
// recognises the format, decodes the characters and finds the structure
// (title, headings, paragraphs, lists with their lead-in, what only frames the
// text). Each format is one file and one row of the table in this one.
//
// Plain text keeps its offsets: the document's text is the decoded file,
// byte-order mark dropped, nothing else changed. Formats with markup give the
// readable text that was extracted from them; those that have pages say which
// passage stands on which.
package reader

import (
	"context"
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
	// MediaType and Charset are what a server said of the data, or "".
	MediaType, Charset string
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

// format is a Format with its reader: build fills in the text and structure of
// doc from the characters of the input, or open does from its bytes, where the
// input is not a text in some encoding.
type format struct {
	Format
	// holds reports whether data is of the format beyond doubt, whatever its file
	// is called. It may be nil.
	holds func(data []byte) bool
	// declares returns the character encoding that the input itself names, or
	// "". It may be nil.
	declares func(data []byte) string
	build    func(doc *document.Document, text string) error
	open     func(ctx context.Context, doc *document.Document, data []byte) error
}

// formats lists what can be read, sorted by name. A format without a sign in
// its content that could not also stand in a plain text is known by its
// extension alone: reading a plain text as Markdown would move every offset.
var formats = []format{
	{Format: Format{"docx", []string{".docx", ".docm", ".dotx", ".dotm"}, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a Word document; tracked changes as if accepted"},
		holds: isDOCX, open: openDOCX},
	{Format: Format{"epub", []string{".epub"}, "application/epub+zip", "an e-book (EPUB 2 and 3) without copy protection"},
		holds: isEPUB, open: openEPUB},
	{Format: Format{"html", []string{".html", ".htm", ".xhtml"}, "text/html", "a web page: its article, without navigation"},
		declares: htmlCharset, build: buildHTML},
	{Format: Format{"markdown", []string{".md", ".markdown"}, "text/markdown", "Markdown (CommonMark, tables, footnotes, front matter)"},
		build: buildMarkdown},
	{Format: Format{"odt", []string{".odt", ".ott", ".fodt"}, "application/vnd.oasis.opendocument.text", "an OpenDocument text, of LibreOffice and others"},
		holds: isODT, open: openODT},
	{Format: Format{"pdf", []string{".pdf"}, "application/pdf", "a PDF that holds text: columns, notes and page breaks as they are meant"},
		holds: isPDF, open: openPDF},
	{Format: Format{"text", []string{".txt", ".text"}, "text/plain", "plain text; its offsets are those of the file"},
		build: buildText},
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

// Read recognises the format of in by its content where that leaves no doubt,
// else by its extension, else by what a server said of it, and reads it. Errors
// wrap one of the Err values of this package, or tell that ctx ended.
func Read(ctx context.Context, in Input) (*document.Document, error) {
	return read(ctx, in, detect(in))
}

// ReadAs reads in as the named format, whatever it is called and looks like.
func ReadAs(ctx context.Context, in Input, name string) (*document.Document, error) {
	if f := byName(name); f != nil {
		return read(ctx, in, f)
	}
	return nil, fmt.Errorf("%w %q", ErrFormat, name)
}

// byName returns the row of the table with that name, or nil.
func byName(name string) *format {
	for i := range formats {
		if formats[i].Name == name {
			return &formats[i]
		}
	}
	return nil
}

// detect picks the row of the table for in; plain text where nothing speaks
// for another.
func detect(in Input) *format {
	ext := strings.ToLower(filepath.Ext(in.Name))
	var extension, served *format
	for i := range formats {
		f := &formats[i]
		if f.holds != nil && f.holds(in.Data) {
			return f
		}
		if slices.Contains(f.Extensions, ext) {
			extension = f
		}
		if in.MediaType == f.MediaType {
			served = f
		}
	}
	switch {
	case served != nil && served.Name != "text":
		return served // the path of a URL promises nothing
	case extension != nil:
		return extension
	case looksLikeHTML(in.Data):
		return byName("html")
	}
	return byName("text")
}

// read has f find the structure of in.
func read(ctx context.Context, in Input, f *format) (*document.Document, error) {
	if len(in.Data) == 0 {
		return nil, ErrEmpty
	}
	doc := &document.Document{URI: in.Name, MediaType: f.MediaType}
	if f.open != nil {
		if err := f.open(ctx, doc, in.Data); err != nil {
			return nil, err
		}
		if len(doc.Text) > MaxSize {
			return nil, tooLarge(len(doc.Text), "of text")
		}
	} else if err := f.decode(doc, in); err != nil {
		return nil, err
	}
	if len(doc.Blocks) == 0 && blank(doc.Text) {
		return nil, ErrEmpty
	}
	addSections(doc)
	return doc, nil
}

// decode builds doc from the characters of in.
func (f *format) decode(doc *document.Document, in Input) error {
	if len(in.Data) > MaxSize {
		return tooLarge(len(in.Data), "")
	}
	declared := in.Charset
	if declared == "" && f.declares != nil {
		declared = f.declares(in.Data)
	}
	text, err := decode(in.Data, declared)
	if err != nil {
		return err
	}
	if blank(text) {
		return ErrEmpty
	}
	return f.build(doc, text)
}

// tooLarge says that something has so many bytes.
func tooLarge(size int, what string) error {
	return fmt.Errorf("%w: %d MiB%s, the limit is %d MiB", ErrTooLarge, (size+(1<<20)-1)>>20, strings.TrimRight(" "+what, " "), MaxSize>>20)
}
