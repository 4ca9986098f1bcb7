package format

import "encoding/json"

// readNodeLink reads the JSON of networkx, its edges called "edges" or "links".
func readNodeLink(in Input) ([]*draft, error) {
	var n struct {
		Graph json.RawMessage   `json:"graph"`
		Nodes []json.RawMessage `json:"nodes"`
		Edges []json.RawMessage `json:"edges"`
		Links []json.RawMessage `json:"links"`
	}
	if err := parseJSON(in.Data, &n, "node-link JSON"); err != nil {
		return nil, err
	}
	if n.Nodes == nil {
		return nil, foreign("node-link JSON", "it has no list of nodes")
	}
	g := &graph{documents: documentsOf(membersOf(n.Graph))}
	for _, raw := range n.Nodes {
		fields := membersOf(raw)
		g.nodes = append(g.nodes, graphNode{id: plainOf(fields, "id"), fields: fields})
	}
	for _, raw := range append(n.Edges, n.Links...) {
		fields := membersOf(raw)
		g.edges = append(g.edges, graphEdge{
			id: plainOf(fields, "key", "id"), from: plainOf(fields, "source"), to: plainOf(fields, "target"),
			fields: without(fields, "source"),
		})
	}
	g.uniqueEdges()
	return g.drafts(in.Name), nil
}
