package mine

import (
	"strings"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/learn"
)

// Manner tells how speech is reported.
type Manner uint8

// The manners: all in quotation marks, partly, or not at all.
const (
	Indirect Manner = iota
	Mixed
	Direct
)

// Attribution is someone saying something: the source (an empty span where none
// is named), the cue, and the content in one or more pieces.
type Attribution struct {
	Source, Cue document.Span
	Content     []document.Span
	Manner      Manner
	Confidence  float64
	Cues        []Cue
	// Speaker is the index of the source in the ledger, or -1.
	Speaker int
	// sentence is the index of the sentence that holds the cue.
	sentence int
}

// HasSource reports whether the text names who speaks.
func (a Attribution) HasSource() bool { return a.Source.Len() > 0 }

// frame is one cue of a sentence with the tokens found for it.
type frame struct {
	cueHead
	srcFrom, srcTo int // source tokens; equal when there is none
	subject        bool
}

// attributions finds who is said to say what, sentence by sentence, and then
// lets quotations run on over sentence and paragraph ends.
func attributions(doc *document.Document, sents []lang.Sentence, quotes []document.Span) []Attribution {
	var out []Attribution
	speech := speechShare(sents)
	for i, s := range sents {
		frames := framesOf(s, quotes, speech)
		for k, f := range frames {
			if a, ok := build(s, frames, k, f, quotes); ok {
				a.sentence = i
				out = append(out, a)
			}
		}
	}
	out = runOn(doc, sents, quotes, out)
	for i := range out {
		out[i].Manner = mannerOf(out[i].Content, quotes)
	}
	return out
}

// framesOf finds the cues of a sentence and the source of each.
func framesOf(s lang.Sentence, quotes []document.Span, speech string) []frame {
	var out []frame
	for _, h := range cueHeads(s, quotes, speech) {
		f := frame{cueHead: h}
		f.srcFrom, f.srcTo, f.subject = findSource(s, h, out, quotes)
		out = append(out, f)
	}
	return out
}

// findSource returns the tokens of the source; subject tells that it stands
// before the cue as its subject.
func findSource(s lang.Sentence, h cueHead, earlier []frame, quotes []document.Span) (from, to int, subject bool) {
	ts := s.Tokens
	w := ts[h.head].Lower
	floor := quoteFloor(s, h.from, quotes)
	switch {
	case w == "according":
		if e, ok := phraseRight(ts, h.to); ok {
			return h.to, e, false
		}
		return 0, 0, false
	case ts[h.head].Tag == "VBN" || passive(ts, h):
		for j := h.to - 1; j < min(len(ts), h.to+6); j++ {
			if ts[j].Lower == "by" {
				if e, ok := phraseRight(ts, j+1); ok {
					return j + 1, e, false
				}
			}
		}
		if passive(ts, h) {
			return 0, 0, false
		}
	case w == "reportedly" || w == "allegedly" || w == "apparently" || w == "supposedly":
		return 0, 0, false
	}
	if inverted(s, h, quotes) {
		if e, ok := phraseRight(ts, h.to); ok {
			return h.to, e, false
		}
	}
	if !ts[h.head].IsVerb() && ts[h.head].Lower != ":" && !verbLike(ts, h.head) {
		if h.from > 0 && (ts[h.from-1].Tag == "POS" || ts[h.from-1].Tag == "PRP$") {
			return coreLeft(ts, h.from, floor), h.from, true
		}
		if cueNouns[w] {
			return 0, 0, false
		}
		if h.from > 0 && !isReportVerb(w) {
			return 0, 0, false
		}
	}
	if ts[h.from].Lower != "to" { // the subject of "to say" is that of another verb
		if f, t, ok := phraseLeft(ts, skipLeft(ts, h.from, floor), floor); ok && !governed(ts, f) {
			return f, t, true
		}
	}
	return sharedSubject(ts, h, earlier, floor)
}

// verbLike tells that a word tagged as a noun is a verb after all: "reports that".
func verbLike(ts []lang.Token, i int) bool {
	return isReportVerb(ts[i].Lower) && i+1 < len(ts) && (ts[i+1].Lower == "that" || ts[i+1].Lower == `"` || ts[i+1].Lower == "how")
}

