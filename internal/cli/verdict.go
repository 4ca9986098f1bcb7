package cli

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/document"
)

// verdictSchema is the version of what verify prints as JSON.
const verdictSchema = "argmap-verify/1"

// verdict is what verify found in a file.
type verdict struct {
	Schema    string         `json:"schema"`
	File      string         `json:"file"`
	Article   string         `json:"article,omitempty"`
	OK        bool           `json:"ok"`
	Documents []examination  `json:"documents"`
	Problems  []problem      `json:"problems"` // of the file as a whole
	several   map[string]int // how many of each list there are
}

// examination is what verify found in one document of the file.
type examination struct {
	URI string `json:"uri"`
	// Text is what passages were compared with: "article", "document", or
	// "none".
	Text     string    `json:"text"`
	Problems []problem `json:"problems"`
}

// problem is one thing that does not hold. ID is that of a unit, source and so
// on, or the name of a field of the document, or "".
type problem struct {
	ID      string `json:"id,omitempty"`
	Message string `json:"message"`
}

// verdictFormats is the table of what verify can print; the first row is the
// default.
var verdictFormats = []printer[func(*verdict) ([]byte, error)]{
	{"text", verdictText},
	{"json", func(v *verdict) ([]byte, error) { return argument.IndentedJSON(v) }},
}

// examine holds one document against the article, which may be nil.
func (s savedMap) examine(article *document.Document) examination {
	x := examination{Text: "none", Problems: []problem{}}
	if s.m == nil {
		x.Problems = append(x.Problems, problem{Message: s.problem})
		return x
	}
	d, text := s.m.Document, ""
	x.URI = d.URI
	switch {
	case article != nil:
		x.Text, text = "article", article.Text
		if d.MediaType != article.MediaType {
			x.Problems = append(x.Problems, problem{"document",
				fmt.Sprintf("is %s, the article was read as %s", d.MediaType, article.MediaType)})
		}
	case d.Text != "":
		x.Text = "document"
	}
	var joined interface{ Unwrap() []error }
	if errors.As(s.m.Validate(text), &joined) {
		for _, fault := range joined.Unwrap() {
			id, message, _ := strings.Cut(fault.Error(), ": ")
			x.Problems = append(x.Problems, problem{id, message})
		}
	}
	return x
}

func (v *verdict) add(x examination) { v.Documents = append(v.Documents, x) }

func (v *verdict) count(m *argument.Map) {
	if m == nil {
		return
	}
	v.several["unit"] += len(m.Units)
	v.several["source"] += len(m.Sources)
	v.several["attribution"] += len(m.Attributions)
	v.several["relation"] += len(m.Relations)
}

// verdictText writes a line for each problem, or one that says what was good.
func verdictText(v *verdict) ([]byte, error) {
	var b bytes.Buffer
	name := printable(v.File)
	for _, p := range v.Problems {
		fmt.Fprintf(&b, "%s: %s\n", name, argument.OneLine(p.Message))
	}
	for i, d := range v.Documents {
		where := name
		if len(v.Documents) > 1 {
			where = fmt.Sprintf("%s: document %d", name, i+1)
		}
		for _, p := range d.Problems {
			if p.ID != "" {
				p.Message = p.ID + ": " + p.Message
			}
			fmt.Fprintf(&b, "%s: %s\n", where, argument.OneLine(p.Message))
		}
	}
	if v.OK {
		fmt.Fprintf(&b, "ok: %s\n", v.good())
	}
	return b.Bytes(), nil
}

// good says what was looked at, and with what its passages were compared.
func (v *verdict) good() string {
	var parts []string
	if n := len(v.Documents); n > 1 {
		parts = append(parts, plural(n, "document"))
	}
	for _, what := range []string{"unit", "source", "attribution", "relation"} {
		parts = append(parts, plural(v.several[what], what))
	}
	compared := map[string]int{}
	for _, d := range v.Documents {
		compared[d.Text]++
	}
	how := "passages compared with the text"
	switch {
	case compared["none"] > 0 && compared["none"] < len(v.Documents):
		how = fmt.Sprintf("passages compared with the text, but for %s without one", plural(compared["none"], "document"))
	case compared["none"] > 0:
		how = "passages measured only, for there is no text to compare them with"
	case compared["article"] > 0 && compared["document"] == 0:
		how = "passages compared with " + printable(v.Article)
	}
	return strings.Join(parts, ", ") + "; " + how
}

// plural is a number of things: "1 unit", "2 units".
func plural(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
