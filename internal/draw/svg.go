package draw

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
)

var (
	doctype = regexp.MustCompile(`<!DOCTYPE[^>]*>\n?`)
	comment = regexp.MustCompile(`<!--[^>]*-->\n?`)
	root    = regexp.MustCompile(`<svg [^>]*>`)
	// What Graphviz draws by the sort of thing that it is, the first of its classes.
	element = regexp.MustCompile(`<g id="[^"]*" class="(node|edge|cluster) ([a-z]+)[^"]*"`)
	// Graphviz titles an element with its name and wraps what it draws in a
	// link to nowhere that carries the tooltip.
	named   = regexp.MustCompile(`<title>[^<]*</title>\n<g id="a_[^"]*"><a xlink:title=("[^"]*")>`)
	linked  = regexp.MustCompile(`<g id="a_[^"]*"><a xlink:title=("[^"]*")>`)
	quoted  = regexp.MustCompile(`<title>"([^"]*)"</title>`)
	pageTip = regexp.MustCompile(`<g id="(map_[^"]*)" class="([^"]*)">\n<title>[^<]*</title>`)
)

// roles are what an element is to somebody who listens. The picture is a document
// to walk through, not one image: each unit is an image with its whole text, what
// it bears on and who says it as its name, so lines need not be read aloud, nor
// the legend of shapes and colours.
var roles = map[string]string{
	"node unit":        ` role="graphics-symbol img"`,
	"node source":      ` role="graphics-symbol img"`,
	"node notice":      ` role="graphics-symbol img"`,
	"node knot":        ` aria-hidden="true"`,
	"node sample":      ` aria-hidden="true"`,
	"node caption":     ` aria-hidden="true"`,
	"cluster legend":   ` aria-hidden="true"`,
	"edge relation":    ` aria-hidden="true"`,
	"edge attribution": ` aria-hidden="true"`,
	"edge sample":      ` aria-hidden="true"`,
}

// tidySVG makes what Graphviz wrote fit to stand in a web page and to be read
// aloud: no document type that a browser would fetch, the whole text of a unit
// as its title, which browsers show where the mouse rests, and a name and a
// description for the picture.
func tidySVG(svg []byte, title, desc string) []byte {
	svg = doctype.ReplaceAll(svg, nil)
	svg = comment.ReplaceAll(svg, nil)
	svg = pageTip.ReplaceAll(svg, []byte(`<g id="$1" class="$2">`))
	svg = named.ReplaceAll(svg, []byte("<title>$1</title>\n<g>"))
	svg = linked.ReplaceAll(svg, []byte("<g><title>$1</title>"))
	svg = quoted.ReplaceAll(svg, []byte("<title>$1</title>"))
	// No seams between cells.
	svg = bytes.ReplaceAll(svg, []byte(`stroke="none" points=`), []byte(`stroke="none" shape-rendering="crispEdges" points=`))
	svg = bytes.ReplaceAll(svg, []byte("</a>\n</g>"), []byte("</g>"))
	svg = element.ReplaceAllFunc(svg, func(g []byte) []byte {
		sort := element.FindSubmatch(g)
		return slices.Concat(g, []byte(roles[string(sort[1])+" "+string(sort[2])]))
	})
	svg = bytes.Replace(svg, []byte("<title>argument_map</title>\n"), nil, 1)
	at := root.FindIndex(svg)
	if at == nil {
		return svg
	}
	open := bytes.Replace(svg[at[0]:at[1]], []byte("<svg "), fmt.Appendf(nil,
		`<svg role="graphics-document document" aria-labelledby=%q aria-describedby=%q `, nameID, descID), 1)
	head := fmt.Appendf(nil, "\n<title id=%q>%s</title>\n<desc id=%q>%s</desc>",
		nameID, html.EscapeString(title), descID, html.EscapeString(desc))
	return slices.Concat(svg[:at[0]], open, head, svg[at[1]:])
}
