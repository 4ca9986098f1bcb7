package format

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// argdownRelation is what a sign before an element says.
type argdownRelation struct {
	sign string
	kind argument.RelationType
	// down says that the element above bears on the one that the sign stands before.
	down bool
}

// argdownRelations are the signs, longer ones first. "_" needs a space behind
// it, which argdownSign sees to.
var argdownRelations = []argdownRelation{
	{"+>", argument.Supports, true}, {"->", argument.Attacks, true}, {"_>", argument.Undercuts, true},
	{"<+", argument.Supports, false}, {"<-", argument.Attacks, false}, {"<_", argument.Undercuts, false},
	{"><", argument.Attacks, false},
	{"+", argument.Supports, false}, {"-", argument.Attacks, false}, {"_", argument.Undercuts, false},
}

// readArgdown reads a map in Argdown: statements and arguments, with or without
// titles, and how they bear on each other by indentation; headings, tags, data
// and the front matter. Of an argument that is worked out, (1) … (3), the
// sentences are read, not the steps between them. Links, mentions and words in
// bold stay what they are, text.
func readArgdown(in Input) ([]*draft, error) {
	r := &argdownReader{
		draft: &draft{doc: argument.Document{URI: in.Name}}, place: map[string]int{},
		seen: map[string]bool{}, steps: map[string][]field{},
	}
	text := strings.ReplaceAll(strings.TrimPrefix(string(in.Data), string(byteOrderMark)), "\r\n", "\n")
	r.rest = strings.ReplaceAll(text, "\r", "\n")
	r.frontMatter()
	r.braces = pairs(r.rest)
	for r.rest != "" {
		r.line()
	}
	r.close()
	r.finish()
	if len(r.units) == 0 && len(r.headings) == 0 && r.doc.ID == "" {
		return nil, foreign("Argdown", "it has no statement")
	}
	return []*draft{r.draft}, nil
}

type argdownReader struct {
	*draft
	rest    string
	place   map[string]int     // of the unit of a key
	seen    map[string]bool    // relations
	above   []argdownElement   // those that what follows may stand beneath
	current *argdownElement    // the one whose words may go on on the next line
	section string             // the heading that was last
	steps   map[string][]field // what the data of a unit says of the relation that leaves it
	braces  map[int]int        // the place behind the brace that closes the one at a place, from the end
}

// argdownElement is a statement or an argument, or the mention of one.
type argdownElement struct {
	indent int
	key    string
	title  string
	words  []string
	data   []field
}

// frontMatter takes what stands between the first lines of "===".
func (r *argdownReader) frontMatter() {
	trimmed := strings.TrimLeft(r.rest, " \t\n")
	if !strings.HasPrefix(trimmed, "===") {
		return
	}
	body := strings.TrimLeft(trimmed, "=")
	head, rest, closed := strings.Cut(body, "===")
	if !closed {
		return
	}
	r.rest = strings.TrimLeft(rest, "=")
	for line := range strings.SplitSeq(head, "\n") {
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch name {
		case "title":
			if r.doc.Title == "" {
				r.doc.Title = field{"title", scalar(value)}.plain()
			}
		case "argmap":
			r.about([]byte(value))
		}
	}
}

// about reads what argmap wrote of the whole map.
func (r *argdownReader) about(raw []byte) {
	var m struct {
		graphDocument
		Sources      []argument.Source      `json:"sources"`
		Attributions []argument.Attribution `json:"attributions"`
	}
	if json.Unmarshal(raw, &m) != nil {
		return
	}
	r.doc, r.sections, r.attributions = m.Document, m.Sections, m.Attributions
	for _, p := range m.Sources {
		r.sources = append(r.sources, keyed[argument.Source]{p.ID, p})
	}
}

// line reads the next line.
func (r *argdownReader) line() {
	indent := len(r.rest) - len(strings.TrimLeft(r.rest, " \t"))
	body := r.rest[indent:]
	switch {
	case body == "" || body[0] == '\n':
		r.close()
		r.above = nil
		r.skipLine()
	case indent == 0 && isHeading(body):
		r.close()
		r.above = nil
		level := len(body) - len(strings.TrimLeft(body, "#"))
		r.rest = strings.TrimLeft(body[level:], " ")
		e := argdownElement{}
		r.words(&e)
		r.heading(level, strings.Join(e.words, ""))
	case strings.HasPrefix(body, "--"):
		r.close()
		r.above = nil
		r.lost.add(1, "step within an argument")
		r.skipLine()
	default:
		r.element(indent, body)
	}
}

func (r *argdownReader) skipLine() {
	_, r.rest, _ = strings.Cut(r.rest, "\n")
}

func isHeading(body string) bool {
	rest := strings.TrimLeft(body, "#")
	return len(rest) < len(body) && strings.HasPrefix(rest, " ")
}

// heading opens a section. What argmap wrote has its sections already.
func (r *argdownReader) heading(level int, title string) {
	if r.doc.ID != "" {
		return
	}
	r.section = fmt.Sprintf("heading %d", len(r.headings)+1)
	r.headings = append(r.headings, argument.Section{ID: r.section, Title: oneLine(title), Level: level})
}

