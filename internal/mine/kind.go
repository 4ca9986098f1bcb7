package mine

import (
	"strings"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/lang"
)

// Strength is how strongly a recommendation is put.
type Strength uint8

// The strengths, weakest first.
const (
	NoStrength Strength = iota
	Could
	Should
	Must
)

// kindCues describes a unit as a recommendation or a claim: the rules of
// lexicon/kind.cues that fire in it, where they fire, and what the list that it
// stands in demands.
func (m *miner) kindCues(g segment) (cues []string, matches []lang.Match) {
	ts := m.sents[g.sentence].Tokens[g.from:g.to]
	c := newSet()
	c.add("bias")
	matches = kindPatterns().Find(ts)
	end := m.endMark(g)
	inside := quoteAt(m.quotes, g.Start) >= 0
	for _, x := range matches {
		c.add(x.Rule)
		if end == "?" {
			c.add(x.Rule, "in question")
		}
		if inside {
			c.add(x.Rule, "in quotation")
		}
		if g.fronted != "" {
			c.add(x.Rule, "fronted")
		}
	}
	for i := range matches {
		for j := range matches[:i] {
			a, b := matches[j].Rule, matches[i].Rule
			if a != b && (strings.HasPrefix(a, "not.") != strings.HasPrefix(b, "not.") || strings.HasPrefix(a, "subject.") || strings.HasPrefix(b, "subject.") || strings.HasPrefix(a, "imp.") && strings.HasPrefix(b, "imp.")) {
				if a > b {
					a, b = b, a
				}
				c.add(a, "+", b)
			}
		}
	}
	m.kindContext(c, g, ts, end)
	return c.names, matches
}

func (m *miner) kindContext(c *set, g segment, ts []lang.Token, end string) {
	c.add("end", end)
	block := m.doc.Blocks[m.sents[g.sentence].Block]
	c.add("block", block.Kind.String())
	if g.fronted != "" {
		c.add("fronted", g.fronted)
	}
	first := firstWord(ts)
	imperative := first.Tag == "VB" || first.Tag == "VBP" && !isSubjectBefore(ts)
	if imperative {
		c.add("bare verb")
		c.add("bare verb", block.Kind.String())
		if imperativeVerbs()[first.Lower] {
			c.add("bare verb known")
		}
	}
	if !hasFinite(ts) {
		c.add("no finite verb")
		if imperative {
			c.add("bare verb, no finite verb")
		}
	}
	if block.LeadIn >= 0 {
		lead := m.leadIn(block)
		c.add("list item")
		switch {
		case m.demands(lead):
			c.add("item of a demand")
			switch {
			case imperative || first.Tag == "TO":
				c.add("item of a demand, bare verb")
			case clauseShape(ts) == "S":
				c.add("item of a demand, own subject")
			}
		case imperative:
			c.add("item, bare verb")
		}
	}
	if m.youShare > 0.008 {
		c.add("text addresses you")
		if imperative {
			c.add("text addresses you, bare verb")
		}
	}
	if quoteAt(m.quotes, g.Start) >= 0 {
		c.add("in quotation")
	}
	if g.sentence >= len(m.sents)*4/5 {
		c.add("last fifth")
	}
	if words(ts) <= 3 {
		c.add("very short")
	}
}

func firstWord(ts []lang.Token) lang.Token {
	for _, t := range ts {
		if t.IsWord() && t.Tag != "CC" && t.Tag != "RB" {
			return t
		}
	}
	return ts[0]
}

// isSubjectBefore tells that a subject stands before the first verb.
func isSubjectBefore(ts []lang.Token) bool {
	for _, t := range ts {
		switch {
		case t.IsVerb() || t.Tag == "MD":
			return false
		case t.IsNoun() || t.Tag == "PRP" || t.Tag == "DT" || t.Tag == "EX":
			return true
		}
	}
	return true
}