// skipLeft steps over what can stand between a subject and its verb: adverbs,
// "however" between commas, a day.
func skipLeft(ts []lang.Token, i, floor int) int {
	for i-1 > floor {
		p := ts[i-1]
		switch {
		case p.Tag == "RB" && p.Lower != "not":
			i--
		case timeNouns[p.Lower]:
			i--
			if i-1 > floor && (ts[i-1].Tag == "IN" || ts[i-1].Tag == "JJ") {
				i--
			}
		case p.Lower == "," && i-3 > floor && ts[i-3].Lower == "," && ts[i-2].Tag == "RB":
			i -= 3
		case p.Lower == "himself" || p.Lower == "herself" || p.Lower == "themselves":
			i--
		default:
			return i
		}
	}
	return i
}

// governed tells that a phrase is the object of a preposition, so no subject.
func governed(ts []lang.Token, from int) bool {
	for from > 1 && linking[ts[from-1].Lower] && ts[from-2].IsNoun() { // part of a longer phrase
		from = coreLeft(ts, from-1, 0)
	}
	return from > 0 && (ts[from-1].Tag == "IN" || ts[from-1].Tag == "TO") && !clauseOpeners[ts[from-1].Lower]
}

var clauseOpeners = map[string]bool{"that": true, "as": true, "because": true, "while": true, "if": true, "after": true, "before": true,
	"since": true, "although": true, "though": true, "whether": true, "until": true, "unless": true, "than": true}

// sharedSubject finds the subject of a verb that shares it: a participle
// ("…, adding that") or the second of two verbs ("… and said").
func sharedSubject(ts []lang.Token, h cueHead, earlier []frame, floor int) (int, int, bool) {
	for k := len(earlier) - 1; k >= 0; k-- {
		if e := earlier[k]; e.srcTo > e.srcFrom {
			return e.srcFrom, e.srcTo, e.subject
		}
	}
	for j := floor; j < h.from; j++ {
		if ts[j].IsFinite() {
			f, t, ok := phraseLeft(ts, skipLeft(ts, groupStart(ts, j), floor), floor)
			if ok && !governed(ts, f) {
				return f, t, true
			}
			return 0, 0, false
		}
	}
	return 0, 0, false
}

// quoteFloor is the first token after the last quotation before token i: a
// source outside a quotation does not begin inside it.
func quoteFloor(s lang.Sentence, i int, quotes []document.Span) int {
	for j := i - 1; j >= 0; j-- {
		if q := quoteAt(quotes, s.Tokens[j].Start); q >= 0 && quotes[q].End <= s.Tokens[i].Start && quotes[q].Len() > 25 {
			return j + 1
		}
	}
	return 0
}

func passive(ts []lang.Token, h cueHead) bool {
	if ts[h.head].Tag != "VBN" && ts[h.head].Tag != "VBD" {
		return false
	}
	for _, t := range ts[h.from:h.head] {
		switch t.Lower {
		case "is", "are", "was", "were", "been", "be", "being":
			return true
		}
	}
	return false
}

// inverted recognises "…," said the minister: the content ends right before
// the cue, and a noun phrase follows it.
func inverted(s lang.Sentence, h cueHead, quotes []document.Span) bool {
	ts := s.Tokens
	if h.from == 0 || h.to >= len(ts) || !ts[h.head].IsFinite() {
		return false
	}
	p, n := ts[h.from-1], ts[h.to]
	if p.Lower != "," && p.Lower != `"` && p.Lower != "'" && quoteAt(quotes, p.Start) < 0 {
		return false
	}
	return n.IsNoun() || n.Tag == "DT" || n.Tag == "PRP$" || n.Tag == "JJ" || n.Tag == "PRP" || n.Tag == "CD" || n.IsCapital()
}

// build finds the content of frame k of a sentence.
func build(s lang.Sentence, frames []frame, k int, f frame, quotes []document.Span) (Attribution, bool) {
	ts := s.Tokens
	a := Attribution{Cue: spanOf(ts[f.from:f.to]), Confidence: attributionConfidence(f.probability), Speaker: -1}
	a.Cues = []Cue{{a.Cue, "cue." + ts[f.head].Lower}}
	if f.srcTo > f.srcFrom {
		a.Source = spanOf(ts[f.srcFrom:f.srcTo])
	}
	if c, ok := contentBefore(s, f, quotes); ok {
		a.Content = append(a.Content, c)
	}
	if c, ok := contentAfter(s, frames, k, len(a.Content) > 0, quotes); ok {
		a.Content = append(a.Content, c)
	}
	return a, len(a.Content) > 0 || a.HasSource() && isReportVerb(ts[f.head].Lower)
}

