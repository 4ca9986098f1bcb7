package format

import (
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
)

// consumers finds Python and node with the programs that testdata/consumers
// installs: in the folder that ARGMAP_CONSUMERS names, or in the PATH.
func consumers(t *testing.T) (python, node, modules string) {
	t.Helper()
	missing := t.Skip
	python = "python3"
	if folder := os.Getenv("ARGMAP_CONSUMERS"); folder != "" {
		missing = t.Fatal // who names a folder wants the test
		python, modules = filepath.Join(folder, "python", "bin", "python"), filepath.Join(folder, "node_modules")
	} else if root, err := exec.Command("npm", "root", "--global").Output(); err == nil {
		modules = strings.TrimSpace(string(root))
	}
	const hint = "; to run this test: testdata/consumers/install.sh FOLDER, and ARGMAP_CONSUMERS=FOLDER"
	if err := exec.Command(python, "-c", "import networkx, pandas, arguebuf, xaif").Run(); err != nil {
		missing("no Python with networkx, pandas, arguebuf and xaif" + hint)
	}
	for _, module := range []string{"@argdown/cli", "mermaid", "jsdom", "cytoscape"} {
		if _, err := os.Stat(filepath.Join(modules, module, "package.json")); err != nil {
			missing("no node module " + module + hint)
		}
	}
	node, err := exec.LookPath("node")
	if err != nil {
		missing("no node" + hint)
	}
	return python, node, modules
}

// TestConsumers hands files to the programs that they are for, and reads what
// these make of them.
func TestConsumers(t *testing.T) {
	python, node, modules := consumers(t)
	folder := t.TempDir()
	save := func(name, format string, ms ...*argument.Map) {
		if err := os.WriteFile(filepath.Join(folder, name), write(t, format, Options{WithText: true}, ms...), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range append([]string{"csv"}, exchange...) {
		f, _ := Find(name)
		save("dispute"+f.Extensions[0], name, dispute())
	}
	for i := range 40 {
		odd := rapid.Custom(anyMap).Example(i)
		for _, name := range []string{"argdown", "mermaid", "json"} {
			f, _ := Find(name)
			save(fmt.Sprintf("odd%d%s", i, f.Extensions[0]), name, odd)
		}
	}
	save("rich.mmd", "mermaid", rich())
	save("both.mmd", "mermaid", rich(), dispute())
	for _, command := range [][]string{
		{python, filepath.Join("testdata", "consumers", "check.py"), folder},
		{node, filepath.Join("testdata", "consumers", "check.mjs"), folder, modules},
	} {
		if out, err := exec.Command(command[0], command[1:]...).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", command[1], err, out)
		}
	}
	if t.Failed() {
		return
	}
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
