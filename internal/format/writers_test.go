package format

import (
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/argument"
)

// TestWriterEdges: what the golden map has none of.
func TestWriterEdges(t *testing.T) {
	edit := func(change func(*argument.Map)) *argument.Map {
		m := dispute()
		change(m)
		return m
	}
	for _, c := range []struct {
		name, format string
		m            *argument.Map
		want, not    string
	}{
		{"units that overlap", "xaif", edit(func(m *argument.Map) {
			m.Units[1].Start, m.Units[1].Text = 24, "pool must stay open, for it is the only one in the valley"
		}), `id=\"1\">The pool must stay open</span>, for it is`, `id=\"2\"`},
		{"a text from standard input", "web-annotation", edit(func(m *argument.Map) { m.Document.URI = "-" }),
			`"source": "urn:argmap:`, `"source": "-"`},
		{"the author as a source", "bibtex", edit(func(m *argument.Map) { m.Sources[0].Kind = argument.Author }), "", "Duarte"},
		{"marks of TeX", "bibtex", edit(func(m *argument.Map) { m.Sources[0].Name = `A\B {C}` }),
			`author = {{A\textbackslash{}B \textbraceleft{}C\textbraceright{}}}`, `A\B`},
		{"two who say the same", "arguebuf", edit(func(m *argument.Map) {
			m.Attributions[1].SourceID, m.Attributions[1].Units = "p2", []string{"u3"}
		}), `"participant": "p1"`, `"participant": "p2"`},
		{"a heading without words", "argdown", edit(func(m *argument.Map) { m.Sections[0].Title = " " }), "\n# …\n", "\n# \n"},
		{"a section without a title", "mermaid", edit(func(m *argument.Map) { m.Sections[0].Title = "" }), `s1[" "]`, `[""]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := string(write(t, c.format, Options{WithText: true}, c.m))
			if !strings.Contains(got, c.want) || strings.Contains(got, c.not) {
				t.Errorf("want %q and not %q in\n%s", c.want, c.not, got)
			}
		})
	}
	f, _ := Find("csl")
	for _, l := range Losses(f, []*argument.Map{dispute()}, Options{}) {
		if l.What == "document text" {
			t.Error("a text that nobody asked for is lost")
		}
	}
}
