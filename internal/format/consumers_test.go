package format

import (
	"context"
	"encoding/json"
	"fmt"

	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/check"
	"github.com/argmap/argmap/internal/engine"
	"github.com/argmap/argmap/internal/reader"
)

// programs are where the programs are that testdata/consumers/install.sh
// installs.
type programs struct {
	python, node, modules string
	gephi                 string // "" if it is not there
}

// consumers finds Python and node with what testdata/consumers installs: in the
// folder that ARGMAP_CONSUMERS names, or in the PATH.
func consumers(t *testing.T) programs {
	t.Helper()
	missing := t.Skip
	p := programs{python: "python3"}
	if folder := os.Getenv("ARGMAP_CONSUMERS"); folder != "" {
		missing = t.Fatal // who names a folder wants the test
		p.python, p.modules = filepath.Join(folder, "python", "bin", "python"), filepath.Join(folder, "node_modules")
		if jars := filepath.Join(folder, "gephi"); exists(jars) {
			p.gephi = jars
		}
	} else if root, err := exec.Command("npm", "root", "--global").Output(); err == nil {
		p.modules = strings.TrimSpace(string(root))
	}
	const hint = "; to run this test: testdata/consumers/install.sh FOLDER, and ARGMAP_CONSUMERS=FOLDER"
	if err := exec.Command(p.python, "-c", "import networkx, igraph, pandas, arguebuf, xaif, bratsubset, pybrat").Run(); err != nil {
		missing("no Python with networkx, igraph, pandas, arguebuf, xaif, bratiaa and pybrat" + hint)
	}
	for _, module := range []string{
		"@argdown/cli", "mermaid", "jsdom", "cytoscape", "ajv", "ajv-formats", "jsonld", "@apache-annotator/dom",
		"@apache-annotator/selector", "@citation-js/core", "@microsoft/sarif-multitool", "@microsoft/jest-sarif",
	} {
		if !exists(filepath.Join(p.modules, module, "package.json")) {
			missing("no node module " + module + hint)
		}
	}
	node, err := exec.LookPath("node")
	if err != nil {
		missing("no node" + hint)
	}
	p.node = node
	return p
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// A gift is maps that consumers are given, written in every format.
type gift struct {
	Name string          `json:"name"`
	Maps []*argument.Map `json:"-"`
	// Documents is the number of maps.
	Documents int `json:"documents"`
	// Again says that its maps stand in another gift too, which is enough for
	// the formats that hold several documents.
	Again bool `json:"again"`
}

// gifts are maps of each sort: made by hand, drawn with all that means
// something to one format or another, of several documents, and those of the
// articles in testdata.
func gifts(t *testing.T) []gift {
	t.Helper()
	var list []gift
	add := func(name string, ms ...*argument.Map) {
		list = append(list, gift{Name: name, Maps: ms, Documents: len(ms)})
	}
	add("dispute", dispute())
	add("rich", rich())
	add("small", small())
	add("empty", build("none.txt", "", "Nothing.").m)
	var odd []*argument.Map
	for i := range 40 {
		odd = append(odd, rapid.Custom(anyMap).Example(i))
		add(fmt.Sprintf("odd%d", i), odd[i])
		list[len(list)-1].Again = true
	}
	add("odd", odd...)
	articles := articleMaps(t)
	for _, m := range articles {
		name := filepath.Base(m.Document.URI)
		add("article-"+strings.TrimSuffix(name, filepath.Ext(name)), m)
	}
	add("both", rich(), dispute())
	add("articles", articles...)
	return list
}

// articleMaps are what argmap makes of the articles in testdata.
func articleMaps(t *testing.T) []*argument.Map {
	t.Helper()
	files, err := filepath.Glob("../../testdata/articles/*")
	if err != nil {
		t.Fatal(err)
	}
	var list []*argument.Map
	for _, file := range files {
		if filepath.Ext(file) == ".want" || filepath.Base(file) == "README.md" {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := reader.Read(context.Background(), reader.Input{Name: file, Data: data})
		if err != nil {
			t.Fatal(err)
		}
		m, err := engine.Analyze(context.Background(), doc)
		if err != nil {
			t.Fatal(err)
		}
		m.Document.Text = doc.Text
		list = append(list, m)
	}
	if len(list) < 9 {
		t.Fatalf("%d articles", len(list))
	}
	return list
}

// handOut writes gifts into a folder in every format that takes them, with the
// text beside them, and what check finds in them as SARIF; maps.json lists them.
func handOut(t *testing.T, folder string, list []gift) {
	t.Helper()
	save := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, g := range list {
		for _, f := range All() {
			if f.Name != "text" && (!f.Single || len(g.Maps) == 1) {
				save(g.Name+f.Extensions[0], write(t, f.Name, Options{WithText: true}, g.Maps...))
			}
		}
		if len(g.Maps) == 1 {
			save(g.Name+".txt", []byte(g.Maps[0].Document.Text))
		}
		save(g.Name+".sarif", sarif(t, g.Maps))
	}
	save("maps.json", mustJSON(list))
	save("argmap-1.schema.json", argument.SchemaJSON())
}

// sarif is what all rules of check find in maps.
func sarif(t *testing.T, ms []*argument.Map) []byte {
	t.Helper()
	var results []check.Result
	for _, m := range ms {
		results = append(results, check.Result{
			URI: m.Document.URI, Lines: check.NewLines(m.Document.Text), Findings: check.Run(m, check.Rules(), 0),
		})
	}
	i := slices.IndexFunc(check.Formats(), func(f check.Format) bool { return f.Name == "sarif" })
	data, err := check.Formats()[i].Write(results, check.Options{Rules: check.Rules()})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestConsumers hands files to the programs that they are for, and reads what
// these make of them.
func TestConsumers(t *testing.T) {
	p := consumers(t)
	folder := t.TempDir()
	list := gifts(t)
	handOut(t, folder, list)
	t.Run("programs", func(t *testing.T) {
		beside := func(name string, test func(*testing.T)) {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				test(t)
			})
		}
		for _, script := range []string{"check.py", "graphs.py", "brat.py", "tables.py"} {
			beside(script, func(t *testing.T) { runProgram(t, p.python, script, folder) })
		}
		for _, script := range []string{"check.mjs", "schemas.mjs", "sarif.mjs", "annotations.mjs", "references.mjs"} {
			beside(script, func(t *testing.T) { runProgram(t, p.node, script, folder, p.modules) })
		}
		beside("Gephi", func(t *testing.T) { runGephi(t, p.gephi, folder, list) })
		beside("pandoc", func(t *testing.T) { runPandoc(t, folder, list) })
	})
	if t.Failed() {
		return
	}
	t.Run("graphs as they arrived", func(t *testing.T) { compareDumps(t, folder, list) })
	t.Run("read again", func(t *testing.T) { readAgain(t, folder) })
}

// runProgram runs a script of testdata/consumers.
func runProgram(t *testing.T, name, script string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, append([]string{filepath.Join("testdata", "consumers", script)}, args...)...).CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", script, err, out)
	}
}

