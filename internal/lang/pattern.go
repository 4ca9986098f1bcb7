package lang

import (
	"fmt"
	"strings"
)

// Patterns is a table of phrases to look for in a sequence of tokens. Each line
// of its text form is a rule's name, a tab, and a pattern: elements separated by
// spaces, each of which stands for one token unless said otherwise.
//
//	should|must   one of these words, in lower case
//	<VB|VBP>      a word with one of these tags
//	ask<VB|VBP>   one of these words with one of these tags
//	_             any word
//	*             up to three tokens of any sort but the end of a clause
//	^             no token: the start of the sequence, but for a joining word or adverb
//	$             no token: the end of the sequence, but for punctuation
//	!x            no token: what follows is not x
//	?x            x, or nothing
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
		for _, f := range fields {
			pat.elems = append(pat.elems, parseElement(f))
		}
		first := pat.elems[0]
		if len(first.words) == 0 || first.not || first.optional {
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

func parseElement(f string) element {
	var e element
	if len(f) > 1 && (f[0] == '!' || f[0] == '?') {
		e.not, e.optional = f[0] == '!', f[0] == '?'
		f = f[1:]
	}
	switch f {
	case "_":
		e.any = true
	case "*":
		e.gap = true
	case "^":
		e.start = true
	case "$":
		e.end = true
	default:
		if i := strings.IndexByte(f, '<'); i >= 0 && strings.HasSuffix(f, ">") {
			e.tags = strings.Split(f[i+1:len(f)-1], "|")
			f = f[:i]
		}
		if f != "" {
			e.words = strings.Split(f, "|")
		}
	}
	return e
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
	case e.start:
		if i != start {
			return 0, false
		}
		return match(rest, tokens, i, start)
	case e.end:
		for _, t := range tokens[i:] {
			if t.IsWord() {
				return 0, false
			}
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
			if i+n < len(tokens) && strings.Contains(",;:()—–-", tokens[i+n].Lower) {
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
	if len(e.words) > 0 && !contains(e.words, t.Lower) {
		return false
	}
	return len(e.tags) == 0 || contains(e.tags, t.Tag)
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
