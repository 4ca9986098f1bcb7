package format

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// writeMarkdown writes a report in GitHub's flavour of Markdown: title, thesis,
// who should do what, the claims with their reasons, and who is cited.
func writeMarkdown(w io.Writer, ms []*argument.Map, _ Options) error {
	r := &report{b: bufio.NewWriter(w)}
	for i, m := range ms {
		if i > 0 {
			r.printf("\n")
		}
		r.document(newOutline(m))
	}
	return r.b.Flush()
}

// report leaves errors to its buffer, which reports the first when flushed.
type report struct{ b *bufio.Writer }

func (r *report) printf(format string, args ...any) { fmt.Fprintf(r.b, format, args...) }

func (r *report) document(o *outline) {
	r.printf("# %s\n\n", escape(o.title()))
	if o.m.Document.Title != "" {
		r.printf("%s: ", escape(o.origin()))
	}
	r.printf("%s\n", o.summary())
	if o.thesis != nil {
		r.printf("\n## Thesis\n\n> %s\n", passage(o, o.thesis))
	}
	r.recommendations(o)
	r.chapters(o)
	r.sources(o)
}

func (r *report) recommendations(o *outline) {
	list := o.recommendations()
	if len(list) == 0 {
		return
	}
	r.printf("\n## Recommendations\n\n")
	r.row("", "Who", "What", "Strength", "Asked by")
	r.row("---", "---", "---", "---", "---")
	for _, u := range list {
		what := withLeadIn(u)
		if u.Confidence < doubtful {
			what += " *(doubtful)*"
		}
		r.row(u.ID, escape(wordsOf(u.Addressee)), what, string(u.Strength), names(o, u))
	}
}

func (r *report) row(cells ...string) { r.printf("| %s |\n", strings.Join(cells, " | ")) }

func (r *report) chapters(o *outline) {
	chapters := o.argued()
	if len(chapters) == 0 {
		return
	}
	r.printf("\n## Claims and reasons\n")
	if keys := legend(chapters); keys != "" {
		r.printf("\n*(%s)*\n", keys)
	}
	for _, c := range chapters {
		if title := o.sections[c.section]; title != "" {
			r.printf("\n### %s\n", escape(title))
		}
		r.printf("\n")
		for _, n := range c.nodes {
			r.tree(o, n, 0)
		}
	}
}

func (r *report) tree(o *outline, n *node, depth int) {
	sign := signOf(n.link)
	if sign != "" {
		sign = "**" + sign + "** "
	}
	r.printf("%s- %s%s\n", strings.Repeat("  ", depth), sign, passage(o, n))
	for _, reason := range n.reasons {
		r.tree(o, reason, depth+1)
	}
}

// sources prints the ledger; a number and the units stand for what was said.
func (r *report) sources(o *outline) {
	bare := o.statements("")
	if len(o.m.Sources) == 0 && len(bare) == 0 {
		return
	}
	r.printf("\n## Sources\n\n")
	r.row("Name", "Kind", "Description", "Statements", "In")
	r.row("---", "---", "---", "---:", "---")
	for i := range o.m.Sources {
		s := &o.m.Sources[i]
		said := o.statements(s.ID)
		r.row(escape(s.Name), string(s.Kind), escape(s.Description), fmt.Sprint(len(said)), unitsOf(said))
	}
	if len(bare) > 0 {
		r.row("*no speaker named*", "", "", fmt.Sprint(len(bare)), unitsOf(bare))
	}
}

// unitsOf lists the units that report the statements, each once.
func unitsOf(list []*argument.Attribution) string {
	var ids []string
	seen := map[string]bool{}
	for _, a := range list {
		for _, id := range a.Units {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	return strings.Join(ids, ", ")
}

// passage is a unit with its id, type and sources.
func passage(o *outline, n *node) string {
	text := fmt.Sprintf("**%s** %s *(%s)*", n.unit.ID, withLeadIn(n.unit), tagOf(n.unit))
	if by := names(o, n.unit); by != "" {
		text += " — " + by
	}
	return text
}

// withLeadIn is a unit's text after the passage that it is read with.
func withLeadIn(u *argument.Unit) string {
	if u.LeadIn == nil {
		return escape(u.Text)
	}
	return "*" + escape(u.LeadIn.Text) + "* " + escape(u.Text)
}

func names(o *outline, u *argument.Unit) string { return escape(strings.Join(o.speakers(u.ID), ", ")) }

// escaper marks what Markdown, GitHub's extensions and HTML would read as
// markup. What is markup only at the beginning of a line needs no escape:
// every line begins with words of our own.
var escaper = func() *strings.Replacer {
	var pairs []string
	for _, c := range "\\`*_[]<>|~&$#" {
		pairs = append(pairs, string(c), `\`+string(c))
	}
	return strings.NewReplacer(pairs...)
}()

// escape puts text on one line and keeps it from being read as markup.
func escape(text string) string {
	return escaper.Replace(strings.Join(strings.FieldsFunc(clean(text), breaks), " "))
}