// runGephi opens graphs in Gephi.
func runGephi(t *testing.T, jars, folder string, list []gift) {
	java, err := exec.LookPath("java")
	if err != nil || jars == "" {
		t.Skip("no java with Gephi's importers")
	}
	args := []string{
		"-Djava.awt.headless=true", "-Duser.home=" + t.TempDir(), "-classpath", filepath.Join(jars, "*"),
		filepath.Join("testdata", "consumers", "Gephi.java"),
	}
	for _, g := range list {
		if !g.Again {
			args = append(args, filepath.Join(folder, g.Name+".gexf"), filepath.Join(folder, g.Name+".graphml"))
		}
	}
	if out, err := exec.Command(java, args...).CombinedOutput(); err != nil {
		t.Errorf("Gephi.java: %v\n%s", err, out)
	}
}

// runPandoc has pandoc read the sources, as it does for the references of a
// paper, and write them again.
func runPandoc(t *testing.T, folder string, list []gift) {
	pandoc, err := exec.LookPath("pandoc")
	if err != nil {
		t.Skip("no pandoc")
	}
	for _, g := range list {
		if strings.HasPrefix(g.Name, "odd") {
			continue // pandoc reads some of what a name there holds as Markdown or TeX
		}
		for ext, from := range map[string]string{".csl.json": "csljson", ".bib": "bibtex"} {
			out, err := exec.Command(pandoc, "--from", from, "--to", "csljson", filepath.Join(folder, g.Name+ext)).Output()
			if err != nil {
				t.Errorf("%s%s: %v", g.Name, ext, err)
				continue
			}
			var got []cslItem
			if err := json.Unmarshal(out, &got); err != nil {
				t.Errorf("%s%s: %v", g.Name, ext, err)
			}
			if diff := cmp.Diff(citedNames(t, write(t, "csl", Options{}, g.Maps...)), citedNames(t, mustJSON(got))); diff != "" {
				t.Errorf("%s%s\n-written +read\n%s", g.Name, ext, diff)
			}
		}
	}
}

// citedNames are the ids of CSL-JSON with the author, the title and the note of each.
func citedNames(t *testing.T, csl []byte) []string {
	t.Helper()
	var items []cslItem
	if err := json.Unmarshal(csl, &items); err != nil {
		t.Fatal(err)
	}
	lines := []string{}
	for _, item := range items {
		line := item.ID + " | " + item.Title + " | " + item.Note
		for _, a := range item.Author {
			line += " | " + a.Literal
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines
}

// readAgain reads what the programs have written themselves.
func readAgain(t *testing.T, folder string) {
	for _, c := range []struct {
		file, format string
		want         []string
	}{
		{"back.graphml", "graphml", sketch(dispute())},
		{"back.nodelink.json", "node-link", sketch(dispute())},
		{"back.arguebuf.json", "arguebuf", argued(dispute())},
		{"back.aif.json", "aif", argued(dispute())},
		{"back.xaif.json", "xaif", argued(dispute())},
	} {
		data, err := os.ReadFile(filepath.Join(folder, c.file))
		if err != nil {
			t.Fatal(err)
		}
		in := Input{Name: c.file, Data: data}
		if f, ok := Detect(in); !ok || f.Name != c.format {
			t.Errorf("%s is taken for %q", c.file, f.Name)
		}
		f, _ := Find(c.format)
		ms, _, err := f.Read(in)
		if err != nil || len(ms) != 1 {
			t.Errorf("%s: %d maps, %v", c.file, len(ms), err)
			continue
		}
		got := sketch(ms[0])
		if len(c.want) < len(got) {
			got = argued(ms[0])
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s\n-written +read\n%s", c.file, diff)
		}
	}
}

// argued is what of a sketch arguebuf keeps, which knows nodes and edges, and
// these in no order.
func argued(m *argument.Map) []string {
	lines := keep(sketch(m), func(line *string) bool {
		for _, verb := range []string{" supports ", " attacks ", " undercuts "} {
			if strings.Contains(*line, verb) {
				return true
			}
		}
		return false
	})
	slices.Sort(lines)
	return lines
}
