package pdf

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// vocabulary counts the words of a file as they stand inside lines, in small
// letters, to tell "under-/stand" from "well-/known".
type vocabulary struct {
	counts map[string]int
	stems  map[string]int // by their first letters
}

// stemLength is how many letters a word shares with another form of it.
const stemLength = 7

// learn counts the words of a line, except for the last where it is broken.
func (v *vocabulary) learn(l *line) {
	fields := strings.Fields(l.text())
	for i, f := range fields {
		if i == len(fields)-1 && broken(f) || i == 0 {
			continue
		}
		v.add(f)
	}
}

// add counts one word.
func (v *vocabulary) add(f string) {
	f = plain(f)
	if f == "" {
		return
	}
	v.counts[f]++
	if r := []rune(f); len(r) >= stemLength && !strings.Contains(f, "-") {
		v.stems[string(r[:stemLength])]++
	}
	for _, part := range strings.Split(f, "-") {
		if part != f {
			v.counts[part]++
		}
	}
}

// plain is a word in small letters without what stands around it.
func plain(f string) string {
	return strings.ToLower(strings.TrimFunc(strings.ReplaceAll(f, string(softHyphen), ""), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}))
}

//go:embed compounds.txt
var compoundList string

// compounds are the first ("well-") and last ("-based") parts of words that keep
// their hyphen. False stands for those that do only beside a word.
var compounds = sync.OnceValue(func() map[string]bool {
	out := make(map[string]bool)
	for l := range strings.Lines(compoundList) {
		if l = strings.TrimSpace(l); l != "" && !strings.HasPrefix(l, "#") {
			part, unsure := strings.CutSuffix(l, "?")
			out[part] = !unsure
		}
	}
	return out
})

// compound reports whether the list of compounds speaks for a hyphen between f
// and s.
func (v *vocabulary) compound(f, s string) bool {
	first, listed := compounds()[f+"-"]
	if first || listed && v.counts[s] > 0 {
		return true
	}
	last, listed := compounds()["-"+s]
	return last || listed && v.counts[f] > 0
}

// keepsHyphen reports whether the hyphen between first, the end of a line, and
// second, the beginning of the next, is part of the word. In this order:
//
//   - before a capital or a figure, and after a figure, it is ("Anglo-/Saxon",
//     "20-/year");
//   - if one form stands inside a line elsewhere in the file, that form is
//     right, the commoner if both do;
//   - in a word with another hyphen it is ("state-of-/the-art");
//   - if a word of the file begins as the joined form does, it is not
//     ("govern-/ments" where "governmental" stands);
//   - between two e after a prefix it is ("re-/enter");
//   - with one of the parts listed in compounds.txt it is, with some of them only
//     if the other part stands in the file as a word;
//   - else it is not: for one compound at a line's end there are ten words
//     broken between syllables.
func (v *vocabulary) keepsHyphen(first, second string) bool {
	f, s := plain(first), plain(second)
	if f == "" || s == "" {
		return true
	}
	if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(second, "\"'“‘(")); !unicode.IsLower(r) {
		return true
	}
	if r, _ := utf8.DecodeLastRuneInString(f); unicode.IsDigit(r) {
		return true
	}
	joined, hyphened := v.counts[f+s], v.counts[f+"-"+s]
	if joined != hyphened {
		return hyphened > joined
	}
	if strings.Contains(f, "-") || strings.Contains(s, "-") {
		return true
	}
	if r := []rune(f + s); len(r) >= stemLength && len([]rune(f)) < stemLength && v.stems[string(r[:stemLength])] > 0 {
		return false
	}
	return doubled(f, s) || v.compound(f, s)
}

// doubled reports whether f is a prefix whose e meets another one in s, which
// style guides part by a hyphen.
func doubled(f, s string) bool {
	return (f == "re" || f == "pre" || f == "de") && strings.HasPrefix(s, "e")
}

// writer puts the lines of a block together.
type writer struct {
	vocabulary *vocabulary
	text       strings.Builder
	pages      []PageAt
}

// block writes a block as it reads, and where its pages begin.
func (w *writer) block(b *block) (string, []PageAt) {
	w.text.Reset()
	w.pages = nil
	if b.cells != nil {
		return tableText(b.cells), []PageAt{{0, b.page}}
	}
	for _, l := range b.lines {
		text := l.text()
		if strings.Trim(text, " "+string(softHyphen)) == "" {
			continue
		}
		if w.text.Len() > 0 {
			w.join(text, b.kind == Table)
		}
		w.at(l.page)
		w.text.WriteString(clean(text))
	}
	return strings.TrimSuffix(w.text.String(), string(softHyphen)), w.pages
}

// at notes that what follows stands on the page.
func (w *writer) at(page int) {
	if n := len(w.pages); n == 0 || w.pages[n-1].Page != page {
		w.pages = append(w.pages, PageAt{w.text.Len(), page})
	}
}

// join writes what parts the lines written so far from next: a space, or after a
// broken word nothing.
func (w *writer) join(next string, lines bool) {
	done := w.text.String()
	switch {
	case lines:
		w.text.WriteByte('\n')
	case strings.HasSuffix(done, string(softHyphen)):
		w.text.Reset()
		w.text.WriteString(strings.TrimSuffix(done, string(softHyphen)))
	case broken(done):
		first, second, _ := lastField(done), "", 0
		if f := strings.Fields(next); len(f) > 0 {
			second = f[0]
		}
		if !w.vocabulary.keepsHyphen(first, second) {
			w.text.Reset()
			w.text.WriteString(done[:len(done)-1])
		}
	case strings.HasSuffix(done, "—") && !strings.HasSuffix(done, " —"), link(lastField(done)) && strings.ContainsAny(done[len(done)-1:], "/-_=&?"):
	default:
		w.text.WriteByte(' ')
	}
}

// lastField is the last word of s.
func lastField(s string) string {
	return s[strings.LastIndexAny(s, " \n")+1:]
}

// link reports whether a word is an address on the web.
func link(s string) bool {
	return strings.Contains(s, "://") || strings.Contains(s, "www.")
}

// clean takes soft hyphens out, except for one at the end.
func clean(s string) string {
	if !strings.ContainsRune(s, softHyphen) {
		return s
	}
	out := strings.ReplaceAll(s, string(softHyphen), "")
	if strings.HasSuffix(s, string(softHyphen)) {
		out += string(softHyphen)
	}
	return out
}