// leadIn returns the words of the sentence that introduces the list of a block.
func (m *miner) leadIn(b document.Block) []lang.Token {
	if i := m.lastOf[b.LeadIn]; i >= 0 {
		return m.sents[i].Tokens
	}
	return nil
}

// bound tells that a unit cannot be a recommendation, whatever it looks like: it
// is a list item without a modal of its own, and what introduces the list asks
// for nothing ("such a move would serve three goals:").
func (m *miner) bound(g segment, matches []lang.Match) bool {
	b := m.doc.Blocks[m.sents[g.sentence].Block]
	if b.LeadIn < 0 {
		return false
	}
	for _, x := range matches {
		if strings.HasPrefix(x.Rule, "modal.") {
			return false
		}
	}
	lead := m.leadIn(b)
	return hasFinite(lead) && !m.demands(lead)
}

// inherits tells that a unit is a recommendation by its lead-in: the sentence
// that introduces the list says that someone should, and the item only says what.
func (m *miner) inherits(g segment) bool {
	b := m.doc.Blocks[m.sents[g.sentence].Block]
	if b.LeadIn < 0 || ownSubject(m.sents[g.sentence].Tokens[g.from:g.to]) && !m.labelled(g) {
		return false
	}
	first := g.sentence == 0 || m.sents[g.sentence-1].Block != m.sents[g.sentence].Block
	if !first {
		return false // a later sentence of the item explains it
	}
	for _, x := range kindPatterns().Find(m.leadIn(b)) {
		if f := family(x.Rule); inherited[f] {
			return true
		}
	}
	return false
}

// ownSubject tells that an item is a sentence with a subject of its own. A bare
// noun in front is more often a verb that the tagger did not know: "cap prices".
func ownSubject(ts []lang.Token) bool {
	return clauseShape(ts) == "S" && firstWord(ts).Tag != "NN"
}

// inherited are the families of rules that pass from a lead-in to its items.
var inherited = map[string]bool{"modal.should": true, "modal.must": true, "modal.ought": true, "modal.need": true, "modal.haveto": true,
	"call.we": true, "call.report": true, "call.recommend": true, "let.us": true}

// labelled tells that an item opens with a label: "Regional ties: deepen …".
func (m *miner) labelled(g segment) bool {
	ts := m.sents[g.sentence].Tokens[g.from:g.to]
	return count(ts[:min(len(ts), 8)], ":") > 0
}

// demands tells that a sentence asks for what the list behind it names.
func (m *miner) demands(lead []lang.Token) bool {
	return len(lead) > 0 && len(demandPatterns().Find(lead)) > 0
}

// strengthOf is how strongly the rules that fired put a recommendation.
func strengthOf(matches []lang.Match) Strength {
	s := NoStrength
	for _, x := range matches {
		s = max(s, strengths[family(x.Rule)])
	}
	if s == NoStrength {
		return Should
	}
	return s
}

// family is the first two parts of a rule's name.
func family(rule string) string {
	parts := strings.SplitN(rule, ".", 3)
	return strings.Join(parts[:min(2, len(parts))], ".")
}

var strengths = map[string]Strength{
	"modal.must": Must, "modal.haveto": Must, "modal.need": Must, "modal.cannot": Must, "answer.alternative": Must, "answer.cannot": Must, "answer.compel": Must,
	"imp.never": Must, "imp.dont": Must, "call.we": Should, "modal.should": Should, "modal.ought": Should, "answer.is": Should,
	"time.to": Should, "time.that": Should, "let.us": Should, "imp.first": Should, "imp.verb": Should, "call.report": Should,
	"call.appeal": Should, "call.recommend": Should, "modal.couldshould": Could, "modal.could": Could, "modal.would": Could, "modal.wish": Could,
}

