package reader

import (
	"strings"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/signs"
)

// first returns the index of the first passage that is no aside from i on, or -1.
func (o *office) first(i int) int {
	for ; i < len(o.passages); i++ {
		if p := &o.passages[i]; p.role != asideRole && !p.boxed && p.text != "" {
			return i
		}
	}
	return -1
}

// titleReach is how many passages a title may stand after.
const titleReach = 4

// findTitle settles which passage is the title: the first that has the style of
// one, or the only heading of level 1 if nothing but it begins the text, or the
// first passage that is the title in the properties or looks like one. The
// others with such a style are headings.
func (o *office) findTitle() {
	title := -1
	for i := range o.passages {
		p := &o.passages[i]
		if p.role != titleRole {
			continue
		}
		if title < 0 && i <= titleReach {
			title = i
		} else if title >= 0 && len(o.passages[title].text) < maxTitleChars && o.joinsTitle(title, i) {
			o.passages[title].text += " " + p.text
			p.text = ""
		} else {
			p.role, p.level = headingRole, 1
		}
	}
	o.titled = title >= 0
	first := o.first(title + 1)
	switch {
	case first < 0:
	case o.onlyTop(first) && (title < 0 || strings.HasPrefix(o.passages[first].text, o.passages[title].text)):
		if title >= 0 {
			o.passages[title].text = "" // the properties have a shorter form of it
		}
		title, o.titled = first, true
		o.passages[title].role = titleRole
	case title < 0:
		if title = o.titleByLooks(first); title >= 0 {
			o.passages[title].role = titleRole
		}
	}
	o.markSubtitles(title)
}

// joinsTitle reports whether passage i goes on with the title.
func (o *office) joinsTitle(title, i int) bool {
	for k := title + 1; k < i; k++ {
		if o.passages[k].text != "" {
			return false
		}
	}
	return true
}

// onlyTop reports whether passage i is the only heading of level 1.
func (o *office) onlyTop(i int) bool {
	tops := 0
	for k := range o.passages {
		tops += count(o.passages[k].role == headingRole && o.passages[k].level == 1)
	}
	return tops == 1 && o.passages[i].role == headingRole && o.passages[i].level == 1
}

// titleByLooks returns the index of the passage that is the title in the
// properties of the file, or would be in a plain text that begins with passage
// first; or -1.
func (o *office) titleByLooks(first int) int {
	if p := &o.passages[first]; o.title != "" && p.role == bodyRole && strings.EqualFold(collapse(o.title), p.text) {
		return first
	}
	var at []int
	var texts []string
	for k := first; k >= 0 && len(texts) < 2*ends; k = o.first(k + 1) {
		at = append(at, k)
		texts = append(texts, strings.ReplaceAll(o.passages[k].text, "\n", " "))
	}
	g, err := newPage(strings.Join(texts, "\n\n"))
	if err != nil || len(g.chunks) != len(texts) {
		return -1
	}
	g.markAsides()
	title := g.markTitle()
	if title < 0 || o.passages[at[title]].role != bodyRole || o.passages[at[title]].depth > 0 {
		return -1
	}
	for k := range title {
		if g.chunks[k].decided {
			o.passages[at[k]].role = asideRole // what stands over titles
		}
	}
	return at[title]
}

// markSubtitles makes headings of the passages with the style of a subtitle that
// do not stand under the title.
func (o *office) markSubtitles(title int) {
	for i, under := 0, true; i < len(o.passages); i++ {
		switch p := &o.passages[i]; {
		case p.role == subtitleRole && !under:
			p.role, p.level = headingRole, 2
		case i > title && p.role != subtitleRole && p.role != asideRole && p.text != "":
			under = false
		}
	}
}

// isTitle reports whether the title in the properties of a file may be the title
// of its text rather than the name of a file or what a program put there. Books
// may be called "It" or "1984", which as the title of a PDF says nothing.
func isTitle(s string) bool {
	s = collapse(s)
	return signs.Readable(s) && utf8.RuneCountInString(s) <= maxTitleChars && !signs.MadeUp(s)
}
