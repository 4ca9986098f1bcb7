package mine

import (
	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/learn"
)

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
		if ts[f.head].Tag == "VBG" && ts[f.head].Lower != "according" || end < 4 || !hasFinite(ts[:end-1]) || f.srcFrom == f.srcTo && ts[f.head].Lower != "according" {
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
	i := skipAddressee(ts, f, max(f.to, f.srcTo))
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
	if second { // "…," she told the board, "…"; but not "…," she said, packing up
		for j := i; j < min(end, i+10); j++ {
			if q := quoteAt(quotes, ts[j].Start); q >= 0 && quotes[q].Start == ts[j].Start && (ts[j-1].Lower == "," || ts[j-1].Lower == ":") {
				return quotes[q], true
			}
		}
		return document.Span{}, false
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
