package format

import (
	"encoding/json"
	"html"
	"strings"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/argument"
)

// readXAIF reads xAIF; its text is a text or an object that holds one.
func readXAIF(in Input) ([]*draft, error) {
	var x struct {
		AIF  *aif            `json:"AIF"`
		Text json.RawMessage `json:"text"`
	}
	if err := parseJSON(in.Data, &x, "xAIF"); err != nil {
		return nil, err
	}
	if x.AIF == nil {
		return nil, foreign("xAIF", "it has no member AIF")
	}
	d := x.AIF.draft(in.Name)
	page := ""
	if json.Unmarshal(x.Text, &page) != nil {
		page = plainOf(membersOf(x.Text), "txt", "text")
	}
	text, spans := unmarked(page)
	if d.doc.ID == "" {
		d.doc.Text = text
		for i := range d.units {
			d.units[i].it.Span = spans[d.units[i].key]
		}
	} else if d.doc.ID == argument.Digest(text) {
		d.doc.Text = text
	}
	return []*draft{d}, nil
}

// unmarked is the text of a page of xAIF, and the places that it marks, by ids.
func unmarked(page string) (string, map[string]argument.Span) {
	var b strings.Builder
	spans := map[string]argument.Span{}
	at, start, id := 0, 0, ""
	add := func(s string) {
		b.WriteString(s)
		at += utf8.RuneCountInString(s)
	}
	for page != "" {
		before, rest, tag := strings.Cut(page, "<")
		add(html.UnescapeString(before))
		if !tag {
			break
		}
		name, after, closed := strings.Cut(rest, ">")
		if !closed {
			break
		}
		page = after
		switch word, _, _ := strings.Cut(strings.ToLower(name), " "); strings.TrimSuffix(word, "/") {
		case "br", "p", "div":
			add("\n")
		case "span":
			start, id = at, attributeOf(name, "id")
		case "/span":
			if id != "" {
				spans[strings.TrimPrefix(id, "node")] = argument.Span{Start: start, End: at}
			}
			id = ""
		}
	}
	return b.String(), spans
}

// attributeOf is the value of an attribute in a tag.
func attributeOf(tag, name string) string {
	_, rest, ok := strings.Cut(tag, " "+name+"=")
	if !ok || rest == "" {
		return ""
	}
	if quote := rest[:1]; quote == `"` || quote == "'" {
		rest, _, _ = strings.Cut(rest[1:], quote)
		return html.UnescapeString(rest)
	}
	rest, _, _ = strings.Cut(rest, " ")
	return rest
}