// element reads an element, or the next line of the one before it.
func (r *argdownReader) element(indent int, body string) {
	sign := argdownSign(body)
	titled := body[0] == '[' || body[0] == '<' && sign == nil && !strings.HasPrefix(body, "<!--")
	if sign == nil && !titled && r.current != nil && withoutNumber(body) == body {
		r.rest = body
		r.current.words = append(r.current.words, " ")
		r.words(r.current)
		return
	}
	r.close()
	e := &argdownElement{indent: indent}
	if sign != nil {
		body = strings.TrimLeft(body[len(sign.sign):], " \t")
	} else {
		body = withoutNumber(body)
		r.above = nil
	}
	r.rest = body
	r.title(e)
	r.words(e)
	if e.key == "" && strings.TrimSpace(strings.Join(e.words, "")) == "" {
		return // a comment
	}
	if e.key == "" {
		e.key = fmt.Sprintf("untitled %d", len(r.units)+1)
	}
	for len(r.above) > 1 && r.above[len(r.above)-1].indent >= indent {
		r.above = r.above[:len(r.above)-1]
	}
	if sign != nil && len(r.above) > 0 {
		r.relate(e, r.above[len(r.above)-1], sign)
	}
	r.current = e
	r.above = append(r.above, argdownElement{indent: indent, key: e.key})
}

// argdownSign is the sign of a relation that a line begins with, or nil.
func argdownSign(body string) *argdownRelation {
	for i := range argdownRelations {
		s := &argdownRelations[i]
		if !strings.HasPrefix(body, s.sign) {
			continue
		}
		if s.sign == "_" && !strings.HasPrefix(body, "_ ") && !strings.HasPrefix(body, "_\t") {
			return nil
		}
		return s
	}
	return nil
}

// withoutNumber takes away what a line of a list or of an argument that is
// worked out begins with: "(1) ", "1. " or "* ".
func withoutNumber(body string) string {
	rest := strings.TrimPrefix(body, "(")
	digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	for _, end := range []string{") ", ". "} {
		if digits > 0 && strings.HasPrefix(rest[digits:], end) {
			return strings.TrimLeft(rest[digits+len(end):], " ")
		}
	}
	if strings.HasPrefix(body, "* ") {
		return body[2:]
	}
	return body
}

// title takes the title of an element, if it has one: "[…]" or "<…>", with a
// colon where the words follow. A statement and an argument are two things
// even if they share a title.
func (r *argdownReader) title(e *argdownElement) {
	if r.rest == "" {
		return
	}
	end, ok := map[byte]string{'[': "]", '<': ">"}[r.rest[0]]
	if !ok || strings.HasPrefix(r.rest, "<!--") {
		return
	}
	line, _, _ := strings.Cut(r.rest, "\n")
	title, _, closed := strings.Cut(line[1:], end)
	if !closed || title == "" {
		return
	}
	after := r.rest[len(title)+2:]
	if end == "]" && strings.HasPrefix(after, "(") {
		return // a link
	}
	e.title, e.key = title, r.rest[:1]+title
	r.rest = strings.TrimLeft(strings.TrimPrefix(after, ":"), " \t")
}

// close ends the current element: it becomes a unit, or adds its words to the
// unit that it names.
func (r *argdownReader) close() {
	e := r.current
	if e == nil {
		return
	}
	r.current = nil
	i, known := r.place[e.key]
	if !known {
		i = len(r.units)
		r.place[e.key] = i
		r.units = append(r.units, keyed[argument.Unit]{e.key, argument.Unit{ID: e.title, Confidence: 1}})
	}
	u := &r.units[i].it
	if words := oneLine(strings.Join(e.words, "")); words != "" && (u.Text == "" || u.Text == u.ID) {
		u.Text, u.Section = words, r.section
	}
	if u.Text == "" {
		u.Text, u.Section = e.title, r.section
	}
	for _, f := range e.data {
		if f.name == "#" {
			argdownTag(u, f.plain())
		} else if name, ok := strings.CutPrefix(f.name, "relation_"); ok {
			r.steps[e.key] = append(r.steps[e.key], field{name, f.raw})
		} else if f.name == "relation" {
			r.steps[e.key] = append(r.steps[e.key], field{"id", f.raw})
		}
	}
	decode(without(e.data, "#"), u)
}

// argdownTag takes a tag for what it says of a unit.
func argdownTag(u *argument.Unit, tag string) {
	switch tag {
	case string(argument.Recommendation), string(argument.Claim):
		u.Kind = argument.Kind(tag)
	case string(argument.Thesis), string(argument.Premise):
		u.Role = argument.Role(tag)
	case string(argument.Must), string(argument.Should), string(argument.Could):
		u.Strength = argument.Strength(tag)
	default:
		if u.Type == "" {
			u.Type = argument.Type(tag)
		}
	}
}

// relate adds a relation between an element and the one above it.
func (r *argdownReader) relate(e *argdownElement, above argdownElement, sign *argdownRelation) {
	rel := argument.Relation{Type: sign.kind, From: e.key, To: above.key, Confidence: 1}
	if sign.down {
		rel.From, rel.To = rel.To, rel.From
	}
	key := fmt.Sprintf("%s %q %q", rel.Type, rel.From, rel.To)
	if r.seen[key] {
		return
	}
	r.seen[key] = true
	if sign.sign == "><" {
		r.lost.add(1, "contradiction")
	}
	r.relations = append(r.relations, keyed[argument.Relation]{key, rel})
}

// finish gives the relations what the data of their units says of them, makes
// an undercut of an argument one of the step that leaves it, and finds the
// units that the attributions name by their titles.
func (r *argdownReader) finish() {
	keys := map[string]string{}
	for _, u := range r.units {
		keys[u.it.ID] = u.key
	}
	for i := range r.attributions {
		r.attributions[i].Units = renamed(r.attributions[i].Units, keys)
	}
	leaving := r.undercutSteps()
	for i := range r.relations {
		k := &r.relations[i]
		if from := k.it.From; leaving[from] == k.key {
			decode(r.steps[from], &k.it)
		}
	}
}
