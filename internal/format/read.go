package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/argument"
)

// What can be wrong with a saved extraction or a file in another format. Every
// error of [ReadMaps] and [Format.Read] is a [*ReadError] that wraps one of these.
var (
	ErrSyntax        = errors.New("broken JSON")
	ErrNotExtraction = errors.New("no saved extraction")
	ErrVersion       = errors.New("another version of the contract")
	ErrInvalid       = errors.New("not a valid extraction")
	ErrNotFormat     = errors.New("not in the format")
)

// ReadError says why data is no extraction that this program reads.
type ReadError struct {
	// Kind is one of the errors above.
	Kind error
	// Document counts from 1 where there are several, and is 0 otherwise.
	Document int
	// Line and Column count from 1, Column in code points; they are 0 where the
	// fault is in no one place. A value that should not be there is known by its
	// last character.
	Line, Column int
	// Message is the whole story on one line, place included.
	Message string
}

func (e *ReadError) Error() string { return e.Message }

// Unwrap returns the kind of the error.
func (e *ReadError) Unwrap() error { return e.Kind }

// byteOrderMark may stand before text in UTF-8.
var byteOrderMark = []byte("\uFEFF")

// jsonSpace is the white space of JSON.
const jsonSpace = " \t\r\n"

// LooksLikeJSON tells a saved extraction from an article by how it begins:
// as a JSON object or array of objects does. It says nothing of what follows.
func LooksLikeJSON(data []byte) bool {
	first, rest := firstByte(bytes.TrimPrefix(data, byteOrderMark))
	second, end := firstByte(rest)
	switch first {
	case '{':
		return second == '"' || second == '}'
	case '[':
		if second != ']' {
			return second == '{'
		}
		after, _ := firstByte(end)
		return after == 0
	}
	return false
}

// firstByte returns the first byte that is no white space, 0 if there is none,
// and what follows it.
func firstByte(data []byte) (byte, []byte) {
	data = bytes.TrimLeft(data, jsonSpace)
	if len(data) == 0 {
		return 0, nil
	}
	return data[0], data[1:]
}

// ReadMaps reads saved extractions, argmap/1, and checks each with
// [argument.Map.Validate]: one JSON object, an array of them, or JSON lines,
// recognised by what the data holds. Unknown fields are ignored.
func ReadMaps(data []byte) ([]*argument.Map, error) {
	data = bytes.TrimPrefix(data, byteOrderMark)
	if len(bytes.Trim(data, jsonSpace)) == 0 {
		return nil, &ReadError{Kind: ErrNotExtraction, Message: "no saved extraction: it is empty"}
	}
	pieces, err := split(data)
	if err != nil {
		return nil, err
	}
	maps := make([]*argument.Map, len(pieces))
	for i, p := range pieces {
		m, err := p.read(data)
		if err != nil {
			if len(pieces) > 1 {
				err.Document = i + 1
				err.Message = fmt.Sprintf("document %d: %s", i+1, err.Message)
			}
			return nil, err
		}
		maps[i] = m
	}
	return maps, nil
}

// piece is the JSON of one document and where it begins, in bytes.
type piece struct {
	raw   json.RawMessage
	start int
}

// split finds the documents in data: its top-level values, and in place of an
// array its elements.
func split(data []byte) ([]piece, error) {
	var pieces []piece
	dec := json.NewDecoder(bytes.NewReader(data))
	for done := 0; ; done = int(dec.InputOffset()) {
		var raw json.RawMessage
		err := dec.Decode(&raw)
		if errors.Is(err, io.EOF) {
			return pieces, nil
		}
		if err != nil {
			return nil, syntaxError(data, done)
		}
		start := int(dec.InputOffset()) - len(raw)
		if raw[0] != '[' {
			pieces = append(pieces, piece{raw, start})
			continue
		}
		elements, err := splitArray(raw, start)
		if err != nil {
			return nil, err
		}
		pieces = append(pieces, elements...)
	}
}

// splitArray finds the elements of an array that begins at byte start. The
// array is known to be well formed.
func splitArray(array json.RawMessage, start int) ([]piece, error) {
	var pieces []piece
	dec := json.NewDecoder(bytes.NewReader(array))
	if _, err := dec.Token(); err != nil {
		return nil, err
	}
	for dec.More() {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return nil, err
		}
		pieces = append(pieces, piece{raw, start + int(dec.InputOffset()) - len(raw)})
	}
	return pieces, nil
}

