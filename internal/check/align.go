package check

import (
	"slices"
	"sort"
	"unicode"

	"github.com/argmap/argmap/internal/argument"
)

// alignment leads from the words of a text to where they stand in the file
// that it was extracted from. The file has the same words in the same order,
// with markup between them and with parts that the text leaves out.
type alignment struct {
	text, file   []rune
	words, marks []argument.Span // the words of the text and of the file
	to           []int           // for each word of the text its place in marks, or -1
	budget       int             // comparisons of words that may still be made
}

// mostComparisons bounds the work on a file that does not hold the text: some
// tenths of a second.
const mostComparisons = 50_000_000

// newAlignment finds the lines of the text in the file one after the other.
// What cannot be found is left out.
func newAlignment(file, text string) *alignment {
	a := &alignment{text: []rune(text), file: []rune(file), budget: mostComparisons}
	a.words, a.marks = wordSpans(a.text), wordSpans(a.file)
	a.to = make([]int, len(a.words))
	places := map[string][]int{} // a word to its places in marks
	for k, s := range a.marks {
		word := string(a.file[s.Start:s.End])
		places[word] = append(places[word], k)
	}
	bound := 0 // nothing is looked for before it
	for from := 0; from < len(a.words); {
		to := from + 1
		for to < len(a.words) && !a.breaks(to) {
			to++
		}
		if end := a.line(from, to, bound, places); end > 0 {
			bound = end
		}
		from = to
	}
	return a
}

// wordSpans are the runs of letters, marks and digits.
func wordSpans(text []rune) []argument.Span {
	var list []argument.Span
	start := -1
	for i, r := range text {
		in := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		if in && start < 0 {
			start = i
		}
		if !in && start >= 0 {
			list = append(list, argument.Span{Start: start, End: i})
			start = -1
		}
	}
	if start >= 0 {
		list = append(list, argument.Span{Start: start, End: len(text)})
	}
	return list
}

// breaks reports whether word k is the first of its line.
func (a *alignment) breaks(k int) bool {
	return slices.Contains(a.text[a.words[k-1].End:a.words[k].Start], '\n')
}

// line finds the words from to to of the text in the file, at bound or behind
// it, and returns the end of the place, 0 if there is none. The first place
// that will do is taken, or one that begins within it and has less between its
// words: a line that begins with "The" must not begin with the "The" of the
// heading before it.
func (a *alignment) line(from, to, bound int, places map[string][]int) (end int) {
	var best []int
	least := 0
	// A first word that is written otherwise in the file, as caf&eacute; is,
	// leaves it to the next.
	for first := from; first < min(to, from+3) && best == nil; first++ {
		list := places[a.word(first)]
		for _, k := range list[sort.SearchInts(list, bound):] {
			if best != nil && k >= end || a.budget <= 0 {
				break
			}
			found, last := a.follow(first, to, k)
			if between := last - k; found != nil && (best == nil || between < least) {
				best, least = append(unknown(first-from), found...), between
				end = max(end, last+1)
			}
		}
	}
	if best == nil {
		best = unknown(to - from)
	}
	copy(a.to[from:to], best)
	return end
}

func unknown(n int) []int { return slices.Repeat([]int{-1}, n) }

func (a *alignment) word(k int) string { return string(a.text[a.words[k].Start:a.words[k].End]) }

// mostBetween is how many words of markup may stand between two words of the
// text, most of them those of an address.
const mostBetween = 40

// follow finds the words from to to of the text in order, the first of them at
// place k of the file. It gives up when more than one in five is missing.
func (a *alignment) follow(from, to, k int) (found []int, last int) {
	last, missing := k-1, 0
	for i := from; i < to; i++ {
		at := -1
		for j := last + 1; j < min(len(a.marks), last+2+mostBetween); j++ {
			a.budget--
			if a.same(i, j) {
				at = j
				break
			}
		}
		if at < 0 {
			if missing++; 5*missing > to-from {
				return nil, 0
			}
		} else {
			last = at
		}
		found = append(found, at)
	}
	return found, last
}

func (a *alignment) same(i, j int) bool {
	s, t := a.words[i], a.marks[j]
	return slices.Equal(a.text[s.Start:s.End], a.file[t.Start:t.End])
}

// find is the stretch of the file from the first to the last word of s that
// was found there, with the punctuation of s at its ends if the file has it.
func (a *alignment) find(s argument.Span) (argument.Span, bool) {
	first := sort.Search(len(a.words), func(k int) bool { return a.words[k].Start >= s.Start })
	last := sort.Search(len(a.words), func(k int) bool { return a.words[k].End > s.End }) - 1
	for first <= last && a.to[first] < 0 {
		first++
	}
	for last >= first && a.to[last] < 0 {
		last--
	}
	if first > last {
		return argument.Span{}, false
	}
	at := argument.Span{Start: a.marks[a.to[first]].Start, End: a.marks[a.to[last]].End}
	for k := a.words[first].Start - 1; k >= s.Start && at.Start > 0 && a.file[at.Start-1] == a.text[k]; k-- {
		at.Start--
	}
	for k := a.words[last].End; k < s.End && at.End < len(a.file) && a.file[at.End] == a.text[k]; k++ {
		at.End++
	}
	return at, true
}
