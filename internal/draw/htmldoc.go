package draw

import (
	"context"
	"fmt"
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// docPage is one document in the page. All ids of the page begin with Prefix,
// which is empty where there is one document only.
type docPage struct {
	ID, Prefix      string
	Title, URI      string
	Summary         string
	HasText         bool
	Blocks          []block
	Sources         []sourceEntry
	Recommendations []addressed
	Map             template.HTML
	Notes           []string
}

// sourceEntry is a row of the ledger of sources.
type sourceEntry struct {
	ID, Name, Kind, Description string
	Says                        []unitLink // the units that are put down to it
	Times                       int        // how often it is cited
}

// unitLink leads to a unit's passage in the text.
type unitLink struct {
	ID, Href, Text string
}

// addressed is what one addressee is told to do.
type addressed struct {
	Who   string
	Items []advice
}

// advice is a recommendation in the list.
type advice struct {
	unitLink
	LeadIn   string
	Strength string
	By       string // who says so, where the author does not
}

func newDocPage(ctx context.Context, m *argument.Map, i, of int, opt Options) (docPage, error) {
	d := docPage{ID: "doc" + strconv.Itoa(i+1), Title: name(m), URI: clean(m.Document.URI), HasText: m.Document.Text != ""}
	if of > 1 {
		d.Prefix = "d" + strconv.Itoa(i+1) + "-"
	}
	d.Blocks = blocksOf(m)
	d.Sources = d.ledger(m)
	d.Recommendations = d.recommendations(m)
	d.Summary = counts(m)
	var err error
	d.Map, d.Notes, err = staticMap(ctx, m, i, opt)
	return d, err
}

// counts says what the map holds.
func counts(m *argument.Map) string {
	n := newCensus(m, nil)
	return fmt.Sprintf("%s, %s, %s", quantity(n.units-n.advice, "claim"), quantity(n.advice, "recommendation"), quantity(n.sources, "source"))
}

func (d *docPage) link(u *argument.Unit) unitLink {
	return unitLink{ID: u.ID, Href: "#" + url.PathEscape(d.Prefix+u.ID), Text: clean(u.Text)}
}

// ledger lists who says what; sources that say nothing in the map come last.
func (d *docPage) ledger(m *argument.Map) []sourceEntry {
	var said, silent []sourceEntry
	for i := range m.Sources {
		s := &m.Sources[i]
		e := sourceEntry{ID: s.ID, Name: clean(s.Name), Kind: clean(string(s.Kind)), Description: clean(s.Description)}
		if e.Name == "" {
			e.Name = "unnamed source"
		}
		seen := map[string]bool{}
		for _, a := range m.Attributions {
			if a.SourceID != s.ID {
				continue
			}
			e.Times++
			for _, id := range a.Units {
				if u, ok := m.Unit(id); ok && !seen[id] {
					seen[id] = true
					e.Says = append(e.Says, d.link(u))
				}
			}
		}
		if e.Times > 0 {
			said = append(said, e)
		} else {
			silent = append(silent, e)
		}
	}
	return append(said, silent...)
}

// recommendations groups what should be done by who should do it, both in the
// order of the text; what nobody is named for comes last.
func (d *docPage) recommendations(m *argument.Map) []addressed {
	var out []addressed
	at := map[string]int{}
	var unnamed addressed
	for i := range m.Units {
		u := &m.Units[i]
		if u.Kind != argument.Recommendation {
			continue
		}
		item := advice{unitLink: d.link(u), Strength: clean(string(u.Strength)), By: spokenBy(m, u.ID)}
		if u.LeadIn != nil {
			item.LeadIn = clean(u.LeadIn.Text)
		}
		if u.Addressee == nil || clean(u.Addressee.Text) == "" {
			unnamed.Items = append(unnamed.Items, item)
			continue
		}
		who := clean(u.Addressee.Text)
		key := strings.ToLower(who)
		if _, ok := at[key]; !ok {
			at[key] = len(out)
			out = append(out, addressed{Who: who})
		}
		out[at[key]].Items = append(out[at[key]].Items, item)
	}
	if len(unnamed.Items) > 0 {
		out = append(out, unnamed)
	}
	return out
}

// spokenBy names the sources to which the unit is put down.
func spokenBy(m *argument.Map, unit string) string {
	var names []string
	seen := map[string]bool{}
	for _, a := range m.Attributions {
		for _, id := range a.Units {
			if s, ok := m.Source(a.SourceID); ok && id == unit && !seen[s.ID] {
				seen[s.ID] = true
				names = append(names, clean(s.Name))
			}
		}
	}
	return strings.Join(names, ", ")
}
