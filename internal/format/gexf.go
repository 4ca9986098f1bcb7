package format

import (
	"bufio"
	"encoding/xml"
	"io"

	"github.com/argmap/argmap/internal/argument"
)

// gexfTypes are GEXF's names for the sorts of values.
var gexfTypes = map[string]string{valueText: "string", valueWhole: "integer", valueReal: "double"}

// writeGEXF writes the graph of all documents for Gephi, GEXF 1.3. It has no
// place for what concerns a document as a whole.
func writeGEXF(w io.Writer, ms []*argument.Map, opt Options) error {
	g := graphOf(ms, opt)
	x := &xmlWriter{bufio.NewWriter(w)}
	x.raw(xml.Header)
	x.raw(`<gexf xmlns="http://gexf.net/1.3" version="1.3">` + "\n")
	x.raw("  <meta>\n    <creator>argmap</creator>\n")
	if len(ms) > 0 {
		x.raw("    <description>").escaped(unarranged(ms[0]).title()).raw("</description>\n")
	}
	x.raw("  </meta>\n  <graph mode=\"static\" defaultedgetype=\"directed\">\n")
	nodeFields, edgeFields := make([][]field, len(g.nodes)), make([][]field, len(g.edges))
	for i, n := range g.nodes {
		nodeFields[i] = n.fields
	}
	for i, e := range g.edges {
		edgeFields[i] = e.fields
	}
	x.gexfAttributes("node", nodeFields)
	x.gexfAttributes("edge", edgeFields)
	x.raw("    <nodes>\n")
	for _, n := range g.nodes {
		x.raw("      <node").attr("id", n.id).attr("label", n.label).raw(">\n")
		x.gexfValues(n.fields).raw("      </node>\n")
	}
	x.raw("    </nodes>\n    <edges>\n")
	for _, e := range g.edges {
		x.raw("      <edge").attr("id", e.id).attr("source", e.from).attr("target", e.to).attr("label", e.class).raw(">\n")
		x.gexfValues(e.fields).raw("      </edge>\n")
	}
	x.raw("    </edges>\n  </graph>\n</gexf>\n")
	return x.Flush()
}

// gexfAttributes declares the attributes of nodes or edges.
func (x *xmlWriter) gexfAttributes(class string, elements [][]field) {
	x.raw("    <attributes").attr("class", class).raw(">\n")
	known := map[string]bool{}
	for _, fields := range elements {
		for _, f := range fields {
			if !known[f.name] {
				known[f.name] = true
				x.raw("      <attribute").attr("id", f.name).attr("title", f.name).attr("type", gexfTypes[kindOf(f.name)]).raw("/>\n")
			}
		}
	}
	x.raw("    </attributes>\n")
}

func (x *xmlWriter) gexfValues(fields []field) *xmlWriter {
	x.raw("        <attvalues>\n")
	for _, f := range fields {
		x.raw("          <attvalue").attr("for", f.name).attr("value", f.plain()).raw("/>\n")
	}
	return x.raw("        </attvalues>\n")
}
