package reader

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/argmap/argmap/internal/document"
)

// gold is a line of a gold file: a text and the spans of its units, in code
// points.
type gold struct {
	ID    string
	Text  string
	Units []struct {
		Start, End int
		Label      string
	}
}

// TestCorpora measures how well the blocks of plain texts fit gold units, where
// ARGMAP_CORPORA names a folder of gold files: units should lie in blocks that
// argue, and what frames a text should hold none.
func TestCorpora(t *testing.T) {
	dir := os.Getenv("ARGMAP_CORPORA")
	if dir == "" {
		t.Skip("ARGMAP_CORPORA is not set")
	}
	for _, c := range []struct {
		file            string
		inside, outside float64
	}{
		{"argmap.train.jsonl", .995, .97},
		{"argmap.dev.jsonl", .995, .97},
		{"argmap.written.jsonl", .995, .97},
		{"cdcp.train.jsonl", .995, .97},
		{"microtexts2.dev.jsonl", .995, .97},
		{"webis.train.jsonl", .99, .75},
	} {
		t.Run(c.file, func(t *testing.T) { measure(t, filepath.Join(dir, c.file), c.inside, c.outside) })
	}
}

// tally counts what measure reports, in units and in bytes.
type tally struct {
	units, inside int // gold units, and those in blocks that argue
	frame, free   int // bytes of blocks that do not argue, and those in no unit
	prose, idle   int // bytes of blocks that argue, and of those without units
}

// measure reports the shares for one file and fails where one is too low.
func measure(t *testing.T, file string, minInside, minOutside float64) {
	f, err := os.Open(file)
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	var n tally
	in := bufio.NewScanner(f)
	in.Buffer(nil, 16<<20)
	for in.Scan() {
		var g gold
		if err := json.Unmarshal(in.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		doc, err := Read(t.Context(), Input{Name: "-", Data: []byte(g.Text)})
		if err != nil {
			t.Fatalf("%s: %v", g.ID, err)
		}
		if err := doc.Check(); err != nil {
			t.Fatalf("%s: %v", g.ID, err)
		}
		n.add(t, g, doc)
	}
	t.Logf("%d units, %.4f in blocks that argue; %d bytes of frame, %.4f without units; %.4f of the rest in blocks without units",
		n.units, share(n.inside, n.units), n.frame, share(n.free, n.frame), share(n.idle, n.prose))
	if share(n.inside, n.units) < minInside || share(n.free, n.frame) < minOutside {
		t.Errorf("less than %.4f and %.4f", minInside, minOutside)
	}
}

// share is part of all, and 1 of nothing.
func share(part, all int) float64 {
	if all == 0 {
		return 1
	}
	return float64(part) / float64(all)
}

// add counts the units and blocks of one text; what is amiss is logged.
func (n *tally) add(t *testing.T, g gold, doc *document.Document) {
	ix := document.NewIndex(doc.Text)
	covered := make([]int, len(doc.Blocks))
	for _, u := range g.Units {
		if u.Label == "no-unit" {
			continue
		}
		n.units++
		s := trim(doc.Text, document.Span{Start: ix.Byte(u.Start), End: ix.Byte(u.End)})
		inside := false
		for i, b := range doc.Blocks {
			if b.Overlaps(s) {
				covered[i] += min(b.End, s.End) - max(b.Start, s.Start)
			}
			inside = inside || b.Kind.Argues() && b.Contains(s)
		}
		if inside {
			n.inside++
		} else if testing.Verbose() {
			t.Logf("lost: %s %.90q", g.ID, doc.At(s))
		}
	}
	for i, b := range doc.Blocks {
		if b.Kind.Argues() {
			n.prose += b.Len()
			if covered[i] == 0 {
				n.idle += b.Len()
			}
			continue
		}
		n.frame += b.Len()
		n.free += b.Len() - min(covered[i], b.Len())
		if covered[i] > 0 && testing.Verbose() {
			t.Logf("covered: %s %s %.90q", g.ID, b.Kind, doc.At(b.Span))
		}
	}
}