// addressee finds who should act: the subject of the modal, the object of the
// request, or the one that the list's lead-in names. It returns an empty span
// where the text does not say.
func (m *miner) addressee(g segment, matches []lang.Match) document.Span {
	ts := m.sents[g.sentence].Tokens[g.from:g.to]
	if s := addresseeIn(ts, matches); s.Len() > 0 {
		return s
	}
	if b := m.doc.Blocks[m.sents[g.sentence].Block]; b.LeadIn >= 0 {
		if lead := m.leadIn(b); len(lead) > 0 {
			return addresseeIn(lead, kindPatterns().Find(lead))
		}
	}
	return document.Span{}
}

func addresseeIn(ts []lang.Token, matches []lang.Match) document.Span {
	for _, x := range matches {
		switch f := family(x.Rule); {
		case strings.HasPrefix(f, "modal.") && f != "modal.wish" && f != "modal.would":
			at := x.From
			for at < x.To && !ts[at].IsFinite() && !deontic[ts[at].Lower] {
				at++
			}
			if from, to, ok := phraseLeft(ts, skipLeft(ts, at, 0), 0); ok && !passiveAfter(ts, at) && canAct(ts[from:to]) {
				return spanOf(ts[from:to])
			}
		case f == "call.report" || f == "call.we":
			if i := objectAt(ts, x); i >= 0 {
				if to := coreRight(ts, i); to > i {
					return spanOf(ts[i:to])
				}
			}
		case f == "time.to" || f == "time.for":
			for i := x.From; i < x.To; i++ {
				if ts[i].Lower == "for" {
					if to := coreRight(ts, i+1); to > i+1 {
						return spanOf(ts[i+1 : to])
					}
				}
			}
		case f == "imp.comma":
			return spanOf(ts[x.From : x.From+1])
		}
	}
	return document.Span{}
}

// objectAt is where the one who is asked stands: after the verb and "on".
func objectAt(ts []lang.Token, x lang.Match) int {
	for i := x.From; i < len(ts) && i < x.From+6; i++ {
		if ts[i].IsVerb() || isReportVerb(ts[i].Lower) {
			i++
			for i < len(ts) && (ts[i].Lower == "on" || ts[i].Lower == "upon") {
				i++
			}
			if i < len(ts) && (ts[i].IsNoun() || ts[i].Tag == "DT" || ts[i].Tag == "PRP$" || ts[i].Tag == "JJ" || ts[i].Tag == "PRP") {
				return i
			}
			return -1
		}
	}
	return -1
}

// deontic are the modals that a tagger can take for nouns.
var deontic = map[string]bool{"ought": true, "need": true, "needs": true, "must": true}

// passiveAfter tells that the modal at token i is followed by a passive, whose
// subject is not the one to act.
func passiveAfter(ts []lang.Token, i int) bool {
	for j := i + 1; j < min(len(ts)-1, i+5); j++ {
		if ts[j].Lower == "be" || ts[j].Lower == "been" {
			return ts[j+1].Tag == "VBN" || ts[j+1].Tag == "VBD" || j+2 < len(ts) && ts[j+1].Tag == "RB" && ts[j+2].Tag == "VBN"
		}
	}
	return false
}

// canAct tells that a phrase names someone: a person or body by its noun, a name,
// or a pronoun for people.
func canAct(ts []lang.Token) bool {
	if len(ts) == 1 {
		switch ts[0].Lower {
		case "we", "you", "they", "he", "she", "i", "everyone", "everybody", "somebody", "someone", "all":
			return true
		}
		if ts[0].Tag == "PRP" || ts[0].Tag == "DT" || ts[0].Tag == "EX" || ts[0].Tag == "WDT" || ts[0].Tag == "WP" {
			return false
		}
	}
	core, _ := splitApposition(ts)
	if from, to := nameIn(core); from < to {
		return true
	}
	head := headNoun(core)
	if kind := sourceNouns()[head]; kind != "" && kind != "document" {
		return true
	}
	for _, suffix := range []string{"er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "men", "women", "people", "folk", "ents", "ants"} {
		if strings.HasSuffix(head, suffix) && len(head) > 4 {
			return true
		}
	}
	return false
}
