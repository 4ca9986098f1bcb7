package mine

import (
	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
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
	// How sure it is that the words of cue, source and content are such, and that
	// the source is the cue's.
	cueSure, sourceWords, sourceSure, contentSure float64
}

// HasSource reports whether the text names who speaks.
func (a Attribution) HasSource() bool { return a.Source.Len() > 0 }

// extent is the stretch from the first to the last byte of all that belongs to
// the attribution.
func (a Attribution) extent() document.Span {
	e := a.Cue
	for _, s := range append([]document.Span{a.Source}, a.Content...) {
		if s.Len() > 0 {
			e = document.Span{Start: min(e.Start, s.Start), End: max(e.End, s.End)}
		}
	}
	return e
}

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
		if f, t, ok := agent(ts, h); ok || passive(ts, h) {
			return f, t, false
		}
	case w == "reportedly" || w == "allegedly" || w == "apparently" || w == "supposedly":
		return 0, 0, false
	}
	if inverted(s, h, quotes) {
		if e, ok := phraseRight(ts, h.to); ok {
			return h.to, e, false
		}
	}
	if !ts[h.head].IsVerb() && w != ":" && !verbLike(ts, h.head) { // "her claim that"
		if h.from > 0 && (ts[h.from-1].Tag == "POS" || ts[h.from-1].Tag == "PRP$") {
			return coreLeft(ts, h.from, floor), h.from, true
		}
		return 0, 0, false
	}
	if ts[h.from].Lower != "to" { // the subject of "to say" is that of another verb
		if f, t, ok := phraseLeft(ts, skipLeft(ts, h.from, floor), floor); ok && !governed(ts, f) {
			return f, t, true
		}
	}
	return sharedSubject(ts, h, earlier, floor)
}

// agent finds the phrase behind the "by" of a passive.
func agent(ts []lang.Token, h cueHead) (from, to int, ok bool) {
	for j := h.to - 1; j < min(len(ts), h.to+6); j++ {
		if ts[j].Lower == "by" {
			if e, ok := phraseRight(ts, j+1); ok {
				return j + 1, e, true
			}
		}
	}
	return 0, 0, false
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
	if h.from-1 > floor && ts[h.from-1].Lower == "," && ts[h.head].Tag == "VBG" && !hasFinite(ts[floor:h.from]) {
		if f, t, ok := phraseLeft(ts, h.from-1, floor); ok && !governed(ts, f) {
			return f, t, true // "a report, citing X, reveals"
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
	if p.Lower == "," && !quoteBefore(s, h.head, quotes) {
		if from, _, ok := phraseLeft(ts, h.from, 0); ok && from <= openingJoin(ts) || !hasFinite(ts[:h.from]) {
			return false // what stands before is the subject, not the content
		}
	}
	if p.Lower != "," && p.Lower != `"` && p.Lower != "'" && quoteAt(quotes, p.Start) < 0 {
		return false
	}
	return n.IsNoun() || n.Tag == "DT" || n.Tag == "PRP$" || n.Tag == "JJ" || n.Tag == "PRP" || n.Tag == "CD" || n.IsCapital()
}
