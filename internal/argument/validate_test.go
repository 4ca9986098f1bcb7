package argument

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"strings"
	"testing"
	"unicode/utf8"
)

const sampleText = "Ferries\n\nThe island must keep its night ferry. Nurses reach their shifts on it, says Ida Møller, " +
	"a harbour pilot. Critics object that it sails half empty. Yet a half-empty ferry still carries someone home."

// sample is a valid map that uses every field of the contract.
func sample() *Map {
	return &Map{
		Schema: Schema,
		Document: Document{
			ID: digest(sampleText), URI: "ferries.txt", Title: "Ferries", MediaType: "text/plain",
			Language: "en", Characters: utf8.RuneCountInString(sampleText), Text: sampleText,
		},
		Sections: []Section{{ID: "s1", Title: "Ferries", Level: 1, Span: Span{0, utf8.RuneCountInString(sampleText)}}},
		Units: []Unit{
			{
				ID: "u1", Kind: Recommendation, Role: Thesis, Strength: Must, Addressee: ptr(at("The island")),
				Span: at("The island must keep its night ferry").Span, Text: "The island must keep its night ferry",
				Section: "s1", LeadIn: ptr(at("Ferries")), Confidence: 1, Cues: []Cue{{at("must").Span, "modal.must"}},
			},
			claim("u2", "Nurses reach their shifts on it, says Ida Møller, a harbour pilot", Fact, RoleClaim),
			claim("u3", "Critics object that it sails half empty", Fact, RoleClaim),
			claim("u4", "a half-empty ferry still carries someone home", Judgement, Premise),
		},
		Sources: []Source{
			{ID: "p1", Name: "Ida Møller", Kind: Person, Description: "a harbour pilot", Mentions: []Span{at("Ida Møller").Span}},
			{ID: "p2", Name: "critics", Kind: Group, Mentions: []Span{at("Critics").Span}},
		},
		Attributions: []Attribution{
			{
				ID: "a1", SourceID: "p1", Source: ptr(at("Ida Møller, a harbour pilot").Span), Cue: ptr(at("says").Span),
				Content: []Span{at("Nurses reach their shifts on it").Span}, Units: []string{"u2"}, Manner: Indirect,
				Confidence: 0.5, Cues: []Cue{{at("says").Span, "verb.say"}},
			},
			{ID: "a2", SourceID: "p2", Content: []Span{at("it sails half empty").Span}, Units: []string{"u3"}, Manner: Indirect},
		},
		Relations: []Relation{
			{ID: "r1", Type: Supports, From: "u2", To: "u1", Confidence: 0.7, Cues: []Cue{{at("Nurses").Span, "position"}}},
			{ID: "r2", Type: Attacks, From: "u3", To: "u1", Confidence: 0.7},
			{ID: "r3", Type: Undercuts, From: "u4", To: "r2", Confidence: 0.7},
		},
	}
}

func claim(id, text string, typ Type, role Role) Unit {
	return Unit{ID: id, Kind: Claim, Type: typ, Role: role, Span: at(text).Span, Text: text, Section: "s1", Confidence: 0.9}
}

func at(passage string) Phrase {
	b := strings.Index(sampleText, passage)
	start := utf8.RuneCountInString(sampleText[:b])
	return Phrase{Span{start, start + utf8.RuneCountInString(passage)}, passage}
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256:" + hex.EncodeToString(sum[:])
}

func ptr[T any](v T) *T { return &v }