// syntaxError finds what is wrong with the JSON value at byte done. The errors
// of a json.Decoder do not say where in the whole stream they are.
func syntaxError(data []byte, done int) *ReadError {
	var (
		raw    json.RawMessage
		syntax *json.SyntaxError
	)
	err := json.Unmarshal(data[done:], &raw)
	if !errors.As(err, &syntax) {
		return &ReadError{Kind: ErrSyntax, Message: fmt.Sprintf("broken JSON: %v", err)}
	}
	offset := done + int(syntax.Offset) - 1
	if strings.HasPrefix(syntax.Error(), "unexpected end") {
		offset = len(data)
	}
	e := at(data, offset, ErrSyntax)
	e.Message = fmt.Sprintf("broken JSON at line %d, column %d: %v", e.Line, e.Column, syntax)
	return e
}

// at begins an error at a byte of data.
func at(data []byte, offset int, kind error) *ReadError {
	before := data[:max(0, min(offset, len(data)))]
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	return &ReadError{Kind: kind, Line: bytes.Count(before, []byte("\n")) + 1, Column: utf8.RuneCount(line) + 1}
}

// read decodes and checks one document.
func (p piece) read(data []byte) (*argument.Map, *ReadError) {
	if err := checkVersion(p.raw); err != nil {
		return nil, err
	}
	var m argument.Map
	if err := json.Unmarshal(p.raw, &m); err != nil {
		return nil, p.typeError(data, err)
	}
	counted, err := inCodePoints(&m)
	if err == nil {
		err = counted.Validate("")
	}
	if err != nil {
		return nil, &ReadError{Kind: ErrInvalid, Message: "not a valid extraction: " + firstFault(err)}
	}
	return canonical(counted, true), nil
}

// inCodePoints turns the offsets of a map that was saved with others.
func inCodePoints(m *argument.Map) (*argument.Map, error) {
	o := m.Document.Offsets
	if o == argument.CodePoints {
		return m, nil
	}
	if m.Document.Text == "" && m.Document.Characters > 0 {
		return nil, fmt.Errorf("its offsets count %s, which needs the text to read, and it was saved without", o)
	}
	return m.InOffsets(argument.CodePoints, m.Document.Text)
}

// checkVersion reads the schema field alone, for the rest of another version
// may have another shape.
func checkVersion(raw json.RawMessage) *ReadError {
	no := func(why string) *ReadError {
		return &ReadError{Kind: ErrNotExtraction, Message: "JSON, but no saved extraction: " + why}
	}
	if raw[0] != '{' {
		return no("not an object")
	}
	var head struct {
		Schema any `json:"schema"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		return no(err.Error())
	}
	version, ok := head.Schema.(string)
	number, ours := strings.CutPrefix(version, "argmap/")
	switch {
	case !ok:
		return no("it has no schema field that says " + argument.Schema)
	case !ours || strings.Trim(number, "0123456789.") != "":
		return no(fmt.Sprintf("its schema is %q", version))
	case version != argument.Schema:
		return &ReadError{Kind: ErrVersion, Message: fmt.Sprintf("schema is %s; this program reads %s", version, argument.Schema)}
	}
	return nil
}

// typeError says where a field holds what it should not.
func (p piece) typeError(data []byte, err error) *ReadError {
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return &ReadError{Kind: ErrInvalid, Message: "not a valid extraction: " + err.Error()}
	}
	e := at(data, p.start+int(wrong.Offset)-1, ErrInvalid)
	field := strings.ReplaceAll(wrong.Field, "Span.", "") // an embedded struct, no field of the JSON
	if field == "" {
		field = "the document"
	}
	e.Message = fmt.Sprintf("not a valid extraction: line %d, column %d: %s holds a %s", e.Line, e.Column, field, wrong.Value)
	return e
}

// firstFault is the first of the faults that Validate joined, and how many
// more there are.
func firstFault(err error) string {
	faults := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		faults = joined.Unwrap()
	}
	if more := len(faults) - 1; more > 0 {
		return fmt.Sprintf("%v (and %s)", faults[0], count(more, "more fault"))
	}
	return faults[0].Error()
}

// parseJSON reads JSON into v; name is that of the format.
func parseJSON(data []byte, v any, name string) error {
	data = bytes.TrimPrefix(data, byteOrderMark)
	err := json.Unmarshal(data, v)
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &wrong):
		field := wrong.Field
		if field == "" {
			field = "it"
		}
		return foreign(name, fmt.Sprintf("%s holds a %s", field, wrong.Value))
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return syntaxError(data, 0)
	}
	return foreign(name, firstFault(err))
}

// foreign is the error for what is not in the format of a name.
func foreign(name, why string) *ReadError {
	return &ReadError{Kind: ErrNotFormat, Message: "not " + name + ": " + why}
}
