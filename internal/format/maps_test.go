package format

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/argument"
)

// builder makes maps by hand: passages are named by their words, which must
// stand in the text once, or after the passage found before.
type builder struct {
	m    *argument.Map
	text string
}

func build(uri, title, text string) *builder {
	sum := sha256.Sum256([]byte(text))
	return &builder{text: text, m: &argument.Map{
		Schema: argument.Schema,
		Document: argument.Document{
			ID: "sha256:" + hex.EncodeToString(sum[:]), URI: uri, Title: title, MediaType: "text/plain",
			Language: "en", Characters: utf8.RuneCountInString(text), Text: text,
		},
	}}
}

func (b *builder) at(passage string) argument.Span {
	i := strings.Index(b.text, passage)
	if i < 0 {
		panic("not in the text: " + passage)
	}
	start := utf8.RuneCountInString(b.text[:i])
	return argument.Span{Start: start, End: start + utf8.RuneCountInString(passage)}
}

func (b *builder) phrase(passage string) *argument.Phrase {
	return &argument.Phrase{Span: b.at(passage), Text: passage}
}

func (b *builder) cue(passage, rule string) argument.Cue {
	return argument.Cue{Span: b.at(passage), Rule: rule}
}

// section adds a section from its heading to the passage that it ends with.
func (b *builder) section(id, title, last string, level int) {
	span := argument.Span{Start: b.at(title).Start, End: b.at(last).End}
	b.m.Sections = append(b.m.Sections, argument.Section{ID: id, Title: title, Level: level, Span: span})
}

func (b *builder) unit(u argument.Unit, passage string) {
	u.Span, u.Text = b.at(passage), passage
	b.m.Units = append(b.m.Units, u)
}

func (b *builder) source(s argument.Source, mentions ...string) {
	for _, m := range mentions {
		s.Mentions = append(s.Mentions, b.at(m))
	}
	b.m.Sources = append(b.m.Sources, s)
}

func (b *builder) relation(id string, typ argument.RelationType, from, to string, confidence float64, cues ...argument.Cue) {
	b.m.Relations = append(b.m.Relations, argument.Relation{ID: id, Type: typ, From: from, To: to, Confidence: confidence, Cues: cues})
}

func span(s argument.Span) *argument.Span { return &s }

// small is a map without sections, title or sources.
func small() *argument.Map {
	b := build("-", "", "The library should open on Sundays. Most families are free then, but staff would lose a day of rest.\n")
	b.unit(argument.Unit{
		ID: "u1", Kind: argument.Recommendation, Role: argument.Thesis, Strength: argument.Should,
		Addressee: b.phrase("The library"), Confidence: 0.97, Cues: []argument.Cue{b.cue("should", "modal.should")},
	}, "The library should open on Sundays")
	b.unit(argument.Unit{ID: "u2", Kind: argument.Claim, Type: argument.Fact, Role: argument.RoleClaim, Confidence: 0.8}, "Most families are free then")
	b.unit(argument.Unit{ID: "u3", Kind: argument.Claim, Type: argument.Prediction, Role: argument.RoleClaim, Confidence: 0.45}, "staff would lose a day of rest")
	b.relation("r1", argument.Supports, "u2", "u1", 0.7)
	b.relation("r2", argument.Attacks, "u3", "u1", 0.66, b.cue("but", "marker.but"))
	return b.m
}

const richText = `Give the canal back to the town

The old towpath must not become a car park; the council owes it to everyone who walks there.

What the numbers say
Footfall on the path rose by 41 % in two years, a 2025 survey by the River & Rail Trust found. ` +
	`The survey counted "walkers, wheelers & riders" on nine days only | so its <b>total</b> is a guess. ` +
	`Its authors used the same nine days in both years. Zoë Ångström-Le Guen, a hydrologist at Université Laval, ` +
	`says that the banks hold. “The clay under the path is older than the town,” she adds.

What people say
A café owner from 東京 moved here for the view
and calls it priceless 🌉. Traders warn that takings will fall without parking. ` +
	`=SUM(takings) was up last year, though, according to the chamber's own ledger, which lists forty-one shops, two of them ` +
	`closed for half of the season, and which nobody has disputed since it was published in spring with all of its tables, ` +
	`notes and corrections. “Nobody drives to a canal.”

What to do
The council should:
- close the gate to cars by May;
- plant alders_and_willows along the *whole* bank, from https://example.org/maps/towpath/section-12/upper-lock-to-lower-lock/north-bank-only onwards;
- publish the cost.
Lena Okafor urges shopkeepers to share one yard. They could also rent the mill.
`

