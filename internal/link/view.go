package link

import (
	_ "embed"
	"math"
	"sort"
	"strings"
	"sync"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/mine"
)

//go:embed lexicon/marker.cues
var markerText string

var markers = sync.OnceValue(func() *lang.Patterns { return lang.MustPatterns(markerText) })

// view is a unit as linking sees it.
type view struct {
	mine.Unit
	kind, typ   string
	block       int
	blockKind   document.BlockKind
	section     int
	first, last bool // of its block
	firstBlock  bool // in the first block of its section
	leadIn      int  // block of the lead-in, or -1
	markers     []mine.Cue
	marks       []string // rules of the markers
	attributed  bool
	quoted      bool
	words       int
	negated     bool
	opposes     bool // reports an objection, fear or denial
	hedged      bool
	stems       map[string]bool
}

// scene is a text with its units.
type scene struct {
	doc   *document.Document
	sents []lang.Sentence
	units []view
	idf   map[string]float64
	title map[string]bool
	// topic are the stems that most units share, at most ten.
	topic []string
}

func newScene(doc *document.Document, sents []lang.Sentence, found mine.Result) *scene {
	s := &scene{doc: doc, sents: sents, idf: map[string]float64{}, title: map[string]bool{}}
	env := snowballstem.NewEnv("")
	for _, u := range found.Units {
		s.units = append(s.units, s.view(u, found, env))
	}
	for i := range s.units {
		v := &s.units[i]
		v.first = i == 0 || s.units[i-1].block != v.block
		v.last = i == len(s.units)-1 || s.units[i+1].block != v.block
		for w := range v.stems {
			s.idf[w]++
		}
	}
	s.topic = common(s.idf, 10)
	for w, n := range s.idf {
		s.idf[w] = math.Log(float64(len(s.units)+1) / n)
	}
	for _, b := range doc.Blocks {
		if b.Kind == document.Title {
			addStems(s.title, lang.Tokenize(doc.At(b.Span)), env)
		}
	}
	return s
}

// common returns the n most frequent words that occur more than twice.
func common(count map[string]float64, n int) []string {
	var out []string
	for w, c := range count {
		if c > 2 {
			out = append(out, w)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if count[out[i]] != count[out[j]] {
			return count[out[i]] > count[out[j]]
		}
		return out[i] < out[j]
	})
	return out[:min(n, len(out))]
}

func (s *scene) view(u mine.Unit, found mine.Result, env *snowballstem.Env) view {
	sent := s.sents[u.Sentence]
	b := s.doc.Blocks[sent.Block]
	v := view{Unit: u, kind: "claim", block: sent.Block, blockKind: b.Kind, section: b.Section, leadIn: b.LeadIn, stems: map[string]bool{}}
	if u.Recommendation {
		v.kind, v.typ = "recommendation", "recommendation"
	} else {
		v.typ = mine.Types[u.Type]
	}
	head := sent.Tokens[u.Join:min(u.To, u.From+5)]
	for _, m := range markers().Find(head) {
		v.markers = append(v.markers, mine.Cue{Span: document.Span{Start: head[m.From].Start, End: head[m.To-1].End}, Rule: "marker." + m.Rule})
		if m.From > 1 && m.From+u.Join > u.From+1 {
			continue // deep inside the unit: no marker of it
		}
		v.marks = append(v.marks, m.Rule)
	}
	ts := sent.Tokens[u.From:u.To]
	addStems(v.stems, ts, env)
	for _, t := range ts {
		if t.IsWord() {
			v.words++
		}
		switch t.Lower {
		case "not", "n't", "no", "never", "nothing", "none", "nor", "neither", "without", "cannot":
			v.negated = true
		case "may", "might", "could", "some", "perhaps", "critics", "seem", "seems":
			v.hedged = true
		}
	}
	v.attributed = len(u.Attributions) > 0
	for _, a := range u.Attributions {
		for _, w := range strings.Fields(strings.ToLower(s.doc.At(found.Attributions[a].Cue))) {
			v.opposes = v.opposes || opposing[w]
		}
	}
	for _, q := range found.Quotations {
		v.quoted = v.quoted || q.Contains(document.Span{Start: u.Start, End: u.Start + 1})
	}
	s.firstBlockOf(&v)
	return v
}

// opposing are cues of attributions that speak against something.
var opposing = map[string]bool{"object": true, "objects": true, "objected": true, "fear": true, "fears": true, "feared": true, "warn": true,
	"warns": true, "warned": true, "deny": true, "denies": true, "denied": true, "complain": true, "complains": true, "complained": true,
	"worry": true, "worries": true, "worried": true, "doubt": true, "doubts": true, "dispute": true, "disputes": true, "disputed": true,
	"counter": true, "counters": true, "reject": true, "rejects": true, "rejected": true, "oppose": true, "opposes": true, "dismiss": true,
	"dismisses": true, "dismissed": true, "insist": true, "insists": true, "grumble": true, "grumbles": true, "protest": true, "protests": true}

// firstBlockOf tells whether a unit stands in the first paragraph of its section.
func (s *scene) firstBlockOf(v *view) {
	for i := v.block - 1; i >= 0; i-- {
		switch k := s.doc.Blocks[i].Kind; {
		case k == document.Heading || k == document.Title:
			v.firstBlock = true
			return
		case k.Argues():
			return
		}
	}
	v.firstBlock = true
}

// addStems adds the stems of the content words of tokens.
func addStems(to map[string]bool, tokens []lang.Token, env *snowballstem.Env) {
	for _, t := range tokens {
		if len(t.Lower) < 3 || stopWords()[t.Lower] || !t.IsWord() {
			continue
		}
		env.SetCurrent(t.Lower)
		english.Stem(env)
		to[env.Current()] = true
	}
}

//go:embed lexicon/stop.txt
var stopText string

var stopWords = sync.OnceValue(func() map[string]bool { return lang.Set(stopText) })

// overlap is how much of the rarer words of a the set b shares: 0 to 1.
func (s *scene) overlap(a, b map[string]bool) float64 {
	var shared, all float64
	// Whole numbers, so that the order of the words cannot change the sum.
	for w := range a {
		n := math.Round(s.idf[w] * 1000)
		all += n
		if b[w] {
			shared += n
		}
	}
	if all == 0 {
		return 0
	}
	return shared / all
}

// likeness is the larger of the two overlaps of two units, as a name.
func (s *scene) likeness(a, b map[string]bool) string {
	if len(a) > len(b) {
		a, b = b, a
	}
	switch x := s.overlap(a, b); {
	case x == 0:
		return "none"
	case x < 0.12:
		return "low"
	case x < 0.25:
		return "middle"
	case x < 0.45:
		return "high"
	}
	return "very high"
}

// has reports whether a rule is among the unit's markers.
func (v view) has(rule string) bool {
	for _, m := range v.marks {
		if m == rule {
			return true
		}
	}
	return false
}

// text of the tokens, for tests and messages.
func (s *scene) text(v view) string { return strings.TrimSpace(s.doc.At(v.Span)) }
