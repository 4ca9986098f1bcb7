// Package tally counts what argument maps are made of: units by what they are,
// relations, the tree that they make, sources and how often each is cited.
package tally

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/argmap/argmap/internal/argument"
)

// Tally counts what one document, or all of them together, is made of.
type Tally struct {
	Document   string `json:"document,omitempty"`  // its URI; none in a total
	Documents  int    `json:"documents,omitempty"` // in a total
	Title      string `json:"title,omitempty"`
	Characters int    `json:"characters"`
	Words      *int   `json:"words"` // null where there is no text to count them in

	Units           int     `json:"units"`
	Supported       int     `json:"supported"` // units that something supports
	SupportedShare  float64 `json:"supported_share"`
	Attributed      int     `json:"attributed"` // units that a source says
	AttributedShare float64 `json:"attributed_share"`
	Relations       int     `json:"relations"`
	// Depth is the number of levels of the tree that relations make of the
	// units, Breadth the number of units on the level that has most.
	Depth   int `json:"depth"`
	Breadth int `json:"breadth"`
	// Statements are the attributions, Unsourced those among them without a source.
	Statements int `json:"statements"`
	Unsourced  int `json:"unsourced"`
	Sources    int `json:"sources"`
	// By counts units, relations and sources by what they are (see Divisions).
	By        map[string]map[string]int `json:"by"`
	MostCited []CitedSource             `json:"most_cited"`

	levels []int         // units on each level of the tree, the roots first
	ledger []CitedSource // in the order of the text
}

// CitedSource is an entry of the ledger and how often it is cited.
type CitedSource struct {
	Name       string              `json:"name"`
	Kind       argument.SourceKind `json:"kind"`
	Statements int                 `json:"statements"`
}

// Divisions is the table of what is counted by what it is, and of the values
// in the order in which they are shown.
var Divisions = []struct {
	Name, Plural string
	Values       []string
}{
	{"kind", "kinds", []string{"claim", "recommendation"}},
	{"type", "types", []string{"statistic", "anecdote", "fact", "prediction", "judgement"}},
	{"role", "roles", []string{"thesis", "claim", "premise"}},
	{"strength", "strengths", []string{"must", "should", "could"}},
	{"relation", "relations", []string{"supports", "attacks", "undercuts"}},
	{"source", "sources", []string{"person", "organization", "document", "place", "group", "unnamed", "author"}},
}

// emptyTally counts nothing, of every value there is.
func emptyTally() *Tally {
	t := &Tally{By: map[string]map[string]int{}, MostCited: []CitedSource{}}
	for _, d := range Divisions {
		t.By[d.Name] = map[string]int{}
		for _, v := range d.Values {
			t.By[d.Name][v] = 0
		}
	}
	return t
}

// count adds to one value of a division. Fields that are empty, such as the
// type of a recommendation, count nowhere.
func (t *Tally) count(division, value string, n int) {
	if value != "" {
		t.By[division][value] += n
	}
}

// Of counts what m is made of, and names the so many most cited sources.
func Of(m *argument.Map, top int) *Tally {
	t := emptyTally()
	t.Document, t.Title, t.Characters = m.Document.URI, m.Document.Title, m.Document.Characters
	if m.Document.Text != "" {
		n := countWords(m.Document.Text)
		t.Words = &n
	}
	supported, attributed := map[string]bool{}, map[string]bool{}
	for _, r := range m.Relations {
		t.count("relation", string(r.Type), 1)
		if r.Type == argument.Supports {
			supported[r.To] = true
		}
	}
	said := map[string]int{}
	for _, a := range m.Attributions {
		said[a.SourceID]++
		for _, id := range a.Units {
			attributed[id] = true
		}
	}
	for _, u := range m.Units {
		t.count("kind", string(u.Kind), 1)
		t.count("type", string(u.Type), 1)
		t.count("role", string(u.Role), 1)
		t.count("strength", string(u.Strength), 1)
	}
	for _, p := range m.Sources {
		t.ledger = append(t.ledger, CitedSource{p.Name, p.Kind, said[p.ID]})
	}
	t.Units, t.Relations, t.Statements, t.Unsourced = len(m.Units), len(m.Relations), len(m.Attributions), said[""]
	t.Supported, t.Attributed, t.levels = len(supported), len(attributed), levelsOf(m)
	t.finish(top)
	return t
}

