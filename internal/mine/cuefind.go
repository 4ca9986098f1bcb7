package mine

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
)

//go:embed lexicon/report.txt
var reportText string

var reportVerbs = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, line := range lang.Lines(reportText) {
		for _, w := range strings.Fields(line) {
			out[w] = true
		}
	}
	return out
})

func isReportVerb(word string) bool { return reportVerbs()[word] }

// cueHead is the word of a sentence that says that something is attributed, with
// the words around it that belong to the cue: tokens from to to.
type cueHead struct {
	head, from, to int
	probability    float64
}

// cueHeads finds the cues of a sentence, in order, not overlapping.
func cueHeads(s lang.Sentence, quotes []document.Span, speech string) []cueHead {
	var out []cueHead
	end := 0
	for i := range s.Tokens {
		if i < end || !canHead(s.Tokens, i) || s.Tokens[i].Lower == ":" && len(out) > 0 {
			continue // a colon behind a cue belongs to it
		}
		p := cueModel().Probability(headCues(s, i, quotes, speech))
		if perspective(s.Tokens, i) || asNamed(s.Tokens, i) {
			p = max(p, frameProbability)
		}
		if p < cueThreshold {
			continue
		}
		from, to := cueGroup(s.Tokens, i)
		if from < end {
			from = end
		}
		out = append(out, cueHead{i, from, to, p})
		end = to
	}
	return out
}

// cueThreshold is where precision and recall of "who said what" meet on the
// development articles; PolNeAR's news would bear a lower one.
const cueThreshold = 0.45

// perspective recognises "from X's perspective", "in her view".
func perspective(ts []lang.Token, i int) bool {
	switch ts[i].Lower {
	case "perspective", "viewpoint", "view", "opinion", "telling", "words", "judgment", "judgement", "estimation", "reckoning", "eyes":
		return i > 1 && (ts[i-1].Tag == "POS" && opensPhrase(ts, i) || ts[i-1].Tag == "PRP$" && (ts[i-2].Lower == "in" || ts[i-2].Lower == "from" || ts[i-2].Lower == "to"))
	}
	return false
}

// opensPhrase tells that "from", "in" or "to" opens the phrase that ends at i.
func opensPhrase(ts []lang.Token, i int) bool {
	for j := i - 1; j >= max(0, i-6); j-- {
		switch ts[j].Lower {
		case "from", "in", "to":
			return true
		}
		if ts[j].IsVerb() || !ts[j].IsWord() {
			return false
		}
	}
	return false
}

// asNamed recognises "as the economist Ann Lee put it,": a clause that only names
// someone with name and profession, whatever its verb.
func asNamed(ts []lang.Token, i int) bool {
	if !ts[i].IsFinite() || asFrame(ts, i) == "" {
		return false
	}
	from, to, ok := phraseLeft(ts, groupStart(ts, i), 0)
	if !ok {
		return false
	}
	profession, name := false, false
	for _, t := range ts[from:to] {
		kind := sourceNouns()[t.Lower]
		profession = profession || kind == "person" || kind == "group"
		name = name || t.IsName() && kind == ""
	}
	return profession && name
}

// frameProbability is set by hand: sure enough to be kept, no surer.
const frameProbability = 0.6

// cueNouns are words other than verbs that can head a cue.
var cueNouns = map[string]bool{"according": true, "reportedly": true, "allegedly": true, "claim": true, "claims": true, "view": true,
	"views": true, "support": true, "criticism": true, "call": true, "calls": true, "statement": true, "report": true, "reports": true,
	"accusation": true, "accusations": true, "allegation": true, "allegations": true, "suggestion": true, "promise": true, "promises": true,
	"opposition": true, "concern": true, "concerns": true, "fear": true, "fears": true, "belief": true, "argument": true, "warning": true,
	"supporter": true, "supporters": true, "opponent": true, "question": true, "questions": true, "complaint": true, "complaints": true,
	"endorsement": true, "pledge": true, "plan": true, "plans": true, "decision": true, "vow": true, "demand": true, "demands": true,
	"perspective": true, "opinion": true, "viewpoint": true, "telling": true, "words": true, "judgment": true, "judgement": true, "estimation": true, "reckoning": true, "eyes": true, "assertion": true, "apparently": true, "supposedly": true, "notes": true, "shows": true, "says": true}

