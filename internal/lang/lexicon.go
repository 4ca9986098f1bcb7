package lang

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

//go:embed lexicon/abbreviations.txt
var abbreviationsText string

//go:embed lexicon/starters.txt
var startersText string

//go:embed lexicon/reporting.txt
var reportingText string

// abbrClass says whether a sentence can end at an abbreviation's full stop.
type abbrClass uint8

const (
	abbrNone abbrClass = iota
	abbrTitle
	abbrNumber
	abbrMid
	abbrAny
)

var abbreviations = sync.OnceValue(func() map[string]abbrClass {
	classes := map[string]abbrClass{"title": abbrTitle, "number": abbrNumber, "mid": abbrMid, "any": abbrAny}
	out := map[string]abbrClass{}
	for _, line := range Lines(abbreviationsText) {
		i := strings.LastIndexByte(line, ' ')
		out[line[:i]] = classes[line[i+1:]]
	}
	return out
})

var (
	starters  = sync.OnceValue(func() map[string]bool { return Set(startersText) })
	reporting = sync.OnceValue(func() map[string]bool { return Set(reportingText) })
)

// abbreviationClass looks up a word that ends in a full stop.
func abbreviationClass(word string) abbrClass {
	return abbreviations()[strings.ToLower(strings.TrimSuffix(word, "."))]
}

// isAbbreviation tells whether the full stop after word belongs to it; next is
// what follows the full stop. Of a word with hyphens the last part counts.
func isAbbreviation(word, next string) bool {
	word = word[strings.LastIndexAny(word, "-\u2010\u2011")+1:]
	switch abbreviationClass(word) {
	case abbrNone:
		return isInitial(word+".") && (strings.Contains(word, ".") || startsUpper(word) && word != "I")
	case abbrNumber:
		return isNumbering(next)
	}
	return true
}

// isNumbering tells whether text begins with a number, in Arabic or Roman figures,
// or with a single capital, as after "No." and "Fig.".
func isNumbering(text string) bool {
	if unicode.IsDigit(firstRune(text)) {
		return true
	}
	w := firstWord(text)
	return strings.HasPrefix(text, w) && w != "" && w != "I" && w != "A" && (strings.Trim(w, "IVXLC") == "" || len(w) == 1 && startsUpper(w))
}

func isStarter(word string) bool {
	return startsUpper(word) && starters()[normalize(word)]
}

func isReporting(word string) bool { return reporting()[word] }

func isPronoun(word string) bool {
	switch word {
	case "he", "she", "i", "they", "we", "it":
		return true
	}
	return false
}

// Lines returns the entries of an embedded word list: one a line, blank lines
// and lines that begin with "#" left out.
func Lines(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			out = append(out, line)
		}
	}
	return out
}

// Set returns the entries of an embedded word list as a set.
func Set(text string) map[string]bool {
	out := map[string]bool{}
	for _, line := range Lines(text) {
		out[line] = true
	}
	return out
}
