package format

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// writeMermaid writes a flowchart, reasons below what they support. Shapes tell
// claims, recommendations and sources apart, arrowheads support and attack, so
// that no colour is needed. Mermaid itself refuses more than 500 edges or
// 50,000 characters unless the page that shows it raises maxEdges and maxTextSize.
func writeMermaid(w io.Writer, ms []*argument.Map, _ Options) error {
	b := &mermaid{Writer: bufio.NewWriter(w)}
	if len(ms) == 1 && ms[0].Document.Title != "" {
		b.line("---\ntitle: %s\n---", quoted(ms[0].Document.Title))
	}
	b.line("flowchart BT")
	for i, m := range ms {
		if len(ms) == 1 {
			b.add(m)
			continue
		}
		b.prefix = fmt.Sprintf("d%d_", i+1)
		b.line("subgraph %sdocument[%s]", b.prefix, mermaidText(unarranged(m).title()))
		b.add(m)
		b.line("end")
	}
	b.line("classDef thesis stroke-width:3px")
	return b.Flush()
}

type mermaid struct {
	*bufio.Writer
	prefix string // of ids
}

func (b *mermaid) line(format string, args ...any) { fmt.Fprintf(b, format+"\n", args...) }

func (b *mermaid) add(m *argument.Map) {
	bySection := unitsBySection(m)
	b.units(bySection[""])
	for _, s := range m.Sections {
		if units := bySection[s.ID]; units != nil {
			b.line("  subgraph %s%s[%s]", b.prefix, s.ID, mermaidText(s.Title))
			b.units(units)
			b.line("  end")
		}
	}
	for _, p := range m.Sources {
		b.line(`  %s%s[/%s/]`, b.prefix, p.ID, mermaidText(p.Name))
	}
	b.relations(m.Relations)
	for _, a := range m.Attributions {
		for _, u := range a.Units {
			if a.SourceID != "" {
				b.line("  %s%s -.->|says| %[1]s%[3]s", b.prefix, a.SourceID, u)
			}
		}
	}
}

func (b *mermaid) units(list []*argument.Unit) {
	for _, u := range list {
		open, shut := "[", "]"
		if u.Kind == argument.Recommendation {
			open, shut = "([", "])"
		}
		class := ""
		if u.Role == argument.Thesis {
			class = ":::thesis"
		}
		b.line("    %s%s%s%s%s%s", b.prefix, u.ID, open, mermaidText(u.Text), shut, class)
	}
}

// relations writes the arrows. One that is undercut has a small circle in its
// middle, where the undercut ends.
func (b *mermaid) relations(list []argument.Relation) {
	questioned := undercut(list)
	for _, r := range list {
		arrow, from := "--x", r.From
		if r.Type == argument.Supports {
			arrow = "-->"
		}
		if questioned[r.ID] {
			b.line(`  %s%s((" "))`, b.prefix, r.ID)
			b.line("  %s%s --- %[1]s%[3]s", b.prefix, r.From, r.ID)
			from = r.ID
		}
		b.line("  %s%s %s|%s| %[1]s%[5]s", b.prefix, from, arrow, r.Type, r.To)
	}
}

// mermaidText is text in quotation marks, of which nothing has a meaning to Mermaid:
// neither its own marks nor those of Markdown and HTML.
func mermaidText(text string) string {
	words := oneLine(text)
	if words == "" {
		words = " " // Mermaid takes no empty label
	}
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range words {
		if strings.ContainsRune("\"#&<>`*_~\\[]{}|%", r) || i < 4 && strings.ContainsRune("-+.)", r) {
			fmt.Fprintf(&b, "#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
