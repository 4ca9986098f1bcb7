package format

import (
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// quoteContext is how many code points of a selector stand before and after
// its passage.
const quoteContext = 32

// annotation is one of the W3C's Web Annotation Data Model.
type annotation struct {
	ID         string     `json:"id"`
	Type       string     `json:"type"`
	Motivation string     `json:"motivation"`
	Body       []any      `json:"body"`
	Target     annoTarget `json:"target"`
}

// annoTarget is a passage of a text, or another annotation.
type annoTarget struct {
	Source   string `json:"source"`
	Selector any    `json:"selector"`
	id       string
}

// MarshalJSON writes the id of an annotation alone.
func (t annoTarget) MarshalJSON() ([]byte, error) {
	if t.id != "" {
		return quoted(t.id), nil
	}
	return object([]field{textField("source", t.Source), {"selector", mustJSON(t.Selector)}}), nil
}

type annoBody struct {
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
	Value   string `json:"value"`
}

type quoteSelector struct {
	Type   string `json:"type"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

// positionSelector counts as the W3C demands: code points, not the code units
// of a data type, from 0, the end exclusive. These are the contract's offsets.
type positionSelector struct {
	Type  string `json:"type"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// writeWebAnnotation writes JSON-LD, a page of annotations: one for each unit
// (tagging), each relation (linking one annotation to another) and each
// attribution (identifying who speaks). Quotations have their surroundings
// where the map carries its text.
func writeWebAnnotation(w io.Writer, ms []*argument.Map, _ Options) error {
	page := struct {
		Context string       `json:"@context"`
		ID      string       `json:"id"`
		Type    string       `json:"type"`
		Items   []annotation `json:"items"`
	}{"http://www.w3.org/ns/anno.jsonld", "urn:argmap:annotations", "AnnotationPage", []annotation{}}
	for _, m := range ms {
		a := annotator{m: m, name: "urn:argmap:" + strings.TrimPrefix(m.Document.ID, "sha256:"), text: []rune(m.Document.Text)}
		page.ID = a.name
		page.Items = append(page.Items, a.annotations()...)
	}
	return writeIndented(w, page)
}

type annotator struct {
	m    *argument.Map
	name string
	text []rune
}

func (a *annotator) annotations() []annotation {
	var list []annotation
	add := func(id, motivation string, target annoTarget, body ...any) {
		list = append(list, annotation{a.iri(id), "Annotation", motivation, body, target})
	}
	for _, u := range a.m.Units {
		var tags []any
		for _, tag := range []string{string(u.Kind), string(u.Type), string(u.Role), string(u.Strength)} {
			if tag != "" {
				tags = append(tags, annoBody{"TextualBody", "tagging", tag})
			}
		}
		add(u.ID, "tagging", a.target(u.Text, u.Span), tags...)
	}
	for _, r := range a.m.Relations {
		add(r.ID, "linking", annoTarget{id: a.iri(r.To)},
			object([]field{textField("id", a.iri(r.From))}), annoBody{"TextualBody", "classifying", string(r.Type)})
	}
	names := sourceNames(a.m)
	o := unarranged(a.m)
	for i := range a.m.Attributions {
		s := &a.m.Attributions[i]
		body := []any{annoBody{"TextualBody", "classifying", string(s.Manner)}}
		if name := names[s.SourceID]; name != "" {
			body = append(body, annoBody{"TextualBody", "identifying", name})
		}
		for _, u := range s.Units {
			body = append(body, object([]field{textField("id", a.iri(u))}))
		}
		add(s.ID, "identifying", a.target(o.content(s), s.Content...), body...)
	}
	return list
}

func (a *annotator) iri(id string) string { return a.name + ":" + id }

// target selects a passage by its words and by its place; one in several
// pieces by the place of each.
func (a *annotator) target(words string, spans ...argument.Span) annoTarget {
	var selectors []any
	if len(spans) == 1 {
		s := spans[0]
		q := quoteSelector{Type: "TextQuoteSelector", Exact: words}
		if len(a.text) > 0 {
			q.Exact = string(a.text[s.Start:s.End])
			q.Prefix = string(a.text[max(0, s.Start-quoteContext):s.Start])
			q.Suffix = string(a.text[s.End:min(len(a.text), s.End+quoteContext)])
		}
		if q.Exact != "" {
			selectors = append(selectors, q)
		}
	}
	for _, s := range spans {
		selectors = append(selectors, positionSelector{"TextPositionSelector", s.Start, s.End})
	}
	source := a.name
	if a.m.Document.URI != "-" {
		source = addressOf(a.m.Document.URI)
	}
	return annoTarget{Source: source, Selector: selectors}
}

// addressOf is a path as a URI reference, which has no place for a space: a
// processor of JSON-LD drops what is none. An address stays as it is.
func addressOf(path string) string {
	if u, err := url.Parse(path); err == nil && u.Scheme != "" && u.Host != "" {
		return u.String()
	}
	return (&url.URL{Path: filepath.ToSlash(path)}).String()
}
