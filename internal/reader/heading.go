package reader

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/signs"
)

// Lengths beyond which a line is no title or heading.
const (
	maxTitleWords   = 26
	maxTitleChars   = 200
	maxHeadingWords = 15
	maxHeadingChars = 110
)

// markTitle decides on the title: the first chunk that is no aside, if it looks
// like one. It returns its index, or -1.
func (p *page) markTitle() int {
	for i := range min(ends, len(p.chunks)) {
		c := &p.chunks[i]
		if c.decided {
			continue
		}
		if c.marked == plain && wordlist("kickers").Has(p.folded(i)) && i+1 < len(p.chunks) && p.isTitle(i+1) {
			p.decide(i, document.Aside)
			continue
		}
		if !p.isTitle(i) {
			return -1
		}
		p.decide(i, document.Title)
		return i
	}
	return -1
}

// isTitle reports whether chunk i, before which no prose stands, looks like the
// title of what follows.
func (p *page) isTitle(i int) bool {
	c := &p.chunks[i]
	l := c.looks
	after := p.prose(i + 1)
	switch {
	case after.chunks == 0 || c.decided && c.kind == document.Aside:
		return false
	case c.marked == hashMark || c.marked == underMark:
		return c.level == 1
	case c.marked != plain && c.marked != itemMark:
		return false
	case c.marked == itemMark && (c.marker.kind == bulletMarker || c.marker.kind == letterMarker || c.marker.follows(p.markerAfter(i)) || p.markerAfter(i).follows(c.marker)):
		return false
	case l.words == 0 || l.words > maxTitleWords || l.chars > maxTitleChars || l.sentences > 2:
		return false
	case l.small && !l.below:
		return false
	}
	return p.endsLikeTitle(i, after)
}

// endsLikeTitle weighs the mark at the end of a chunk that may be the title.
func (p *page) endsLikeTitle(i int, after following) bool {
	l := p.chunks[i].looks
	switch l.end {
	case signs.Colon, signs.Comma, signs.Dash, signs.Ellipsis:
		return l.end == signs.Ellipsis && l.headline()
	case signs.Semicolon:
		return !l.below && i+1 < len(p.chunks) && p.chunks[i+1].looks.below
	case signs.FullStop:
		return l.headline() && (l.content > 1 || l.below) || p.isSentenceTitle(i, after)
	case signs.Question, signs.Exclamation:
		return l.below || l.headline()
	}
	return l.below || after.longest > l.chars || p.chunks[i+1].looks.chars > l.chars
}

// markerAfter returns the marker of the chunk after i.
func (p *page) markerAfter(i int) marker {
	if i+1 == len(p.chunks) {
		return marker{}
	}
	return p.chunks[i+1].marker
}

// openers begin a speech or a comment, not a title that is a sentence.
var openers = []string{"i am ", "i’m ", "i'm ", "i would ", "i want ", "i have ", "i support", "i agree", "i believe", "i think", "mr. ", "thank ", "ladies ", "this is ", "it is my ", "in my ", "as a "}

// isSentenceTitle tells a title that is a sentence in small letters and ends
// with a full stop, as some newspapers print them, from an opening sentence: it
// stands alone, and a text of several longer paragraphs follows.
func (p *page) isSentenceTitle(i int, after following) bool {
	l := p.chunks[i].looks
	if !l.below || l.chars > 120 || after.chunks < 3 || after.chars < after.chunks*l.chars {
		return false
	}
	s := p.folded(i)
	for _, o := range openers {
		if strings.HasPrefix(s, o) {
			return false
		}
	}
	return true
}

// following describes the undecided chunks from one on.
type following struct{ chunks, chars, longest int }

// prose looks at the next twelve chunks from chunk i on: enough to see whether
// a text follows.
func (p *page) prose(i int) following {
	var f following
	for k := i; k < len(p.chunks) && k < i+12; k++ {
		if c := &p.chunks[k]; !c.decided {
			f.chunks++
			f.chars += c.looks.chars
			f.longest = max(f.longest, c.looks.chars)
		}
	}
	return f
}

// view is what a heading rule sees: a chunk, what it looks like, and the chunk
// that would stand under it.
type view struct {
	*chunk
	text string
	next *chunk
	prev *chunk // the chunk before, or nil
	// quotesNext is set where the next chunk begins with a quotation mark.
	quotesNext bool
	// style is what the rest of the document does.
	style style
}

