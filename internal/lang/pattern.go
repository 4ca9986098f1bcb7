package lang

import (
	"fmt"
	"slices"
	"strings"
)

// Patterns is a table of phrases to look for in a sequence of tokens. Each line
// of its text form is a rule's name, a tab, and a pattern: elements separated by
// spaces, each of which stands for one token unless said otherwise.
//
//	should|must   one of these words, in lower case
//	<VB|VBP>      a word with one of these tags
//	ask|put<VB>   one of these words with one of these tags
//	who|<NNP>     one of these words, or a word with one of these tags
//	_             any word
//	*             up to three words, but no mark
//	^             no token: the start of the sequence, but for a joining word or adverb
//	$             no token: the end of the sequence, but for punctuation
//	!x            no token: what follows is not x
//	?x            x, or nothing; x stands for one token
type Patterns struct {
	byWord map[string][]pattern
	other  []pattern
}

type pattern struct {
	rule  string
	elems []element
}

type element struct {
	words, tags   []string
	either        bool // words or tags, not both
	any, gap      bool
	start, end    bool
	not, optional bool
}

// Match is where a rule fired: tokens From to To of the sequence, To exclusive.
type Match struct {
	Rule     string
	From, To int
}

// ParsePatterns reads the text form of a table.
func ParsePatterns(text string) (*Patterns, error) {
	p := &Patterns{byWord: map[string][]pattern{}}
	for _, line := range Lines(text) {
		rule, rest, ok := strings.Cut(line, "\t")
		fields := strings.Fields(rest)
		if !ok || len(fields) == 0 {
			return nil, fmt.Errorf("reading patterns: %q is not a rule, a tab and a pattern", line)
		}
		pat := pattern{rule: rule}
		takes := false
		for _, f := range fields {
			e, err := parseElement(f)
			if err != nil {
				return nil, fmt.Errorf("reading patterns: %q: %w", line, err)
			}
			pat.elems = append(pat.elems, e)
			takes = takes || !e.start && !e.end && !e.not && !e.gap
		}
		if !takes {
			return nil, fmt.Errorf("reading patterns: %q asks for no token", line)
		}
		first := pat.elems[0]
		if len(first.words) == 0 || first.either || first.not || first.optional {
			p.other = append(p.other, pat)
			continue
		}
		for _, w := range first.words {
			p.byWord[w] = append(p.byWord[w], pat)
		}
	}
	return p, nil
}

// MustPatterns is ParsePatterns for tables that are part of the program.
func MustPatterns(text string) *Patterns {
	p, err := ParsePatterns(text)
	if err != nil {
		panic(err)
	}
	return p
}

func parseElement(f string) (element, error) {
	var e element
	x := f
	if len(x) > 1 && (x[0] == '!' || x[0] == '?') {
		e.not, e.optional = x[0] == '!', x[0] == '?'
		x = x[1:]
	}
	switch x {
	case "_":
		e.any = true
	case "*":
		e.gap = true
	case "^":
		e.start = true
	case "$":
		e.end = true
	default:
		return e, e.parseChoice(x)
	}
	if e.optional && !e.any || e.not && e.gap {
		return e, fmt.Errorf("%q: %q stands before one token", f, f[:1])
	}
	return e, nil
}

// parseChoice reads "word|word", "<TAG|TAG>", both in a row, or both with "|"
// between them.
func (e *element) parseChoice(x string) error {
	words, tags, tagged := strings.Cut(x, "<")
	if tagged {
		tags, closed := strings.CutSuffix(tags, ">")
		if e.tags = strings.Split(tags, "|"); !closed || slices.Contains(e.tags, "") {
			return fmt.Errorf("%q: tags stand as <TAG|TAG>", x)
		}
		if words == "" {
			return nil
		}
		words, e.either = strings.CutSuffix(words, "|")
	}
	e.words = strings.Split(words, "|")
	for _, w := range e.words {
		if w == "" || w != normalize(w) {
			return fmt.Errorf("%q: %q is no word in lower case with plain marks", x, w)
		}
	}
	return nil
}

// Find returns every place where a rule of the table fires, in text order; a
// rule fires at most once a place.
func (p *Patterns) Find(tokens []Token) []Match {
	var out []Match
	start := firstContent(tokens)
	for i := range tokens {
		for _, group := range [2][]pattern{p.byWord[tokens[i].Lower], p.other} {
			for _, pat := range group {
				if to, ok := match(pat.elems, tokens, i, start); ok && to > i {
					out = append(out, Match{pat.rule, i, to})
				}
			}
		}
	}
	return out
}

// firstContent is the index of the first token that is no joining word, no
// adverb and no mark.
func firstContent(tokens []Token) int {
	for i, t := range tokens {
		if t.IsWord() && t.Tag != "CC" && (t.Tag != "RB" || t.Lower == "never" || t.Lower == "not") && t.Lower != "please" && t.Lower != "so" {
			return i
		}
	}
	return 0
}

func match(elems []element, tokens []Token, i, start int) (int, bool) {
	if len(elems) == 0 {
		return i, true
	}
	e, rest := elems[0], elems[1:]
	switch {
	case e.start || e.end:
		if holds := e.start && i == start || e.end && !slices.ContainsFunc(tokens[i:], Token.IsWord); holds == e.not {
			return 0, false
		}
		return match(rest, tokens, i, start)
	case e.not:
		if i < len(tokens) && e.holds(tokens[i]) {
			return 0, false
		}
		return match(rest, tokens, i, start)
	case e.gap:
		for n := 0; n <= 3 && i+n <= len(tokens); n++ {
			if to, ok := match(rest, tokens, i+n, start); ok {
				return to, true
			}
			if i+n < len(tokens) && !tokens[i+n].IsWord() {
				break
			}
		}
		return 0, false
	}
	if i < len(tokens) && e.holds(tokens[i]) {
		if to, ok := match(rest, tokens, i+1, start); ok {
			return to, true
		}
	}
	if e.optional {
		return match(rest, tokens, i, start)
	}
	return 0, false
}

func (e element) holds(t Token) bool {
	if e.any {
		return t.IsWord()
	}
	word, tag := slices.Contains(e.words, t.Lower), slices.Contains(e.tags, t.Tag)
	if e.either {
		return word || tag
	}
	return (word || len(e.words) == 0) && (tag || len(e.tags) == 0)
}
