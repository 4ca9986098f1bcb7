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
	x.raw(`<graphml xmlns="http://graphml.graphdrawing.org/xmlns"` +
		` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
		` xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">` + "\n")
	about := []field{textField("argmap", argument.Schema), {"documents", mustJSON(g.documents)}}
	keys := map[string]string{} // id of a key by scope and name
	x.keys(keys, "graph", about)
	for _, n := range g.nodes {
		x.keys(keys, "node", n.fields)
	}
	for _, e := range g.edges {
		x.keys(keys, "edge", e.fields)
	}
	x.raw("  <graph id=\"map\" edgedefault=\"directed\">\n")
	x.data(keys, "graph", "    ", about)
	for _, n := range g.nodes {
		x.raw("    <node").attr("id", n.id).raw(">\n")
		x.data(keys, "node", "      ", n.fields)
		x.raw("    </node>\n")
	}
	for _, e := range g.edges {
		x.raw("    <edge").attr("id", e.id).attr("source", e.from).attr("target", e.to).raw(">\n")
		x.data(keys, "edge", "      ", e.fields)
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
func (x *xmlWriter) keys(known map[string]string, scope string, fields []field) {
	for _, f := range fields {
		key := scope + "." + f.name
		if known[key] != "" {
			continue
		}
		known[key] = key
		x.raw("  <key").attr("id", key).attr("for", scope).attr("attr.name", f.name).
			attr("attr.type", kindOf(f.name)).raw("/>\n")
	}
}

func (x *xmlWriter) data(keys map[string]string, scope, indent string, fields []field) {
	for _, f := range fields {
		x.raw(indent+"<data").attr("key", keys[scope+"."+f.name]).raw(">").escaped(f.plain()).raw("</data>\n")
	}
}