// canHead tells whether a token can head a cue: a verb that is no auxiliary of
// another, or one of a few other words.
func canHead(tokens []lang.Token, i int) bool {
	t := tokens[i]
	if cueNouns[t.Lower] {
		return true
	}
	if t.Lower == ":" {
		return i > 0 && i < len(tokens)-1
	}
	if !t.IsVerb() && !(isReportVerb(t.Lower) && t.IsWord()) {
		return false
	}
	if !auxiliary[t.Lower] {
		return true
	}
	return !hasMainVerb(tokens, i)
}

var auxiliary = map[string]bool{"has": true, "have": true, "had": true, "was": true, "were": true, "is": true, "are": true, "been": true,
	"be": true, "being": true, "did": true, "do": true, "does": true, "'s": true, "'ve": true, "'d": true, "'re": true, "'m": true, "am": true}

// hasMainVerb tells whether an auxiliary at i is followed by the verb it helps.
func hasMainVerb(tokens []lang.Token, i int) bool {
	for j := i + 1; j < len(tokens) && j <= i+4; j++ {
		t := tokens[j]
		switch {
		case t.IsVerb():
			return true
		case t.Tag == "RB" || t.Tag == "MD" || t.Lower == "n't":
		default:
			return false
		}
	}
	return false
}

// headCues describes a token as the head of a cue.
//
// speech is how much of the text reports speech, as speechShare names it: what
// is an attribution in a news story ("wants", "hopes") is the author's own words
// in an essay.
func headCues(s lang.Sentence, i int, quotes []document.Span, speech string) []string {
	ts := s.Tokens
	t, word := ts[i], plainWord(ts[i])
	next, prev := wordClass(ts, i+1), wordClass(ts, groupStart(ts, i)-1)
	cues := append(make([]string, 0, 32), "bias", "w "+word, "tag "+t.Tag, "next "+next, "prev "+prev,
		"w "+word+" next "+next, "tag "+t.Tag+" next "+next, "tag "+t.Tag+" prev "+prev, "prev "+prev+" next "+next)
	if i+1 < len(ts) {
		cues = append(cues, "nw "+plainWord(ts[i+1]), "w "+word+" nw "+plainWord(ts[i+1]))
	}
	if i > 0 {
		cues = append(cues, "pw "+plainWord(ts[i-1]), "w "+word+" prev "+prev)
	}
	if len(t.Lower) > 3 {
		cues = append(cues, "suf "+t.Lower[len(t.Lower)-3:])
	}
	report := isReportVerb(t.Lower)
	inside := quoteAt(quotes, t.Start) >= 0
	before, after := quoteBefore(s, i, quotes), quoteAfter(s, i, quotes)
	for _, f := range [...]struct {
		name string
		on   bool
	}{{"report", report}, {"inside quote", inside}, {"quote before", before}, {"quote after", after}, {"first", i == 0},
		{"no quote", !before && !after}} {
		if f.on {
			cues = append(cues, f.name, f.name+" tag "+t.Tag)
			if report {
				cues = append(cues, f.name+" report")
			}
			if f.name != "report" {
				cues = append(cues, f.name+" w "+word)
			}
		}
	}
	subject := subjectClass(ts, i)
	cues = append(cues, "subject "+subject, "subject "+subject+" tag "+t.Tag, "subject "+subject+" next "+next)
	if report {
		cues = append(cues, "subject "+subject+" report")
	} else {
		cues = append(cues, "subject "+subject+" w "+word)
	}
	if frame := asFrame(ts, i); frame != "" {
		cues = append(cues, frame, frame+" tag "+t.Tag)
	}
	if i > 0 && ts[i-1].Lower == "to" && t.Tag == "VB" {
		cues = append(cues, "infinitive after "+wordClass(ts, i-2), "infinitive w "+word)
	}
	cues = append(cues, "speech "+speech, "speech "+speech+" tag "+t.Tag, "speech "+speech+" prev "+prev)
	if report {
		cues = append(cues, "speech "+speech+" report", "speech "+speech+" report next "+next)
	} else {
		cues = append(cues, "speech "+speech+" no report next "+next, "speech "+speech+" w "+word)
	}
	if i+2 < len(ts) {
		cues = append(cues, "next2 "+wordClass(ts, i+2)+" next "+next)
	}
	return cues
}

