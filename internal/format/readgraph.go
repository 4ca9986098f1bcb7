package format

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// drafts takes a graph apart into its documents. What says nothing of argmap
// is one document: every node is a unit whose words are its text, its label,
// its name or else its id, and every edge a relation.
func (g *graph) drafts(name string) []*draft {
	if len(g.documents) == 0 {
		g.documents = []graphDocument{{Document: argument.Document{URI: name}}}
	}
	var list []*draft
	readers := map[string]*graphReader{} // by the prefix of their ids
	for _, about := range g.documents {
		d := &draft{doc: about.Document, sections: about.Sections}
		readers[about.Prefix] = &graphReader{draft: d, classes: map[string]string{}, relation: map[string]string{}, said: map[string]int{}}
		list = append(list, d)
	}
	for _, n := range g.nodes {
		if r, id := owner(readers, n.id); r != nil {
			r.node(id, n)
		} else {
			list[0].lost.add(1, "node of no document")
		}
	}
	for _, e := range g.edges {
		r, from := owner(readers, e.from)
		other, to := owner(readers, e.to)
		if r == nil || r != other {
			list[0].lost.add(1, "edge of no document")
			continue
		}
		_, id := owner(readers, e.id)
		r.edge(id, from, to, e)
	}
	return list
}

// owner is the reader of the document that an id belongs to, and the id that
// it has there.
func owner(readers map[string]*graphReader, id string) (*graphReader, string) {
	if r, only := readers[""]; only {
		return r, id
	}
	prefix, rest, _ := strings.Cut(id, "-")
	return readers[prefix+"-"], rest
}

type graphReader struct {
	*draft
	classes  map[string]string // of nodes
	relation map[string]string // of a node that stands for a relation, which
	said     map[string]int    // of an attribution, its place in the draft
	edges    int
}

func (r *graphReader) node(id string, n graphNode) {
	class := plainOf(n.fields, nodeType)
	r.classes[id] = class
	fields := unflatten(n.fields)
	switch class {
	case nodeSource:
		p := argument.Source{ID: id}
		decode(fields, &p)
		r.sources = append(r.sources, keyed[argument.Source]{id, p})
	case nodeRelation:
		r.relation[id] = plainOf(n.fields, "relation")
	case nodeAttribution:
		r.attribution(plainOf(n.fields, "attribution"), fields)
	default:
		u := argument.Unit{ID: id, Confidence: 1}
		decode(fields, &u)
		u.ID, u.Text = id, plainOf(n.fields, "text", "label", "name", "title")
		if u.Text == "" {
			u.Text = n.label
		}
		if u.Text == "" {
			u.Text = id
		}
		r.units = append(r.units, keyed[argument.Unit]{id, u})
	}
}

// attribution is the place of the one with this id, which is new or not.
func (r *graphReader) attribution(id string, fields []field) *argument.Attribution {
	i, known := r.said[id]
	if !known {
		i = len(r.attributions)
		r.said[id] = i
		r.attributions = append(r.attributions, argument.Attribution{ID: id, Confidence: 1})
	}
	a := &r.attributions[i]
	if len(a.Content) == 0 {
		decode(fields, a)
		a.ID = id
	}
	return a
}

func (r *graphReader) edge(id, from, to string, e graphEdge) {
	r.edges++
	if id == "" {
		id = fmt.Sprintf("edge %d", r.edges)
	}
	class := e.class
	if class == "" {
		class = plainOf(e.fields, edgeType, "relation", "relationType", "interaction", "label")
	}
	switch class {
	case edgeStep:
	case edgeSays:
		key := plainOf(e.fields, "attribution")
		if key == "" {
			key = id
		}
		a := r.attribution(key, unflatten(e.fields))
		if r.classes[from] != nodeAttribution {
			a.SourceID = from
		}
		if r.classes[to] != nodeAttribution {
			a.Units = append(a.Units, to)
		}
	default:
		rel := argument.Relation{Confidence: 1}
		decode(unflatten(e.fields), &rel)
		rel.ID, rel.Type, rel.From, rel.To = id, relationNamed(class), from, to
		if step := r.relation[to]; step != "" {
			rel.To = step
		} else if rel.Type == argument.Undercuts {
			rel.Type = argument.Attacks
			r.lost.add(1, "undercut of no step")
		}
		r.relations = append(r.relations, keyed[argument.Relation]{id, rel})
	}
}

// hostile is how the names begin that other programs have for attacks.
var hostile = []string{"attack", "conflict", "rebut", "oppos", "refut", "object", "contra", "negat", "against", "-", "−"}

// relationNamed is the type of a relation by the name that a program gives it.
func relationNamed(name string) argument.RelationType {
	name = strings.ToLower(name)
	if strings.Contains(name, "undercut") {
		return argument.Undercuts
	}
	for _, h := range hostile {
		if name == "con" || strings.HasPrefix(name, h) {
			return argument.Attacks
		}
	}
	return argument.Supports
}

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

