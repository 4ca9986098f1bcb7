package format

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/argmap/argmap/internal/argument"
)

// readArguebuf reads Arguebuf JSON. Its atoms and schemes become AIF's nodes,
// which are the same graph; what the schema says beyond that is added.
func readArguebuf(in Input) ([]*draft, error) {
	var a arguebuf
	if err := parseJSON(in.Data, &a, "Arguebuf"); err != nil {
		return nil, err
	}
	if membersOf(a.Nodes) == nil && string(a.Nodes) != "{}" {
		return nil, foreign("Arguebuf", "it has no nodes")
	}
	g := &aif{}
	atoms := map[string]*arguebufAtom{}
	for _, f := range membersOf(a.Nodes) {
		var n arguebufNode
		if err := json.Unmarshal(f.raw, &n); err != nil {
			return nil, foreign("Arguebuf", fmt.Sprintf("node %q is of another shape", f.name))
		}
		node := aifNode{NodeID: aifID(f.name), Argmap: n.Userdata}
		if n.Atom != nil {
			node.Type, node.Text = aifUnit, n.Atom.Text
			atoms[f.name] = n.Atom
		} else {
			node.Type = n.Scheme.node()
		}
		g.Nodes = append(g.Nodes, node)
	}
	for _, f := range membersOf(a.Edges) {
		var e arguebufEdge
		if err := json.Unmarshal(f.raw, &e); err != nil {
			return nil, foreign("Arguebuf", fmt.Sprintf("edge %q is of another shape", f.name))
		}
		g.Edges = append(g.Edges, aifEdge{EdgeID: aifID(f.name), FromID: aifID(e.Source), ToID: aifID(e.Target)})
	}
	d := g.draft(in.Name)
	d.mainClaim = a.MajorClaim
	for i := range d.units {
		d.units[i].it.ID = d.units[i].key
	}
	for i := range d.relations {
		d.relations[i].it.ID = strings.TrimRight(d.relations[i].key, " +")
	}
	about := membersOf([]byte(plainOf(membersOf(a.Userdata), "argmap")))
	d.fromResources(&a, about, atoms)
	d.fromParticipants(&a, about, atoms)
	return []*draft{d}, nil
}

// node is the type of AIF's node for a scheme. One without a type supports.
func (s *arguebufScheme) node() string {
	switch {
	case s == nil:
		return aifSupport
	case s.Attack != "":
		return aifAttack
	case s.Rephrase != "":
		return "MA"
	case s.Preference != "":
		return "PA"
	}
	return aifSupport
}

// fromResources takes over the text, if there is one, and the places in it.
// What argmap wrote of the map as a whole is in about.
func (d *draft) fromResources(a *arguebuf, about []field, atoms map[string]*arguebufAtom) {
	for _, f := range about {
		switch f.name {
		case "document":
			_ = json.Unmarshal(f.raw, &d.doc) // what does not fit is not there
		case "sections":
			_ = json.Unmarshal(f.raw, &d.sections)
		}
	}
	resources := membersOf(a.Resources)
	d.lost.add(len(resources)-1, "further resource")
	for _, f := range resources {
		var r arguebufResource
		if json.Unmarshal(f.raw, &r) != nil {
			continue
		}
		d.doc.Text = r.Text
		if d.doc.ID == "" {
			d.doc.Title = r.Title
		}
		break
	}
	for i := range d.units {
		u := &d.units[i].it
		if ref := atoms[d.units[i].key].Reference; ref != nil && u.Span == (argument.Span{}) && ref.Text == u.Text {
			u.Span = argument.Span{Start: ref.Offset, End: ref.Offset + utf8.RuneCountInString(u.Text)}
		}
	}
}

// fromParticipants adds who said what: what argmap wrote, or the participant
// of each atom.
func (d *draft) fromParticipants(a *arguebuf, about []field, atoms map[string]*arguebufAtom) {
	for _, f := range membersOf(a.Participants) {
		var p arguebufParticipant
		if json.Unmarshal(f.raw, &p) != nil {
			continue
		}
		s := argument.Source{}
		decode(membersOf(p.Userdata), &s)
		s.ID, s.Name, s.Description = f.name, p.Name, p.Description
		d.sources = append(d.sources, keyed[argument.Source]{f.name, s})
	}
	if f, ok := fieldOf(about, "attributions"); ok && json.Unmarshal(f.raw, &d.attributions) == nil {
		return
	}
	d.attributions = nil
	for _, u := range d.units {
		if p := atoms[u.key].Participant; p != "" {
			d.attributions = append(d.attributions, argument.Attribution{SourceID: p, Units: []string{u.key}, Confidence: 1})
		}
	}
}
