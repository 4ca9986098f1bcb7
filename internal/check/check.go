// Package check looks at an argument map as a careful editor would and reports
// what a reader will miss: recommendations without reasons, figures without a
// source, objections that nobody answers.
//
// A rule ([Rules]) is a function over the map alone, in a table with its level
// and its documentation; it knows nothing of files, lines or formats. Rules are
// cautious: what a text merely reports is its speaker's to defend, and an item
// of a list is read together with the sentence that introduces the list.
package check

import (
	"cmp"
	"embed"
	"slices"

	"github.com/argmap/argmap/internal/argument"
)

// Level is how grave a finding is, in the words of SARIF.
type Level string

// The levels, gravest first.
const (
	Error   Level = "error"
	Warning Level = "warning"
	Note    Level = "note"
)

// Levels returns the levels, gravest first.
func Levels() []Level { return []Level{Error, Warning, Note} }

// AtLeast reports whether l is as grave as m or graver.
func (l Level) AtLeast(m Level) bool {
	return slices.Index(Levels(), l) <= slices.Index(Levels(), m)
}

// Rule is one thing that is looked for.
type Rule struct {
	ID    string
	Level Level
	// Title says in one line what is wrong where the rule finds something.
	Title string
	find  func(*view) []Finding
}

// rules lists the rules, gravest first, in the order in which help shows them.
var rules = []Rule{
	{"circular-support", Error, "a claim is in the end a reason for itself", circularSupport},
	{"missing-thesis", Warning, "no claim is what the whole text argues for", missingThesis},
	{"thesis-without-support", Warning, "the thesis has no reason", thesisWithoutSupport},
	{"recommendation-without-support", Warning, "a recommendation has no reason", recommendationWithoutSupport},
	{"unanswered-objection", Warning, "an objection to a main point has no answer", unansweredObjection},
	{"unsupported-statistic", Warning, "a figure has neither a source nor a reason", unsupportedStatistic},
	{"claim-on-unnamed-sources", Warning, "a claim rests only on sources without a name", claimOnUnnamedSources},
	{"reason-restates-claim", Note, "a reason only repeats the claim", reasonRestatesClaim},
	{"anecdote-only-support", Note, "a main point rests on anecdotes only", anecdoteOnlySupport},
	{"unsupported-prediction", Note, "a prediction has neither a source nor a reason", unsupportedPrediction},
	{"stray-claim", Note, "a judgement neither gives nor has a reason", strayClaim},
	{"unnamed-opponent", Note, "an objection comes from nobody in particular", unnamedOpponent},
	{"quotation-without-speaker", Note, "a quotation has no speaker", quotationWithoutSpeaker},
	{"one-source", Note, "everything reported comes from one source", oneSource},
	{"recommendation-without-addressee", Note, "a recommendation does not say who should act", recommendationWithoutAddressee},
}

// Rules returns the rules, gravest first.
func Rules() []Rule { return slices.Clone(rules) }

// docs holds the documentation of each rule, in a file of its name.
//
//go:embed rules/*.txt
var docs embed.FS

// Doc explains the rule: what it finds and why that matters, an example and
// how it may be mended, and what it lets pass.
func (r Rule) Doc() string {
	text, err := docs.ReadFile("rules/" + r.ID + ".txt")
	if err != nil {
		panic(err) // a rule without its file: a slip in the code
	}
	return string(text)
}

// Finding is a place where a rule finds something.
type Finding struct {
	Rule    string
	Level   Level
	Message string
	// Passage is what the finding is about. It is empty where that is the
	// whole text.
	Passage
	// Related are passages that the finding refers to.
	Related []Passage
	// Confidence is that of the least sure unit, relation or attribution that
	// the finding rests on. That nothing was found in a place has no
	// confidence of its own.
	Confidence float64
}

// Passage is a stretch of the article: a unit, or a source's mention, which
// has no unit. Spans are code points, end exclusive.
type Passage struct {
	Unit string // id, or ""
	argument.Span
	Text string // "" where the map does not tell
	Page int    // that it begins on, from 1; 0 where the document has no pages
}

// Run applies rules to m and returns what they find, less what is less sure
// than least, in text order; of findings at one place the graver comes first.
func Run(m *argument.Map, rules []Rule, least float64) []Finding {
	v := newView(m)
	var all []Finding
	for _, r := range rules {
		for _, f := range r.find(v) {
			if f.Confidence < least {
				continue
			}
			f.Rule, f.Level = r.ID, r.Level
			all = append(all, f)
		}
	}
	// Stable: the rules stand in the order of their gravity.
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	return all
}
