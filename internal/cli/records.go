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
	"github.com/argmap/argmap/internal/engine"
	"github.com/argmap/argmap/internal/format"
	"github.com/argmap/argmap/internal/packed"
	"github.com/argmap/argmap/internal/reader"
)

// record is a line of a file of records: a text and what is known of it. Other
// members are passed over, so annotated corpora are records too.
type record struct {
	ID    json.RawMessage `json:"id"` // a text or a number
	Text  *string         `json:"text"`
	Title string          `json:"title"`
	URI   string          `json:"uri"`
	// Schema and Nodes tell extractions and maps of others, which may have a text.
	Schema json.RawMessage `json:"schema"`
	Nodes  json.RawMessage `json:"nodes"`
}

// maxLine is the longest line of a record, in bytes: every character of the
// longest text may be escaped.
const maxLine = 6*reader.MaxSize + 1<<20

// maxCorpus is how much is read of a file of texts, unpacked, in bytes: texts
// come and go one by one, so it guards against what never ends.
const maxCorpus = 1 << 40

// isRecord reports whether a line is a record beyond doubt.
func isRecord(line []byte) bool {
	var r record
	return json.Unmarshal(line, &r) == nil && r.Text != nil && r.Schema == nil && r.Nodes == nil
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
	plain, err := packed.NewReader(file, maxCorpus)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	src := &recordSource{name: name, lines: bufio.NewReaderSize(plain, 64<<10), close: file.Close}
	for src.err == nil && len(bytes.TrimSpace(src.first)) == 0 {
		src.first, src.err = src.readLine()
	}
	return src, nil
}

// holds reports whether there are records in it.
func (src *recordSource) holds() bool {
	return isRecord(bytes.TrimPrefix(src.first, []byte("\uFEFF")))
}

// rest is what it holds in one piece, where that is no records.
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

// analyzeRecord makes the map of a line.
func (l loader) analyzeRecord(ctx context.Context, name string, number int, line []byte) ([]*argument.Map, error) {
	r, id, err := parseRecord(line)
	if err != nil {
		return nil, lineError(name, number, err)
	}
	doc, err := reader.ReadAs(ctx, reader.Input{Name: name, Data: []byte(*r.Text)}, "text")
	if err != nil {
		return nil, lineError(name, number, err)
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
	m, err := engine.Analyze(ctx, doc)
	if err != nil {
		return nil, lineError(name, number, err)
	}
	m.Document.RecordID = id
	if l.text {
		m.Document.Text = doc.Text
	}
	return []*argument.Map{m}, nil
}

// parseRecord reads a line and its id as text.
func parseRecord(line []byte) (r record, id string, err error) {
	line = bytes.TrimPrefix(line, []byte("\uFEFF"))
	if err := json.Unmarshal(line, &r); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) && wrong.Field != "" {
			return r, "", fmt.Errorf("its %s is a %s, not a text", wrong.Field, wrong.Value)
		}
		if !format.LooksLikeJSON(line) {
			return r, "", errors.New("no JSON object")
		}
		return r, "", fmt.Errorf("broken JSON: %w", err)
	}
	if r.Text == nil {
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