// plainWord is a word as the models may see it: a name is only a name, so that no
// weight belongs to a person or place.
func plainWord(t lang.Token) string {
	if t.IsName() || t.IsCapital() && !isReportVerb(t.Lower) && !functionWord(t) && !auxiliary[t.Lower] {
		return "Name"
	}
	return t.Lower
}

// subjectClass names what stands where the subject of a verb would: a pronoun, a
// name, or the kind of source that its noun names.
func subjectClass(ts []lang.Token, i int) string {
	start := groupStart(ts, i)
	from, to, ok := phraseLeft(ts, skipLeft(ts, start, 0), 0)
	if !ok {
		return "none"
	}
	if governed(ts, from) {
		return "governed"
	}
	if to-from == 1 && (ts[from].Tag == "PRP" || ts[from].Tag == "WP" || ts[from].Tag == "WDT" || ts[from].Tag == "DT") {
		return ts[from].Lower
	}
	kind := ""
	for _, t := range ts[from:to] {
		if t.Lower == "," || t.Tag == "IN" && kind != "" {
			break
		}
		switch k := sourceNouns()[t.Lower]; {
		case k != "":
			kind = k
		case t.IsName() && kind == "":
			kind = "name"
		}
	}
	if kind == "" {
		return "other"
	}
	return kind
}

// speechShare names how many of a text's words are verbs of reporting with a
// name or pronoun or quotation beside them.
func speechShare(sents []lang.Sentence) string {
	said, all := 0, 1
	for _, s := range sents {
		all += len(s.Tokens)
		for _, t := range s.Tokens {
			switch t.Lower {
			case "said", "says", "told", "added", "according", "asked", "wrote":
				said++
			}
		}
	}
	switch share := float64(said) / float64(all); {
	case share < 0.001:
		return "none"
	case share < 0.004:
		return "little"
	case share < 0.009:
		return "some"
	}
	return "much"
}

// asFrame recognises "as Smith observed," and its like: a clause that only
// names the source of what stands around it.
func asFrame(ts []lang.Token, i int) string {
	if i+1 < len(ts) && ts[i+1].IsWord() && ts[i+1].Tag != "IN" && ts[i+1].Tag != "RB" {
		return ""
	}
	for j := i - 1; j >= max(0, i-8); j-- {
		switch {
		case ts[j].Lower == "as":
			if j == 0 || !ts[j-1].IsWord() || ts[j-1].Tag == "CC" || ts[j-1].Lower == "yet" {
				return "as frame"
			}
			return ""
		case ts[j].IsVerb() || ts[j].Lower == ",":
			return ""
		}
	}
	return ""
}

// wordClass names a token by what matters to attribution.
func wordClass(ts []lang.Token, i int) string {
	if i < 0 {
		return "start"
	}
	if i >= len(ts) {
		return "end"
	}
	switch t := ts[i]; t.Lower {
	case "that", "to", "for", "of", "about", "by", "as", "on", "in", "what", "how", "who", "whether", "it", "i", "we", "you", "he", "she", "they":
		return t.Lower
	case `"`, "'":
		return "quote"
	default:
		if !t.IsWord() {
			return t.Lower
		}
		return t.Tag
	}
}

