package draw

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/argument"
)

// writePage writes the page of the maps into a file that goes with the test.
func writePage(t *testing.T, opt Options, maps ...*argument.Map) string {
	t.Helper()
	return saveTo(t, "page.html", pageOf(t, opt, maps...))
}

// pagesMade are those made so far, by options and maps: many tests look at the same.
var pagesMade = map[string][]byte{}

func pageOf(t *testing.T, opt Options, maps ...*argument.Map) []byte {
	t.Helper()
	key := fmt.Sprintf("%+v", opt)
	for _, m := range maps {
		key += jsonOf(m)
	}
	if pagesMade[key] != nil {
		return pagesMade[key]
	}
	var b bytes.Buffer
	if err := HTML(context.Background(), &b, maps, opt); err != nil {
		t.Fatal(err)
	}
	pagesMade[key] = b.Bytes()
	return pagesMade[key]
}

func saveTo(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// openPage opens the page of the maps in a tab of its own.
func openPage(t *testing.T, maps ...*argument.Map) *tab {
	t.Helper()
	b := newTab(t)
	b.open(writePage(t, Options{}, maps...), "")
	return b
}

// withText gives a copy of a map the text that it might have been made from:
// title, sections with their headings, paragraphs of three units, and before
// what somebody says, who does.
func withText(m *argument.Map) *argument.Map {
	m = clone(m)
	w := textWriter{m: m}
	w.write(m.Document.Title + "\n\n")
	section := ""
	for i := range m.Units {
		u := &m.Units[i]
		switch {
		case u.Section != section:
			section = u.Section
			w.heading(section)
		case i%3 == 0:
			w.write("\n\n")
		}
		w.attribution(u.ID)
		u.Span = w.write(u.Text)
		w.write(". ")
	}
	m.Document.Text = w.b.String()
	m.Document.Characters = w.at
	return m
}

// textWriter writes a text and counts its characters.
type textWriter struct {
	m  *argument.Map
	b  strings.Builder
	at int
}

func (w *textWriter) write(s string) argument.Span {
	start := w.at
	w.b.WriteString(s)
	w.at += utf8.RuneCountInString(s)
	return argument.Span{Start: start, End: w.at}
}

func (w *textWriter) heading(id string) {
	for i := range w.m.Sections {
		s := &w.m.Sections[i]
		if s.ID != id || s.Title == "" {
			continue
		}
		w.write("\n\n")
		s.Span = w.write(s.Title)
	}
	w.write("\n\n")
}

func (w *textWriter) attribution(unit string) {
	for i := range w.m.Attributions {
		a := &w.m.Attributions[i]
		s, ok := w.m.Source(a.SourceID)
		if !ok || len(a.Units) == 0 || a.Units[0] != unit {
			continue
		}
		who := w.write(s.Name)
		w.write(" ")
		cue := w.write("says")
		w.write(" that ")
		a.Source, a.Cue = &who, &cue
	}
}

// clone is a copy that shares nothing, with empty lists for none as the engine
// makes them.
func clone(m *argument.Map) *argument.Map {
	c := new(argument.Map)
	if err := json.Unmarshal([]byte(jsonOf(m)), c); err != nil {
		panic(err)
	}
	c.Document.Text = m.Document.Text
	if c.Sections == nil {
		c.Sections = []argument.Section{}
	}
	if c.Sources == nil {
		c.Sources = []argument.Source{}
	}
	if c.Attributions == nil {
		c.Attributions = []argument.Attribution{}
	}
	if c.Relations == nil {
		c.Relations = []argument.Relation{}
	}
	return c
}

func jsonOf(m *argument.Map) string {
	data, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	return string(data)
}

// parents says on which unit each unit of m bears; an undercut hangs at the unit
// from which the relation leaves that it aims at.
func parents(m *argument.Map) map[string]string {
	parent := map[string]string{}
	from := map[string]string{}
	for _, r := range m.Relations {
		from[r.ID] = r.From
	}
	for _, r := range m.Relations {
		to := r.To
		if r.Type == argument.Undercuts {
			to = from[r.To]
		}
		if _, ok := m.Unit(to); ok {
			parent[r.From] = to
		}
	}
	return parent
}

// below counts what hangs below each unit, however deep.
func below(m *argument.Map) map[string]int {
	parent := parents(m)
	count := map[string]int{}
	for _, u := range m.Units {
		for p := parent[u.ID]; p != ""; p = parent[p] {
			count[p]++
		}
	}
	return count
}

// thesisOf is the id of the map's thesis.
func thesisOf(t *testing.T, m *argument.Map) string {
	t.Helper()
	u, ok := m.Thesis()
	if !ok {
		t.Fatal("the map has no thesis")
	}
	return u.ID
}
