package pdf

import (
	"cmp"
	"slices"
)

// frames takes what stands in a frame or on a tinted ground out of parts, cuts
// it by itself, and leaves a line in its place that holds its regions.
func (l *layout) frames(p *page, parts []*line) []*line {
	total := 0
	for _, f := range parts {
		total += f.chars
	}
	for _, box := range outermost(p.boxes, p) {
		var in, out []*line
		chars := 0
		whole := true
		for _, f := range parts {
			switch {
			case box.holds(f.rect) && f.x0 >= box.x0-2 && f.x1 <= box.x1+2:
				in = append(in, f)
				chars += f.chars
			case f.x0 < box.x1 && f.x1 > box.x0 && f.y > box.y0 && f.y < box.y1:
				whole = false // the box cuts through a line: it frames something else
			default:
				out = append(out, f)
			}
		}
		if !whole || len(rows(in)) < 3 || chars*10 > 7*total || hasFrame(in) {
			continue
		}
		inner := layout{body: l.body, page: l.page, work: l.work}
		inner.cut(in)
		l.work = inner.work
		for i := range inner.regions {
			inner.regions[i].apart = true
		}
		out = append(out, &line{rect: box, page: l.page, y: box.y0 + l.body, size: l.body, inside: inner.regions})
		parts = out
	}
	return parts
}

func hasFrame(parts []*line) bool {
	return slices.ContainsFunc(parts, func(f *line) bool { return f.inside != nil })
}

// outermost returns the boxes that lie in no other, without those that frame the
// whole page.
func outermost(boxes []rect, p *page) []rect {
	boxes = slices.Clone(boxes)
	slices.SortStableFunc(boxes, func(a, b rect) int {
		return cmp.Compare(b.width()*b.height(), a.width()*a.height())
	})
	var out []rect
	for _, b := range boxes {
		if b.width()*b.height() > .8*p.width*p.height {
			continue
		}
		if !slices.ContainsFunc(out, func(o rect) bool { return o.holds(b) }) {
			out = append(out, b)
		}
	}
	return out
}

// pullOut parts from the text what may be a quotation pulled out of it: larger
// type with body text on both sides.
func pullOut(parts []*line, body float64) (text, pulled []*line) {
	for _, f := range parts {
		left, right := false, false
		if f.size > 1.1*body && len(parts) <= maxParts {
			for _, m := range parts {
				if m.size > 1.05*body || m.y1 < f.y0 || m.y0 > f.y1 || m.inside != nil {
					continue
				}
				left = left || m.x1 <= f.x0+1
				right = right || m.x0 >= f.x1-1
			}
		}
		if left && right {
			pulled = append(pulled, f)
		} else {
			text = append(text, f)
		}
	}
	return text, pulled
}

// putBack returns the regions with what pullOut took: back into the column that
// it stands in, such as a heading in the middle one of three, or, where it spans
// columns, apart at the end.
func (l *layout) putBack(pulled []*line) []region {
	var apart []*line
	for _, f := range pulled {
		k := slices.IndexFunc(l.regions, func(r region) bool {
			return r.kind == column && !r.apart && r.x0-2 <= f.x0 && f.x1 <= r.x1+2 && r.y0 <= f.y && f.y <= r.y1
		})
		if k < 0 {
			apart = append(apart, f)
			continue
		}
		r := &l.regions[k]
		r.lines = append(r.lines, f)
		sortRows(r.lines)
	}
	out := l.regions
	l.regions = nil
	for _, r := range rows(apart) {
		row := whole(r)
		n := len(l.regions)
		if n > 0 && row.y0-l.regions[n-1].y1 < 1.5*row.size && row.x0 < l.regions[n-1].x1 && row.x1 > l.regions[n-1].x0 {
			l.regions[n-1].lines = append(l.regions[n-1].lines, row)
			l.regions[n-1].rect = l.regions[n-1].union(row.rect)
			continue
		}
		l.add(region{kind: column, lines: []*line{row}, apart: true})
	}
	for i := range out {
		for _, r := range l.regions {
			out[i].beside = append(out[i].beside, r.rect)
		}
	}
	return append(out, l.regions...)
}