// rich is a map with every feature of the contract.
func rich() *argument.Map {
	b := build("towns/canal, no. 2.txt", "Give the canal back to the town", richText)
	b.section("s1", "What the numbers say", "she adds.", 1)
	b.section("s2", "What people say", "to a canal.”", 1)
	b.section("s3", "What to do", "rent the mill.", 1)
	richClaims(b)
	richRecommendations(b)
	richSources(b)
	b.relation("r1", argument.Supports, "u2", "u1", 0.62)
	b.relation("r2", argument.Supports, "u3", "u1", 0.9)
	b.relation("r3", argument.Attacks, "u4", "u3", 0.71, b.cue("only", "scope.only"))
	b.relation("r4", argument.Undercuts, "u5", "r3", 0.38)
	b.relation("r5", argument.Supports, "u7", "u6", 0.8)
	b.relation("r6", argument.Supports, "u8", "u1", 0.77)
	b.relation("r7", argument.Attacks, "u9", "u1", 0.83)
	b.relation("r8", argument.Attacks, "u10", "u9", 0.74, b.cue("though", "marker.though"))
	b.relation("r9", argument.Supports, "u15", "u9", 0.31)
	return b.m
}

func richClaims(b *builder) {
	claim := func(id string, typ argument.Type, role argument.Role, section string, confidence float64, passage string) {
		b.unit(argument.Unit{ID: id, Kind: argument.Claim, Type: typ, Role: role, Section: section, Confidence: confidence}, passage)
	}
	b.unit(argument.Unit{
		ID: "u1", Kind: argument.Recommendation, Role: argument.Thesis, Strength: argument.Must, Confidence: 0.93,
		Cues: []argument.Cue{b.cue("must not", "modal.must"), b.cue("not become", "negation")},
	}, "The old towpath must not become a car park")
	claim("u2", argument.Judgement, argument.RoleClaim, "", 0.88, "the council owes it to everyone who walks there")
	claim("u3", argument.Statistic, argument.RoleClaim, "s1", 0.95, "Footfall on the path rose by 41 % in two years, a 2025 survey by the River & Rail Trust found")
	claim("u4", argument.Judgement, argument.Premise, "s1", 0.7, `The survey counted "walkers, wheelers & riders" on nine days only | so its <b>total</b> is a guess`)
	claim("u5", argument.Fact, argument.Premise, "s1", 0.41, "Its authors used the same nine days in both years")
	claim("u6", argument.Fact, argument.RoleClaim, "s1", 0.86, "Zoë Ångström-Le Guen, a hydrologist at Université Laval, says that the banks hold")
	claim("u7", argument.Fact, argument.Premise, "s1", 0.82, "The clay under the path is older than the town,” she adds")
	claim("u8", argument.Anecdote, argument.RoleClaim, "s2", 0.79, "A café owner from 東京 moved here for the view\nand calls it priceless 🌉")
	claim("u9", argument.Prediction, argument.RoleClaim, "s2", 0.9, "Traders warn that takings will fall without parking")
	claim("u10", argument.Statistic, argument.Premise, "s2", 0.75, "=SUM(takings) was up last year, though, according to the chamber's own ledger, which lists forty-one shops, "+
		"two of them closed for half of the season, and which nobody has disputed since it was published in spring with all of its tables, notes and corrections")
	claim("u11", argument.Judgement, argument.RoleClaim, "s2", 0.5, "Nobody drives to a canal")
}

