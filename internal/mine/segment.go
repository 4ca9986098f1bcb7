package mine

import (
	"strconv"
	"strings"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
)

// segment is a stretch of one sentence that could be a unit: tokens from to to
// of the sentence, without the joining words before it and the closing
// punctuation after it.
type segment struct {
	document.Span
	sentence int
	from, to int
	// joinFrom to from are the tokens that join the segment to what comes
	// before: "; however,", ", because", "But".
	joinFrom int
	// fronted is the subordinating word that opens the segment and that the
	// main clause follows: "although" in "Although X, Y".
	fronted string
	// confidence is the probability of the cut before the segment, 1 at the
	// start of a sentence.
	confidence float64
}

// cut is a place in a sentence where one segment could end and the next begin:
// tokens at to next are marks and joining words that would belong to neither.
type cut struct {
	at, next int
	key      string // the marks and words, as in ", but"
}

// cutMarks maps the marks that can part clauses to one name a kind.
var cutMarks = map[string]string{",": ",", ";": ";", ":": ":", "-": "-", "--": "-", "–": "-", "—": "-", "(": "(", "...": "...", "…": "..."}

// segments cuts a sentence where two of its clauses do different work.
func (m *miner) segments(s lang.Sentence, index int) []segment {
	var out []segment
	start, from, conf := 0, 0, 1.0
	for _, c := range cuts(s.Tokens) {
		if c.at < from {
			continue
		}
		p := m.cutProbability(s.Tokens, from, c)
		if parts(s.Tokens, from, c) {
			p = max(p, frontedProbability)
		}
		if p < cutThreshold {
			continue
		}
		out = appendSegment(out, s, index, start, from, c.at, conf)
		start, from, conf = c.at, c.next, p
	}
	return appendSegment(out, s, index, start, from, len(s.Tokens), conf)
}

// frontedCuts are the words that open a clause of its own before the main one.
var frontedCuts = map[string]bool{"although": true, "though": true, "even though": true, "whereas": true, "because": true}

// parts recognises the comma behind "Although X," and its like. On the articles
// that the weights are fitted on it parts two units 20 times in 20 behind
// "although" and 9 times in 18 behind "because".
func parts(tokens []lang.Token, from int, c cut) bool {
	left := tokens[from:c.at]
	return c.key == "," && frontedCuts[frontWord(left)] && count(left, ",") == 0 && hasFinite(left) && clauseShape(tokens[c.next:]) == "S"
}

// frontedProbability is set by hand, a little below that.
const frontedProbability = 0.65

// cutThreshold is where cutting begins to pay: a missing cut costs two units, a
// wrong one as a rule one, since the longer half is still found. Tuned on the
// development files, where F1 is flat from 0.38 to 0.45.
const cutThreshold = 0.42

func appendSegment(out []segment, s lang.Sentence, index, joinFrom, from, to int, conf float64) []segment {
	if joinFrom == from {
		from += openingJoin(s.Tokens[from:to])
	}
	from, to = trim(s.Tokens, from, to)
	if from >= to {
		return out
	}
	seg := segment{sentence: index, from: from, to: to, joinFrom: min(joinFrom, from), confidence: conf}
	seg.Span = document.Span{Start: s.Tokens[from].Start, End: s.Tokens[to-1].End}
	if w := frontWord(s.Tokens[from:to]); w != "" && to < len(s.Tokens) {
		seg.fronted = w
	}
	return append(out, seg)
}

// openingJoin counts the tokens at the head of a sentence that only join it to
// the one before.
func openingJoin(tokens []lang.Token) int {
	n := 0
	for n < len(tokens)-1 && !tokens[n].IsWord() && tokens[n].Lower != `"` && tokens[n].Lower != "'" {
		n++
	}
	if n < len(tokens)-2 && openers[tokens[n].Lower] && tokens[n+1].Lower != "that" {
		n++
		if tokens[n].Lower == "," && n < len(tokens)-2 {
			n++
		}
	}
	return n
}

var openers = map[string]bool{"but": true, "and": true, "or": true, "yet": true, "so": true, "because": true, "nor": true}

// trim leaves out marks at both ends, but keeps quotation marks and brackets
// whose partner lies inside.
func trim(tokens []lang.Token, from, to int) (int, int) {
	for from < to && !tokens[from].IsWord() && !opensInside(tokens, from, to) {
		from++
	}
	for to > from && !tokens[to-1].IsWord() && !closesInside(tokens, from, to) {
		to--
	}
	return from, to
}

