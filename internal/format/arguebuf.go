package format

import (
	"encoding/json"
	"io"

	"github.com/argmap/argmap/internal/argument"
)

// arguebuf is the JSON form of the Arguebuf protocol buffer, schema 1: units
// are atoms, relations are schemes between them, sources are participants. An
// atom has one participant, the first who is said to have said it. What the
// schema has no field for, all attributions among it, is userdata.
type arguebuf struct {
	SchemaVersion int             `json:"schemaVersion"`
	Library       string          `json:"libraryVersion"`
	MajorClaim    string          `json:"majorClaim,omitempty"`
	Nodes         json.RawMessage `json:"nodes"`
	Edges         json.RawMessage `json:"edges"`
	Resources     json.RawMessage `json:"resources"`
	Participants  json.RawMessage `json:"participants"`
	Userdata      json.RawMessage `json:"userdata,omitempty"`
}

type arguebufNode struct {
	Atom     *arguebufAtom   `json:"atom,omitempty"`
	Scheme   *arguebufScheme `json:"scheme,omitempty"`
	Userdata json.RawMessage `json:"userdata,omitempty"`
}

type arguebufAtom struct {
	Text        string             `json:"text"`
	Reference   *arguebufReference `json:"reference,omitempty"`
	Participant string             `json:"participant,omitempty"`
}

type arguebufReference struct {
	Resource string `json:"resource,omitempty"`
	Offset   int    `json:"offset,omitempty"`
	Text     string `json:"text,omitempty"`
}

// arguebufScheme names its scheme in the member of its type.
type arguebufScheme struct {
	Support    string `json:"support,omitempty"`
	Attack     string `json:"attack,omitempty"`
	Rephrase   string `json:"rephrase,omitempty"`
	Preference string `json:"preference,omitempty"`
}

type arguebufEdge struct {
	Source string `json:"source"`
	Target string `json:"target"`
}

type arguebufResource struct {
	Text   string `json:"text"`
	Title  string `json:"title,omitempty"`
	Source string `json:"source,omitempty"`
}

type arguebufParticipant struct {
	Name        string          `json:"name"`
	Description string          `json:"description,omitempty"`
	Userdata    json.RawMessage `json:"userdata,omitempty"`
}

// arguebufText is the id of the one resource.
const arguebufText = "text"

func writeArguebuf(w io.Writer, ms []*argument.Map, opt Options) error {
	m, err := single(ms)
	if err != nil {
		return err
	}
	resource := arguebufResource{Title: m.Document.Title, Source: m.Document.URI}
	if opt.WithText {
		resource.Text = m.Document.Text
	}
	about := append(membersOf(aboutMap(m, false)), field{"attributions", mustJSON(m.Attributions)})
	a := arguebuf{
		SchemaVersion: 1, Library: "argmap", Resources: object([]field{{arguebufText, mustJSON(resource)}}),
		Userdata: object([]field{{"argmap", object(about)}}),
	}
	if thesis, ok := m.Thesis(); ok {
		a.MajorClaim = thesis.ID
	}
	a.Nodes, a.Edges = arguebufGraph(m)
	var people []field
	for i := range m.Sources {
		p := &m.Sources[i]
		rest := object(members(p, "name", "description"))
		people = append(people, field{p.ID, mustJSON(arguebufParticipant{p.Name, p.Description, rest})})
	}
	a.Participants = object(people)
	return writeIndented(w, a)
}

// arguebufGraph makes the nodes and the edges.
func arguebufGraph(m *argument.Map) (nodes, edges json.RawMessage) {
	speaker := map[string]string{}
	for _, a := range m.Attributions {
		for _, u := range a.Units {
			if speaker[u] == "" {
				speaker[u] = a.SourceID
			}
		}
	}
	var nodeList, edgeList []field
	for i := range m.Units {
		u := &m.Units[i]
		nodeList = append(nodeList, field{u.ID, mustJSON(arguebufNode{
			Atom:     &arguebufAtom{u.Text, &arguebufReference{arguebufText, u.Start, u.Text}, speaker[u.ID]},
			Userdata: object(members(u, "id", "text")),
		})})
	}
	for i := range m.Relations {
		r := &m.Relations[i]
		s := &arguebufScheme{Attack: "ATTACK_DEFAULT"}
		if r.Type == argument.Supports {
			s = &arguebufScheme{Support: "SUPPORT_DEFAULT"}
		}
		rest := object(members(r, "id", "type", "from", "to"))
		nodeList = append(nodeList, field{r.ID, mustJSON(arguebufNode{Scheme: s, Userdata: rest})})
		edgeList = append(edgeList,
			field{r.ID + "-from", mustJSON(arguebufEdge{r.From, r.ID})},
			field{r.ID + "-to", mustJSON(arguebufEdge{r.ID, r.To})})
	}
	return object(nodeList), object(edgeList)
}
