package mine

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/argmap/argmap/internal/lang"
)

//go:embed lexicon/source.txt
var sourceText string

//go:embed lexicon/places.txt
var placesText string

var sourceNouns = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, line := range lang.Lines(sourceText) {
		fields := strings.Fields(line)
		for _, n := range fields[1:] {
			out[n] = fields[0]
		}
	}
	return out
})

//go:embed lexicon/given.txt
var givenText string

// givenNames maps first names to the pronoun that they call for.
var givenNames = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, line := range lang.Lines(givenText) {
		fields := strings.Fields(line)
		for _, n := range fields[1:] {
			out[n] = fields[0]
		}
	}
	return out
})

var places = sync.OnceValue(func() map[string]bool { return lang.Set(placesText) })

// titles stand before a person's name and are no part of it; the value is the
// pronoun that they call for, "" for either.
var titles = map[string]string{"mr": "he", "mr.": "he", "sir": "he", "lord": "he", "mrs": "she", "mrs.": "she", "ms": "she", "ms.": "she",
	"miss": "she", "lady": "she", "dame": "she", "dr": "", "dr.": "", "prof": "", "prof.": "", "professor": "", "president": "",
	"senator": "", "sen.": "", "gov.": "", "governor": "", "rep.": "", "gen.": "", "general": "", "justice": "", "judge": "", "minister": "",
	"secretary": "", "mayor": "", "councillor": "", "captain": "", "capt.": "", "col.": "", "colonel": "", "rev.": "", "reverend": "",
	"king": "he", "queen": "she", "pope": "he", "chancellor": "", "chief": "", "commissioner": "", "attorney": "", "former": "", "sgt.": "", "lt.": ""}

// phrase is what a noun phrase says of a source.
type phrase struct {
	tokens []lang.Token
	// name are the tokens of the proper name, if there is one, without titles.
	name []lang.Token
	// description is what stands beside the name, as text.
	description string
	kind        string
	// head is the head noun in lower case, where there is no name.
	head    string
	pronoun string // he, she, they, it, who, i, we, or ""
	// calls is the pronoun that a title calls for, or "".
	calls string
}

// parsePhrase reads a source phrase; text is the document's.
func parsePhrase(ts []lang.Token, text string) phrase {
	p := phrase{tokens: ts}
	for len(ts) > 1 && (ts[len(ts)-1].Tag == "POS" || !ts[len(ts)-1].IsWord() && ts[len(ts)-1].Lower != ")") {
		ts = ts[:len(ts)-1]
	}
	if len(ts) == 1 {
		if q, ok := pronouns[ts[0].Lower]; ok {
			p.pronoun = q
			return p
		}
	}
	core, rest := splitApposition(ts)
	from, to := nameIn(core)
	before := core[:from]
	for from < to {
		call, ok := titles[core[from].Lower]
		if !ok || to-from == 1 {
			break
		}
		p.calls = call
		from++
		before = core[:from]
	}
	if n := untitled(core[from:to]); n > 0 {
		from += n
		before = core[:from]
	}
	if from < to {
		p.name = core[from:to]
	}
	p.head = headNoun(core)
	if from == to && len(rest) > 0 { // "our surveyor, Ann Lee"
		n := 0
		for n < len(rest) && nameWord(rest[n]) && rest[n].IsName() {
			n++
		}
		if n > 1 && (n == len(rest) || !rest[n].IsWord()) {
			p.name, before, rest = rest[:n], core, rest[n:]
			to = len(core)
		}
	}
	p.description = describe(before, rest, core[to:], text)
	p.kind = kindOf(p, before, rest)
	if p.kind == "document" && (from > 0 || to < len(core)) {
		p.name = nil // "a study by X": X is not the source, the study is
	}
	return p
}

var pronouns = map[string]string{"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "they": "they", "them": "they", "their": "they",
	"it": "it", "its": "it", "who": "who", "which": "who", "that": "who", "i": "i", "me": "i", "my": "i", "we": "we", "us": "we", "our": "we", "you": "you"}

// splitApposition parts "Ann Lee, the mayor of X" at its first comma.
func splitApposition(ts []lang.Token) (core, rest []lang.Token) {
	for i, t := range ts {
		if i > 0 && (t.Lower == "," || t.Lower == "(") {
			return ts[:i], ts[i+1:]
		}
	}
	return ts, nil
}

// nameIn finds the proper name in a phrase: the last run of capitalised words
// before any "of", "at" or "in" that follows a name or noun.
func nameIn(ts []lang.Token) (from, to int) {
	end := len(ts)
	for i := 1; i < len(ts); i++ {
		if ts[i].Tag != "IN" || ts[i].IsCapital() {
			continue
		}
		if ts[i].Lower != "of" || i > 1 && nameWord(ts[i-1]) && nameWord(ts[i-2]) && sourceNouns()[ts[i-1].Lower] == "" {
			end = i
			break
		}
	}
	to = end
	for to > 0 && !nameWord(ts[to-1]) {
		to--
	}
	from = to
	for from > 0 && (nameWord(ts[from-1]) || joinsName(ts, from-1)) {
		from--
	}
	for from < to && !nameWord(ts[from]) {
		from++
	}
	if from == 0 && to > 0 && to < end && !ts[0].IsName() { // a capital that only opens the sentence
		return end, end
	}
	if from == 0 && to == 1 && len(ts) > 1 && !ts[0].IsName() {
		return end, end
	}
	return from, to
}