// style counts what only the whole document shows.
type style struct {
	questions int // lines that ask, with a longer paragraph under them
	headings  int // headings that need no context
	// stopped is set where even the title ends as a sentence, and fragments
	// counts the lines of a few words with a full stop that are no sentence.
	stopped   bool
	asks      bool // the title is a question or an exclamation
	fragments int
}

// headingRules tell headings from short paragraphs. vetoed and the need for
// something to stand under a heading come first; then the first rule that
// holds decides, and gives the level.
var headingRules = []struct {
	name  string
	is    func(v view) bool
	level func(v view) int
}{
	{"marked", func(v view) bool { return v.marked == hashMark || v.marked == underMark }, func(v view) int { return v.level }},
	{"part", isPartHeading, levelOne},
	{"numbered", isNumberedHeading, numberedLevel},
	{"emphasised", isEmphasised, levelOne},
	{"capitals", isCapitals, levelOne},
	{"question", isQuestionHeading, levelOne},
	{"bare", isBareHeading, levelOne},
	{"stopped", isStoppedHeading, levelOne},
}

func levelOne(view) int { return 1 }

// maxLevel is the lowest level of a heading.
const maxLevel = 6

// numberedLevel is 2 for "2.1", 3 for "2.1.4", and 1 for a single number.
func numberedLevel(v view) int { return min(max(1, v.marker.parts), maxLevel) }

// headingLevel returns the level of the heading that v is, or 0.
func headingLevel(v view) int {
	if v.next == nil || v.marked != hashMark && v.marked != underMark && vetoed(v) {
		return 0
	}
	for _, r := range headingRules {
		if r.is(v) {
			return r.level(v)
		}
	}
	return 0
}

// vetoed lists what no heading without a mark of its own does.
func vetoed(v view) bool {
	l := v.looks
	switch {
	case v.marked == quoteMark || v.marked == verseMark || v.marked == tableMark,
		v.marker.kind == bulletMarker, v.marker.kind == letterMarker && !strings.HasSuffix(v.marker.style, "A"+string(rune('0'+letterMarker))),
		l.words == 0, l.words > maxHeadingWords, l.chars > maxHeadingChars,
		l.small, l.end == signs.Comma, l.end == signs.Semicolon, l.end == signs.Dash, l.end == signs.Ellipsis,
		l.sentences > 2:
		return true
	}
	return false
}

// isPartHeading holds for "Chapter 3" and "Part II: The River".
func isPartHeading(v view) bool {
	word, rest, found := strings.Cut(strings.ToLower(v.text), " ")
	if !found || v.marked == itemMark || !wordlist("parts").Has(word) || v.looks.end == signs.FullStop && !v.looks.headline() {
		return false
	}
	label := strings.TrimRight(strings.Fields(rest + " x")[0], ".:–—")
	return signs.Digits(label) == len(label) || signs.Roman(label) > 0
}

// isNumberedHeading holds for a number and a few words with a paragraph under
// them. In a list the next number would follow at once.
func isNumberedHeading(v view) bool {
	if v.marked != itemMark && v.marker.kind != outline {
		return false
	}
	if v.next.marked == itemMark && v.next.marker.follows(v.marker) || v.prev != nil && v.prev.marked == itemMark && v.marker.follows(v.prev.marker) {
		return false
	}
	longer := v.next.looks.chars > v.looks.chars || v.next.marker.kind == outline
	switch v.looks.end {
	case signs.NoEnding:
		return longer
	case signs.Colon:
		return longer && v.next.marked == plain
	case signs.Question:
		return longer && v.looks.below
	case signs.FullStop, signs.Exclamation:
		return longer && v.looks.shouts
	}
	return false
}

// isEmphasised holds for a line that is bold from end to end.
func isEmphasised(v view) bool {
	s := v.text
	for _, m := range []string{"**", "__"} {
		if len(s) > 4 && strings.HasPrefix(s, m) && strings.HasSuffix(s, m) && strings.Count(s, m) == 2 {
			return v.looks.end != signs.FullStop
		}
	}
	return false
}

// isCapitals holds for lines in capitals, whatever they end with.
func isCapitals(v view) bool {
	l := v.looks
	if v.marked != plain || !l.shouts || l.end == signs.Exclamation && l.words > 6 {
		return false
	}
	return l.end != signs.Colon || v.next.marked == plain
}

