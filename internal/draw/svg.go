package draw

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
)

var (
	doctype  = regexp.MustCompile(`<!DOCTYPE[^>]*>\n?`)
	comment  = regexp.MustCompile(`<!--[^>]*-->\n?`)
	svgOpen  = regexp.MustCompile(`<svg `)
	rootName = regexp.MustCompile(`<title>argument_map</title>\n?`)
	svgEnd   = regexp.MustCompile(`(<svg [^>]*>)`)
	// What Graphviz draws by the sort of thing that it is, the first of its classes.
	element = regexp.MustCompile(`<g id="[^"]*" class="(node|edge|cluster) ([a-z]+)[^"]*"`)
	// Graphviz titles an element with its name and wraps what it draws in a
	// link to nowhere that carries the tooltip.
	named   = regexp.MustCompile(`<title>[^<]*</title>\n<g id="a_[^"]*"><a xlink:title=("[^"]*")>`)
	linked  = regexp.MustCompile(`<g id="a_[^"]*"><a xlink:title=("[^"]*")>`)
	unlink  = regexp.MustCompile(`</a>\n</g>`)
	quoted  = regexp.MustCompile(`<title>"([^"]*)"</title>`)
	cell    = regexp.MustCompile(`stroke="none" points=`)
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
	svg = cell.ReplaceAll(svg, []byte(`stroke="none" shape-rendering="crispEdges" points=`)) // no seams between cells
	svg = unlink.ReplaceAll(svg, []byte("</g>"))
	svg = element.ReplaceAllFunc(svg, func(g []byte) []byte {
		sort := element.FindSubmatch(g)
		return slices.Concat(g, []byte(roles[string(sort[1])+" "+string(sort[2])]))
	})
	svg = replaceFirst(svg, rootName, nil)
	head := fmt.Sprintf("\n<title id=%q>%s</title>\n<desc id=%q>%s</desc>",
		nameID, html.EscapeString(title), descID, html.EscapeString(desc))
	if at := svgEnd.FindIndex(svg); at != nil {
		svg = slices.Insert(svg, at[1], []byte(head)...)
	}
	return replaceFirst(svg, svgOpen, fmt.Appendf(nil,
		`<svg role="graphics-document document" aria-labelledby=%q aria-describedby=%q `, nameID, descID))
}

// replaceFirst puts by in the place of the first match.
func replaceFirst(s []byte, re *regexp.Regexp, by []byte) []byte {
	at := re.FindIndex(s)
	if at == nil {
		return s
	}
	return bytes.Join([][]byte{s[:at[0]], by, s[at[1]:]}, nil)
}
