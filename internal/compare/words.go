package compare

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// words is a text as its words, for comparing.
type words struct {
	list   []string
	bag    []count // the same, each once, sorted
	plain  string  // the same, joined by spaces
	weight int     // of all words together
}

type count struct {
	word  string
	times int
}

func wordsOf(text string) words {
	w := words{list: split(text)}
	w.plain = strings.Join(w.list, " ")
	sorted := slices.Clone(w.list)
	slices.Sort(sorted)
	for _, word := range sorted {
		w.weight += weightOf(word)
		if n := len(w.bag); n > 0 && w.bag[n-1].word == word {
			w.bag[n-1].times++
			continue
		}
		w.bag = append(w.bag, count{word, 1})
	}
	return w
}

// plain is text as what must not differ for it to say the same: its words,
// whatever their case, their typography and what stands between them.
func plain(text string) string { return strings.Join(split(text), " ") }

// split finds the words: runs of letters, marks and digits. Apostrophes stay
// inside words and points and commas inside numbers; a sign that changes what
// a number says (-, %, $, +) is a word of its own.
func split(text string) []string {
	runes := []rune(strings.ToLower(norm.NFKC.String(text)))
	var list []string
	start := -1
	end := func(i int) {
		if start >= 0 {
			list = append(list, strings.ReplaceAll(string(runes[start:i]), "’", "'"))
		}
		start = -1
	}
	at := func(i int, is func(rune) bool) bool { return i >= 0 && i < len(runes) && is(runes[i]) }
	for i, r := range runes {
		switch {
		case inWord(r):
			if start < 0 {
				start = i
			}
		case strings.ContainsRune("'’", r) && at(i-1, unicode.IsLetter) && at(i+1, unicode.IsLetter):
		case strings.ContainsRune(".,", r) && at(i-1, unicode.IsDigit) && at(i+1, unicode.IsDigit):
		default:
			end(i)
			minus := strings.ContainsRune("-−", r) && at(i+1, unicode.IsDigit) && !at(i-1, inWord)
			if minus {
				r = '-'
			}
			if minus || r == '%' || unicode.In(r, unicode.Sc, unicode.Sm) {
				list = append(list, string(r))
			}
		}
	}
	end(len(runes))
	return list
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// The weights of words: what a text is about counts four times as much as what
// holds its sentences together. Without that, any two sentences with "it is
// the … of the" would be alike.
const (
	contentWeight  = 4
	functionWeight = 1
)

//go:embed function.txt
var functionFile string

// function are the words that hold sentences together.
var function = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for line := range strings.Lines(functionFile) {
		if word := strings.TrimSpace(line); word != "" && !strings.HasPrefix(word, "#") {
			set[word] = true
		}
	}
	return set
})

func weightOf(word string) int {
	if function()[word] {
		return functionWeight
	}
	return contentWeight
}

// mostCells bounds the work on one pair of texts: what is longer is compared
// by its words without their order.
const mostCells = 1 << 20

// Similarity is the share of words, by weight, that two texts have in common
// in the same order: 2·LCS(a, b) / (a + b), 1 for the same words and 0 for
// none in common.
func Similarity(a, b string) float64 { return similarity(wordsOf(a), wordsOf(b)) }

func similarity(a, b words) float64 {
	if len(a.list)*len(b.list) > mostCells {
		return dice(sharedWeight(a, b), a.weight, b.weight)
	}
	return dice(commonWeight(a.list, b.list), a.weight, b.weight)
}

func dice(shared, a, b int) float64 {
	if a+b == 0 {
		return 0
	}
	return 2 * float64(shared) / float64(a+b)
}

// sharedWeight is the weight of the words that both have, in whatever order.
func sharedWeight(a, b words) int {
	shared := 0
	for i, j := 0, 0; i < len(a.bag) && j < len(b.bag); {
		switch strings.Compare(a.bag[i].word, b.bag[j].word) {
		case -1:
			i++
		case 1:
			j++
		default:
			shared += min(a.bag[i].times, b.bag[j].times) * weightOf(a.bag[i].word)
			i, j = i+1, j+1
		}
	}
	return shared
}

// commonWeight is the weight of the heaviest common subsequence.
func commonWeight(a, b []string) int {
	row := make([]int, len(b)+1)
	for _, word := range a {
		weight, diagonal := weightOf(word), 0
		for j, other := range b {
			above := row[j+1]
			if word == other {
				row[j+1] = max(diagonal+weight, above)
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}
