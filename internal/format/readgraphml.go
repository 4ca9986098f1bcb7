package format

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

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
			why := strings.TrimPrefix(err.Error(), fmt.Sprintf("XML syntax error on line %d: ", line))
			return nil, &ReadError{Kind: ErrSyntax, Line: line, Column: column,
				Message: fmt.Sprintf("broken XML at line %d: %s", line, why)}
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
