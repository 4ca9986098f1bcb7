package pdf

import (
	"slices"
	"strings"

	"github.com/argmap/argmap/internal/signs"
)

// sides is what stands left and right of a gutter, row by row.
type sides struct {
	left, right [][]*line
	gutter      gutter
}

// tabular reports whether the sides are columns of a table rather than of text:
// the rows of both stand on the same baselines, and those of one side do not
// fill it. Lines of text fill nine tenths of a column; cells do not.
func (s *sides) tabular() bool {
	const aligned, full = .8, .6
	if bulleted(s.left) && bulleted(s.right) {
		return false // two lists side by side
	}
	fewer, more := s.left, s.right
	if len(fewer) > len(more) {
		fewer, more = more, fewer
	}
	n, k := 0, 0
	for _, a := range fewer {
		for k < len(more) && more[k][0].y < a[0].y-.2*a[0].size {
			k++
		}
		if k < len(more) && more[k][0].y < a[0].y+.2*a[0].size {
			n++
		}
	}
	if float64(n) < aligned*float64(len(fewer)) {
		return false
	}
	if (cellular(s.left) || cellular(s.right)) && 10*len(fewer) >= 6*len(more) {
		return true
	}
	return filled(s.left, false) < full || filled(s.right, true) < full
}

// bulleted reports whether several rows begin with a bullet.
func bulleted(rs [][]*line) bool {
	n := 0
	for _, r := range rs {
		if len(r[0].words) > 0 && signs.AreBullets(r[0].words[0].text) {
			n++
		}
	}
	return n > 1
}

// cells reports whether a gutter beside something narrow parts the columns of a
// table, rather than the marks of a list from its items.
func (l *layout) cells(g gutter, parts []*line) bool {
	l.work -= 20 * len(parts)
	_, left, right, _ := g.part(parts)
	s := sides{left: rows(left), right: rows(right), gutter: g}
	marks := 0
	for _, r := range s.left {
		if isMark(r[len(r)-1].text()) {
			marks++
		}
	}
	return 2*marks < len(s.left) && s.tabular()
}

// cellular reports whether most rows are figures.
func cellular(rs [][]*line) bool {
	n := 0
	for _, r := range rs {
		digits, letters := 0, 0
		for _, l := range r {
			for _, c := range l.text() {
				switch {
				case c >= '0' && c <= '9':
					digits++
				case c > ' ' && !strings.ContainsRune(".,%()-–$€£", c):
					letters++
				}
			}
		}
		if digits > letters {
			n++
		}
	}
	return n*3 > 2*len(rs)
}

// filled is the mean width of the parts nearest to the gutter, as a share of the
// ground that they cover. right is set for the side right of it.
func filled(rs [][]*line, right bool) float64 {
	var near []*line
	for i, r := range rs {
		for _, l := range r {
			if nearest(l, rs[max(0, i-2):min(len(rs), i+3)], right) {
				near = append(near, l)
			}
		}
	}
	near = withoutHeadlines(near)
	if len(near) == 0 {
		return 0
	}
	// Some stand in the next column but one, where rows do not match.
	ends := make([]float64, len(near))
	for i, l := range near {
		ends[i] = l.x0
		if right {
			ends[i] = l.x1
		}
	}
	slices.Sort(ends)
	far := ends[len(ends)/2]
	var all extent
	sum := 0.0
	for _, l := range near {
		if right && l.x0 < far || !right && l.x1 > far {
			sum += l.width()
			all.add(l)
		}
	}
	return sum / float64(all.n) / all.width()
}

// withoutHeadlines leaves out the lines in larger type than most: one over two of
// three columns stands on one side of a gutter, but fills no column.
func withoutHeadlines(ls []*line) []*line {
	const larger = 1.3
	sizes := make([]float64, len(ls))
	for i, l := range ls {
		sizes[i] = l.size
	}
	slices.Sort(sizes)
	return slices.DeleteFunc(ls, func(l *line) bool { return l.size > larger*sizes[len(sizes)/2] })
}

// nearest reports whether none of the rows has a part beside l on the side of
// the gutter.
func nearest(l *line, rs [][]*line, right bool) bool {
	for _, r := range rs {
		for _, o := range r {
			if o == l || o.y1 <= l.y0 || o.y0 >= l.y1 {
				continue
			}
			if right && o.x1 <= l.x0 || !right && o.x0 >= l.x1 {
				return false
			}
		}
	}
	return true
}

// trim parts the table from rows above and below it that stand on one side
// only: the last line of a paragraph, a caption.
func (s *sides) trim() (head, body, foot []*line) {
	var all [][]*line
	parts := func(rs [][]*line) (out []*line) {
		for _, r := range rs {
			out = append(out, r...)
		}
		return out
	}
	all = rows(append(parts(s.left), parts(s.right)...))
	both := func(r []*line) bool { return r[0].x1 <= s.gutter.x0+1 && r[len(r)-1].x0 >= s.gutter.x1-1 }
	first, last := -1, -1
	for i, r := range all {
		if both(r) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return nil, parts(all), nil
	}
	return parts(all[:first]), parts(all[first : last+1]), parts(all[last+1:])
}

// sideHeads reports whether the left side holds headings in the margin, each
// beside the text that it heads.
func (s *sides) sideHeads() bool {
	var left, right extent
	for _, r := range s.left {
		for _, l := range r {
			left.add(l)
		}
	}
	for _, r := range s.right {
		for _, l := range r {
			right.add(l)
		}
	}
	return len(s.left)*5 < 2*len(s.right) && left.width() < .5*right.width() && left.y0 >= right.y0-3*s.right[0][0].size
}

// strips emits headings in the margin, each before the text beside it.
func (l *layout) strips(s sides) {
	next := 0
	for i := 0; i < len(s.left); {
		j := i + 1
		for j < len(s.left) && s.left[j][0].y-s.left[j-1][0].y < 1.6*s.left[j][0].size {
			j++
		}
		var head, before []*line
		for _, r := range s.left[i:j] {
			head = append(head, r...)
		}
		for next < len(s.right) && s.right[next][0].y < s.left[i][0].y-.5*s.left[i][0].size {
			before = append(before, s.right[next]...)
			next++
		}
		l.cut(before)
		l.emit(column, head)
		i = j
	}
	var rest []*line
	for _, r := range s.right[next:] {
		rest = append(rest, r...)
	}
	l.cut(rest)
}

// tableText is a table as it reads: a row a line, cells parted by bars.
func tableText(parts []*line) string {
	var b strings.Builder
	for i, r := range rows(parts) {
		if i > 0 {
			b.WriteByte('\n')
		}
		for k, cell := range r {
			if k > 0 {
				b.WriteString(" | ")
			}
			b.WriteString(cell.text())
		}
	}
	return b.String()
}