func opensInside(tokens []lang.Token, from, to int) bool {
	switch tokens[from].Lower {
	case `"`, "'":
		return count(tokens[from:to], tokens[from].Lower) > 1
	case "(", "[":
		return true
	case "$", "£", "€", "#":
		return true
	}
	return false
}

func closesInside(tokens []lang.Token, from, to int) bool {
	last := tokens[to-1].Lower
	switch last {
	case `"`:
		return count(tokens[from:to], last)%2 == 0
	case "'":
		return count(tokens[from:to], last)%2 == 0
	case ")", "]":
		open := map[string]string{")": "(", "]": "["}[last]
		return count(tokens[from:to], open) > 0
	case "%", "°":
		return true
	}
	return false
}

func count(tokens []lang.Token, word string) int {
	n := 0
	for _, t := range tokens {
		if t.Lower == word {
			n++
		}
	}
	return n
}

// cuts lists the places where a sentence could be cut, in order.
func cuts(tokens []lang.Token) []cut {
	var out []cut
	for i := 1; i < len(tokens)-1; i++ {
		c, ok := cutAt(tokens, i)
		if !ok || words(tokens[:i]) < 2 {
			continue
		}
		out = append(out, c)
		i = c.next - 1
	}
	return out
}

// cutAt reads marks and joining words from token i on: at most a closing
// quotation mark, a mark, a joining word, an adverb such as "however" and the
// comma behind it.
func cutAt(tokens []lang.Token, i int) (cut, bool) {
	var parts []string
	n := i
	for n < len(tokens)-1 && n < i+2 && tokens[n].Lower == `"` && cutMarks[tokens[n+1].Lower] != "" {
		n++
	}
	if n < len(tokens)-1 {
		if m := cutMarks[tokens[n].Lower]; m != "" {
			parts = append(parts, m)
			n++
		}
	}
	if n < len(tokens)-1 {
		if w := joinWord(tokens[n:]); w > 0 {
			for _, t := range tokens[n : n+w] {
				parts = append(parts, t.Lower)
			}
			n += w
		} else if len(parts) == 0 {
			return cut{}, false
		}
	}
	if n < len(tokens)-2 && tokens[n].Lower == "," && len(parts) > 1 {
		n++
	}
	return cut{at: i, next: n, key: strings.Join(parts, " ")}, len(parts) > 0
}

// joinWords are the words that can join two clauses.
var joinWords = map[string]bool{"and": true, "but": true, "because": true, "so": true, "while": true, "as": true, "though": true,
	"although": true, "since": true, "yet": true, "or": true, "when": true, "if": true, "whereas": true, "nor": true, "for": true,
	"however": true, "then": true, "until": true, "unless": true, "therefore": true, "thus": true, "hence": true, "despite": true,
	"which": true, "who": true, "where": true}

// joinWord counts the words of a join at the head of tokens: one, or two as in
// "and yet", "even though".
func joinWord(tokens []lang.Token) int {
	w := tokens[0].Lower
	if w == "even" && len(tokens) > 1 && (tokens[1].Lower == "though" || tokens[1].Lower == "if") {
		return 2
	}
	if !joinWords[w] {
		return 0
	}
	if w == "and" && len(tokens) > 1 && (tokens[1].Lower == "so" || tokens[1].Lower == "yet" || tokens[1].Lower == "that") {
		return 2
	}
	return 1
}