// uniqueEdges takes the ids from edges that share one: networkx numbers the
// edges of each pair of nodes from 0.
func (g *graph) uniqueEdges() {
	seen := map[string]bool{}
	for i := range g.edges {
		if id := g.edges[i].id; seen[id] || strings.Trim(id, "0123456789") == "" {
			g.edges[i].id = ""
		} else {
			seen[id] = true
		}
	}
}

func without(fields []field, name string) []field {
	return keep(fields, func(f *field) bool { return f.name != name })
}

// documentsOf is what the attributes of a graph say of its documents.
func documentsOf(fields []field) []graphDocument {
	var list []graphDocument
	if f, ok := fieldOf(fields, "documents"); ok && json.Unmarshal(f.raw, &list) != nil {
		return nil
	}
	return list
}

// parseJSON reads JSON into v; name is that of the format.
func parseJSON(data []byte, v any, name string) error {
	data = bytes.TrimPrefix(data, byteOrderMark)
	err := json.Unmarshal(data, v)
	var wrong *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &wrong):
		field := wrong.Field
		if field == "" {
			field = "it"
		}
		return foreign(name, fmt.Sprintf("%s holds a %s", field, wrong.Value))
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return syntaxError(data, 0)
	}
	return foreign(name, firstFault(err))
}

// foreign is the error for what is not in the format of a name.
func foreign(name, why string) *ReadError {
	return &ReadError{Kind: ErrNotFormat, Message: "not " + name + ": " + why}
}

// maxDepth is how deep elements of XML may stand in each other.
const maxDepth = 256

// readGraphML reads the graphs of a file as one; nodes in nodes are read as
// nodes beside them.
func readGraphML(in Input) ([]*draft, error) {
	dec := xml.NewDecoder(bytes.NewReader(in.Data))
	r := graphMLReader{graph: &graph{}, names: map[string]string{}}
	for {
		token, err := dec.Token()
		switch {
		case errors.Is(err, io.EOF) && r.root:
			r.uniqueEdges()
			g := r.graph
			g.documents = documentsOf(r.about)
			return g.drafts(in.Name), nil
		case errors.Is(err, io.EOF):
			return nil, foreign("GraphML", "it has no graphml element")
		case err != nil:
			line, column := dec.InputPos()
			return nil, &ReadError{Kind: ErrSyntax, Line: line, Column: column,
				Message: fmt.Sprintf("broken XML at line %d: %s", line, strings.TrimPrefix(err.Error(), fmt.Sprintf("XML syntax error on line %d: ", line)))}
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := r.start(t); err != nil {
				return nil, err
			}
		case xml.EndElement:
			r.end(t.Name.Local)
		case xml.CharData:
			if r.key != "" {
				r.value.Write(t)
			}
		}
	}
}

type graphMLReader struct {
	*graph
	root  bool
	names map[string]string // of the attributes, by the ids of their keys
	about []field           // of the graph
	open  []graphMLElement
	depth int
	key   string // of the data that is open
	value strings.Builder
}

// graphMLElement is an element that is open and can have data.
type graphMLElement struct {
	index  int // of the node or edge
	fields []field
}

func (r *graphMLReader) start(e xml.StartElement) error {
	if r.depth++; r.depth > maxDepth {
		return foreign("GraphML", "its elements stand too deep in each other")
	}
	attr := func(name string) string {
		for _, a := range e.Attr {
			if a.Name.Local == name {
				return a.Value
			}
		}
		return ""
	}
	switch e.Name.Local {
	case "graphml":
		r.root = true
	case "key":
		r.names[attr("id")] = attr("attr.name")
	case "graph":
		r.open = append(r.open, graphMLElement{})
	case "node":
		r.open = append(r.open, graphMLElement{index: len(r.nodes)})
		r.nodes = append(r.nodes, graphNode{id: attr("id")})
	case "edge":
		r.open = append(r.open, graphMLElement{index: len(r.edges)})
		r.edges = append(r.edges, graphEdge{id: attr("id"), from: attr("source"), to: attr("target")})
	case "data":
		r.key = attr("key")
		r.value.Reset()
	}
	return nil
}

func (r *graphMLReader) end(name string) {
	r.depth--
	switch {
	case name == "data" && r.key != "":
		attribute := r.names[r.key]
		if attribute == "" {
			attribute = r.key
		}
		if f, ok := asValue(attribute, r.value.String()); ok && len(r.open) > 0 {
			top := &r.open[len(r.open)-1]
			top.fields = append(top.fields, f)
		}
		r.key = ""
	case (name == "node" || name == "edge" || name == "graph") && len(r.open) > 0:
		top := r.open[len(r.open)-1]
		r.open = r.open[:len(r.open)-1]
		switch name {
		case "node":
			r.nodes[top.index].fields = top.fields
		case "edge":
			e := &r.edges[top.index]
			e.fields = top.fields
			if e.id == "" { // where networkx keeps it
				e.id = plainOf(top.fields, "id")
			}
		default:
			r.about = append(r.about, top.fields...)
		}
	}
}
