// Package draw turns argument maps into pictures, DOT, SVG, PNG and PDF, and
// into a web page that can be walked through.
//
// The way to a picture has four parts that know little of each other. Compose
// makes a picture of what is chosen of the maps: boxes with wrapped text, links,
// sections. Arrange gives everything in it its place. Write puts a picture and a
// theme into DOT, a pure function. Graphviz then draws the SVG; PNG and PDF are
// painted from Graphviz's own list of drawing operations. The same maps and
// options give the same bytes.
//
// The page (html.go) is made by a template and holds the SVG for paper and for
// readers without a script. What it does for the others is written in page/src.
//
// # Layout
//
// The thesis stands on the left (or, in small maps, on top) and its reasons
// beyond it, section by section, in columns like those of a newspaper. What
// bears on a unit stands beyond the unit, in lines like those of a text, so it
// reads in the order in which it was written. All supports of a unit share one
// line along the boxes; each attack has its own. Where a chain of reasons would
// grow too wide it goes on in a new line, indented. A large map is folded: minor
// premises are counted in the units that they bear on.
//
// What goes where is decided with boxes of the size that texts of their length
// mostly take, so that a changed word hardly ever moves more than what stands
// below it.
//
// Of two versions of a text (Options.Changes) the picture is one map of both. It
// shows in colours, signs and words what became of things, and what sort of things
// they are by their shapes alone. A relation that is gone from a unit that has
// another is told in the unit's box: a forest has no place for both.
//
// Positions are ours because relations form a forest, for which a layout without
// overlaps and without lines through boxes can be computed in no time; Graphviz's
// "dot" makes a strip three times as high as wide of a real article, and takes
// minutes for thousands of units.
package draw

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// Options say how a picture should look. The zero value is a good picture.
type Options struct {
	// Theme is one of Themes; "" is the first of them.
	Theme string
	// Rankdir is where the reasons' edges point, as in Graphviz: RL puts the
	// thesis on the left, BT on top. "" takes BT for small maps, RL for others.
	Rankdir string
	// NoSources leaves out who said what.
	NoSources bool
	// NoLegend leaves out the legend.
	NoLegend bool
	// MinConfidence leaves out units (but never the thesis), attributions and
	// relations of a lower confidence.
	MinConfidence float64
	// Scale is the number of pixels of a PNG to a point; 0 is DefaultScale.
	Scale float64
	// Title stands over the picture; "" takes the document's.
	Title string
	// Focus is the id of a unit: only what it bears on and what bears on it is
	// drawn, Depth steps each way, of the maps that have it. "" draws all.
	Focus string
	// Depth is how far around Focus is drawn; 0 is DefaultDepth.
	Depth int
	// Only is one of Onlys, a part of the map that is drawn alone; "" draws all.
	Only string
	// Collapse folds all premises into the units that they bear on: what is left
	// says how many.
	Collapse bool
	// MaxUnits is how many units of a map may be drawn; 0 is DefaultMaxUnits. Of
	// a larger map the minor premises are folded, which the picture says.
	MaxUnits int
	// Changes, if not nil, say what became of what the only map has between two
	// versions of a text: the picture then shows that. HTML shows the map alone.
	Changes *Changes
	// Live is where a page of HTML hears that it has changed (server-sent
	// events), on the host that it came from; "" for a page that stands alone.
	Live string
	// Page is the size of paper of a PDF, one of Pages; "" is one page as large as
	// the picture.
	Page string
	// Note, if not nil, is told in one sentence of anything left out or
	// changed to fit.
	Note func(string)
}

// DefaultScale makes PNG text sharp on a dense screen.
const DefaultScale = 2.0

// rankdirs are the values of Options.Rankdir.
var rankdirs = []string{"LR", "RL", "TB", "BT"}

// Themes returns the names of the themes, the default first.
func Themes() []string {
	return names(themes, func(t *theme) string { return t.name })
}

// names are the names of the rows of a table, in its order.
func names[T any](table []T, name func(*T) string) []string {
	all := make([]string, len(table))
	for i := range table {
		all[i] = name(&table[i])
	}
	return all
}

// DOT writes the maps as one Graphviz graph, for "dot -Tsvg" or any other tool.
func DOT(w io.Writer, maps []*argument.Map, opt Options) error {
	dot, _, _, err := prepare(maps, opt)
	if err != nil {
		return err
	}
	_, err = w.Write(dot)
	return err
}

// SVG writes the maps as one SVG image. Each unit is an element whose id is the
// unit's, with its kind and role as classes and its whole text as tooltip.
func SVG(ctx context.Context, w io.Writer, maps []*argument.Map, opt Options) error {
	dot, pic, _, err := prepare(maps, opt)
	if err != nil {
		return err
	}
	svg, err := layout(ctx, dot, "svg")
	if err != nil {
		return fmt.Errorf("draw svg: %w", err)
	}
	_, err = w.Write(tidySVG(svg, pic.title, pic.desc))
	return err
}

// PNG writes the maps as one PNG image.
func PNG(ctx context.Context, w io.Writer, maps []*argument.Map, opt Options) error {
	dot, _, th, err := prepare(maps, opt)
	if err != nil {
		return err
	}
	d, err := operations(ctx, dot)
	if err != nil {
		return fmt.Errorf("draw png: %w", err)
	}
	if err := paint(ctx, w, d, th, opt); err != nil {
		return fmt.Errorf("draw png: %w", err)
	}
	return nil
}

// prepare checks the options and returns the DOT text, and the picture and theme
// that it was made of.
func prepare(maps []*argument.Map, opt Options) ([]byte, *picture, *theme, error) {
	for _, o := range []struct {
		what, value string
		known       []string
	}{
		{"theme", opt.Theme, Themes()},
		{"direction", opt.Rankdir, rankdirs},
		{"part", opt.Only, Onlys()},
		{"page", opt.Page, Pages()},
	} {
		if o.value != "" && !slices.Contains(o.known, o.value) {
			return nil, nil, nil, fmt.Errorf("draw: unknown %s %q (known: %s)", o.what, o.value, strings.Join(o.known, ", "))
		}
	}
	th, _ := findTheme(opt.Theme)
	if err := checkFocus(maps, opt.Focus); err != nil {
		return nil, nil, nil, err
	}
	pic := compose(maps, opt)
	if opt.Note != nil {
		for _, note := range pic.notes {
			opt.Note(note)
		}
	}
	var b bytes.Buffer
	write(&b, pic, th)
	return b.Bytes(), pic, th, nil
}
