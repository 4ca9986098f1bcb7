package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/format"
	"github.com/argmap/argmap/internal/packed"
	"github.com/argmap/argmap/internal/reader"
)

// record is a line of a file of records: a text and what is known of it, or a
// saved extraction. Other members are passed over, so annotated corpora are
// records too.
type record struct {
	ID    json.RawMessage `json:"id"` // a text or a number
	Text  *string         `json:"text"`
	Title string          `json:"title"`
	URI   string          `json:"uri"`
	// Schema tells extractions, Nodes and AIF maps of others, which may have a text.
	Schema json.RawMessage `json:"schema"`
	Nodes  json.RawMessage `json:"nodes"`
	AIF    json.RawMessage `json:"AIF"`
}

// isExtraction reports whether the record is a saved extraction, of any version.
func (r record) isExtraction() bool { return bytes.HasPrefix(r.Schema, []byte(`"argmap/`)) }

// maxLine is the longest line of a record, in bytes: every character of the
// longest text may be escaped.
const maxLine = 6*reader.MaxSize + 1<<20

// maxCorpus is how much is read of a file of texts, unpacked, in bytes: texts
// come and go one by one, so it guards against what never ends.
const maxCorpus = 1 << 40

// isRecord reports whether a line is a record beyond doubt.
func isRecord(line []byte) bool {
	var r record
	return json.Unmarshal(line, &r) == nil && (r.isExtraction() || r.Text != nil && r.Nodes == nil && r.AIF == nil)
}

// holdsTexts reports whether what an input holds are records with a text each, by
// the first of them.
func holdsTexts(data []byte) bool {
	line, _, _ := bytes.Cut(bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\uFEFF"))), []byte("\n"))
	var r record
	return isRecord(line) && json.Unmarshal(line, &r) == nil && !r.isExtraction()
}

// textsOf are the texts of all records of in, for those who want no maps of them.
// A line without a text that could be read is passed over.
func textsOf(ctx context.Context, in input) ([]*document.Document, error) {
	var docs []*document.Document
	number := 0
	for line := range bytes.Lines(in.data) {
		number++
		r, id, err := parseRecord(line)
		if err != nil || r.isExtraction() {
			continue
		}
		if doc, err := r.document(ctx, in.name, number, id); err == nil {
			docs = append(docs, doc)
		} else if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
	}
	return docs, nil
}

// recordSource is an input that is read line by line.
type recordSource struct {
	name   string
	lines  *bufio.Reader
	number int // of the line read last
	// first is the first line that is not blank, read but not given out.
	first []byte
	err   error // that reading first ended with
	close func() error
}

// openRecords opens an input that may hold records, and reads its first line.
func (r Reading) openRecords(ctx context.Context, s *IOStreams, name string) (*recordSource, error) {
	file, err := r.open(ctx, s, name)
	if err != nil {
		return nil, err
	}
	src := &recordSource{name: withoutPassword(name), lines: bufio.NewReaderSize(file, 64<<10), close: file.Close}
	for src.err == nil && len(bytes.TrimSpace(src.first)) == 0 {
		src.first, src.err = src.readLine()
	}
	return src, nil
}

// holds reports whether there are records in it: whether the first line is one
// or, where the name promises them, is at least an object and no map of others.
// What is wrong with it is then said of that line, and the others are read.
func (src *recordSource) holds(promised bool) bool {
	line := bytes.TrimSpace(bytes.TrimPrefix(src.first, []byte("\uFEFF")))
	if isRecord(line) {
		return true
	}
	if !promised || !bytes.HasPrefix(line, []byte("{")) || !bytes.HasSuffix(line, []byte("}")) {
		return false
	}
	_, foreign := mapFormat(input{file: src.name, data: line})
	return !foreign
}

// rest is what it holds from its first line on, or from the one that was put
// back, in one piece, where that is no records.
func (src *recordSource) rest() (input, error) {
	if src.err != nil && !errors.Is(src.err, io.EOF) {
		return input{}, src.err
	}
	file, _ := packed.Base(src.name)
	data, err := readLimited(io.MultiReader(bytes.NewReader(src.first), src.lines))
	return input{name: src.name, file: file, data: data}, err
}

// errLongLine says that a line is no text that would be read.
var errLongLine = fmt.Errorf("%w: more than %d MiB in one line", reader.ErrTooLarge, maxLine>>20)

// readLine reads the next line, its end included. Of one that is too long nothing
// is kept.
func (src *recordSource) readLine() (line []byte, err error) {
	src.number++
	long := false
	for {
		part, err := src.lines.ReadSlice('\n')
		if long = long || len(line)+len(part) > maxLine; long {
			line = nil
		} else {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case long && (err == nil || errors.Is(err, io.EOF)):
			return nil, errLongLine // what comes after is read by the next call
		}
		return line, err
	}
}

// next returns the next line that is not blank, and its number; io.EOF after the
// last.
func (src *recordSource) next() (line []byte, number int, err error) {
	line, err = src.first, src.err
	src.first, src.err = nil, nil
	for len(bytes.TrimSpace(line)) == 0 {
		if err != nil {
			return nil, src.number, err
		}
		line, err = src.readLine()
	}
	if errors.Is(err, io.EOF) {
		err = nil // the next call finds the end again
	}
	return line, src.number, err
}

// recordsHint says how JSON that is no extraction is read, if it holds texts as
// records do, or "".
func recordsHint(data []byte) string {
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
	how := "if it has a text a line: --as records"
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("[")) {
		_, _ = dec.Token()
		how = "of an array make a text a line first: jq -c '.[]'"
	}
	var first struct{ Text *string }
	if dec.Decode(&first) != nil || first.Text == nil {
		return ""
	}
	return how
}

