package pdf

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/argmap/argmap/internal/signs"
)

// Running heads, running feet and page numbers are found by what they do on
// other pages: the outermost rows of a page are compared with rows at the same
// height elsewhere, then the rows inside them.

// edgeRow is a row near the upper or lower edge of a page.
type edgeRow struct {
	parts []*line
	y     float64 // distance of its baseline from the edge
	text  string
	sign  string // its words, with # for numbers: what does not change
	// numbers are those it begins and ends with, less the number of the page.
	numbers []int
	// apart is how far the next row inwards is, in lines of body text.
	apart float64
	plain bool // it looks like body text
	// large is set for a row in the type of headings. The title of a slide or of a
	// chapter of one page stands at one height on all pages, too.
	large bool
	// ruled is set for a row at the head of a page other than the first that a
	// rule over the width of the text parts from it.
	ruled bool
	foot  bool // it stands at the lower edge
}

// edgeDepth is how many rows are taken off an edge at most, and edgeShare the
// part of the page's height that they may take up.
const (
	edgeDepth = 5
	edgeShare = .17
)

// stripFurniture takes the running heads, feet and page numbers off the pages.
// parts are those of each page.
func stripFurniture(pages []*page, parts [][]*line, body float64) {
	grid := make([][][]*line, len(pages)) // rows by page
	for i := range pages {
		grid[i] = rows(parts[i])
	}
	gone := make(map[*line]bool)
	for _, top := range []bool{true, false} {
		for range edgeDepth {
			if !stripEdge(pages, grid, top, body, gone) {
				break
			}
		}
	}
	for i := range parts {
		parts[i] = slices.DeleteFunc(parts[i], func(l *line) bool { return gone[l] })
	}
}

// stripEdge takes the outermost row off every page where it is furniture, and
// reports whether there was any.
func stripEdge(pages []*page, grid [][][]*line, top bool, body float64, gone map[*line]bool) bool {
	edges := make([]*edgeRow, len(pages))
	for i, p := range pages {
		edges[i] = outermostRow(p, grid[i], top, body)
	}
	classes := newEdgeClasses(edges)
	found := false
	for i, e := range edges {
		if e == nil || !classes.furniture(e, len(pages)) {
			continue
		}
		for _, l := range e.parts {
			gone[l] = true
		}
		if top {
			grid[i] = grid[i][1:]
		} else {
			grid[i] = grid[i][:len(grid[i])-1]
		}
		found = true
	}
	return found
}

// outermostRow describes the outermost row of a page, or returns nil where it
// is too far from the edge.
func outermostRow(p *page, grid [][]*line, top bool, body float64) *edgeRow {
	if len(grid) == 0 {
		return nil
	}
	at, inner := len(grid)-1, len(grid)-2
	if top {
		at, inner = 0, 1
	}
	parts := grid[at]
	e := &edgeRow{parts: parts, y: p.height - parts[0].y, apart: math.Inf(1), plain: true, large: true, foot: !top}
	if top {
		e.y = parts[0].y
	}
	if e.y > edgeShare*p.height {
		return nil
	}
	if inner >= 0 && inner < len(grid) {
		e.apart = math.Abs(grid[inner][0].y-parts[0].y) / (1.2 * body)
		e.ruled = top && p.number > 1 && ruledOff(p, grid, parts[0].y, grid[inner][0].y)
	}
	var texts []string
	for _, l := range parts {
		texts = append(texts, l.text())
		e.large = e.large && l.size > headingSize*body
		e.plain = e.plain && near(l.size, body, .04*body) && !l.italic && !l.bold && strings.ToUpper(l.text()) != l.text()
	}
	e.read(strings.Join(texts, "  "), p.number)
	return e
}

// ruledOff reports whether a rule that is about as wide as the text lies between
// the baselines y and below.
func ruledOff(p *page, grid [][]*line, y, below float64) bool {
	var all extent
	for _, row := range grid {
		for _, l := range row {
			all.add(l)
		}
	}
	const wide = .9
	return slices.ContainsFunc(p.rules, func(r rect) bool {
		return r.y0 > y && r.y1 < below && r.width() > wide*all.width()
	})
}

// read fills in what follows from the words of the row.
func (e *edgeRow) read(text string, page int) {
	e.text = text
	var sign strings.Builder
	fields := strings.Fields(text)
	for i, f := range fields {
		core := strings.TrimFunc(f, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		n, err := strconv.Atoi(core)
		if err != nil && (i == 0 || i == len(fields)-1) {
			n = signs.Roman(core)
			if n > 0 {
				err = nil
			}
		}
		if err != nil {
			sign.WriteString(strings.ToLower(strings.Map(dropDigits, f)))
		} else {
			sign.WriteByte('#')
			if i < 3 || i >= len(fields)-3 {
				e.numbers = append(e.numbers, n-page)
			}
		}
		sign.WriteByte(' ')
	}
	e.sign = strings.TrimSpace(sign.String())
}

func dropDigits(r rune) rune {
	if unicode.IsDigit(r) {
		return '#'
	}
	return r
}

// browserRow is what browsers print above and below a page: date and time, and
// the address with the number of the page. Compiled when a row stands apart.
var browserRow = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? +\d{1,2}:\d{2}|(?:https?|file)://\S+ +\d+/\d+|\d+/\d+ +(?:https?|file)://\S+$`)
})

// pageWords are the words that may stand beside a page number.
var pageWords = map[string]bool{"of": true, "p": true, "page": true, "pg": true, "seite": true, "von": true}

