// Package format writes argument maps as text and in the formats of other
// programs, and reads saved ones and those of other programs: one file a format
// and a direction, and one table of formats that help, completion, -o and error
// messages all read.
//
// Formats of other programs carry the fields of the contract as far as they
// have room, under the names of the contract; what has no place in one is
// counted, see [Losses]. A reader gives valid maps, whatever a file holds.
//
// Every writer gives the same bytes for the same maps and options, ends its
// output with a line break and never cuts a passage. The maps that it is given
// are valid and stay as they are.
package format

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// Options say what of the maps is written and how.
type Options struct {
	// Width is how many columns a line of text may take; 0 means 80.
	Width int
	// Color allows escape sequences for colour; nothing is told by colour alone.
	Color bool
	// Only names the parts to write, out of [Parts]; none means all.
	Only []string
	// MinConfidence leaves out what is less sure.
	MinConfidence float64
	// Offsets is what offsets count in the formats that let it be chosen (see
	// [Format.Counts]); the maps must then carry their text.
	Offsets argument.Offsets
	// WithText keeps the document's text, where the map carries it, in the formats
	// that have a place for all of it.
	WithText bool
}

// Format is a way to write maps, and for some a way to read them.
type Format struct {
	Name string
	// Title is what a sentence calls it, "Mermaid".
	Title string
	// Extensions are those of its files, with the dot, the usual one first.
	Extensions []string
	MediaType  string
	// Help says in a few words what it is for.
	Help  string
	Write func(w io.Writer, ms []*argument.Map, opt Options) error
	// Read makes maps of the content of a file, and says what of it has no place
	// in them; nil if argmap does not read the format.
	Read func(in Input) ([]*argument.Map, []Loss, error)
	// Single says that a file of it holds one document; writing more fails with
	// [ErrSingle].
	Single bool
	// Quotes says that words between the units stand in it, which it has from the
	// document's text, where the map carries that.
	Quotes bool
	// Counts says that its offsets may count something else than code points.
	Counts bool
	// Streams says that writing documents one by one gives the same bytes as
	// writing them together.
	Streams bool
	// TextBeside says that a file of it is read with the document's text, which
	// stands in the .txt of the same name beside it.
	TextBeside bool
	// keeps is what has a place in it.
	keeps feature
}

// What keeps a format from being written.
var (
	// ErrUnknown says that there is no format of a name.
	ErrUnknown = errors.New("unknown format")
	// ErrSingle says that a format holds one document and not the number given.
	ErrSingle = errors.New("holds one document")
)

// What several formats have a place for.
const (
	// inGraphs is what the attributes of nodes and edges hold.
	inGraphs = everything &^ hasControls
	// inPictures is what a reader of a drawing sees.
	inPictures = hasSections | hasUnits | hasKinds | hasRelations | hasUndercuts | hasSources | hasSilent | hasUncitable |
		hasAttributions | hasControls
	inTable = hasUnits | hasKinds | hasTypes | hasRoles | hasStrengths | hasAddressees | hasLeadIns | hasPositions | hasPages | hasCues |
		hasConfidence | hasControls
)