// cutCues describes a cut of the segment that begins at token from.
func cutCues(tokens []lang.Token, from int, c cut) []string {
	left, right := tokens[from:c.at], tokens[c.next:]
	l, r := "-", clauseShape(right)
	if hasFinite(left) {
		l = "L"
	}
	shape := l + r
	cues := append(make([]string, 0, 24), "bias", "key "+c.key, "key "+c.key+" "+shape, "shape "+shape)
	mark, join, _ := strings.Cut(c.key, " ")
	if cutMarks[mark] == "" {
		mark, join = "", c.key
	}
	cues = append(cues, "mark "+mark, "mark "+mark+" "+shape, "join "+join, "join "+join+" "+shape)
	if w := frontWord(left); w != "" && strings.HasPrefix(c.key, ",") {
		cues = append(cues, "front "+w, "front "+w+" "+shape, "front "+w+" key "+c.key)
	}
	first := right[0]
	cues = append(cues, "next "+first.Tag, "key "+c.key+" next "+first.Tag, "left "+bucket(len(left)), "right "+bucket(len(right)))
	if functionWord(first) {
		cues = append(cues, "word "+first.Lower, "word "+first.Lower+" "+shape)
	}
	prev := tokens[c.at-1]
	cues = append(cues, "prev "+prev.Tag, "key "+c.key+" prev "+prev.Tag, "key "+c.key+" left "+bucket(len(left)))
	cues = append(cues, "dist "+verbDistance(right)+" key "+c.key)
	if n := count(tokens[:c.at], `"`); n%2 == 1 {
		cues = append(cues, "quoted", "quoted "+shape)
	}
	if count(tokens[:c.at], "(") > count(tokens[:c.at], ")") {
		cues = append(cues, "bracketed")
	}
	if count(left, "that") > 0 {
		cues = append(cues, "after that")
	}
	if strings.HasPrefix(c.key, "-") {
		cues = append(cues, "dashes "+bucket(dashes(tokens)), "dashes before "+bucket(dashes(tokens[:c.at])))
	}
	if count(left, ",") > 0 {
		cues = append(cues, "key "+c.key+" after comma")
	}
	if isReportVerb(prev.Lower) {
		cues = append(cues, "after report", "after report key "+c.key)
	}
	return cues
}

func dashes(tokens []lang.Token) int {
	n := 0
	for _, t := range tokens {
		if cutMarks[t.Lower] == "-" {
			n++
		}
	}
	return n
}

// clauseShape tells how the words after a cut begin: S with a subject and a
// finite verb, V with a finite verb, a with something else before the verb, n
// with no finite verb in reach.
func clauseShape(tokens []lang.Token) string {
	subject := false
	for i, t := range tokens[:min(len(tokens), 14)] {
		switch {
		case t.IsFinite() && i == 0:
			return "V"
		case t.IsFinite() && subject:
			return "S"
		case t.IsFinite():
			return "a"
		case t.Lower == ";" || t.Lower == ":":
			return "n"
		}
		subject = subject || t.IsNoun() || subjectTags[t.Tag]
	}
	return "n"
}

var subjectTags = map[string]bool{"PRP": true, "EX": true, "DT": true, "CD": true, "WP": true, "VBG": true}

// verbDistance is how far into the words the first finite verb lies, and
// whether a comma or "to" comes first.
func verbDistance(tokens []lang.Token) string {
	for i, t := range tokens {
		switch {
		case t.IsFinite():
			return bucket(i)
		case t.Lower == "," || t.Lower == "to" || t.Lower == ")":
			return t.Lower + bucket(i)
		}
	}
	return "none"
}

func hasFinite(tokens []lang.Token) bool {
	for _, t := range tokens {
		if t.IsFinite() {
			return true
		}
	}
	return false
}

// frontWords open a clause that comes before the clause it depends on.
var frontWords = map[string]bool{"although": true, "though": true, "while": true, "if": true, "when": true, "because": true,
	"since": true, "as": true, "despite": true, "unless": true, "whereas": true, "once": true, "after": true, "before": true, "whatever": true}

func frontWord(tokens []lang.Token) string {
	for i, t := range tokens {
		switch {
		case frontWords[t.Lower]:
			return t.Lower
		case t.Lower == "even" && i+1 < len(tokens) && frontWords[tokens[i+1].Lower]:
			return "even " + tokens[i+1].Lower
		case i > 1 || t.IsWord() && !openers[t.Lower]:
			return ""
		}
	}
	return ""
}

// functionWord tells words of closed classes, which the models may look at.
func functionWord(t lang.Token) bool {
	switch t.Tag {
	case "PRP", "PRP$", "DT", "EX", "WP", "WDT", "WRB", "MD", "IN", "CC", "TO", "PDT":
		return true
	case "RB":
		return len(t.Lower) < 8
	}
	return false
}

// bucket names a count: exact when small, in steps when large.
func bucket(n int) string {
	switch {
	case n <= 4:
		return strconv.Itoa(n)
	case n <= 7:
		return "5-7"
	case n <= 12:
		return "8-12"
	case n <= 20:
		return "13-20"
	}
	return ">20"
}