// beginsObject reports whether a line begins a JSON text of several lines: a
// saved extraction that is laid out to be read.
func beginsObject(line []byte) bool {
	line = bytes.TrimSpace(line)
	return len(line) == 1 && (line[0] == '{' || line[0] == '[')
}

// ofRecord is the map of a line.
func (l loader) ofRecord(ctx context.Context, name string, number int, line []byte) ([]*argument.Map, error) {
	r, id, err := parseRecord(line)
	if err == nil && r.isExtraction() {
		maps, err := format.ReadMaps(line)
		if err != nil { // which speaks of the first line, for it knows no other
			err = lineError(name, number, errors.New(strings.Replace(err.Error(), "line 1, ", "", 1)))
		}
		return maps, err
	}
	var doc *document.Document
	if err == nil {
		doc, err = r.document(ctx, name, number, id)
	}
	var maps []*argument.Map
	if err == nil {
		maps, err = l.mapsOf(ctx, doc, id)
	}
	if err != nil {
		return nil, lineError(name, number, err)
	}
	return maps, nil
}

// document is the text of a record. Where it says no address of its own, that of
// the file is its address, with the id or the number of the line.
func (r record) document(ctx context.Context, name string, number int, id string) (*document.Document, error) {
	doc, err := reader.ReadAs(ctx, reader.Input{Name: name, Data: []byte(*r.Text)}, "text")
	if err != nil {
		return nil, err
	}
	doc.URI = r.URI
	if doc.URI == "" {
		doc.URI = name + "#" + id
		if id == "" {
			doc.URI = fmt.Sprintf("%s#%d", name, number)
		}
	}
	if title := strings.Join(strings.Fields(r.Title), " "); title != "" {
		doc.Title = title
	}
	return doc, nil
}

// parseRecord reads a line and its id as text.
func parseRecord(line []byte) (r record, id string, err error) {
	line = bytes.TrimPrefix(line, []byte("\uFEFF"))
	if err := json.Unmarshal(line, &r); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) && wrong.Field != "" {
			return r, "", fmt.Errorf("its %s is %s, not a text", wrong.Field, withArticle(wrong.Value))
		}
		if !format.LooksLikeJSON(line) {
			return r, "", errors.New("no JSON object")
		}
		return r, "", fmt.Errorf("broken JSON: %w", err)
	}
	switch {
	case r.isExtraction():
		return r, "", nil
	case r.Text == nil:
		return r, "", errors.New(`a record without "text"`)
	}
	switch {
	case len(r.ID) == 0 || string(r.ID) == "null":
	case r.ID[0] == '"':
		err = json.Unmarshal(r.ID, &id)
	case r.ID[0] == '{' || r.ID[0] == '[' || r.ID[0] == 't' || r.ID[0] == 'f':
		err = errors.New("its id is neither a text nor a number")
	default:
		id = string(r.ID)
	}
	return r, id, err
}

// withArticle is a kind of JSON value in a sentence: "a number", "an array".
func withArticle(kind string) string {
	if strings.ContainsRune("ao", rune(kind[0])) {
		return "an " + kind
	}
	return "a " + kind
}
