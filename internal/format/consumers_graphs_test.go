package format

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// dump is what a program has of a graph once it has read the file.
type dump struct {
	Nodes []struct {
		ID         string
		Label      string
		Attributes map[string]any
	}
	Edges []struct {
		ID, From, To string
		Label        string
		Attributes   map[string]any
		Weight       *float64
		Directed     *bool
	}
	// Issues are the complaints of the program.
	Issues []string
}

// A consumerOfGraphs is a program that has read a format of graphs.
type consumerOfGraphs struct {
	program, format string
	// labels says that it has words for nodes and edges beside the attributes.
	labels bool
	// simple says that it keeps one edge of those that lead from one node to the
	// same other: the last, with their number as its weight.
	simple bool
}

var consumersOfGraphs = []consumerOfGraphs{
	{"gephi", "gexf", true, true},
	{"gephi", "graphml", false, true},
	{"networkx", "gexf", true, false},
	{"networkx", "graphml", false, false},
	{"networkx", "node-link", false, false},
	{"networkx", "cytoscape", true, false},
	{"igraph", "graphml", false, false},
	{"cytoscape", "cytoscape", true, false},
}

// compareDumps compares what programs have read, FILE.PROGRAM.dump.json, with
// the graphs that were written.
func compareDumps(t *testing.T, folder string, list []gift) {
	for _, r := range consumersOfGraphs {
		t.Run(r.program+" "+r.format, func(t *testing.T) {
			f, _ := Find(r.format)
			for _, gift := range list {
				if gift.Again {
					continue
				}
				data, err := os.ReadFile(filepath.Join(folder, gift.Name+f.Extensions[0]+"."+r.program+".dump.json"))
				if os.IsNotExist(err) && r.program == "gephi" {
					t.Skip("no java with Gephi's importers")
				}
				if err != nil {
					t.Fatal(err)
				}
				var got dump
				if err := json.Unmarshal(data, &got); err != nil {
					t.Fatal(err)
				}
				if len(got.Issues) > 0 {
					t.Errorf("%s: %q", gift.Name, got.Issues)
				}
				want := r.expected(graphOf(gift.Maps, Options{WithText: true}))
				if diff := cmp.Diff(want, r.arrived(&got)); diff != "" {
					t.Errorf("%s\n-written +arrived\n%s", gift.Name, diff)
				}
			}
		})
	}
}

// expected are the lines that tell of a graph as r should have it, in no order.
func (r consumerOfGraphs) expected(g *graph) []string {
	lines := []string{}
	for _, n := range g.nodes {
		line := "node " + n.id
		if r.labels {
			line += fmt.Sprintf(" %q", n.label)
		}
		lines = append(lines, line+fieldLines(n.fields))
	}
	type pair struct{ from, to string }
	number, last := map[pair]int{}, map[pair]graphEdge{}
	for _, e := range g.edges {
		at := pair{e.from, e.to}
		number[at]++
		last[at] = e
		if !r.simple {
			lines = append(lines, r.edge(e, 1))
		}
	}
	if r.simple {
		for at, e := range last {
			lines = append(lines, r.edge(e, number[at]))
		}
	}
	slices.Sort(lines)
	return lines
}

func (r consumerOfGraphs) edge(e graphEdge, number int) string {
	line := "edge " + e.from + " → " + e.to
	if r.labels {
		line += fmt.Sprintf(" %q", e.class)
	}
	if number > 1 {
		line += fmt.Sprintf(" %d times", number)
	}
	return line + fieldLines(e.fields)
}

func (r consumerOfGraphs) arrived(d *dump) []string {
	lines := []string{}
	for _, n := range d.Nodes {
		line := "node " + n.ID
		if r.labels {
			line += fmt.Sprintf(" %q", n.Label)
		}
		lines = append(lines, line+valueLines(n.Attributes))
	}
	for _, e := range d.Edges {
		line := "edge " + e.From + " → " + e.To
		if r.labels {
			line += fmt.Sprintf(" %q", e.Label)
		}
		if e.Weight != nil && *e.Weight != 1 {
			line += fmt.Sprintf(" %v times", *e.Weight)
		}
		if e.Directed != nil && !*e.Directed {
			line += " without direction"
		}
		lines = append(lines, line+valueLines(e.Attributes))
	}
	slices.Sort(lines)
	return lines
}

func fieldLines(fields []field) string {
	values := map[string]any{}
	for _, f := range fields {
		var v any
		_ = json.Unmarshal(f.raw, &v) // it is JSON
		values[f.name] = v
	}
	return valueLines(values)
}

// valueLines writes attributes so that a number is the same as an integer, and
// a list as in the formats that have none, and that what is blank is not there,
// which Gephi leaves out. An attribute of the wrong sort shows.
func valueLines(values map[string]any) string {
	var parts []string
	for name, v := range values {
		text, isText := v.(string)
		switch {
		case v == nil, isText && strings.TrimSpace(text) == "":
			continue
		case slices.Contains(lists, name) && isText:
			_ = json.Unmarshal([]byte(text), &v) // which shows if it is none
			parts = append(parts, name+" = "+string(mustJSON(v)))
		default:
			parts = append(parts, name+" = "+string(mustJSON(v)))
		}
	}
	slices.Sort(parts)
	return "\n  " + strings.Join(parts, "\n  ")
}