// askers begin the questions that head answers.
var askers = map[string]bool{
	"what": true, "what's": true, "what’s": true, "why": true, "how": true, "who": true, "who's": true, "who’s": true, "when": true, "where": true, "which": true, "whose": true,
	"is": true, "are": true, "does": true, "do": true, "did": true, "can": true, "could": true, "should": true, "will": true, "would": true, "has": true, "have": true, "was": true, "must": true,
}

// isQuestionHeading holds for short questions over their answers. A question
// that stands alone in an essay is the author's and no heading, so others like
// it, or other headings, must show that this text has some.
func isQuestionHeading(v view) bool {
	return v.looks.end == signs.Question && isQuestion(v.chunk, v.text, v.next) &&
		(v.style.questions > 1 || v.style.headings > 0 || v.looks.headline() && v.looks.content > 1)
}

// isQuestion reports whether c asks in one short sentence and next is longer.
func isQuestion(c *chunk, text string, next *chunk) bool {
	l := c.looks
	if c.marked != plain || l.end != signs.Question || l.words > 11 || l.sentences > 1 || next == nil || next.marked == quoteMark {
		return false
	}
	first, _, _ := strings.Cut(strings.ToLower(text), " ")
	asks := askers[first] || l.words <= 5 && first != "but" && first != "and" && first != "so" && !strings.Contains(text, ": ")
	return asks && next.looks.chars > l.chars && next.looks.end != signs.Question
}

// isBareHeading holds for a short line without a closing mark, above something
// longer.
func isBareHeading(v view) bool {
	l := v.looks
	if v.marked != plain || v.first != v.last && l.chars > 80 {
		return false
	}
	switch l.end {
	case signs.Colon:
		return l.words <= 3 && v.next.marked == plain && v.next.looks.chars > 2*l.chars && l.above && !l.verb && !tells(v.text) && !v.quotesNext
	case signs.Exclamation:
		return l.words <= 6 && l.headline() && l.content > 0 && v.next.looks.chars > 2*l.chars
	case signs.NoEnding:
		if l.words >= 12 && l.verb && !l.headline() {
			return false // a sentence without its full stop
		}
		return v.next.marked != plain || v.next.looks.chars > l.chars || v.next.decided && v.next.kind == document.Heading
	}
	return false
}

// isStoppedHeading holds, where even the title ends as a sentence, for a few
// words that do and are none. Of the lines that this finds in 400 editorials
// one in fifty states something.
func isStoppedHeading(v view) bool {
	return (v.style.stopped || v.style.fragments > 1 && v.style.asks) && isFragment(v.chunk, v.text, v.next) &&
		(v.style.fragments > 1 || v.looks.words > 1)
}

// isFragment reports whether c is a few words with a full stop, standing alone
// above something far longer, that are no sentence.
func isFragment(c *chunk, text string, next *chunk) bool {
	l := c.looks
	return c.marked == plain && l.end == signs.FullStop && l.sentences == 1 && l.words > 0 && l.words <= 5 && l.letters > 2 &&
		l.above && l.below && !l.verb && !startsAsSentence(text) && !tells(text) && next.looks.chars > 3*l.chars
}

// tells reports whether s, of a few words, seems to have a verb in the past
// tense after its subject, or reports speech.
func tells(s string) bool {
	for k, w := range strings.Fields(strings.ToLower(s)) {
		bare := strings.TrimRight(w, ".,;:!?\"”’")
		if k > 0 && (strings.HasSuffix(bare, "ed") || bare == "said" || bare == "told") || strings.HasSuffix(w, ",") || strings.HasSuffix(w, ",”") || strings.HasSuffix(w, ",\"") {
			return true
		}
	}
	return false
}

// startsAsSentence reports whether the first word of s is one that a sentence
// in a few words begins with rather than a heading.
func startsAsSentence(s string) bool {
	first, _, _ := strings.Cut(strings.ToLower(s), " ")
	switch strings.Trim(first, "“\"'‘") {
	case "i", "i'm", "i’m", "he", "she", "it", "they", "we", "you", "my", "our", "his", "her", "their", "your", "here", "there", "what", "this", "that", "these", "those", "and", "but", "so", "or", "not", "no", "yes", "then", "well", "never", "enough", "same", "nor", "just", "maybe", "perhaps", "thank", "please":
		return true
	}
	return false
}

