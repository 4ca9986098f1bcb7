package draw

import "math"

// paper is a size of paper, upright, in points.
type paper struct {
	name string
	w, h float64
}

// papers is the one list of sizes.
var papers = []paper{{"a4", 595.28, 841.89}, {"letter", 612, 792}}

// Pages returns the names of the sizes of paper that Options.Page can have.
func Pages() []string {
	return names(papers, func(p *paper) string { return p.name })
}

// Lengths on paper, in points.
const (
	edge      = 28.35 // the border that printers leave white: 10 mm
	footing   = 12.0  // room above it for the line at the foot of a sheet
	lap       = 28.35 // what neighbouring sheets both show at least: 10 mm to glue
	leastBody = 7.0   // the smallest body text that is read with ease
)

const (
	maxSheets = 40 // a wall of paper, and an hour with scissors
	tries     = 24 // scales that are tried for cuts that spare the boxes
)

// grid is a table of sheets that holds the whole drawing at a scale.
type grid struct {
	sheetW, sheetH float64
	columns, rows  int
	scale          float64 // points on paper to a point of the drawing
}

func (g *grid) sheets() int { return g.columns * g.rows }

// area is the part of a sheet that is printed on.
func (g *grid) area() rect {
	return rect{point{edge, edge}, point{g.sheetW - edge, g.sheetH - edge - footing}}
}

// poster is a drawing spread over sheets.
type poster struct {
	grid
	x, y   []float64 // where in the drawing each column and each row begins
	broken int       // boxes that are whole on no sheet
}

// window is what the sheet in that column and row shows of the drawing.
func (p *poster) window(column, row int) rect {
	at, area := point{p.x[column], p.y[row]}, p.area()
	return rect{at, point{at.X + area.w()/p.scale, at.Y + area.h()/p.scale}}
}

// spread lays a drawing of that extent on paper, upright or across: on few
// sheets on which text is legible, with few boxes cut, and then as large as can
// be. A drawing for which maxSheets are too few is made smaller, and squeezed is
// true.
func spread(extent rect, boxes []rect, size paper) (best poster, squeezed bool) {
	least := leastBody / bodySize
	var largest grid
	fewest := maxSheets + 1
	all := grids(extent, size)
	for _, g := range all {
		if g.scale >= least {
			fewest = min(fewest, g.sheets())
		}
		if g.scale > largest.scale {
			largest = g
		}
	}
	if fewest > maxSheets {
		return lay(largest, extent, boxes), true
	}
	for _, g := range all {
		if g.scale < least || g.sheets() > fewest*5/4 {
			continue
		}
		for top, i := g.scale, 0.0; i < tries; i++ {
			g.scale = top * math.Pow(least/top, i/tries)
			p := lay(g, extent, boxes)
			if best.scale == 0 || p.cost() < best.cost() || p.cost() == best.cost() && p.scale > best.scale {
				best = p
			}
			if p.broken == 0 {
				break // smaller ones are no better
			}
		}
	}
	return best, false
}

// cost weighs what a poster spends: one sheet more is worth six boxes kept whole.
func (p *poster) cost() int { return 6*p.sheets() + p.broken }

// grids lists the tables of up to maxSheets sheets, each with the largest scale
// at which it holds the drawing. Text is never larger than in the picture.
func grids(extent rect, size paper) (all []grid) {
	for _, across := range []bool{false, true} {
		g := grid{sheetW: size.w, sheetH: size.h}
		if across {
			g.sheetW, g.sheetH = size.h, size.w
		}
		area := g.area()
		fit := func(n int, view, length float64) float64 { return (float64(n)*view - float64(n-1)*lap) / length }
		for g.columns = 1; g.columns <= maxSheets; g.columns++ {
			for g.rows = 1; g.sheets() <= maxSheets; g.rows++ {
				g.scale = min(1, fit(g.columns, area.w(), extent.w()), fit(g.rows, area.h(), extent.h()))
				all = append(all, g)
			}
		}
	}
	return all
}

// lay places the sheets of a grid.
func lay(g grid, extent rect, boxes []rect) poster {
	across, down := make([]span, len(boxes)), make([]span, len(boxes))
	for i, b := range boxes {
		across[i], down[i] = span{b.Min.X, b.Max.X}, span{b.Min.Y, b.Max.Y}
	}
	p := poster{grid: g}
	area := g.area()
	viewW, viewH, both := area.w()/g.scale, area.h()/g.scale, lap/g.scale
	p.x = starts(span{extent.Min.X, extent.Max.X}, g.columns, viewW, both, across)
	p.y = starts(span{extent.Min.Y, extent.Max.Y}, g.rows, viewH, both, down)
	for i := range boxes {
		if !whole(across[i], p.x, viewW) || !whole(down[i], p.y, viewH) {
			p.broken++
		}
	}
	return p
}

// span is a stretch along one axis.
type span struct{ lo, hi float64 }

// starts says where each of n views of that length begins so that they cover
// all, each having at least both in common with the one before. What room is
// left goes to views that begin earlier, so that a span cut by the end of one
// view is whole in the next.
func starts(all span, n int, view, both float64, spans []span) []float64 {
	at := make([]float64, n)
	at[0] = all.lo
	for i := 1; i < n; i++ {
		before := at[i-1]
		// The views that follow must still reach the end.
		earliest := all.hi - float64(n-i)*view + float64(n-i-1)*both
		at[i] = before + view - both
		for _, s := range spans {
			if s.hi > before+view && s.lo >= max(before, earliest) && s.lo < at[i] {
				at[i] = s.lo
			}
		}
	}
	return at
}

// whole reports whether one of the views shows all of the span.
func whole(s span, starts []float64, view float64) bool {
	for _, at := range starts {
		if s.lo >= at && s.hi <= at+view {
			return true
		}
	}
	return false
}
