// Package gold reads annotated texts: one JSON object a line, with the text and
// its units, relations and attributions. Offsets in the files are code points;
// in this package they are bytes into the text, end exclusive.
package gold

import (
	"bufio"
	"encoding/json"
	"fmt"
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

// ReadFile reads a file of gold texts.
func ReadFile(path string) ([]Text, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading gold: %w", err)
	}
	defer f.Close()
	var out []Text
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, maxLine)
	for n := 1; sc.Scan(); n++ {
		var r record
		if err := json.Unmarshal(sc.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("reading gold: %s:%d: %w", path, n, err)
		}
		out = append(out, r.text())
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("reading gold: %s: %w", path, err)
	}
	return out, nil
}

// record is a line of a gold file.
type record struct {
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