func TestValidateAcceptsTheSample(t *testing.T) {
	for name, change := range map[string]func(*Map){
		"whole":                    func(*Map) {},
		"without its text":         func(m *Map) { m.Document.Text = "" },
		"without lists":            func(m *Map) { m.Sources, m.Attributions, m.Relations, m.Units = nil, nil, nil, nil },
		"no strength":              func(m *Map) { m.Units[0].Strength = "" },
		"unmentioned source":       func(m *Map) { m.Sources[0].Mentions = nil },
		"bare quotation":           func(m *Map) { m.Attributions[0].SourceID, m.Attributions[0].Source = "", nil },
		"ids with a gap":           func(m *Map) { m.Units[3].ID, m.Relations[2].From = "u17", "u17" },
		"undercut of an undercut":  func(m *Map) { m.Relations[0].Type, m.Relations[0].To = Undercuts, "r3" },
		"attribution of no unit":   func(m *Map) { m.Attributions[1].Units = nil },
		"certain and impossible":   func(m *Map) { m.Units[1].Confidence, m.Units[2].Confidence = 0, 1 },
		"equal starts in one list": func(m *Map) { m.Attributions[1].Content = m.Attributions[0].Content },
	} {
		m := sample()
		change(m)
		for _, text := range []string{"", sampleText} {
			if err := m.Validate(text); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestValidateFaults breaks the sample in one way a case and looks for the
// words that say so.
func TestValidateFaults(t *testing.T) {
	for _, c := range []struct {
		want  string
		spoil func(*Map)
	}{
		{`schema: is "argmap/2", want "argmap/1"`, func(m *Map) { m.Schema = "argmap/2" }},
		{`document: id "x" is not sha256: and 64 hexadecimal digits`, func(m *Map) { m.Document.ID = "x" }},
		{`is not the digest of its text`, func(m *Map) { m.Document.ID = digest("other") }},
		{`document: says 5 characters, its text has 205`, func(m *Map) { m.Document.Characters = 5 }},
		{`u2: is used twice`, func(m *Map) { m.Units[2].ID = "u2" }},
		{`"x1": is no id: want u1, u2, …`, func(m *Map) { m.Units[3].ID = "x1" }},
		{`"u04": is no id: want u1, u2, …`, func(m *Map) { m.Units[3].ID = "u04" }},
		{`"u0": is no id`, func(m *Map) { m.Units[3].ID = "u0" }},
		{`"u": is no id`, func(m *Map) { m.Units[3].ID = "u" }},
		{`"u٣": is no id`, func(m *Map) { m.Units[3].ID = "u٣" }},
		{`"": is no id: want s1`, func(m *Map) { m.Sections[0].ID = "" }},
		{`"u1": is no id: want p1`, func(m *Map) { m.Sources[0].ID = "u1" }},
		{`"r1": is no id: want a1`, func(m *Map) { m.Attributions[0].ID = "r1" }},
		{`"a1": is no id: want r1`, func(m *Map) { m.Relations[2].ID = "a1" }},
		{`s1: level is 0, want 1 or more`, func(m *Map) { m.Sections[0].Level = 0 }},
		{`s1: span 0 to 206 lies outside the document of 205 characters`, func(m *Map) { m.Sections[0].End++ }},
		{`s2: stands after s1 but comes before it in the text`, func(m *Map) {
			m.Sections[0].Start = 1
			m.Sections = append(m.Sections, Section{ID: "s2", Level: 2, Span: Span{0, 1}})
		}},
		{`u1: text 9 to 9 is empty`, func(m *Map) { m.Units[0].End = 9 }},
		{`u1: text -1 to 45 lies outside`, func(m *Map) { m.Units[0].Start = -1 }},
		{`u1: text is "The island must keep its night boat!"`, func(m *Map) { m.Units[0].Text = "The island must keep its night boat!" }},
		{`u1: addressee is "The Island", the passage at 9 to 19 is "The island"`, func(m *Map) { m.Units[0].Addressee.Text = "The Island" }},
		{`u1: lead_in 0 to 0 is empty`, func(m *Map) { m.Units[0].LeadIn.End = 0 }},
		{`u1: kind is "", want one of claim, recommendation`, func(m *Map) { m.Units[0].Kind = "" }},
		{`u2: role is "evidence", want one of thesis, claim, premise`, func(m *Map) { m.Units[1].Role = "evidence" }},
		{`u2: type is "", want one of statistic, anecdote, fact, prediction, judgement`, func(m *Map) { m.Units[1].Type = "" }},
		{`u1: is a recommendation but has type "fact"`, func(m *Map) { m.Units[0].Type = Fact }},
		{`u1: strength is "may", want one of must, should, could`, func(m *Map) { m.Units[0].Strength = "may" }},
		{`u2: is a claim but has a strength or an addressee`, func(m *Map) { m.Units[1].Strength = Must }},
		{`u2: is a claim but has a strength or an addressee`, func(m *Map) { m.Units[1].Addressee = m.Units[0].Addressee }},
		{`u2: section "s9" does not exist`, func(m *Map) { m.Units[1].Section = "s9" }},
		{`u4: lies outside its section s1`, func(m *Map) { m.Sections[0].End = 160 }},
		{`u2: confidence is 1.1, want 0 to 1`, func(m *Map) { m.Units[1].Confidence = 1.1 }},
		{`u2: confidence is NaN, want 0 to 1`, func(m *Map) { m.Units[1].Confidence = math.NaN() }},
		{`u1: cue 0 to 999 lies outside`, func(m *Map) { m.Units[0].Cues[0].Span = Span{0, 999} }},
		{`u1: cue 20 to 24 names no rule`, func(m *Map) { m.Units[0].Cues[0].Rule = "" }},
		{`u1: cue 1 to 2 stands out of text order`, func(m *Map) { m.Units[0].Cues = append(m.Units[0].Cues, Cue{Span{1, 2}, "x"}) }},
		{`u2: stands after u3 but comes before it in the text`, func(m *Map) { m.Units[1], m.Units[2] = m.Units[2], m.Units[1] }},
		{`u2: is a second thesis beside u1`, func(m *Map) { m.Units[1].Role = Thesis }},
		{`u2: is the thesis, but r1 leads on from it`, func(m *Map) { m.Units[0].Role, m.Units[1].Role = RoleClaim, Thesis }},
		{`p1: has no name`, func(m *Map) { m.Sources[0].Name = " " }},
		{`p1: kind is "robot", want one of person, organization`, func(m *Map) { m.Sources[0].Kind = "robot" }},
		{`p1: mention 5 to 4 is empty`, func(m *Map) { m.Sources[0].Mentions[0] = Span{5, 4} }},
		{`p1: mention 1 to 2 stands out of text order`, func(m *Map) { m.Sources[0].Mentions = append(m.Sources[0].Mentions, Span{1, 2}) }},
		{`p3: stands after p2 but comes before it in the text`, func(m *Map) {
			m.Sources = append(m.Sources, Source{ID: "p3", Name: "islanders", Kind: Group, Mentions: []Span{{9, 19}}})
		}},
		{`p3: stands after p2 but comes before it in the text`, func(m *Map) {
			m.Sources = append(m.Sources, Source{ID: "p4", Name: "the author", Kind: Author},
				Source{ID: "p3", Name: "islanders", Kind: Group, Mentions: []Span{{9, 19}}})
		}},
		{`a1: source "p9" does not exist`, func(m *Map) { m.Attributions[0].SourceID = "p9" }},
		{`a1: source 3 to 3 is empty`, func(m *Map) { m.Attributions[0].Source = &Span{3, 3} }},
		{`a1: cue 0 to 900 lies outside`, func(m *Map) { m.Attributions[0].Cue = &Span{0, 900} }},
		{`a1: has no content`, func(m *Map) { m.Attributions[0].Content = nil }},
		{`a1: content 4 to 4 is empty`, func(m *Map) { m.Attributions[0].Content[0] = Span{4, 4} }},
		{`a1: unit "u9" does not exist`, func(m *Map) { m.Attributions[0].Units[0] = "u9" }},
		{`a1: names unit u2 twice`, func(m *Map) { m.Attributions[0].Units = []string{"u2", "u2"} }},
		{`a1: names unit u2 out of text order`, func(m *Map) { m.Attributions[0].Units = []string{"u3", "u2"} }},
		{`a1: manner is "loud", want one of direct, mixed, indirect`, func(m *Map) { m.Attributions[0].Manner = "loud" }},
		{`a1: confidence is -0.1, want 0 to 1`, func(m *Map) { m.Attributions[0].Confidence = -0.1 }},
		{`a1: cue 7 to 7 is empty`, func(m *Map) { m.Attributions[0].Cues[0].Span = Span{7, 7} }},
		{`a1: stands after a2 but comes before it in the text`, func(m *Map) { m.Attributions[0], m.Attributions[1] = m.Attributions[1], m.Attributions[0] }},
		{`r1: type is "helps", want one of supports, attacks, undercuts`, func(m *Map) { m.Relations[0].Type = "helps" }},
		{`r1: from "r2" is no unit`, func(m *Map) { m.Relations[0].From = "r2" }},
		{`r1: to "u9" is no unit`, func(m *Map) { m.Relations[0].To = "u9" }},
		{`r1: to "r2" is no unit`, func(m *Map) { m.Relations[0].To = "r2" }},
		{`r3: to "u3" is no relation`, func(m *Map) { m.Relations[2].To = "u3" }},
		{`r2: is a second relation from u2, which r1 leaves already`, func(m *Map) { m.Relations[1].From = "u2" }},
		{`r1: stands after r2 but its unit u2 comes before u3`, func(m *Map) { m.Relations[0], m.Relations[1] = m.Relations[1], m.Relations[0] }},
		{`r2: confidence is 2, want 0 to 1`, func(m *Map) { m.Relations[1].Confidence = 2 }},
		{`r1: cue 3 to 3 is empty`, func(m *Map) { m.Relations[0].Cues[0].Span = Span{3, 3} }},
		{`u2: bears on itself through a circle of relations`, func(m *Map) { m.Relations[0].To = "u2" }},
		{`u2: bears on itself through a circle of relations`, func(m *Map) { m.Relations[0].To, m.Relations[1].To = "u3", "u2" }},
		{`u3: bears on itself through a circle of relations`, func(m *Map) { m.Relations[1].To = "u4" }},
	} {
		m := sample()
		c.spoil(m)
		err := m.Validate("")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("want %q, got %v", c.want, err)
		}
	}
}

func TestValidateComparesTexts(t *testing.T) {
	m := sample()
	if err := m.Validate(sampleText + "!"); err == nil || !strings.Contains(err.Error(), "carries another text") {
		t.Errorf("another text: %v", err)
	}
	m = sample()
	m.Document.Text = ""
	m.Units[0].Text = strings.Replace(m.Units[0].Text, "night", "small", 1)
	if err := m.Validate(""); err != nil {
		t.Errorf("same length, text unknown: %v", err)
	}
	if err := m.Validate(sampleText); err == nil || !strings.Contains(err.Error(), `u1: text is "The island must keep its small ferry"`) {
		t.Errorf("same length, text known: %v", err)
	}
	m.Units[0].Text += "!"
	if err := m.Validate(""); err == nil || err.Error() != "u1: text has 37 characters, its span 9 to 45 has 36" {
		t.Errorf("other length, text unknown: %v", err)
	}
}

func TestExtent(t *testing.T) {
	a := Attribution{Source: &Span{10, 14}, Cue: &Span{15, 19}, Content: []Span{{2, 8}, {21, 30}}}
	if got := a.Extent(); got != (Span{2, 30}) {
		t.Errorf("Extent = %v", got)
	}
	a = Attribution{Source: &Span{0, 4}, Content: []Span{{6, 8}}}
	if got := a.Extent(); got != (Span{0, 8}) {
		t.Errorf("Extent from 0 = %v", got)
	}
	if got := (&Attribution{}).Extent(); got != (Span{}) {
		t.Errorf("Extent of nothing = %v", got)
	}
}