// attributionConfidence turns the probability of a cue into how often an
// attribution is right: the cue model is surer than it should be. Measured on
// argmap.dev.
func attributionConfidence(p float64) float64 { return learn.Exp(1.6 * learn.Log(max(p, 1e-6))) }

// contentBefore returns what stands before the cue and is parted from it by a
// comma or a closing quotation mark.
func contentBefore(s lang.Sentence, f frame, quotes []document.Span) (document.Span, bool) {
	ts := s.Tokens
	end := f.from
	if f.srcTo > f.srcFrom && f.srcFrom < f.from {
		end = f.srcFrom
	}
	if end == 0 {
		return document.Span{}, false
	}
	if passive(ts, f.cueHead) && end == f.from {
		from := coreLeft(ts, end, 0)
		return spanOf2(ts, from, end)
	}
	p := ts[end-1]
	q := quoteAt(quotes, p.Start)
	switch {
	case q >= 0 && quotes[q].End >= p.End && quotes[q].End <= ts[end].Start:
		return beforeFrom(s, quotes[q], end), true
	case p.Lower == ",":
		if end >= 2 {
			if q := quoteAt(quotes, ts[end-2].Start); q >= 0 && quotes[q].End <= p.Start {
				return beforeFrom(s, quotes[q], end), true
			}
		}
		if ts[f.head].Tag == "VBG" || end < 4 || !hasFinite(ts[:end-1]) || f.srcFrom == f.srcTo && ts[f.head].Lower != "according" {
			return document.Span{}, false
		}
		if ts[f.head].Lower != "according" && !isReportVerb(ts[f.head].Lower) || hasContentAfter(ts, f) {
			return document.Span{}, false
		}
		from := openingJoin(ts)
		return spanOf2(ts, from, end-1)
	case ts[f.head].Lower == "according":
		return spanOf2(ts, openingJoin(ts), end)
	}
	return document.Span{}, false
}

// hasContentAfter tells that the content follows the cue, so what stands before
// it is something else.
func hasContentAfter(ts []lang.Token, f frame) bool {
	i := max(f.to, f.srcTo)
	return i < len(ts)-2 && ts[i].Lower != "," && ts[i].Lower != "." && ts[i].IsWord()
}

// beforeFrom is the content that ends with quotation q: the quotation alone
// when it opens the sentence or is longer than what stands before it, the whole
// clause otherwise.
func beforeFrom(s lang.Sentence, q document.Span, end int) document.Span {
	first := s.Tokens[openingJoin(s.Tokens)].Start
	if q.Start <= first || q.End-q.Start > 2*(q.Start-first) {
		return q
	}
	for _, t := range s.Tokens[:end] {
		if t.IsFinite() && t.Start < q.Start {
			return document.Span{Start: first, End: q.End}
		}
	}
	return q
}

func spanOf2(ts []lang.Token, from, to int) (document.Span, bool) {
	for to > from && (ts[to-1].Lower == "," || ts[to-1].Lower == "." || ts[to-1].Lower == ";" || ts[to-1].Lower == "—") {
		to--
	}
	if from >= to {
		return document.Span{}, false
	}
	return spanOf(ts[from:to]), true
}

// contentAfter returns what follows the cue (and the source, where that stands
// behind the cue), up to the next attribution of the sentence or its end.
func contentAfter(s lang.Sentence, frames []frame, k int, second bool, quotes []document.Span) (document.Span, bool) {
	ts, f := s.Tokens, frames[k]
	i := f.to
	if f.srcFrom >= f.to {
		i = f.srcTo
	}
	end := contentEnd(ts, frames, k)
	i = skipAddressee(ts, f, i)
	start := i
	for i < end && (ts[i].Lower == "," || ts[i].Lower == ":" || ts[i].Lower == ".") {
		i++
	}
	if i >= end {
		return document.Span{}, false
	}
	if q := quoteAt(quotes, ts[i].Start); q >= 0 && quotes[q].Start >= ts[f.to-1].End {
		return afterQuote(ts, i, end, quotes[q]), true
	}
	if second && (i > start || ts[i].Lower != "that") {
		return document.Span{}, false // "…," she said, packing up
	}
	if ts[f.head].Lower == "according" && i == start {
		return document.Span{}, false
	}
	return spanOf2(ts, i, end)
}

