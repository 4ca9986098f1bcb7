package format

import (
	"encoding/json"
	"io"

	"github.com/argmap/argmap/internal/argument"
)

// nodeLink is the JSON of networkx's node_link_data. The list of edges is
// called "edges", as networkx 3.4 and later have it by default; before that it
// takes node_link_graph(data, link="edges").
type nodeLink struct {
	Directed   bool              `json:"directed"`
	Multigraph bool              `json:"multigraph"`
	Graph      json.RawMessage   `json:"graph"`
	Nodes      []json.RawMessage `json:"nodes"`
	Edges      []json.RawMessage `json:"edges"`
}

func writeNodeLink(w io.Writer, ms []*argument.Map, opt Options) error {
	g := graphOf(ms, opt)
	n := nodeLink{
		Directed: true, Multigraph: true, Graph: object(g.about()), Nodes: []json.RawMessage{}, Edges: []json.RawMessage{},
	}
	for _, node := range g.nodes {
		n.Nodes = append(n.Nodes, object(append([]field{textField("id", node.id)}, node.fields...)))
	}
	for _, e := range g.edges {
		ends := []field{textField("source", e.from), textField("target", e.to), textField("key", e.id)}
		n.Edges = append(n.Edges, object(append(ends, e.fields...)))
	}
	return writeIndented(w, n)
}
