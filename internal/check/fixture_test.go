package check

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/argument"
)

// build makes a map of the lines of a sketch, one unit a line, in text order:
//
//	u1 recommendation thesis @Harbour: The pier must be mended.
//	u2 statistic premise >u1 "Ida Berg/person": It sinks.
//
// Behind the id stand, in any order: the type or "recommendation", the role,
// the target of the relation that leaves the unit (> supports, ! attacks, ~r1
// undercuts), the source as "NAME/KIND" ("/" alone for a quotation without
// one), @ for an addressee, [u1] for the unit that introduces its list, and
// the confidence if it is not 0.9. The text is the sentences, a line each.
func build(t *testing.T, sketch string) *argument.Map {
	t.Helper()
	b := builder{t: t, m: &argument.Map{Schema: argument.Schema}, spans: map[string]argument.Phrase{}}
	for line := range strings.Lines(sketch) {
		if line = strings.TrimSpace(line); line != "" {
			b.unit(line)
		}
	}
	b.m.Document = argument.Document{
		ID: "sha256:" + strings.Repeat("0", 64), URI: "a.txt", MediaType: "text/plain", Language: "en",
		Characters: b.at, Text: b.text.String(),
	}
	return b.m
}

type builder struct {
	t     *testing.T
	m     *argument.Map
	at    int // code points so far
	text  strings.Builder
	spans map[string]argument.Phrase
}

func (b *builder) unit(line string) {
	head, text, ok := strings.Cut(line, ": ")
	if !ok {
		b.t.Fatalf("no colon in %q", line)
	}
	n := utf8.RuneCountInString(text)
	u := argument.Unit{Kind: argument.Claim, Span: argument.Span{Start: b.at, End: b.at + n}, Text: text, Confidence: 0.9}
	b.text.WriteString(text + "\n")
	b.at += n + 1
	name, quoted := "", false
	if before, rest, found := strings.Cut(head, `"`); found {
		quoted = true
		name, rest, _ = strings.Cut(rest, `"`)
		head = before + rest
	}
	fields := strings.Fields(head)
	u.ID = fields[0]
	for _, f := range fields[1:] {
		b.field(&u, f)
	}
	b.spans[u.ID] = argument.Phrase{Span: u.Span, Text: u.Text}
	b.m.Units = append(b.m.Units, u)
	if quoted {
		b.attribute(&u, name)
	}
}

func (b *builder) field(u *argument.Unit, f string) {
	relate := func(t argument.RelationType, to string) {
		b.m.Relations = append(b.m.Relations, argument.Relation{
			ID: fmt.Sprintf("r%d", len(b.m.Relations)+1), Type: t, From: u.ID, To: to, Confidence: 0.8,
		})
	}
	switch f[0] {
	case '>':
		relate(argument.Supports, f[1:])
		return
	case '!':
		relate(argument.Attacks, f[1:])
		return
	case '~':
		relate(argument.Undercuts, f[1:])
		return
	case '@':
		u.Addressee = &argument.Phrase{Span: argument.Span{Start: u.Start, End: u.Start + 1}, Text: u.Text[:1]}
		return
	case '[':
		lead := b.spans[strings.Trim(f, "[]")]
		u.LeadIn = &lead
		return
	}
	if _, err := fmt.Sscan(f, &u.Confidence); err == nil {
		return
	}
	switch f {
	case "thesis", "claim", "premise":
		u.Role = argument.Role(f)
	case "recommendation":
		u.Kind = argument.Recommendation
	default:
		u.Type = argument.Type(f)
	}
}

func (b *builder) attribute(u *argument.Unit, who string) {
	name, kind, _ := strings.Cut(who, "/")
	a := argument.Attribution{
		ID: fmt.Sprintf("a%d", len(b.m.Attributions)+1), Content: []argument.Span{u.Span}, Units: []string{u.ID},
		Manner: argument.Direct, Confidence: 0.7,
	}
	if name != "" {
		for _, p := range b.m.Sources {
			if p.Name == name {
				a.SourceID = p.ID
			}
		}
		if a.SourceID == "" {
			a.SourceID = fmt.Sprintf("p%d", len(b.m.Sources)+1)
			b.m.Sources = append(b.m.Sources, argument.Source{
				ID: a.SourceID, Name: name, Kind: argument.SourceKind(kind), Mentions: []argument.Span{{Start: u.Start, End: u.Start + 3}},
			})
		}
	}
	b.m.Attributions = append(b.m.Attributions, a)
}