func quoteBefore(s lang.Sentence, i int, quotes []document.Span) bool {
	for j := i - 1; j >= max(0, i-8); j-- {
		if q := quoteAt(quotes, s.Tokens[j].Start); q >= 0 {
			return quotes[q].End <= s.Tokens[i].Start && j > 0
		}
	}
	return false
}

func quoteAfter(s lang.Sentence, i int, quotes []document.Span) bool {
	for j := i + 1; j < min(len(s.Tokens), i+9); j++ {
		if q := quoteAt(quotes, s.Tokens[j].Start); q >= 0 {
			return quotes[q].Start >= s.Tokens[i].End
		}
	}
	return false
}

// cueGroup widens a head to the verb group and what belongs to it: "has also
// said", "called for", "declined to", "said in a statement".
func cueGroup(ts []lang.Token, i int) (from, to int) {
	from, to = groupStart(ts, i), i+1
	if !ts[i].IsVerb() && !isReportVerb(ts[i].Lower) && ts[i].Tag != "RB" {
		from = i
	}
	switch {
	case ts[i].Lower == "according":
		if to < len(ts) && ts[to].Lower == "to" {
			to++
		}
		return from, to
	case ts[i].Lower == ":" || !ts[i].IsVerb():
		return from, to
	}
	if n := statementPhrase(ts[to:]); n > 0 {
		return from, to + n
	}
	if to < len(ts) && tails[ts[to].Lower] && !(ts[to].Lower == "to" && takesClause[ts[i].Lower]) && !(ts[to].Lower == "on" && to+1 < len(ts) && (timeNouns[ts[to+1].Lower] || ts[to+1].Tag == "CD")) {
		to++
	}
	return from, to
}

// tails are the particles and prepositions that a cue takes in: what they
// govern is the content.
var tails = map[string]bool{"to": true, "for": true, "about": true, "out": true, "as": true, "against": true, "with": true, "on": true, "of": true, "up": true}

// takesClause are the verbs whose "to" opens the content.
var takesClause = map[string]bool{"want": true, "wants": true, "wanted": true, "urged": true, "urge": true, "asked": true, "told": true,
	"hope": true, "hopes": true, "hoped": true, "vowed": true, "promised": true, "pledged": true, "ordered": true, "asks": true, "plans": true, "expected": true}

// statementPhrase counts the words of "in a statement", "in an interview", "on Twitter".
func statementPhrase(ts []lang.Token) int {
	if len(ts) < 2 || ts[0].Lower != "in" && ts[0].Lower != "on" {
		return 0
	}
	i := 1
	for i < len(ts) && i < 4 && (ts[i].Tag == "DT" || ts[i].Tag == "JJ" || ts[i].Tag == "VBN" || ts[i].IsName()) {
		if media[ts[i].Lower] {
			return i + 1
		}
		i++
	}
	if i < len(ts) && media[ts[i].Lower] {
		return i + 1
	}
	return 0
}

var media = map[string]bool{"statement": true, "interview": true, "twitter": true, "facebook": true, "speech": true, "tweet": true, "post": true,
	"letter": true, "email": true, "op-ed": true, "memo": true, "report": true, "press": true}

// groupStart is the first token of the verb group that ends in the verb at i.
func groupStart(ts []lang.Token, i int) int {
	from := i
	for j := i - 1; j >= 0; j-- {
		t := ts[j]
		switch {
		case auxiliary[t.Lower] || t.Tag == "MD" || t.Lower == "n't" || t.Lower == "not" || t.Lower == "to" && ts[i].Tag == "VB":
			from = j
		case t.Tag == "RB" && t.Lower != "however" && t.Lower != "so":
			from = min(from, j)
		default:
			return skipAdverbs(ts, from, i)
		}
	}
	return skipAdverbs(ts, from, i)
}

// skipAdverbs leaves out adverbs that open the clause rather than the verb group.
func skipAdverbs(ts []lang.Token, from, i int) int {
	for from == 0 && from < i && ts[from].Tag == "RB" {
		from++
	}
	return from
}
