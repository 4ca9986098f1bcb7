package format

import (
	"bufio"
	"encoding/xml"
	"io"

	"github.com/argmap/argmap/internal/argument"
)

// writeGraphML writes a graph of all documents as GraphML with typed <key> and
// <data> elements and no extension, so that every reader takes all of it.
// Lists, such as cues, are JSON in a text.
func writeGraphML(w io.Writer, ms []*argument.Map, opt Options) error {
	g := graphOf(ms, opt)
	x := &xmlWriter{bufio.NewWriter(w)}
	x.raw(xml.Header)
	const namespace = "http://graphml.graphdrawing.org/xmlns"
	x.raw("<graphml").attr("xmlns", namespace).attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance").
		attr("xsi:schemaLocation", namespace+" "+namespace+"/1.0/graphml.xsd").raw(">\n")
	about := g.about()
	keys := map[string]bool{} // those that are declared
	x.keys(keys, "graph", about)
	for _, n := range g.nodes {
		x.keys(keys, "node", n.fields)
	}
	for _, e := range g.edges {
		x.keys(keys, "edge", e.fields)
	}
	x.raw("  <graph id=\"map\" edgedefault=\"directed\">\n")
	x.data("graph", "    ", about)
	for _, n := range g.nodes {
		x.raw("    <node").attr("id", n.id).raw(">\n")
		x.data("node", "      ", n.fields)
		x.raw("    </node>\n")
	}
	for _, e := range g.edges {
		x.raw("    <edge").attr("id", e.id).attr("source", e.from).attr("target", e.to).raw(">\n")
		x.data("edge", "      ", e.fields)
		x.raw("    </edge>\n")
	}
	x.raw("  </graph>\n</graphml>\n")
	return x.Flush()
}

// xmlWriter writes XML; its errors wait for Flush.
type xmlWriter struct{ *bufio.Writer }

func (x *xmlWriter) raw(s string) *xmlWriter {
	x.WriteString(s)
	return x
}

func (x *xmlWriter) escaped(s string) *xmlWriter {
	_ = xml.EscapeText(x, []byte(s)) // Flush reports it
	return x
}

func (x *xmlWriter) attr(name, value string) *xmlWriter {
	return x.raw(" " + name + `="`).escaped(value).raw(`"`)
}

// keys declares the attributes that have not been declared yet.
func (x *xmlWriter) keys(known map[string]bool, scope string, fields []field) {
	for _, f := range fields {
		key := keyID(scope, f)
		if known[key] {
			continue
		}
		known[key] = true
		x.raw("  <key").attr("id", key).attr("for", scope).attr("attr.name", f.name).
			attr("attr.type", kindOf(f.name)).raw("/>\n")
	}
}

// keyID is the id of the key of a field: nodes and edges may share a name.
func keyID(scope string, f field) string { return scope + "." + f.name }

func (x *xmlWriter) data(scope, indent string, fields []field) {
	for _, f := range fields {
		x.raw(indent+"<data").attr("key", keyID(scope, f)).raw(">").escaped(f.plain()).raw("</data>\n")
	}
}
