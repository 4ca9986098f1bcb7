package pdf

import (
	"cmp"
	"math"
	"slices"
)

// style is how the file sets its text, measured over all of it.
type style struct {
	body float64 // the size of most of the type
	// leadings is the usual step from one baseline to the next by size of the
	// type, in quarter points.
	leadings map[int]float64
	// indents is set where paragraphs begin with an indented line.
	indents bool
	// scanned is set where the text lies unseen under the picture of the page.
	// Its sizes are estimates and differ from line to line.
	scanned bool
	columns []bounds
}

// bounds are the edges between which the lines of a column run.
type bounds struct {
	left, right float64
	// justified is set where most lines end at the right edge.
	justified bool
	lines     int
}

func (b bounds) width() float64 { return b.right - b.left }

// bodySize is the size of most of the type of the pages.
func bodySize(pages []*page) float64 {
	counts := make(map[int]int)
	for _, p := range pages {
		for i := range p.words {
			counts[int(math.Round(2*p.words[i].size))] += p.words[i].chars
		}
	}
	best, most := 0, -1
	for k, n := range counts {
		// Neighbours count too: scans, and sizes halfway between two steps.
		n += (counts[k-1] + counts[k+1]) / 2
		if n > most || n == most && k < best {
			best, most = k, n
		}
	}
	sum, n := 0.0, 0
	for _, p := range pages {
		for i := range p.words {
			if w := &p.words[i]; near(w.size, float64(best)/2, .5) {
				sum += w.size * float64(w.chars)
				n += w.chars
			}
		}
	}
	if n == 0 {
		return 10
	}
	return sum / float64(n)
}

// measure finds the style of a file from its regions.
func measure(body float64, regions []region) *style {
	s := &style{body: body, leadings: make(map[int]float64)}
	steps := make(map[int]map[int]int) // by size, then by step, in quarter points
	unseen, lines := 0, 0
	for _, r := range regions {
		for i, l := range r.lines {
			lines++
			if l.unseen {
				unseen++
			}
			if i == 0 || r.kind != column || !near(l.size, r.lines[i-1].size, .02*l.size) {
				continue
			}
			k := quarter(l.size)
			if steps[k] == nil {
				steps[k] = make(map[int]int)
			}
			steps[k][quarter(l.y-r.lines[i-1].y)]++
		}
	}
	s.scanned = 2*unseen > lines
	for size, counts := range steps {
		s.leadings[size] = usual(counts, size) / 4
	}
	s.columns = typicalColumns(regions, body)
	s.indents = s.usesIndents(regions)
	return s
}

func quarter(x float64) int { return int(math.Round(4 * x)) }

// usual is the smallest step that is common: lines of a paragraph are closer
// than paragraphs are, even where most paragraphs have one line.
func usual(counts map[int]int, size int) float64 {
	total, most := 0, 0
	for k, n := range counts {
		if k*10 >= 9*size && k <= 3*size {
			total += n
			most = max(most, n)
		}
	}
	keys := make([]int, 0, len(counts))
	for k := range counts {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		near := counts[k-1] + counts[k] + counts[k+1]
		if k*10 >= 9*size && k <= 3*size && (near*4 >= total || counts[k] == most) {
			// The middle of the hump rather than its first step.
			sum := float64((k-1)*counts[k-1] + k*counts[k] + (k+1)*counts[k+1])
			return sum / float64(near)
		}
	}
	return 1.2 * float64(size)
}

// leading is the usual step between two lines of the type of l.
func (s *style) leading(l *line) float64 {
	if d, ok := s.leadings[quarter(l.size)]; ok {
		return d
	}
	if d, ok := s.leadings[quarter(s.body)]; ok && near(l.size, s.body, .25*s.body) {
		return d * l.size / s.body
	}
	return 1.2 * l.size
}

// maxColumns is how many different columns a file may have.
const maxColumns = 64

// typicalColumns returns the columns that regions of many lines stand in, the
// commonest first.
func typicalColumns(regions []region, body float64) []bounds {
	var out []bounds
	for i := range regions {
		r := &regions[i]
		if r.kind != column || len(r.lines) < 6 {
			continue
		}
		b := r.bounds(body)
		k := slices.IndexFunc(out, func(c bounds) bool {
			return near(c.left, b.left, .5*body) && near(c.right, b.right, .7*body)
		})
		if k < 0 {
			if len(out) < maxColumns {
				out = append(out, b)
			}
			continue
		}
		out[k].lines += b.lines
		out[k].right = max(out[k].right, b.right)
		out[k].justified = out[k].justified || b.justified
	}
	slices.SortStableFunc(out, func(a, b bounds) int { return cmp.Compare(b.lines, a.lines) })
	return out
}

// bounds finds the edges of a column from its lines: where many begin, and where
// the longest end.
func (r *region) bounds(body float64) bounds {
	type edge struct {
		x float64
		n int
	}
	var lefts, rights []edge
	count := func(edges *[]edge, x float64) {
		for i := range *edges {
			if near((*edges)[i].x, x, .15*body) {
				(*edges)[i].n++
				return
			}
		}
		*edges = append(*edges, edge{x, 1})
	}
	b := bounds{left: math.Inf(1), right: math.Inf(-1), lines: len(r.lines)}
	for _, l := range r.lines {
		count(&lefts, l.x0)
		count(&rights, l.x1)
	}
	for _, e := range lefts {
		// An edge that one line in eight begins at, however many are indented.
		if 8*e.n >= len(r.lines) {
			b.left = min(b.left, e.x)
		}
	}
	if math.IsInf(b.left, 1) {
		b.left = r.x0
	}
	mostEnd := edge{}
	for _, e := range rights {
		if e.n > mostEnd.n {
			mostEnd = e
		}
	}
	b.right = r.x1
	if mostEnd.n*3 >= len(r.lines) && mostEnd.n >= 3 {
		b.justified = mostEnd.n*2 >= len(r.lines)
		if b.right-mostEnd.x < 3*body {
			b.right = mostEnd.x // a line or two stick out
		}
	}
	return b
}

// edges returns the bounds of a region's column; those of a short region are
// taken from the column of the file that it stands in.
func (s *style) edges(r *region) bounds {
	b := r.bounds(s.body)
	if len(r.lines) >= 8 {
		return b
	}
	for _, c := range s.columns {
		if r.x0 > c.left-.5*s.body && r.x1 < c.right+.7*s.body {
			// The narrowest would do, but the commonest is surer.
			if r.x0 < c.left+.35*c.width() {
				return bounds{left: min(c.left, b.left), right: max(c.right, b.right), justified: c.justified, lines: b.lines}
			}
		}
	}
	return b
}

// usesIndents reports whether paragraphs begin with an indented line: whether
// such lines stand between lines that begin at the edge.
func (s *style) usesIndents(regions []region) bool {
	indented, ends := 0, 0
	for i := range regions {
		r := &regions[i]
		if r.kind != column || len(r.lines) < 4 {
			continue
		}
		b := s.edges(r)
		for k := 1; k+1 < len(r.lines); k++ {
			prev, l, next := r.lines[k-1], r.lines[k], r.lines[k+1]
			if !near(l.size, s.body, .05*s.body) || !near(prev.size, l.size, .05*l.size) || l.y-prev.y > 1.25*s.leading(l) {
				continue
			}
			if ended(prev.text()) {
				ends++
			}
			if d := l.x0 - b.left; d > .7*l.size && d < 4*l.size && near(prev.x0, b.left, .3*l.size) && near(next.x0, b.left, .3*l.size) && ended(prev.text()) {
				indented++
			}
		}
	}
	return indented >= 2 && indented*8 >= ends
}