func richRecommendations(b *builder) {
	for _, r := range []struct {
		id        string
		strength  argument.Strength
		addressee string
		leadIn    string
		passage   string
	}{
		{"u12", argument.Should, "The council", "The council should:", "close the gate to cars by May"},
		{"u13", argument.Should, "The council", "The council should:", "plant alders_and_willows along the *whole* bank, from https://example.org/maps/towpath/section-12/upper-lock-to-lower-lock/north-bank-only onwards"},
		{"u14", argument.Should, "The council", "The council should:", "publish the cost"},
		{"u15", "", "shopkeepers", "", "Lena Okafor urges shopkeepers to share one yard"},
		{"u16", argument.Could, "They", "", "They could also rent the mill"},
	} {
		u := argument.Unit{ID: r.id, Kind: argument.Recommendation, Role: argument.RoleClaim, Strength: r.strength, Section: "s3", Confidence: 0.9}
		if r.addressee == "The council" {
			u.Addressee = &argument.Phrase{Span: argument.Span{Start: b.at("The council should:").Start, End: b.at("The council should:").Start + 11}, Text: "The council"}
		} else {
			u.Addressee = b.phrase(r.addressee)
		}
		if r.leadIn != "" {
			u.LeadIn = b.phrase(r.leadIn)
		}
		if r.id == "u16" {
			u.Confidence = 0.34
		}
		b.unit(u, r.passage)
	}
	b.m.Units[14].Role = argument.Premise
}

func richSources(b *builder) {
	b.source(argument.Source{ID: "p1", Name: "a 2025 survey by the River & Rail Trust", Kind: argument.DocumentKind}, "a 2025 survey by the River & Rail Trust", "The survey")
	b.source(argument.Source{ID: "p2", Name: "Zoë Ångström-Le Guen", Kind: argument.Person, Description: "a hydrologist at Université Laval"}, "Zoë Ångström-Le Guen", "she adds")
	b.source(argument.Source{ID: "p3", Name: "a café owner from 東京", Kind: argument.Unnamed}, "A café owner from 東京")
	b.source(argument.Source{ID: "p4", Name: "traders", Kind: argument.Group}, "Traders")
	b.source(argument.Source{ID: "p5", Name: "the chamber", Kind: argument.Organization, Description: "keeps a ledger | \"audited\""}, "the chamber's own ledger")
	b.source(argument.Source{ID: "p6", Name: "Lena Okafor", Kind: argument.Person}, "Lena Okafor")
	b.source(argument.Source{ID: "p7", Name: "the town", Kind: argument.Place})
	say := func(id, source, phrase, cue, content string, manner argument.Manner, confidence float64, units ...string) {
		a := argument.Attribution{ID: id, SourceID: source, Content: []argument.Span{b.at(content)}, Units: units, Manner: manner, Confidence: confidence}
		if phrase != "" {
			a.Source = span(b.at(phrase))
		}
		if cue != "" {
			a.Cue = span(b.at(cue))
			a.Cues = []argument.Cue{b.cue(cue, "verb")}
		}
		b.m.Attributions = append(b.m.Attributions, a)
	}
	say("a1", "p1", "a 2025 survey by the River & Rail Trust", "found", "Footfall on the path rose by 41 % in two years", argument.Indirect, 0.9, "u3")
	say("a2", "p2", "Zoë Ångström-Le Guen, a hydrologist at Université Laval", "says", "the banks hold", argument.Indirect, 0.92, "u6")
	say("a3", "p2", "she", "adds", "“The clay under the path is older than the town,”", argument.Direct, 0.88, "u7")
	say("a4", "p3", "A café owner from 東京", "calls", "it priceless 🌉", argument.Indirect, 0.5, "u8")
	say("a5", "p4", "Traders", "warn", "takings will fall without parking", argument.Mixed, 0.81, "u9")
	say("a6", "p5", "the chamber's own ledger", "according to", "=SUM(takings) was up last year", argument.Indirect, 0.79, "u10")
	b.m.Attributions[5].Content = append(b.m.Attributions[5].Content, b.at("which lists forty-one shops, two of them closed for half of the season"))
	say("a7", "", "", "", "“Nobody drives to a canal.”", argument.Direct, 0.42, "u11")
	say("a8", "p6", "Lena Okafor", "urges", "shopkeepers to share one yard", argument.Indirect, 0.9, "u15")
}
