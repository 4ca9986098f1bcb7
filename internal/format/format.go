// Package format writes argument maps as text and reads saved ones back: one
// file a format, and one table of formats that help, completion, -o and error
// messages all read.
//
// Every writer gives the same bytes for the same maps and options, ends its
// output with a line break and never cuts a passage. The maps that it is given
// are valid and stay as they are.
package format

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// Options say what of the maps is written and how.
type Options struct {
	// Width is how many columns a line of text may take; 0 means 80.
	Width int
	// Color allows escape sequences for colour; nothing is told by colour alone.
	Color bool
	// Only names the parts to write, out of [Parts]; none means all.
	Only []string
	// MinConfidence leaves out what is less sure.
	MinConfidence float64
	// WithText keeps the document's text, where the map carries it, in JSON.
	WithText bool
}

// Format is a way to write maps.
type Format struct {
	Name string
	// Extensions are those of its files, with the dot, the usual one first.
	Extensions []string
	MediaType  string
	// Help says in a few words what it is for.
	Help  string
	Write func(w io.Writer, ms []*argument.Map, opt Options) error
}

// ErrUnknown says that there is no format of a name.
var ErrUnknown = errors.New("unknown format")

// table lists the formats in the order in which help shows them.
var table = []Format{
	{"text", []string{".txt", ".text"}, "text/plain", "an outline to read", filtered(writeText)},
	{"json", []string{".json"}, "application/json", "argmap/1, an array if there are several documents", filtered(writeJSON)},
	{"jsonl", []string{".jsonl", ".ndjson"}, "application/jsonl", "argmap/1, one line a document", filtered(writeJSONLines)},
	{"csv", []string{".csv"}, "text/csv", "a table with a row for each claim and recommendation", filtered(writeCSV)},
	{"markdown", []string{".md", ".markdown"}, "text/markdown", "a report", filtered(writeMarkdown)},
}

// filtered applies the options that choose what is written, so that all
// formats choose alike.
func filtered(write func(io.Writer, []*argument.Map, Options) error) func(io.Writer, []*argument.Map, Options) error {
	return func(w io.Writer, ms []*argument.Map, opt Options) error {
		kept := make([]*argument.Map, len(ms))
		for i, m := range ms {
			kept[i] = Filter(m, opt.Only, opt.MinConfidence)
		}
		return write(w, kept, opt)
	}
}

// All returns the formats in the order in which help shows them.
func All() []Format { return slices.Clone(table) }

// Find returns the format of a name. The error is an [ErrUnknown] that lists
// the names there are.
func Find(name string) (Format, error) {
	names := make([]string, len(table))
	for i, f := range table {
		if f.Name == name {
			return f, nil
		}
		names[i] = f.Name
	}
	return Format{}, fmt.Errorf("%w %q: the formats are %s", ErrUnknown, name, strings.Join(names, ", "))
}

// ByExtension returns the format of a file with this path, by its extension in
// upper or lower case.
func ByExtension(path string) (Format, bool) {
	ext := strings.ToLower(filepath.Ext(path))
	for _, f := range table {
		if slices.Contains(f.Extensions, ext) {
			return f, true
		}
	}
	return Format{}, false
}
