package pdf

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// dropCaps puts large initials, which take up several lines at the beginning of
// a text, back before the first of these lines.
func dropCaps(parts []*line, words []word) []*line {
	const larger = 1.8
	for i := 0; i < len(parts); i++ {
		f := parts[i]
		if len(parts) > maxParts || f.chars > 2 || len(f.words) != 1 || !onlyLetters(f.words[0].text) {
			continue
		}
		var beside []*line
		for _, l := range parts {
			if l != f && l.chars > 3 && f.size > larger*l.size && l.x0 > f.x1-.3*l.size && l.x0 < f.x1+1.5*l.size &&
				l.y < f.y+1.3*l.size && l.y > f.y-ascent*f.size {
				beside = append(beside, l)
			}
		}
		if len(beside) == 0 {
			continue
		}
		sortRows(beside)
		// Lines further right belong to other columns; the last may stand below.
		left := beside[0].x0
		beside = slices.DeleteFunc(beside, func(l *line) bool {
			return l.x0 > left+l.size || l.y > f.y+.5*l.size && !near(l.x0, left, .2*l.size)
		})
		for k, l := range beside {
			initial := f.words[0]
			initial.y, initial.size, initial.font, initial.order = l.y, l.size, l.words[0].font, -1
			next := l.words[0]
			if k > 0 {
				initial.text, initial.chars = "", 0 // it only keeps the place
			} else {
				next.stuck = sticks(initial.text, next.text, words)
			}
			l.words = append([]word{initial, next}, l.words[1:]...)
			l.measure()
		}
		parts = slices.Delete(parts, i, i+1)
		i--
	}
	return parts
}

func onlyLetters(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune("“‘\"'", r) })
}

// sticks reports whether an initial is part of the word after it: "T" and "he"
// are, "A" and "town" are not. For the letters that are words themselves the
// other words of the page tell.
func sticks(initial, next string, words []word) bool {
	const wordsToo = "AIO"
	if !strings.Contains(wordsToo, strings.Trim(initial, "“‘\"'")) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(next)
	if !unicode.IsLetter(r) {
		return true // "I’d"
	}
	alone, joined := 0, 0
	for i := 1; i < len(words); i++ {
		switch plain(words[i].text) {
		case plain(next):
			alone++
		case plain(initial + next):
			joined++
		}
	}
	if alone == joined+1 || alone == joined {
		return utf8.RuneCountInString(plain(next)) <= 2 || joined > 1
	}
	return joined > alone
}
