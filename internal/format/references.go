package format

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// reference is a source that can be cited: not the author of the text itself,
// and nobody without a name.
type reference struct {
	id     string
	source *argument.Source
	note   string
}

func referencesOf(ms []*argument.Map) []reference {
	var list []reference
	for i, m := range ms {
		prefix := ""
		if len(ms) > 1 {
			prefix = fmt.Sprintf("d%d-", i+1)
		}
		cited := "cited in " + unarranged(m).title()
		said := statementCounts(m)
		for j := range m.Sources {
			p := &m.Sources[j]
			if p.Kind == argument.Unnamed || p.Kind == argument.Author {
				continue
			}
			note := cited
			if n := said[p.ID]; n > 0 {
				note += ", " + count(n, "statement")
			}
			if p.Description != "" {
				note = p.Description + "; " + note
			}
			list = append(list, reference{prefix + p.ID, p, note})
		}
	}
	return list
}

// cslItem is one of CSL-JSON. Names are literal, for a name does not tell
// which of its words is the family's.
type cslItem struct {
	ID     string    `json:"id"`
	Type   string    `json:"type"`
	Title  string    `json:"title,omitempty"`
	Author []cslName `json:"author,omitempty"`
	Note   string    `json:"note,omitempty"`
}

type cslName struct {
	Literal string `json:"literal"`
}

// writeCSL writes the sources that a text cites, for Zotero, pandoc and their
// like. What an article says of a report is rarely enough for more than its
// title, so all are of CSL's most general type.
func writeCSL(w io.Writer, ms []*argument.Map, _ Options) error {
	items := []cslItem{}
	for _, r := range referencesOf(ms) {
		item := cslItem{ID: r.id, Type: "document", Note: r.note}
		if r.source.Kind == argument.DocumentKind {
			item.Title = r.source.Name
		} else {
			item.Author = []cslName{{r.source.Name}}
		}
		items = append(items, item)
	}
	return writeIndented(w, items)
}

// writeBibTeX writes the same as BibTeX, in UTF-8 as biber and recent styles
// take it.
func writeBibTeX(w io.Writer, ms []*argument.Map, _ Options) error {
	b := bufio.NewWriter(w)
	for i, r := range referencesOf(ms) {
		if i > 0 {
			b.WriteByte('\n')
		}
		what := "author"
		if r.source.Kind == argument.DocumentKind {
			what = "title"
		}
		// The inner braces keep a name whole and a title's capitals as they are.
		fmt.Fprintf(b, "@misc{%s,\n  %s = {{%s}},\n  note = {%s}\n}\n", r.id, what, bibText(r.source.Name), bibText(r.note))
	}
	return b.Flush()
}

// bibText is text in which nothing has a meaning to TeX. Braces become
// commands, since BibTeX counts even those that a backslash goes before; two
// hyphens or quotation marks would become one sign.
func bibText(s string) string {
	return strings.NewReplacer(
		`\`, `\textbackslash{}`, "{", `\textbraceleft{}`, "}", `\textbraceright{}`, "~", `\textasciitilde{}`,
		"^", `\textasciicircum{}`, "--", "-{}-{}", "``", "`{}`{}", "''", "'{}'{}", "$", `\$`, "&", `\&`, "#", `\#`, "%", `\%`, "_", `\_`,
	).Replace(oneLine(s))
}
