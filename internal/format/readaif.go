package format

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

func readAIF(in Input) ([]*draft, error) {
	var a aif
	if err := parseJSON(in.Data, &a, "AIF"); err != nil {
		return nil, err
	}
	if a.Nodes == nil {
		return nil, foreign("AIF", "it has no list of nodes")
	}
	return []*draft{a.draft(in.Name)}, nil
}

// draft takes the nodes and edges apart. Rephrases, preferences and the moves
// of a dialogue have no place in a map.
func (a *aif) draft(name string) *draft {
	r := &aifReader{
		draft: &draft{doc: argument.Document{URI: name}}, nodes: map[aifID]*aifNode{},
		into: map[aifID][]aifID{}, from: map[aifID][]aifID{},
	}
	if about := membersOf(a.Argmap); len(about) > 0 {
		var g graphDocument
		if json.Unmarshal(a.Argmap, &g) == nil {
			r.doc, r.sections = g.Document, g.Sections
		}
	}
	for i := range a.Nodes {
		r.nodes[a.Nodes[i].NodeID] = &a.Nodes[i]
	}
	for _, e := range a.Edges {
		from, to := r.nodes[e.FromID], r.nodes[e.ToID]
		switch {
		case from == nil || to == nil:
			r.lost.add(1, "edge without a node at both ends")
			continue
		case from.Type == aifUnit && to.Type == aifUnit: // AIF has no such edge
			r.lost.add(1, "edge from unit to unit")
		}
		r.into[e.ToID] = append(r.into[e.ToID], e.FromID)
		r.from[e.FromID] = append(r.from[e.FromID], e.ToID)
	}
	for _, p := range a.Participants {
		s := argument.Source{Name: strings.TrimSpace(p.Firstname + " " + p.Surname)}
		decode(membersOf(p.Argmap), &s)
		r.sources = append(r.sources, keyed[argument.Source]{string(p.ParticipantID), s})
	}
	for i := range a.Nodes {
		if n := &a.Nodes[i]; r.nodes[n.NodeID] == n {
			r.node(n)
		}
	}
	r.steps(a.Nodes)
	r.locutions(a)
	return r.draft
}

type aifReader struct {
	*draft
	nodes      map[aifID]*aifNode
	into, from map[aifID][]aifID // the nodes at the other ends of a node's edges
}

// aifElsewhere are the types of nodes that have no place in a map.
var aifElsewhere = map[string]string{"MA": "rephrase", "PA": "preference", "TA": "transition"}

func (r *aifReader) node(n *aifNode) {
	switch n.Type {
	case aifUnit:
		u := argument.Unit{Confidence: 1}
		decode(membersOf(n.Argmap), &u)
		u.Text = n.Text
		r.units = append(r.units, keyed[argument.Unit]{string(n.NodeID), u})
	case aifSupport, aifAttack:
		if len(r.ofType(r.into[n.NodeID], aifUnit)) > 1 {
			r.lost.add(1, "step with several premises")
		}
	case aifLocuting, aifAsserting:
	default:
		what, known := aifElsewhere[n.Type]
		if !known {
			what = "node of another type"
		}
		r.lost.add(1, what)
	}
}

// stepKey is the key of the relation that leaves premise i of an S-node.
func stepKey(node aifID, i int) string { return string(node) + " " + strings.Repeat("+", i) }

func (r *aifReader) ofType(ids []aifID, types ...string) []aifID {
	return keep(ids, func(id *aifID) bool { n := r.nodes[*id]; return n != nil && slices.Contains(types, n.Type) })
}

// steps makes a relation of each premise of an S-node. One that leads to
// another S-node, or from an attack to a step, questions the step.
func (r *aifReader) steps(nodes []aifNode) {
	for i := range nodes {
		n := &nodes[i]
		if n.Type != aifSupport && n.Type != aifAttack || r.nodes[n.NodeID] != n {
			continue
		}
		rel := argument.Relation{Type: argument.Supports, Confidence: 1}
		if n.Type == aifAttack {
			rel.Type = argument.Attacks
		}
		decode(membersOf(n.Argmap), &rel)
		targets := r.ofType(r.from[n.NodeID], aifUnit, aifSupport, aifAttack)
		if len(targets) == 0 {
			r.lost.add(1, "step without a conclusion")
			continue
		}
		r.lost.add(len(targets)-1, "further conclusion")
		rel.To = string(targets[0])
		if r.nodes[targets[0]].Type != aifUnit {
			rel.Type, rel.To = argument.Undercuts, stepKey(targets[0], 0)
		}
		premises := r.ofType(r.into[n.NodeID], aifUnit)
		if len(premises) == 0 {
			r.lost.add(1, "step without a premise")
		}
		for j, p := range premises {
			rel.From = string(p)
			r.relations = append(r.relations, keyed[argument.Relation]{stepKey(n.NodeID, j), rel})
		}
	}
}

// locutions makes an attribution of each locution that asserts something, or
// that argmap wrote. Who speaks is the participant or, where the locution has
// none, the name before the colon.
func (r *aifReader) locutions(a *aif) {
	speakers := map[aifID]string{}
	for _, l := range a.Locutions {
		speakers[l.NodeID] = string(l.PersonID)
	}
	named := map[string]string{}
	for i := range a.Nodes {
		n := &a.Nodes[i]
		if n.Type != aifLocuting || r.nodes[n.NodeID] != n {
			continue
		}
		said := argument.Attribution{SourceID: speakers[n.NodeID], Confidence: 1}
		decode(membersOf(n.Argmap), &said)
		said.SourceID = speakers[n.NodeID]
		for _, ya := range r.ofType(r.from[n.NodeID], aifAsserting) {
			for _, u := range r.ofType(r.from[ya], aifUnit) {
				if !slices.Contains(said.Units, string(u)) {
					said.Units = append(said.Units, string(u))
				}
			}
		}
		if len(said.Units) == 0 && len(said.Content) == 0 {
			r.lost.add(1, "locution without an assertion")
			continue
		}
		if name, _, ok := strings.Cut(n.Text, " : "); ok && said.SourceID == "" && len(n.Argmap) == 0 {
			said.SourceID = r.speaker(strings.TrimSpace(name), named)
		}
		r.attributions = append(r.attributions, said)
	}
}

// speaker is the key of a source that is known by its name only.
func (r *aifReader) speaker(name string, named map[string]string) string {
	key, known := named[name]
	if !known && name != "" {
		key = "named " + name
		named[name] = key
		r.sources = append(r.sources, keyed[argument.Source]{key, argument.Source{Name: name}})
	}
	return key
}
