// Package gold reads annotated texts, one JSON object a line, with the text and
// its units, relations and attributions, and scores maps against them. Offsets
// in the files are code points; in a [Text] they are bytes into the text, end
// exclusive; in a [Report] they are code points again, as they are in maps.
package gold

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/argmap/argmap/internal/document"
)

// Unit is an annotated unit. Corpora fill what they have: Kind, Type and Role in
// argmap's own, Label in all.
type Unit struct {
	document.Span
	ID, Label, Kind, Type, Role string
}

// Relation leads from one unit to another; Label is "supports", "attacks" or
// what the corpus calls it.
type Relation struct{ From, To, Label string }

// Attribution has its spans in the order of the text.
type Attribution struct {
	Source, Cue, Content []document.Span
}

// Text is one annotated text.
type Text struct {
	ID, Corpus, Text string
	Units            []Unit
	Relations        []Relation
	Attributions     []Attribution
}

// maxLine bounds one line of a gold file, in bytes.
const maxLine = 64 << 20

// LineError says which line of a gold file, counted from 1, is none.
type LineError struct {
	Path string
	Line int
	Err  error
}

func (e *LineError) Error() string {
	return fmt.Sprintf("reading gold: %s:%d: %v", e.Path, e.Line, e.Err)
}
func (e *LineError) Unwrap() error { return e.Err }

// ReadFile reads a file of gold texts. What is wrong with a line comes back as
// a [LineError].
func ReadFile(path string) ([]Text, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading gold: %w", err)
	}
	defer f.Close()
	return Read(f, path)
}

// Read is ReadFile for what stands in r and is called path.
func Read(r io.Reader, path string) ([]Text, error) {
	var out []Text
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, maxLine)
	for sc.Scan() {
		r, err := parse(sc.Bytes())
		if err != nil && len(out) == 0 && !json.Valid(sc.Bytes()) {
			err = notRecord(whole(sc))
		}
		if err != nil {
			return nil, &LineError{path, len(out) + 1, err}
		}
		out = append(out, r.text())
	}
	if errors.Is(sc.Err(), bufio.ErrTooLong) {
		return nil, &LineError{path, len(out) + 1, fmt.Errorf("expected a gold record, found a line of more than %d MiB", maxLine>>20)}
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("reading gold: %s: %w", path, err)
	}
	return out, nil
}

// record is a line of a gold file.
type record struct {
	// Schema tells saved maps, which are no gold.
	Schema json.RawMessage `json:"schema"`

	ID     string `json:"id"`
	Corpus string `json:"corpus"`
	Text   string `json:"text"`
	Units  []struct {
		ID    string `json:"id"`
		Start int    `json:"start"`
		End   int    `json:"end"`
		Label string `json:"label"`
		Kind  string `json:"kind"`
		Type  string `json:"type"`
		Role  string `json:"role"`
	} `json:"units"`
	Relations []struct {
		From  string `json:"from"`
		To    string `json:"to"`
		Label string `json:"label"`
	} `json:"relations"`
	Attributions []struct {
		Source  [][2]int `json:"source"`
		Cue     [][2]int `json:"cue"`
		Content [][2]int `json:"content"`
	} `json:"attributions"`
}

func (r record) text() Text {
	ix := document.NewIndex(r.Text)
	t := Text{ID: r.ID, Corpus: r.Corpus, Text: r.Text}
	spans := func(in [][2]int) []document.Span {
		var out []document.Span
		for _, s := range in {
			out = append(out, document.Span{Start: ix.Byte(s[0]), End: ix.Byte(s[1])})
		}
		return out
	}
	for _, u := range r.Units {
		t.Units = append(t.Units, Unit{document.Span{Start: ix.Byte(u.Start), End: ix.Byte(u.End)}, u.ID, u.Label, u.Kind, u.Type, u.Role})
	}
	for _, x := range r.Relations {
		t.Relations = append(t.Relations, Relation{x.From, x.To, x.Label})
	}
	for _, a := range r.Attributions {
		t.Attributions = append(t.Attributions, Attribution{spans(a.Source), spans(a.Cue), spans(a.Content)})
	}
	return t
}