// afterQuote is the content that begins with quotation q: the quotation, and
// what follows it in the clause unless a comma parts the two.
func afterQuote(ts []lang.Token, i, end int, q document.Span) document.Span {
	j := i
	for j < end && ts[j].Start < q.End {
		j++
	}
	if j >= end || !ts[j].IsWord() || ts[j].Lower == "and" || ts[j].Lower == "but" {
		return document.Span{Start: q.Start, End: max(q.End, q.Start+1)}
	}
	c, _ := spanOf2(ts, i, end)
	return c
}

// contentEnd is the token at which the content of frame k has to end: where the
// next attribution that is no part of it begins, or the end of the sentence.
func contentEnd(ts []lang.Token, frames []frame, k int) int {
	for _, n := range frames[k+1:] {
		start := n.from
		if n.srcTo > n.srcFrom && n.srcFrom < n.from && n.srcFrom >= frames[k].to {
			start = n.srcFrom
		}
		if start <= frames[k].to || start == 0 {
			continue
		}
		p := ts[start-1]
		shared := n.srcFrom == frames[k].srcFrom && n.srcTo > n.srcFrom
		if p.Lower == "and" || p.Lower == "but" {
			if shared || start > 1 && ts[start-2].Lower == "," {
				return start - 1
			}
		}
		if p.Lower == "," && (ts[n.head].Tag == "VBG" || ts[n.head].Lower == "according" || shared) {
			return start - 1
		}
		if ts[n.head].Lower == "according" {
			return start
		}
	}
	return clauseEnd(ts, frames[k])
}

// clauseEnd is where the clause of a cue ends before its sentence does: at a
// semicolon, colon or bracket, before "but" and its like, and after a clause
// that only leads up to the main one ("While X claims Y, Z").
func clauseEnd(ts []lang.Token, f frame) int {
	fronted := frontWord(ts[:f.head]) != "" && !hasMainClause(ts[:f.from])
	quoted := false
	for i := max(f.to, f.srcTo) + 1; i < len(ts)-1; i++ {
		t := ts[i]
		if t.Lower == `"` {
			quoted = !quoted
		}
		if quoted || ts[i-1].Lower == `"` && i == f.to+1 {
			continue
		}
		switch {
		case t.Lower == ";", t.Lower == "(" && i > f.to+2 && count(ts[i:], "(") > 0 && hasFinite(ts[i:]), t.Lower == ":" && i > f.to+3:
			return i
		case t.Lower == "," && fronted && clauseShape(ts[i+1:]) == "S" && !openers[ts[i+1].Lower]:
			return i
		case t.Lower == "," && ts[f.head].Tag == "VBG" && clauseShape(ts[i+1:]) == "V":
			return i // ", citing X, reveals"
		case t.Lower == "," && breaks[ts[i+1].Lower] && i+2 < len(ts) && clauseShape(ts[i+2:]) == "S":
			return i
		}
	}
	return len(ts)
}

// breaks are the joining words that end what is attributed more often than not.
var breaks = map[string]bool{"but": true, "while": true, "though": true, "although": true, "yet": true, "so": true, "even": true, "whereas": true}

// hasMainClause tells that a clause with its own subject ends before a comma.
func hasMainClause(ts []lang.Token) bool {
	for i := len(ts) - 1; i > 0; i-- {
		if ts[i].Lower == "," && hasFinite(ts[:i]) {
			return true
		}
	}
	return false
}

