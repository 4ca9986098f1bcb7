package format

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// Input is the content of a file to be read.
type Input struct {
	// Name is the path, for its extension and as the document's address; "-" for
	// standard input.
	Name string
	Data []byte
	// Text is that of the document, where the format has it in a file of its own:
	// see [Format.TextBeside].
	Text string
}

// Readable lists the formats that can be read, in the order of help.
func Readable() []Format { return keep(table, func(f *Format) bool { return f.Read != nil }) }

// Detect finds the format of a file by what it holds and, where that leaves
// it open, by its extension. It finds none in an article.
func Detect(in Input) (Format, bool) {
	if f, err := Find(detect(in)); err == nil && f.Read != nil {
		return f, true
	}
	return Format{}, false
}

func detect(in Input) string {
	data := bytes.TrimLeft(bytes.TrimPrefix(in.Data, byteOrderMark), jsonSpace)
	if LooksLikeJSON(data) {
		if name := detectJSON(data); name != "" {
			return name
		}
	}
	if head := data[:min(len(data), 4096)]; bytes.HasPrefix(data, []byte("<")) && bytes.Contains(head, []byte("<graphml")) {
		return "graphml"
	}
	if f, ok := ByExtension(in.Name); ok && f.Read != nil {
		return f.Name
	}
	head, _, _ := strings.Cut(string(data[:min(len(data), 4096)]), "\n")
	switch cells := strings.Split(head, "\t"); {
	case strings.HasPrefix(head, "==="):
		return "argdown"
	case len(cells) == 3 && strings.HasPrefix(head, "T") && strings.Count(cells[1], " ") >= 2:
		return "brat"
	}
	return ""
}

// jsonMarks are the members that tell the formats in JSON apart, the rarest first.
var jsonMarks = []struct {
	format  string
	members []string
}{
	{"json", []string{"schema"}},
	{"xaif", []string{"AIF"}},
	{"aif", []string{"nodes", "edges", "locutions"}},
	{"arguebuf", []string{"nodes", "edges", "schemaVersion"}},
	{"arguebuf", []string{"nodes", "edges", "resources"}},
	{"arguebuf", []string{"nodes", "edges", "participants"}},
	{"cytoscape", []string{"elements"}},
	{"node-link", []string{"nodes", "links"}},
}

// detectJSON knows a format by the members of the outermost object.
func detectJSON(data []byte) string {
	if data[0] == '[' {
		return "json"
	}
	var object map[string]json.RawMessage
	dec := json.NewDecoder(bytes.NewReader(data)) // of several lines the first
	if dec.Decode(&object) != nil {
		return ""
	}
	for _, m := range jsonMarks {
		if !slices.ContainsFunc(m.members, func(name string) bool { return object[name] == nil }) {
			return m.format
		}
	}
	if nodes := bytes.TrimSpace(object["nodes"]); object["edges"] != nil && len(nodes) > 0 {
		switch {
		case nodes[0] == '{':
			return "arguebuf"
		case bytes.Contains(nodes, []byte(`"nodeID"`)):
			return "aif"
		}
		return "node-link"
	}
	return ""
}

// saved reads argmap's own JSON, which loses nothing.
func saved(in Input) ([]*argument.Map, []Loss, error) {
	ms, err := ReadMaps(in.Data)
	return ms, nil, err
}

// drafted makes maps of what a reader finds.
func drafted(read func(Input) ([]*draft, error)) func(Input) ([]*argument.Map, []Loss, error) {
	return func(in Input) ([]*argument.Map, []Loss, error) {
		drafts, err := read(in)
		if err != nil {
			return nil, nil, err
		}
		var (
			maps []*argument.Map
			lost ledger
		)
		for _, d := range drafts {
			m, err := d.build()
			if err != nil {
				return nil, nil, err
			}
			maps = append(maps, m)
			for _, l := range d.lost {
				lost.add(l.Count, l.What)
			}
		}
		return maps, lost, nil
	}
}
