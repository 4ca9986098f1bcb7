package check

import (
	"embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// wording is what two passages must share to say the same: their content
// words, each once and sorted, and, apart from them, what turns a sentence
// into another: negations and numbers.
type wording struct {
	content []string
	turns   []string
}

// The word lists, one word a line.
var (
	idle      = wordList("idle")
	negations = wordList("negations")
	vague     = wordList("vague")
)

//go:embed words/*.txt
var wordFiles embed.FS

// wordList reads an embedded list when it is first asked for.
func wordList(name string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		data, err := wordFiles.ReadFile("words/" + name + ".txt")
		if err != nil {
			panic(err) // no such file: a slip in the code
		}
		set := map[string]bool{}
		for line := range strings.Lines(string(data)) {
			if word := strings.TrimSpace(line); word != "" && !strings.HasPrefix(word, "#") {
				set[word] = true
			}
		}
		return set
	})
}

// isVague reports whether a source is called by a word for anybody, such as
// "critics" or "people close to the talks", and by no name: no word but the
// first begins with a capital.
func isVague(name string) bool {
	fields := strings.Fields(name)
	found := false
	for i, f := range fields {
		r, _ := utf8.DecodeRuneInString(f)
		if i > 0 && unicode.IsUpper(r) {
			return false
		}
		found = found || vague()[strings.ToLower(f)]
	}
	return found
}

func wordingOf(text string) wording {
	var w wording
	fields := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune("'’.,", r)
	})
	for _, f := range fields {
		f = strings.ReplaceAll(strings.Trim(f, "'’.,"), "’", "'")
		switch {
		case f == "":
		case strings.HasSuffix(f, "n't") || negations()[f]:
			w.turns = append(w.turns, "not")
		case strings.ContainsFunc(f, unicode.IsDigit):
			w.turns = append(w.turns, f)
		case !idle()[f]:
			w.content = append(w.content, stem(strings.TrimSuffix(f, "'s")))
		}
	}
	slices.Sort(w.content)
	w.content = slices.Compact(w.content)
	slices.Sort(w.turns)
	return w
}

// stem makes one word of "ferries" and "ferry", "guard" and "guarded". Of
// others it makes what is no word, but the same on both sides.
func stem(word string) string {
	if base, ok := strings.CutSuffix(word, "ies"); ok && len(base) > 2 {
		return base + "y"
	}
	if len(word) > 3 && !strings.HasSuffix(word, "ss") {
		word = strings.TrimSuffix(word, "s")
	}
	for _, ending := range []string{"ing", "ed"} {
		if base, ok := strings.CutSuffix(word, ending); ok && len(base) >= 4 {
			return base
		}
	}
	return word
}

// fewest is how many content words a passage must have to be compared: with
// one or two, different statements look alike.
const fewest = 3

// sameAs reports whether two passages say the same in the same words: four in
// five of the content words of the longer one, and the same negations and
// numbers.
func (w wording) sameAs(x wording) bool {
	longer, shorter := w.content, x.content
	if len(longer) < len(shorter) {
		longer, shorter = shorter, longer
	}
	if len(shorter) < fewest || 5*len(shorter) < 4*len(longer) || !slices.Equal(w.turns, x.turns) {
		return false
	}
	shared := 0
	for _, word := range shorter {
		if _, ok := slices.BinarySearch(longer, word); ok {
			shared++
		}
	}
	return 5*shared >= 4*len(longer)
}
