package format

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/argmap/argmap/internal/argument"
)

// snippets are what texts are drawn from: all that means something somewhere.
var snippets = []string{
	"The pool", " must stay", " open.", "\n", "\n\n", "\r\n", "\t", "  ", `"`, "“", "”", "'", "[", "]", "[u1]:", "<", ">", "<u2>", "<b>", "</span>",
	"{", "}", "{}", "} x", "//", "/*", "*/", "<!--", "-->", "->", "- ", "+ ", "_ ", "*", "__", "`", "~", "===", "---", "--", "#tag", "# x", "@[a]", ":smile:",
	"(1)", "1. ", "|", ";", "&", "&amp;", "&#35;", `\`, `\n`, `\\`, "%", "$", "^", "=", "e.g.", ".a.", "🏊", "👩‍🚒", "שלום", "مرحبا", "\u2028", "\u200f", "é", "e\u0301",
	"\u00a0", "\ufeff", "東京", "a b", "T1", "<br>", "]]>", "\\u0041",
}

// drawn draws a text of at least one character.
func drawn(t *rapid.T, what string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(snippets), 1, 6).Draw(t, what), "")
}

// anyMap draws a valid map. Ids have gaps, as those of a filtered map have.
func anyMap(t *rapid.T) *argument.Map {
	n := rapid.IntRange(1, 7).Draw(t, "units")
	var text strings.Builder
	at := 0
	put := func(s string) argument.Span {
		start := at
		text.WriteString(s)
		at += utf8.RuneCountInString(s)
		return argument.Span{Start: start, End: at}
	}
	m := &argument.Map{Schema: argument.Schema}
	number := 0
	section := ""
	for range n {
		if rapid.IntRange(0, 4).Draw(t, "section") == 0 {
			section = fmt.Sprintf("s%d", len(m.Sections)+1)
			title := drawn(t, "title")
			m.Sections = append(m.Sections, argument.Section{
				ID: section, Title: title, Level: rapid.IntRange(1, 3).Draw(t, "level"), Span: put(title),
			})
		}
		put(rapid.SampledFrom([]string{"", " ", ". But ", "\n"}).Draw(t, "gap"))
		number += rapid.IntRange(1, 2).Draw(t, "step")
		words := drawn(t, "words")
		u := argument.Unit{ID: fmt.Sprintf("u%d", number), Text: words, Span: put(words), Section: section,
			Confidence: rapid.SampledFrom([]float64{0, 0.25, 0.7, 1}).Draw(t, "confidence"), Role: argument.RoleClaim}
		drawKind(t, &u)
		m.Units = append(m.Units, u)
		if section != "" {
			m.Sections[len(m.Sections)-1].End = at
		}
	}
	put(rapid.SampledFrom([]string{"", "\n", " end."}).Draw(t, "end"))
	m.Document = argument.Document{
		ID: argument.Digest(text.String()), URI: "a b.txt", Title: drawn(t, "document"), MediaType: "text/plain", Language: "en",
		Characters: at, Text: text.String(),
	}
	drawRelations(t, m)
	drawSources(t, m)
	return canonical(m, true)
}

func drawKind(t *rapid.T, u *argument.Unit) {
	u.Kind, u.Type = argument.Claim, rapid.SampledFrom(([]argument.Type{argument.Fact, argument.Statistic, argument.Judgement})).Draw(t, "type")
	if rapid.Bool().Draw(t, "recommendation") {
		first, _ := utf8.DecodeRuneInString(u.Text)
		u.Kind, u.Type, u.Strength = argument.Recommendation, "", rapid.SampledFrom([]argument.Strength{"", argument.Must}).Draw(t, "strength")
		u.Addressee = &argument.Phrase{Span: argument.Span{Start: u.Start, End: u.Start + 1}, Text: string(first)}
	}
	u.Page = rapid.IntRange(0, 3).Draw(t, "page")
	if rapid.Bool().Draw(t, "cued") {
		u.Cues = []argument.Cue{{Span: u.Span, Rule: "modal.must"}}
	}
}

// drawRelations draws a forest: a unit bears on one that comes before it in
// some order, or on the step of one.
func drawRelations(t *rapid.T, m *argument.Map) {
	order := rapid.Permutation(slices.Clone(m.Units)).Draw(t, "order")
	var list []argument.Relation
	byUnit := map[string]int{}
	for i, u := range order {
		if i == 0 || rapid.IntRange(0, 3).Draw(t, "alone") == 0 {
			continue
		}
		r := argument.Relation{From: u.ID, To: order[rapid.IntRange(0, i-1).Draw(t, "to")].ID, Type: argument.Supports,
			Confidence: rapid.SampledFrom([]float64{0.5, 1}).Draw(t, "sure")}
		switch kind := rapid.IntRange(0, 2).Draw(t, "relation"); {
		case kind == 1:
			r.Type = argument.Attacks
		case kind == 2 && len(list) > 0:
			r.Type, r.To = argument.Undercuts, list[rapid.IntRange(0, len(list)-1).Draw(t, "step")].From
		}
		byUnit[u.ID] = len(list)
		list = append(list, r)
	}
	number := map[string]string{}
	for _, u := range m.Units {
		if i, ok := byUnit[u.ID]; ok {
			number[u.ID] = fmt.Sprintf("r%d", len(number)+1)
			list[i].ID = number[u.ID]
			m.Relations = append(m.Relations, list[i])
		}
	}
	for i := range m.Relations {
		if r := &m.Relations[i]; r.Type == argument.Undercuts {
			r.To = number[r.To]
		}
	}
	for i := range m.Units {
		if u := &m.Units[i]; number[u.ID] != "" {
			u.Role = argument.Premise
		} else if u.ID == order[0].ID && rapid.Bool().Draw(t, "thesis") {
			u.Role = argument.Thesis
		}
	}
}

func drawSources(t *rapid.T, m *argument.Map) {
	for i := range rapid.IntRange(0, 3).Draw(t, "sources") {
		p := argument.Source{ID: fmt.Sprintf("p%d", i+1), Name: "Q" + drawn(t, "name"), Kind: rapid.SampledFrom(
			[]argument.SourceKind{argument.Person, argument.Unnamed, argument.DocumentKind}).Draw(t, "kind")}
		if i == 0 {
			p.Mentions = []argument.Span{m.Units[0].Span}
		}
		m.Sources = append(m.Sources, p)
	}
	for i, u := range m.Units {
		if rapid.Bool().Draw(t, "silent") {
			continue
		}
		a := argument.Attribution{ID: fmt.Sprintf("a%d", len(m.Attributions)+1), Content: []argument.Span{u.Span}, Manner: argument.Direct, Confidence: 0.5}
		switch rapid.IntRange(0, 2).Draw(t, "said") {
		case 0:
			a.Units = []string{u.ID}
		case 1:
			for _, v := range m.Units[i:] {
				a.Units = append(a.Units, v.ID)
			}
		}
		if n := len(m.Sources); n > 0 && rapid.Bool().Draw(t, "by") {
			a.SourceID, a.Source = m.Sources[rapid.IntRange(0, n-1).Draw(t, "who")].ID, &argument.Span{Start: u.Start, End: u.Start + 1}
		}
		m.Attributions = append(m.Attributions, a)
	}
}

// TestRoundTrips: what a format has a place for comes back from it, and what
// comes back is written as before.
func TestRoundTrips(t *testing.T) {
	whole := func(m *argument.Map) *argument.Map { return m }
	for _, c := range []struct {
		format string
		// left is what of a map the format has a place for.
		left func(*argument.Map) *argument.Map
	}{
		{"json", whole}, {"jsonl", whole}, {"aif", whole}, {"xaif", whole}, {"argdown", whole}, {"arguebuf", whole},
		{"graphml", whole}, {"node-link", whole}, {"brat", leftByBrat},
	} {
		f, err := Find(c.format)
		if err != nil {
			t.Fatal(err)
		}
		for _, withText := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, text %v", c.format, withText), func(t *testing.T) {
				rapid.Check(t, func(t *rapid.T) {
					m := anyMap(t)
					if err := m.Validate(""); err != nil {
						t.Fatalf("the drawn map: %v", err)
					}
					again(t, f, m, c.left, withText)
				})
			})
		}
	}
}

func again(t *rapid.T, f Format, m *argument.Map, left func(*argument.Map) *argument.Map, withText bool) {
	opt := Options{WithText: withText}
	if !withText {
		m = canonical(m, false)
	}
	var first, second bytes.Buffer
	if err := f.Write(&first, []*argument.Map{m}, opt); err != nil {
		t.Fatal(err)
	}
	in := Input{Name: m.Document.URI, Data: first.Bytes(), Text: m.Document.Text}
	if found, ok := Detect(Input{Name: "-", Data: in.Data}); ok && found.Name != f.Name && f.Name != "jsonl" {
		t.Fatalf("taken for %s:\n%s", found.Name, first.Bytes())
	}
	ms, lost, err := f.Read(in)
	if err != nil || len(ms) != 1 {
		t.Fatalf("%d maps, %v:\n%s", len(ms), err, first.Bytes())
	}
	if len(lost) > 0 {
		t.Fatalf("lost on the way back: %v", lost)
	}
	want := left(m)
	if f.Name == "xaif" && !withText {
		ms[0].Document.Text = "" // which there is if the units are all of it
	}
	if f.Name == "brat" && !withText {
		want.Document, ms[0].Document = argument.Document{}, argument.Document{}
	}
	if diff := cmp.Diff(want, ms[0]); diff != "" {
		t.Fatalf("-written +read\n%s\n%s", diff, first.Bytes())
	}
	ms, _, _ = f.Read(in)
	if err := f.Write(&second, ms, opt); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(first.String(), second.String()); diff != "" && (withText || f.Name != "brat") {
		t.Fatalf("-first +second\n%s", diff)
	}
}

// leftByBrat takes from a map what brat has no place for.
func leftByBrat(m *argument.Map) *argument.Map {
	c := canonical(m, true)
	c.Sections = []argument.Section{}
	c.Document.Title, c.Document.Language = "", "und"
	spoke := speakers(m.Attributions)
	c.Sources = keep(c.Sources, func(p *argument.Source) bool { return spoke[p.ID] || len(p.Mentions) > 0 })
	for i := range c.Units {
		c.Units[i].Section = ""
	}
	return c
}
