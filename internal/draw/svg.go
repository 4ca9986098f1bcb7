package draw

import (
	"bytes"
	"html"
	"regexp"
)

var (
	doctype  = regexp.MustCompile(`<!DOCTYPE[^>]*>\n?`)
	comment  = regexp.MustCompile(`<!--[^>]*-->\n?`)
	svgOpen  = regexp.MustCompile(`<svg `)
	rootName = regexp.MustCompile(`<title>argument_map</title>`)
	// Graphviz titles an element with its name and wraps what it draws in a
	// link to nowhere that carries the tooltip.
	named   = regexp.MustCompile(`<title>[^<]*</title>\n<g id="a_[^"]*"><a xlink:title=("[^"]*")>`)
	linked  = regexp.MustCompile(`<g id="a_[^"]*"><a xlink:title=("[^"]*")>`)
	unlink  = regexp.MustCompile(`</a>\n</g>`)
	quoted  = regexp.MustCompile(`<title>"([^"]*)"</title>`)
	cell    = regexp.MustCompile(`stroke="none" points=`)
	pageTip = regexp.MustCompile(`<g id="(map_[^"]*)" class="([^"]*)">\n<title>[^<]*</title>`)
)

// tidySVG makes what Graphviz wrote fit to stand in a web page and to be read
// aloud: no document type that a browser would fetch, the whole text of a unit
// as its title, which browsers show where the mouse rests, and a name for the
// picture.
func tidySVG(svg []byte, title string) []byte {
	svg = doctype.ReplaceAll(svg, nil)
	svg = comment.ReplaceAll(svg, nil)
	svg = pageTip.ReplaceAll(svg, []byte(`<g id="$1" class="$2">`))
	svg = named.ReplaceAll(svg, []byte("<title>$1</title>\n<g>"))
	svg = linked.ReplaceAll(svg, []byte("<g><title>$1</title>"))
	svg = quoted.ReplaceAll(svg, []byte("<title>$1</title>"))
	svg = cell.ReplaceAll(svg, []byte(`stroke="none" shape-rendering="crispEdges" points=`)) // no seams between cells
	svg = unlink.ReplaceAll(svg, []byte("</g>"))
	name := []byte(html.EscapeString(title))
	svg = replaceFirst(svg, rootName, append(append([]byte("<title>"), name...), "</title>"...))
	return replaceFirst(svg, svgOpen, append(append([]byte(`<svg role="img" aria-label="`), name...), `" `...))
}

// replaceFirst puts by in the place of the first match.
func replaceFirst(s []byte, re *regexp.Regexp, by []byte) []byte {
	at := re.FindIndex(s)
	if at == nil {
		return s
	}
	return bytes.Join([][]byte{s[:at[0]], by, s[at[1]:]}, nil)
}
