package reader

import (
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/document"
)

// TestUnderNoteHeadings checks which headings keep what stands under them out of
// the argument, and how far.
func TestUnderNoteHeadings(t *testing.T) {
	const said = "The council should keep the hall, because people meet there."
	for _, c := range []struct {
		headings string // "|" parts them; said stands under the last
		want     document.BlockKind
	}{
		{"## References", document.Aside},
		{"## 6. References", document.Aside},
		{"## 6 References", document.Aside},
		{"## About the authors", document.Aside},
		{"## Notes|### 1. The Road", document.Aside},
		{"## Comments (2)|### ada77", document.Aside},
		{"## Read more", document.Aside},
		{"## Notes|## The Road", document.Paragraph},
		{"### Notes|## The Road", document.Paragraph},
		{"## Comments on the plan", document.Paragraph},
		{"## 2030 sources of power", document.Paragraph},
	} {
		text := "# Halls\n\nNobody counts them.\n\n## One\n\nThe hall is old.\n\n" + strings.ReplaceAll(c.headings, "|", "\n\n") + "\n\n" + said + "\n"
		doc, err := Read(t.Context(), Input{Name: "a.md", Data: []byte(text)})
		if err != nil {
			t.Fatal(err)
		}
		if last := doc.Blocks[len(doc.Blocks)-1]; last.Kind != c.want || doc.At(last.Span) != said {
			t.Errorf("%s: %s %q, want %s", c.headings, last.Kind, doc.At(last.Span), c.want)
		}
	}
}
