package format

import (
	"fmt"

	"github.com/argmap/argmap/internal/argument"
)

// graph is maps as the graph formats see them, all of which write the same
// nodes, edges and attributes:
//
//   - A unit and a source are a node each, with the fields of the contract as
//     attributes; node_type tells them apart.
//   - A relation between units is one edge; type says supports or attacks.
//   - Who said what is an edge "says" from the source to each of the units.
//   - An undercut bears on a relation, and edges cannot end at edges. The
//     relation in question therefore has a node beside its edge, node_type
//     "relation", where the undercut ends, and an edge "step" leads from there
//     to the unit that takes the step: who walks from the undercut onwards
//     comes to what it weakens.
//   - An attribution that has no source or no unit has a node in place of what
//     it lacks, node_type "attribution".
//
// Several documents share one graph: their ids are told apart by "d1-", "d2-".
type graph struct {
	documents []graphDocument
	nodes     []graphNode
	edges     []graphEdge
}

// graphDocument is what is said of a document as a whole.
type graphDocument struct {
	Document argument.Document  `json:"document"`
	Sections []argument.Section `json:"sections,omitempty"`
	// Prefix begins the ids of its nodes; "" if it is the only one.
	Prefix string `json:"prefix,omitempty"`
}

// documentOf is what a map says of its document.
func documentOf(m *argument.Map, prefix string, withText bool) graphDocument {
	d := graphDocument{m.Document, m.Sections, prefix}
	if !withText {
		d.Document.Text = ""
	}
	return d
}

type graphNode struct {
	id     string
	label  string // its words, for the formats that have a place of their own for them
	fields []field
}

type graphEdge struct {
	id, from, to string
	class        string
	fields       []field
}

// The classes of nodes, and those of edges that are no relations.
const (
	nodeUnit        = "unit"
	nodeSource      = "source"
	nodeRelation    = "relation"
	nodeAttribution = "attribution"
	edgeSays        = "says"
	edgeStep        = "step"

	nodeType = "node_type"
	edgeType = "type"
)

// graphOf arranges maps as a graph.
func graphOf(ms []*argument.Map, opt Options) *graph {
	g := &graph{}
	for i, m := range ms {
		b := graphBuilder{graph: g}
		if len(ms) > 1 {
			b.prefix = fmt.Sprintf("d%d-", i+1)
			b.common = []field{textField("document", m.Document.URI)}
		}
		g.documents = append(g.documents, documentOf(m, b.prefix, opt.WithText))
		b.add(canonical(m, false))
	}
	return g
}

// about is what is said of the graph as a whole.
func (g *graph) about() []field {
	return []field{textField("argmap", argument.Schema), {"documents", mustJSON(g.documents)}}
}

// graphBuilder adds one map to a graph.
type graphBuilder struct {
	*graph
	prefix string
	common []field // of all nodes
}

func (b *graphBuilder) add(m *argument.Map) {
	for i := range m.Units {
		u := &m.Units[i]
		b.node(u.ID, nodeUnit, u.Text, members(u, "id"))
	}
	for i := range m.Sources {
		p := &m.Sources[i]
		b.node(p.ID, nodeSource, p.Name, members(p, "id"))
	}
	b.relations(m)
	for i := range m.Attributions {
		b.attribution(&m.Attributions[i])
	}
}

func (b *graphBuilder) node(id, class, label string, fields []field) {
	list := append([]field{textField(nodeType, class)}, b.common...)
	b.nodes = append(b.nodes, graphNode{b.prefix + id, label, append(list, flatten(fields)...)})
}

func (b *graphBuilder) edge(id, from, to, class string, fields []field) {
	list := append([]field{textField(edgeType, class)}, flatten(fields)...)
	b.edges = append(b.edges, graphEdge{b.prefix + id, b.prefix + from, b.prefix + to, class, list})
}

// stepNode is the id of the node that stands for a relation.
func stepNode(relation string) string { return relation + "-step" }

func (b *graphBuilder) relations(m *argument.Map) {
	questioned := undercut(m.Relations)
	for i := range m.Relations {
		r := &m.Relations[i]
		if questioned[r.ID] {
			b.node(stepNode(r.ID), nodeRelation, string(r.Type), []field{textField("relation", r.ID)})
			b.edge(r.ID+"-of", stepNode(r.ID), r.From, edgeStep, nil)
		}
		to := r.To
		if r.Type == argument.Undercuts {
			to = stepNode(to)
		}
		b.edge(r.ID, r.From, to, string(r.Type), members(r, "id", "type", "from", "to"))
	}
}

func (b *graphBuilder) attribution(a *argument.Attribution) {
	fields := append([]field{textField("attribution", a.ID)}, members(a, "id", "source_id", "units")...)
	from, targets := a.SourceID, a.Units
	if from == "" || len(targets) == 0 {
		b.node(a.ID, nodeAttribution, string(a.Manner), fields)
		fields = fields[:1] // once is enough
	}
	switch {
	case from == "":
		from = a.ID
	case len(targets) == 0:
		targets = []string{a.ID}
	}
	for i, to := range targets {
		b.edge(fmt.Sprintf("%s-%d", a.ID, i+1), from, to, edgeSays, fields)
	}
}