// countWords counts what stands between spaces and has a letter or digit in it.
func countWords(text string) int {
	n := 0
	for _, f := range strings.Fields(text) {
		if strings.ContainsFunc(f, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}

// levelsOf counts the units on each level of the tree: what bears on nothing
// stands on the first, and everything else one below what it bears on. An
// undercut bears on the unit whose step it questions. No relations of a valid
// map run in a circle.
func levelsOf(m *argument.Map) []int {
	next, step := map[string]string{}, map[string]string{}
	for _, r := range m.Relations {
		step[r.ID] = r.From
	}
	for _, r := range m.Relations {
		next[r.From] = r.To
		if r.Type == argument.Undercuts {
			next[r.From] = step[r.To]
		}
	}
	level := map[string]int{} // from 1
	var levels []int
	for _, u := range m.Units {
		var path []string
		id := u.ID
		for ; id != "" && level[id] == 0; id = next[id] {
			path = append(path, id)
		}
		depth := level[id] // 0 above the roots
		for _, id := range slices.Backward(path) {
			depth++
			level[id] = depth
		}
		for len(levels) < level[u.ID] {
			levels = append(levels, 0)
		}
		levels[level[u.ID]-1]++
	}
	return levels
}

// finish works out what follows from the counts.
func (t *Tally) finish(top int) {
	t.SupportedShare, t.AttributedShare = shareOf(t.Supported, t.Units), shareOf(t.Attributed, t.Units)
	t.Depth, t.Breadth, t.Sources = len(t.levels), 0, len(t.ledger)
	for _, n := range t.levels {
		t.Breadth = max(t.Breadth, n)
	}
	for _, p := range t.ledger {
		t.count("source", string(p.Kind), 1)
	}
	cited := slices.DeleteFunc(slices.Clone(t.ledger), func(p CitedSource) bool { return p.Statements == 0 })
	slices.SortStableFunc(cited, func(a, b CitedSource) int { return cmp.Compare(b.Statements, a.Statements) })
	t.MostCited = append(t.MostCited, cited[:min(top, len(cited))]...)
}

// shareOf is n of all, rounded to four digits; 0 of nothing.
func shareOf(n, all int) float64 {
	if all == 0 {
		return 0
	}
	return math.Round(1e4*float64(n)/float64(all)) / 1e4
}

// Total adds tallies up. The tree is as deep as the deepest and as broad as
// the broadest; sources of the same name and kind are one.
func Total(list []*Tally, top int) *Tally {
	t := emptyTally()
	t.Documents = len(list)
	type entry struct {
		name string
		kind argument.SourceKind
	}
	known, words, allWords := map[entry]int{}, 0, true
	for _, d := range list {
		t.Characters += d.Characters
		allWords = allWords && d.Words != nil
		if d.Words != nil {
			words += *d.Words
		}
		t.Units += d.Units
		t.Supported += d.Supported
		t.Attributed += d.Attributed
		t.Relations += d.Relations
		t.Statements += d.Statements
		t.Unsourced += d.Unsourced
		for _, v := range Divisions {
			for value, n := range d.By[v.Name] {
				if v.Name != "source" {
					t.count(v.Name, value, n)
				}
			}
		}
		for _, p := range d.ledger {
			e := entry{strings.ToLower(p.Name), p.Kind}
			if i, ok := known[e]; ok {
				t.ledger[i].Statements += p.Statements
				continue
			}
			known[e] = len(t.ledger)
			t.ledger = append(t.ledger, p)
		}
	}
	if allWords {
		t.Words = &words
	}
	t.finish(top)
	for _, d := range list {
		t.Depth, t.Breadth = max(t.Depth, d.Depth), max(t.Breadth, d.Breadth)
	}
	return t
}