func nameWord(t lang.Token) bool {
	if !t.IsWord() || !t.IsCapital() {
		return false
	}
	switch t.Tag {
	case "DT", "PRP$", "IN", "PRP", "CC", "WP":
		return false
	}
	return true
}

// joinsName tells that a small word stands inside a name: "University of X",
// "de la Cruz", "Smith & Sons".
func joinsName(ts []lang.Token, i int) bool {
	if i == 0 || i+1 >= len(ts) || !nameWord(ts[i-1]) || !nameWord(ts[i+1]) {
		return false
	}
	switch ts[i].Lower {
	case "of", "de", "van", "von", "al", "bin", "ibn", "&", "del", "la", "da", "and", "for", "the", "-", ".":
		return true
	}
	return false
}

// headNoun is the last noun before a preposition.
func headNoun(ts []lang.Token) string {
	head := ""
	for i, t := range ts {
		if (t.Tag == "IN" || t.Tag == "TO" || t.Tag == "WP" || t.Tag == "WDT") && i > 0 && head != "" {
			break
		}
		if t.IsNoun() || t.Tag == "CD" || pronominal[t.Lower] || sourceNouns()[t.Lower] != "" {
			head = t.Lower
		}
	}
	return head
}

// describe joins what stands before the name and in apposition to it.
func describe(before, rest, after []lang.Token, text string) string {
	if n := len(before); n > 0 && !before[n-1].IsNoun() && before[n-1].Tag != "JJ" && !before[n-1].IsCapital() {
		before = nil
	}
	for len(before) > 0 && (before[0].Tag == "DT" || !before[0].IsWord()) {
		before = before[1:]
	}
	for len(rest) > 0 && (rest[0].Tag == "DT" || rest[0].Tag == "WP" || rest[0].Tag == "WDT" || !rest[0].IsWord()) {
		rest = rest[1:]
	}
	var parts []string
	for _, ts := range [][]lang.Token{before, after, rest} {
		for len(ts) > 0 && !ts[len(ts)-1].IsWord() {
			ts = ts[:len(ts)-1]
		}
		if len(ts) > 0 && describes(ts) {
			parts = append(parts, strings.Join(strings.Fields(text[ts[0].Start:ts[len(ts)-1].End]), " "))
		}
	}
	return strings.Join(parts, ", ")
}

// describes tells that words can stand as a description: a noun by itself, or
// several words that begin as descriptions do.
func describes(ts []lang.Token) bool {
	first := ts[0]
	if isTitle(first) && len(ts) == 1 {
		return first.IsNoun() && len(first.Lower) > 3 // "Dr" says nothing, "mayor" does
	}
	if first.IsNoun() || first.IsCapital() {
		return true
	}
	switch first.Tag {
	case "JJ", "VBN", "IN", "VBZ", "VBD", "CD", "RB":
		return len(ts) > 1
	}
	return false
}

// kindOf tells what a phrase names from its nouns and the shape of its name.
func kindOf(p phrase, before, rest []lang.Token) string {
	head := sourceNouns()[p.head]
	if len(p.name) == 0 {
		if head == "" && strings.HasSuffix(p.head, "s") {
			return "group"
		}
		return head
	}
	named := p.head == p.name[len(p.name)-1].Lower // the head noun is part of the name
	switch {
	case places()[strings.TrimPrefix(spaced(p.name), "the ")]:
		return "place"
	case !named && (head == "document" || head == "unnamed"):
		return head
	}
	if k := kindOfName(p.name); k != "" {
		return k
	}
	switch {
	case kindAmong(before, "person") || kindAmong(rest, "person") || p.calls != "":
		return "person"
	case head == "organization" || head == "group":
		return head
	case len(before) > 0 && before[0].Lower == "the":
		return "organization"
	}
	return "person"
}

// kindOfName tells what a proper name by itself names, or "" where its shape
// does not say.
func kindOfName(name []lang.Token) string {
	nouns, text := sourceNouns(), spaced(name)
	switch last := nouns[name[len(name)-1].Lower]; {
	case last == "organization" || last == "document", len(name) > 1 && nouns[name[0].Lower] == "organization":
		return "organization"
	case last == "person":
		return "person"
	case last == "group", strings.Contains(text, " and ") && len(name) > 3:
		return "group"
	case len(name) == 1 && acronym(name[0].Text), strings.Contains(text, " of "), strings.Contains(text, " for "):
		return "organization"
	}
	return ""
}

func kindAmong(ts []lang.Token, kind string) bool {
	for _, t := range ts {
		if sourceNouns()[t.Lower] == kind {
			return true
		}
	}
	return false
}

func acronym(s string) bool {
	return len(s) >= 2 && len(s) <= 6 && strings.ToUpper(s) == s && strings.ToLower(s) != s
}

// spaced is the tokens in lower case, parted by spaces.
func spaced(ts []lang.Token) string {
	var parts []string
	for _, t := range ts {
		parts = append(parts, t.Lower)
	}
	return strings.Join(parts, " ")
}