// table lists the formats in the order in which help shows them.
var table = []Format{
	{Name: "text", Title: "text", Extensions: []string{".txt", ".text"}, MediaType: "text/plain",
		Help: "an outline to read", Write: writeText,
		keeps: everything &^ (hasDocument | hasText | hasLeadIns | hasPositions | hasCues | hasMentions | hasConfidence)},
	{Name: "json", Title: "JSON", Extensions: []string{".json"}, MediaType: "application/json",
		Help: "argmap/1, an array if there are several documents", Write: writeJSON, Read: saved, Counts: true, keeps: everything},
	{Name: "jsonl", Title: "JSON lines", Extensions: []string{".jsonl", ".ndjson"}, MediaType: "application/jsonl",
		Help: "argmap/1, one line a document", Write: writeJSONLines, Read: saved, Counts: true, Streams: true, keeps: everything},
	{Name: "csv", Title: "a table of units", Extensions: []string{".csv"}, MediaType: "text/csv",
		Help: "a table with a row for each claim and recommendation", Write: writeCSV, Counts: true,
		keeps: inTable | hasRelations | hasUndercuts},
	{Name: "csv-relations", Title: "a table of relations", Extensions: []string{".relations.csv"}, MediaType: "text/csv",
		Help: "a table with a row for each relation", Write: writeCSVRelations, keeps: hasRelations | hasUndercuts},
	{Name: "csv-sources", Title: "a table of sources", Extensions: []string{".sources.csv"}, MediaType: "text/csv",
		Help: "a table with a row for each source", Write: writeCSVSources,
		keeps: hasSources | hasSilent | hasUncitable},
	{Name: "csv-attributions", Title: "a table of attributions", Extensions: []string{".attributions.csv"},
		MediaType: "text/csv", Help: "a table with a row for each unit and who is said to say it",
		Write: writeCSVAttributions, Quotes: true,
		keeps: hasAttributions | hasAnonymous | hasPassages},
	{Name: "markdown", Title: "Markdown", Extensions: []string{".md", ".markdown"}, MediaType: "text/markdown",
		Help: "a report", Write: writeMarkdown,
		keeps: everything &^ (hasDocument | hasText | hasPositions | hasCues | hasMentions | hasConfidence)},
	{Name: "argdown", Title: "Argdown", Extensions: []string{".argdown", ".ad"}, MediaType: "text/argdown",
		Help: "Argdown, a language to map arguments in", Write: writeArgdown, Read: drafted(readArgdown),
		Single: true, keeps: everything},
	{Name: "aif", Title: "AIF", Extensions: []string{".aif.json", ".aif"}, MediaType: "application/json",
		Help: "AIF-JSON, for AIFdb, OVA and arguebuf", Write: writeAIF, Read: drafted(readAIF), Single: true, keeps: everything},
	{Name: "xaif", Title: "xAIF", Extensions: []string{".xaif.json", ".xaif"}, MediaType: "application/json",
		Help: "xAIF, for OVA3 and oAMF", Write: writeXAIF, Read: drafted(readXAIF), Single: true, keeps: everything},
	{Name: "arguebuf", Title: "Arguebuf", Extensions: []string{".arguebuf.json"}, MediaType: "application/json",
		Help: "Arguebuf, for the Python library of that name", Write: writeArguebuf, Read: drafted(readArguebuf),
		Single: true, keeps: everything},
	{Name: "brat", Title: "brat", Extensions: []string{".ann"}, MediaType: "text/plain",
		Help: "brat standoff; the text is the .txt beside it", Write: writeBrat, Read: drafted(readBrat),
		Single: true, Quotes: true, TextBeside: true,
		keeps: everything &^ (hasDocument | hasText | hasSections | hasSilent)},
	{Name: "graphml", Title: "GraphML", Extensions: []string{".graphml"}, MediaType: "application/graphml+xml",
		Help: "GraphML, for networkx, igraph, Gephi, yEd", Write: writeGraphML, Read: drafted(readGraphML), keeps: inGraphs},
	{Name: "gexf", Title: "GEXF", Extensions: []string{".gexf"}, MediaType: "application/gexf+xml",
		Help: "GEXF 1.3, for Gephi", Write: writeGEXF, keeps: inGraphs &^ (hasDocument | hasText | hasSections)},
	{Name: "node-link", Title: "node-link JSON", Extensions: []string{".nodelink.json", ".node-link.json"},
		MediaType: "application/json", Help: `networkx node-link JSON (its list is "edges")`,
		Write: writeNodeLink, Read: drafted(readNodeLink), keeps: everything},
	{Name: "cytoscape", Title: "Cytoscape JSON", Extensions: []string{".cyjs"}, MediaType: "application/json",
		Help: "Cytoscape and Cytoscape.js", Write: writeCytoscape, keeps: everything},
	{Name: "mermaid", Title: "Mermaid", Extensions: []string{".mmd", ".mermaid"}, MediaType: "text/vnd.mermaid",
		Help: "a Mermaid flowchart, for Markdown pages", Write: writeMermaid, keeps: inPictures},
	{Name: "web-annotation", Title: "Web Annotation", Extensions: []string{".jsonld"}, MediaType: "application/ld+json",
		Help: "W3C Web Annotation, with quotations and positions", Write: writeWebAnnotation, Quotes: true,
		keeps: hasUnits | hasKinds | hasTypes | hasRoles | hasStrengths | hasPositions | hasRelations | hasUndercuts | hasSources |
			hasUncitable | hasAttributions | hasAnonymous | hasPassages | hasControls},
	{Name: "csl", Title: "CSL-JSON", Extensions: []string{".csl.json"}, MediaType: "application/vnd.citationstyles.csl+json",
		Help: "CSL-JSON of the sources, for Zotero and pandoc", Write: writeCSL, keeps: hasSources | hasSilent},
	{Name: "bibtex", Title: "BibTeX", Extensions: []string{".bib"}, MediaType: "application/x-bibtex",
		Help: "BibTeX of the sources", Write: writeBibTeX, keeps: hasSources | hasSilent},
}

func init() {
	for i := range table {
		table[i].Write = filtered(table[i].Write)
	}
}

// single is the one map that a format of one document takes.
func single(ms []*argument.Map) (*argument.Map, error) {
	if len(ms) != 1 {
		return nil, fmt.Errorf("%w, not %d", ErrSingle, len(ms))
	}
	return ms[0], nil
}

// filtered applies the options that choose what is written, so that all
// formats choose alike.
func filtered(write func(io.Writer, []*argument.Map, Options) error) func(io.Writer, []*argument.Map, Options) error {
	return func(w io.Writer, ms []*argument.Map, opt Options) error {
		kept := make([]*argument.Map, len(ms))
		for i, m := range ms {
			kept[i] = Filter(m, opt.Only, opt.MinConfidence)
			if opt.Offsets == argument.CodePoints {
				continue
			}
			var err error
			if kept[i], err = kept[i].InOffsets(opt.Offsets, m.Document.Text); err != nil {
				return fmt.Errorf("counting %s: %w", opt.Offsets, err)
			}
		}
		return write(w, kept, opt)
	}
}

// All returns the formats in the order in which help shows them.
func All() []Format { return slices.Clone(table) }

// Find returns the format of a name. The error is an [ErrUnknown] that lists
// the names there are.
func Find(name string) (Format, error) {
	names := make([]string, len(table))
	for i, f := range table {
		if f.Name == name {
			return f, nil
		}
		names[i] = f.Name
	}
	return Format{}, fmt.Errorf("%w %q: the formats are %s", ErrUnknown, name, strings.Join(names, ", "))
}

// ByExtension returns the format of a file with this path, by its extension in
// upper or lower case: of "map.aif.json" that of ".aif.json", not of ".json".
func ByExtension(path string) (Format, bool) {
	base := strings.ToLower(filepath.Base(path))
	var found Format
	longest := 0
	for _, f := range table {
		for _, ext := range f.Extensions {
			if len(ext) > longest && strings.HasSuffix(base, ext) {
				found, longest = f, len(ext)
			}
		}
	}
	return found, longest > 0
}
