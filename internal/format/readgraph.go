package format

import (
	"encoding/json"
	"fmt"
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
	readers := map[string]*graphReader{} // by the prefix of the ids
	for _, about := range g.documents {
		d := &draft{doc: about.Document, sections: about.Sections}
		readers[about.Prefix] = &graphReader{
			draft: d, classes: map[string]string{}, relation: map[string]string{}, said: map[string]int{},
		}
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
	switch class := plainOf(e.fields, edgeType, "relation", "relationType", "interaction", "label"); class {
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