// bare reports whether the row is nothing but a page number.
func (e *edgeRow) bare() bool {
	if len(e.numbers) == 0 {
		return false
	}
	for word := range strings.FieldsFuncSeq(e.sign, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !pageWords[word] {
			return false
		}
	}
	return true
}

// lone reports whether the row is one number and at most a word such as "page".
func (e *edgeRow) lone() bool { return e.bare() && strings.Count(e.sign, "#") == 1 }

// note reports whether the row reads as a footnote does: a number, then a
// sentence or a long line.
func (e *edgeRow) note() bool {
	const title = 10 // words; that many of a chapter's name stand beside a page number
	words := strings.Fields(e.text)
	return e.foot && len(words) > 3 && noteMark(words[0]) != signs.NoMark && (ended(e.text) || len(words) > title)
}

// edgeClasses count what the outermost rows of all pages have in common.
type edgeClasses struct {
	texts   map[edgeKey]int // rows of the same text at this height
	signs   map[edgeKey]int // rows of the same text but for its numbers
	heights map[edgeKey]int // rows at this height that stand apart
	steps   map[edgeKey]int // rows at this height whose number runs with the pages
}

type edgeKey struct {
	text string
	step int
	y    int // in steps of edgeStep points
}

// edgeStep is how far rows at one height may differ, in points.
const edgeStep = 3

// apartLines is how far from the text furniture stands, in lines.
const apartLines = 1.3

// around calls f with the keys that a row belongs to by its height.
func (e *edgeRow) around(f func(y int)) {
	y := int(e.y / edgeStep)
	f(y)
	if math.Mod(e.y, edgeStep) < edgeStep/2. {
		f(y - 1)
	} else {
		f(y + 1)
	}
}

// newEdgeClasses counts edges, in which nil stands for no row.
func newEdgeClasses(edges []*edgeRow) *edgeClasses {
	c := &edgeClasses{make(map[edgeKey]int), make(map[edgeKey]int), make(map[edgeKey]int), make(map[edgeKey]int)}
	for _, e := range edges {
		if e == nil {
			continue
		}
		e.around(func(y int) {
			c.texts[edgeKey{text: e.text, y: y}]++
			c.signs[edgeKey{text: e.sign, y: y}]++
			if e.apart >= apartLines {
				c.heights[edgeKey{y: y}]++
			}
			for i, n := range e.numbers {
				if !slices.Contains(e.numbers[:i], n) {
					c.steps[edgeKey{step: n, y: y}]++
				}
			}
		})
	}
	return c
}

// most is the largest of the counts that a row has at its height.
func most(e *edgeRow, counts map[edgeKey]int, key edgeKey) int {
	n := 0
	e.around(func(y int) {
		key.y = y
		n = max(n, counts[key])
	})
	return n
}

// furniture reports whether a row is a running head, foot or page number of a
// file of so many pages.
func (c *edgeClasses) furniture(e *edgeRow, pages int) bool {
	apart := e.apart >= apartLines
	if apart && e.alone() {
		return true
	}
	steps := 0
	for _, n := range e.numbers {
		steps = max(steps, most(e, c.steps, edgeKey{step: n}))
	}
	switch {
	case (e.note() || e.large && !e.lone()) && most(e, c.signs, edgeKey{text: e.sign}) < 2:
		return false // notes and chapters may count as the pages do
	case e.bare() && (steps >= 2 || slices.Contains(e.numbers, 0) && apart):
		return true
	case steps >= 2 && (apart || !e.plain):
		return true // "12   The Journal of Ferries"
	case most(e, c.texts, edgeKey{text: e.text}) >= 2 && (apart || !e.plain) && signs.Readable(e.text):
		return true // the same at the same height; "3 Ibid." and "4 Ibid." are notes
	}
	// Words that change with the section, where nothing else stands so high or so
	// low on most pages, in another type than the text.
	return pages >= 4 && apart && !e.plain && 2*most(e, c.heights, edgeKey{}) > pages
}

// alone reports whether a row that stands apart is furniture whatever stands on
// other pages: what a browser prints, a number at the foot, a head over a rule.
func (e *edgeRow) alone() bool {
	return browserRow().MatchString(e.text) || e.lone() && e.foot || e.ruled && !e.plain
}

// dropLineNumbers drops the numbers that some manuscripts count their lines with:
// figures left of the text, one for each line or each fifth, that run on.
func dropLineNumbers(p *page) {
	const fewest = 8
	first := make(map[int]int) // the leftmost word of each row, by its baseline
	for i := range p.words {
		y := int(math.Round(p.words[i].y))
		if k, ok := first[y]; !ok || p.words[i].x0 < p.words[k].x0 {
			first[y] = i
		}
	}
	ys := make([]int, 0, len(first))
	for y := range first {
		ys = append(ys, y)
	}
	slices.Sort(ys)
	drop := make(map[int]bool)
	last, rows, runs, steps := 0, 0, 0, map[int]int{}
	for _, y := range ys {
		w := &p.words[first[y]]
		rows++
		n, err := strconv.Atoi(w.text)
		if err != nil || w.x1 > p.width/3 {
			continue
		}
		if len(drop) > 0 && (n == last+1 || n == last+5) && rows == n-last {
			runs++
			steps[n-last]++
		}
		drop[first[y]] = true
		last, rows = n, 0
	}
	if len(drop) < fewest || runs*10 < 9*(len(drop)-1) || max(steps[1], steps[5])*10 < 9*runs {
		return
	}
	kept := p.words[:0]
	for i, w := range p.words {
		if !drop[i] {
			kept = append(kept, w)
		}
	}
	p.words = kept
}
