package engine

import (
	"fmt"
	"math"
	"sort"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/link"
	"github.com/argmap/argmap/internal/mine"
)

// assembler turns what the stages found into the map of the contract: bytes
// become code points, indices become ids.
type assembler struct {
	doc *document.Document
	ix  *document.Index
}

func assemble(doc *document.Document, found mine.Result, structure link.Structure) *argument.Map {
	a := assembler{doc, document.NewIndex(doc.Text)}
	m := &argument.Map{Schema: argument.Schema, Document: argument.Document{
		ID: argument.Digest(doc.Text), URI: doc.URI, Title: doc.Title, MediaType: doc.MediaType,
		Language: languageOf(doc.Text), Characters: a.ix.Rune(len(doc.Text)),
	}, Sections: []argument.Section{}, Units: []argument.Unit{}, Sources: []argument.Source{},
		Attributions: []argument.Attribution{}, Relations: []argument.Relation{}}
	for i, s := range doc.Sections {
		m.Sections = append(m.Sections, argument.Section{
			ID: id("s", i), Title: doc.At(doc.Blocks[s.Heading].Span), Level: s.Level, Span: a.span(s.Span)})
	}
	for i, u := range found.Units {
		m.Units = append(m.Units, a.unit(i, u, structure.Roles[i]))
	}
	for i, s := range found.Sources {
		m.Sources = append(m.Sources, a.source(i, s))
	}
	for i, t := range found.Attributions {
		m.Attributions = append(m.Attributions, a.attribution(i, t))
	}
	for i, u := range found.Units {
		for _, k := range u.Attributions {
			m.Attributions[k].Units = append(m.Attributions[k].Units, id("u", i))
		}
	}
	for i, r := range structure.Relations {
		m.Relations = append(m.Relations, argument.Relation{
			ID: id("r", i), Type: relationType(r), From: id("u", r.From), To: id("u", r.To),
			Confidence: round(r.Confidence), Cues: a.cues(r.Cues)})
	}
	return m
}

func (a assembler) unit(i int, u mine.Unit, role link.Role) argument.Unit {
	out := argument.Unit{
		ID: id("u", i), Kind: argument.Claim, Role: roles[role], Span: a.span(u.Span), Text: a.doc.At(u.Span),
		Confidence: round(u.Confidence), Cues: a.cues(u.Cues), LeadIn: a.phrase(u.LeadIn), Section: a.section(u.Start), Page: a.doc.Page(u.Start),
	}
	if u.Recommendation {
		out.Kind = argument.Recommendation
		out.Strength = strengths[u.Strength]
		out.Addressee = a.phrase(u.Addressee)
	} else {
		out.Type = argument.Type(mine.Types[u.Type])
	}
	return out
}

var roles = map[link.Role]argument.Role{link.Thesis: argument.Thesis, link.Claim: argument.RoleClaim, link.Premise: argument.Premise}

var strengths = map[mine.Strength]argument.Strength{mine.Must: argument.Must, mine.Should: argument.Should, mine.Could: argument.Could}

func relationType(r link.Relation) argument.RelationType {
	if r.Attack {
		return argument.Attacks
	}
	return argument.Supports
}

// section returns the id of the innermost section that holds a byte, or "".
func (a assembler) section(at int) string {
	best := ""
	for i, s := range a.doc.Sections {
		if s.Start <= at && at < s.End {
			best = id("s", i)
		}
	}
	return best
}

func (a assembler) source(i int, s mine.Source) argument.Source {
	out := argument.Source{ID: id("p", i), Name: s.Name, Kind: argument.SourceKind(s.Kind), Description: s.Description}
	for _, m := range s.Mentions {
		out.Mentions = append(out.Mentions, a.span(m))
	}
	return out
}

var manners = map[mine.Manner]argument.Manner{mine.Direct: argument.Direct, mine.Mixed: argument.Mixed, mine.Indirect: argument.Indirect}

func (a assembler) attribution(i int, t mine.Attribution) argument.Attribution {
	out := argument.Attribution{
		ID: id("a", i), Source: a.optional(t.Source), Cue: a.optional(t.Cue), Units: []string{},
		Manner: manners[t.Manner], Confidence: round(t.Confidence), Cues: a.cues(t.Cues)}
	if t.Speaker >= 0 {
		out.SourceID = id("p", t.Speaker)
	}
	for _, c := range t.Content {
		out.Content = append(out.Content, a.span(c))
	}
	return out
}

func (a assembler) span(s document.Span) argument.Span {
	return argument.Span{Start: a.ix.Rune(s.Start), End: a.ix.Rune(s.End)}
}

func (a assembler) optional(s document.Span) *argument.Span {
	if s.Len() == 0 {
		return nil
	}
	out := a.span(s)
	return &out
}

func (a assembler) phrase(s document.Span) *argument.Phrase {
	if s.Len() == 0 {
		return nil
	}
	return &argument.Phrase{Span: a.span(s), Text: a.doc.At(s)}
}

func (a assembler) cues(in []mine.Cue) []argument.Cue {
	var out []argument.Cue
	for _, c := range in {
		out = append(out, argument.Cue{Span: a.span(c.Span), Rule: c.Rule})
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].Start < out[j].Start })
	return out
}

// id numbers the things of one kind from 1, in text order.
func id(prefix string, i int) string { return fmt.Sprintf("%s%d", prefix, i+1) }

// round keeps two decimals: no figure here is known more closely.
func round(x float64) float64 { return math.Round(x*100) / 100 }
