package format

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// AIF is the Argument Interchange Format in the JSON form of AIFdb: units are
// I-nodes, a relation is an S-node between two of them (RA supports, CA
// attacks; an undercut is a CA that leads to the S-node of the step), and what
// someone said is L → YA → I, a locution that asserts a unit.
//
// Nodes carry what AIF has no words for, such as spans and confidence, in a
// member "argmap" of their own, which other programs skip. Ids are numbers in
// text, for some programs count on with them. Times are empty: nobody knows
// when an article's author thought of it.
type aif struct {
	Nodes        []aifNode        `json:"nodes"`
	Edges        []aifEdge        `json:"edges"`
	Locutions    []aifLocution    `json:"locutions"`
	Participants []aifParticipant `json:"participants"`
	Argmap       json.RawMessage  `json:"argmap,omitempty"`
}

type aifNode struct {
	NodeID    aifID           `json:"nodeID"`
	Text      string          `json:"text"`
	Type      string          `json:"type"`
	Timestamp string          `json:"timestamp"`
	Scheme    string          `json:"scheme,omitempty"`
	SchemeID  aifID           `json:"schemeID,omitempty"`
	Argmap    json.RawMessage `json:"argmap,omitempty"`
}

type aifEdge struct {
	EdgeID     aifID  `json:"edgeID"`
	FromID     aifID  `json:"fromID"`
	ToID       aifID  `json:"toID"`
	FormEdgeID *aifID `json:"formEdgeID"`
}

type aifLocution struct {
	NodeID    aifID   `json:"nodeID"`
	PersonID  aifID   `json:"personID"`
	Timestamp string  `json:"timestamp"`
	Start     *string `json:"start"`
	End       *string `json:"end"`
	Source    *string `json:"source"`
}

type aifParticipant struct {
	ParticipantID aifID           `json:"participantID"`
	Firstname     string          `json:"firstname"`
	Surname       string          `json:"surname"`
	Argmap        json.RawMessage `json:"argmap,omitempty"`
}

// The types of AIF nodes that argmap has something to say with.
const (
	aifUnit      = "I"
	aifSupport   = "RA"
	aifAttack    = "CA"
	aifLocuting  = "L"
	aifAsserting = "YA"
)

// aifSchemes are the names and numbers that AIFdb has for the S-nodes.
var aifSchemes = map[argument.RelationType]struct{ node, scheme, number string }{
	argument.Supports:  {aifSupport, "Default Inference", "72"},
	argument.Attacks:   {aifAttack, "Default Conflict", "71"},
	argument.Undercuts: {aifAttack, "Default Conflict", "71"},
}

func writeAIF(w io.Writer, ms []*argument.Map, opt Options) error {
	m, err := single(ms)
	if err != nil {
		return err
	}
	a := aifOf(m)
	a.Argmap = aboutMap(m, opt.WithText)
	return writeIndented(w, a)
}

// aboutMap is what concerns a map as a whole, for a member "argmap".
func aboutMap(m *argument.Map, withText bool) json.RawMessage {
	return object(append([]field{textField("schema", argument.Schema)}, members(documentOf(m, "", withText))...))
}

// aifOf makes the nodes and edges of a map: units, then relations, then what
// was said, numbered from 1 in this order.
func aifOf(m *argument.Map) *aif {
	b := aifBuilder{
		aif:     &aif{Nodes: []aifNode{}, Edges: []aifEdge{}, Locutions: []aifLocution{}, Participants: []aifParticipant{}},
		numbers: map[string]aifID{}, names: map[string]string{},
	}
	for i := range m.Units {
		u := &m.Units[i]
		b.numbers[u.ID] = b.node(aifNode{Text: u.Text, Type: aifUnit, Argmap: object(members(u, "text"))})
	}
	for i := range m.Relations {
		r := &m.Relations[i]
		s := aifSchemes[r.Type]
		b.numbers[r.ID] = b.node(aifNode{
			Text: s.scheme, Type: s.node, Scheme: s.scheme, SchemeID: aifID(s.number),
			Argmap: object(members(r, "type", "from", "to")),
		})
	}
	for _, r := range m.Relations {
		b.edge(b.numbers[r.From], b.numbers[r.ID])
		b.edge(b.numbers[r.ID], b.numbers[r.To])
	}
	for i := range m.Sources {
		b.participant(&m.Sources[i])
	}
	texts := make(map[string]string, len(m.Units))
	for _, u := range m.Units {
		texts[u.ID] = u.Text
	}
	for i := range m.Attributions {
		b.locution(&m.Attributions[i], texts)
	}
	return b.aif
}

type aifBuilder struct {
	*aif
	numbers map[string]aifID  // of units, relations and sources
	names   map[string]string // of sources
}

func (b *aifBuilder) node(n aifNode) aifID {
	n.NodeID = aifNumber(len(b.Nodes))
	b.Nodes = append(b.Nodes, n)
	return n.NodeID
}

func (b *aifBuilder) edge(from, to aifID) {
	b.Edges = append(b.Edges, aifEdge{EdgeID: aifNumber(len(b.Edges)), FromID: from, ToID: to})
}

// participant adds a source. Only people have a surname, their last word.
func (b *aifBuilder) participant(p *argument.Source) {
	id := aifNumber(len(b.Participants))
	b.numbers[p.ID], b.names[p.ID] = id, p.Name
	first, last := p.Name, ""
	if i := strings.LastIndexByte(p.Name, ' '); p.Kind == argument.Person && i > 0 {
		first, last = p.Name[:i], p.Name[i+1:]
	}
	b.Participants = append(b.Participants, aifParticipant{id, first, last, object(members(p))})
}

// locution adds what was said. Its text is, as AIFdb has it, "Name : words".
func (b *aifBuilder) locution(a *argument.Attribution, texts map[string]string) {
	var words []string
	for _, id := range a.Units {
		words = append(words, texts[id])
	}
	said := strings.Join(words, " … ")
	if name := b.names[a.SourceID]; name != "" {
		said = name + " : " + said
	}
	l := b.node(aifNode{Text: said, Type: aifLocuting, Argmap: object(members(a, "source_id", "units"))})
	if a.SourceID != "" {
		b.Locutions = append(b.Locutions, aifLocution{NodeID: l, PersonID: b.numbers[a.SourceID]})
	}
	for _, id := range a.Units {
		ya := b.node(aifNode{Text: "Asserting", Type: aifAsserting, Scheme: "Asserting"})
		b.edge(l, ya)
		b.edge(ya, b.numbers[id])
	}
}

// aifID is an id that other programs write as a number or as a text.
type aifID string

// aifNumber is the id of what stands at place i of its list.
func aifNumber(i int) aifID { return aifID(strconv.Itoa(i + 1)) }

// UnmarshalJSON takes a text, a number or null.
func (id *aifID) UnmarshalJSON(raw []byte) error {
	var s string
	switch {
	case string(raw) == "null":
		*id = ""
	case json.Unmarshal(raw, &s) == nil:
		*id = aifID(s)
	default:
		*id = aifID(raw)
	}
	return nil
}
