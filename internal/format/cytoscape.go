package format

import (
	"encoding/json"
	"io"

	"github.com/argmap/argmap/internal/argument"
)

// cytoscape is the JSON of Cytoscape and Cytoscape.js. networkx reads it too,
// for which it says directed, multigraph and, of each node, value.
type cytoscape struct {
	Version    string          `json:"format_version"`
	By         string          `json:"generated_by"`
	For        string          `json:"target_cytoscapejs_version"`
	Directed   bool            `json:"directed"`
	Multigraph bool            `json:"multigraph"`
	Data       json.RawMessage `json:"data"`
	Elements   struct {
		Nodes []cytoscapeData `json:"nodes"`
		Edges []cytoscapeData `json:"edges"`
	} `json:"elements"`
}

type cytoscapeData struct {
	Data json.RawMessage `json:"data"`
}

func writeCytoscape(w io.Writer, ms []*argument.Map, opt Options) error {
	g := graphOf(ms, opt)
	c := cytoscape{Version: "1.0", By: "argmap", For: "~3.0", Directed: true, Multigraph: true, Data: object(g.about())}
	c.Elements.Nodes, c.Elements.Edges = []cytoscapeData{}, []cytoscapeData{}
	for _, n := range g.nodes {
		fields := []field{textField("id", n.id), textField("value", n.id)}
		if _, named := fieldOf(n.fields, "name"); !named {
			fields = append(fields, textField("name", n.label))
		}
		c.Elements.Nodes = append(c.Elements.Nodes, cytoscapeData{object(append(fields, n.fields...))})
	}
	for _, e := range g.edges {
		fields := []field{
			textField("id", e.id), textField("source", e.from), textField("target", e.to),
			textField("key", e.id), textField("interaction", e.class),
		}
		c.Elements.Edges = append(c.Elements.Edges, cytoscapeData{object(append(fields, e.fields...))})
	}
	return writeIndented(w, c)
}