// markHeadings decides, from the end on, which chunks are headings: whether
// something stands under a chunk is known by then.
func (p *page) markHeadings(title int) {
	st := p.readStyle(title)
	next, chain := -1, 0
	for i := len(p.chunks) - 1; i > title; i-- {
		c := &p.chunks[i]
		if c.decided {
			continue
		}
		v := view{chunk: c, text: p.str(i), style: st}
		if i > 0 {
			v.prev = &p.chunks[i-1]
		}
		if next >= 0 {
			v.next = &p.chunks[next]
			v.quotesNext = beginsQuoted(p.str(next))
		}
		level := headingLevel(v)
		if level > 0 && chain > 1 && c.marked == plain {
			p.decide(i, document.Aside) // a table of contents, or names and titles
			continue
		}
		if level > 0 {
			p.decide(i, document.Heading)
			c.level = level
			chain++
		} else {
			chain = 0
		}
		next = i
	}
}

// beginsQuoted reports whether s begins with a quotation mark.
func beginsQuoted(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("\"“‘'«„…", r)
}

// readStyle looks at the whole document for what one line cannot show.
func (p *page) readStyle(title int) style {
	var st style
	if title >= 0 {
		t := p.chunks[title].looks
		st.stopped = t.end == signs.FullStop
		st.asks = t.end == signs.Question || t.end == signs.Exclamation
	}
	for i := max(title+1, 0); i < len(p.chunks)-1; i++ {
		c, next := &p.chunks[i], &p.chunks[i+1]
		if c.decided {
			continue
		}
		v := view{chunk: c, text: p.str(i), next: next}
		switch {
		case isFragment(c, v.text, next):
			st.fragments++
		case isQuestion(c, v.text, next):
			st.questions++
		case c.looks.end != signs.Question && headingLevel(v) > 0:
			st.headings++
		}
	}
	return st
}

// markStandfirst decides on the summary under the title, or before the first
// heading where there is no title. It argues as a paragraph does; what makes it
// one is where it stands.
func (p *page) markStandfirst(title int) {
	i := title + 1
	for i < len(p.chunks) && p.chunks[i].decided && p.chunks[i].kind == document.Aside && i < title+ends {
		i++
	}
	if i+1 >= len(p.chunks) || p.chunks[i].decided || p.chunks[i].marked != plain {
		return
	}
	c, next := &p.chunks[i], &p.chunks[i+1]
	short := c.looks.sentences <= 2 && c.looks.chars <= 320
	credited := title >= 0 && !c.looks.verbless() && (next.why == "byline" || next.why == "date")
	framed := credited || next.decided && next.kind == document.Heading
	attached := title >= 0 && i == title+1 && !c.looks.above && c.looks.below && c.looks.chars <= 250
	if short && (framed || attached) && p.anyProse(i+1) {
		p.decide(i, document.Standfirst)
	}
}

// verbless reports whether l may be a name or a phrase rather than a sentence.
func (l looks) verbless() bool { return !l.end.Stops() && !l.verb }

// anyProse reports whether an undecided chunk stands among the ten from i on.
func (p *page) anyProse(i int) bool {
	for k := i; k < min(i+10, len(p.chunks)); k++ {
		if !p.chunks[k].decided {
			return true
		}
	}
	return false
}

// markFront decides on what stands between the title and the text without being
// a heading: a subtitle. One that is a sentence is a standfirst.
func (p *page) markFront(title int) {
	for i := title + 1; title >= 0 && i < min(title+ends, len(p.chunks)-1); i++ {
		c, next := &p.chunks[i], &p.chunks[i+1]
		switch {
		case c.decided && c.kind == document.Aside:
		case !c.decided || c.kind != document.Heading || c.marked != plain || c.looks.end != signs.NoEnding:
			return
		case next.decided && next.kind == document.Heading, looksLikeName(p.str(i)) && i == title+1:
			p.decide(i, document.Aside)
		case c.looks.words >= 8 && c.looks.verb && !c.looks.headline():
			p.decide(i, document.Standfirst)
			return
		default:
			return
		}
	}
}

// looksLikeName reports whether s is two to four capitalised words, one of them
// an initial: "Ann B. Carter".
func looksLikeName(s string) bool {
	fields := strings.Fields(s)
	initial := false
	for _, f := range fields {
		r, n := utf8.DecodeRuneInString(f)
		if !unicode.IsUpper(r) {
			return false
		}
		initial = initial || len(f) == n+1 && f[n] == '.'
	}
	return initial && len(fields) >= 2 && len(fields) <= 4
}
