package link

import (
	_ "embed"
	"math"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/encoder"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/learn"
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
	// leadSentence is the last sentence of that block, or -1.
	leadSentence int
	markers      []mine.Cue
	marks        []string // rules of the markers
	attributed   bool
	quoted       bool
	words        int
	negated      bool
	opposes      bool // reports an objection, fear or denial
	hedged       bool
	stems        stemSet
	weight       int // of the stems together
}

// stemSet holds the numbers of the stems of a passage's content words, sorted.
type stemSet []int32

// scene is a text with its units.
type scene struct {
	doc   *document.Document
	sents []lang.Sentence
	units []view
	// judged is what the encoder makes of the units, or nil.
	judged *encoder.Judgement
	// lastOf is the last sentence of each block, or -1.
	lastOf []int
	title  stemSet
	// stems numbers the stems of the text; weights says how rare each is among
	// the units (the logarithm of the inverse of its share, in thousandths, so
	// that sums are exact); topic are the ten that most units share.
	stems   map[string]int32
	weights []int
	topic   stemSet
}

func newScene(doc *document.Document, sents []lang.Sentence, found mine.Result) *scene {
	s := &scene{doc: doc, sents: sents, judged: found.Judgement, stems: map[string]int32{}, lastOf: make([]int, len(doc.Blocks))}
	for i := range s.lastOf {
		s.lastOf[i] = -1
	}
	for i, x := range sents {
		s.lastOf[x.Block] = i
	}
	env := snowballstem.NewEnv("")
	for _, u := range found.Units {
		s.units = append(s.units, s.view(u, found, env))
	}
	for i := range s.units {
		v := &s.units[i]
		v.first = i == 0 || s.units[i-1].block != v.block
		v.last = i == len(s.units)-1 || s.units[i+1].block != v.block
	}
	for _, b := range doc.Blocks {
		if b.Kind == document.Title {
			s.title = s.stemsOf(lang.Tokenize(doc.At(b.Span)), env)
		}
	}
	s.weighStems()
	return s
}

// weighStems fills the weights of the stems from how many units use each.
func (s *scene) weighStems() {
	count := make([]int, len(s.stems))
	for _, v := range s.units {
		for _, w := range v.stems {
			count[w]++
		}
	}
	s.topic = common(count, 10)
	s.weights = make([]int, len(count))
	for w, n := range count {
		s.weights[w] = int(math.Round(1000 * learn.Log(float64(len(s.units)+1)/float64(max(1, n)))))
	}
	for i := range s.units {
		s.units[i].weight = s.weigh(s.units[i].stems)
	}
}

// common returns the n most frequent stems of those that occur more than twice.
func common(count []int, n int) stemSet {
	var out stemSet
	for w, c := range count {
		if c > 2 {
			out = append(out, int32(w))
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return count[out[i]] > count[out[j]] })
	out = out[:min(n, len(out))]
	slices.Sort(out)
	return out
}

func (s *scene) view(u mine.Unit, found mine.Result, env *snowballstem.Env) view {
	sent := s.sents[u.Sentence]
	b := s.doc.Blocks[sent.Block]
	v := view{Unit: u, kind: "claim", block: sent.Block, blockKind: b.Kind, section: b.Section, leadIn: b.LeadIn}
	v.leadSentence = -1
	if b.LeadIn >= 0 {
		v.leadSentence = s.lastOf[b.LeadIn]
	}
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
	v.stems = s.stemsOf(ts, env)
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

// stemsOf returns the stems of the content words of tokens.
func (s *scene) stemsOf(tokens []lang.Token, env *snowballstem.Env) stemSet {
	var out stemSet
	for _, t := range tokens {
		if len(t.Lower) < 3 || stopWords()[t.Lower] || !t.IsWord() {
			continue
		}
		env.SetCurrent(t.Lower)
		english.Stem(env)
		id, ok := s.stems[env.Current()]
		if !ok {
			id = int32(len(s.stems))
			s.stems[env.Current()] = id
		}
		out = append(out, id)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

//go:embed lexicon/stop.txt
var stopText string

var stopWords = sync.OnceValue(func() map[string]bool { return lang.Set(stopText) })

// weigh sums the weights of stems.
func (s *scene) weigh(stems stemSet) int {
	sum := 0
	for _, w := range stems {
		sum += s.weights[w]
	}
	return sum
}

// shared sums the weights of the stems that two sets share.
func (s *scene) shared(a, b stemSet) int {
	sum := 0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			sum += s.weights[a[0]]
			a, b = a[1:], b[1:]
		}
	}
	return sum
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// likeness names how much of the smaller of two sets of stems the other shares.
func (s *scene) likeness(a, b stemSet) string {
	if len(a) > len(b) {
		a, b = b, a
	}
	switch x := ratio(s.shared(a, b), s.weigh(a)); {
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