// skipAddressee steps over whom something was told, and over a day or a place
// of publication before the content.
func skipAddressee(ts []lang.Token, f frame, i int) int {
	if tells[ts[f.head].Lower] && i < len(ts) {
		if to := coreRight(ts, i); to > i {
			for to < len(ts)-1 {
				n := linkRight(ts, to)
				if n == 0 {
					break
				}
				to = n
			}
			i = to
		}
	}
	for n := 0; n < 2 && i < len(ts); n++ {
		switch {
		case timeNouns[ts[i].Lower]:
			i++
		case (ts[i].Lower == "on" || ts[i].Lower == "last" || ts[i].Lower == "this" || ts[i].Lower == "in") && i+1 < len(ts) && (timeNouns[ts[i+1].Lower] || ts[i+1].Tag == "CD"):
			i += 2
		case statementPhrase(ts[i:]) > 0:
			i += statementPhrase(ts[i:])
		}
	}
	return i
}

var tells = map[string]bool{"told": true, "tells": true, "telling": true, "tell": true, "assured": true, "reminded": true, "informed": true}

// mannerOf compares the content with the quotations.
func mannerOf(content []document.Span, quotes []document.Span) Manner {
	in, all := 0, 0
	for _, c := range content {
		all += c.Len()
		for _, q := range quotes {
			if q.Overlaps(c) {
				in += min(q.End, c.End) - max(q.Start, c.Start)
			}
		}
	}
	switch {
	case in == 0:
		return Indirect
	case in*20 >= all*19:
		return Direct
	}
	return Mixed
}

// runOn adds to each attribution the quotations that go on with it: in the next
// sentences of its paragraph, and in the paragraphs after one that ends in a
// colon or leaves a quotation open.
func runOn(doc *document.Document, sents []lang.Sentence, quotes []document.Span, as []Attribution) []Attribution {
	taken := make([]bool, len(quotes))
	cued := map[int]bool{}
	for _, a := range as {
		cued[a.sentence] = true
		for _, c := range a.Content {
			for q := range quotes {
				if quotes[q].Overlaps(c) {
					taken[q] = true
				}
			}
		}
	}
	for i := range as {
		if i+1 < len(as) && as[i+1].sentence == as[i].sentence {
			continue // the last attribution of a sentence goes on
		}
		as[i].Content = append(as[i].Content, following(doc, sents, quotes, as[i], cued, taken)...)
	}
	var out []Attribution
	for _, a := range as {
		if len(a.Content) > 0 {
			out = append(out, a)
		}
	}
	return out
}

// following lists the quotations after a's sentence that are still a's.
func following(doc *document.Document, sents []lang.Sentence, quotes []document.Span, a Attribution, cued map[int]bool, taken []bool) []document.Span {
	var out []document.Span
	s := sents[a.sentence]
	colon := strings.HasSuffix(strings.TrimSpace(doc.Text[s.Start:s.End]), ":")
	direct := len(a.Content) > 0 && quoteAt(quotes, a.Content[len(a.Content)-1].End-1) >= 0
	open := direct && leftOpen(doc, quotes, a.Content[len(a.Content)-1])
	for j := a.sentence + 1; j < len(sents); j++ {
		n := sents[j]
		newBlock := n.Block != sents[j-1].Block
		if newBlock && !colon && !open || cued[j] {
			break
		}
		if colon && doc.Blocks[n.Block].Kind == document.Quotation {
			out = append(out, n.Span)
			continue
		}
		q := quoteAt(quotes, n.Start)
		if q < 0 || taken[q] || !direct && !colon {
			if q >= 0 && taken[q] && quotes[q].Start < n.Start {
				continue // inside a quotation that is already counted
			}
			break
		}
		if quotes[q].Start < n.Start {
			continue
		}
		out = append(out, quotes[q])
		taken[q] = true
		open, colon, direct = leftOpen(doc, quotes, quotes[q]), false, true
	}
	return out
}

// leftOpen tells that a quotation runs to the end of its paragraph without a
// closing mark.
func leftOpen(doc *document.Document, quotes []document.Span, c document.Span) bool {
	q := quoteAt(quotes, c.End-1)
	if q < 0 {
		return false
	}
	t := doc.At(quotes[q])
	return !strings.HasSuffix(t, "”") && !strings.HasSuffix(t[1:], `"`) && !strings.HasSuffix(t, "’") && !strings.HasSuffix(t[1:], "'") && !strings.HasSuffix(t, "»")
}
