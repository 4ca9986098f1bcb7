// Argmap-train fits the weights of argmap's decisions on annotated texts and
// writes them beside the code that uses them. It takes a few minutes and gives
// the same bytes each time.
//
//	go run ./cmd/argmap-train -corpora corpora -stage 1
//
// Weights are part of the program, and later decisions see the outcome of
// earlier ones. So the stages (1: cuts and cues; 2: units, kinds and types; 3:
// theses and parents) run one after the other, each compiled with the weights
// of the one before: make train does that.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/gold"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/learn"
	"github.com/argmap/argmap/internal/reader"
)

func main() {
	corpora := flag.String("corpora", "", "folder of gold files (NAME.train.jsonl)")
	stage := flag.Int("stage", 0, "which stage to fit: 1, 2 or 3")
	out := flag.String("out", "internal", "folder that the weights are written under")
	flag.Parse()
	if *corpora == "" || *stage < 1 || *stage > 3 || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*corpora, *out, *stage); err != nil {
		fmt.Fprintln(os.Stderr, "argmap-train:", err)
		os.Exit(1)
	}
}

// task is one model: when it is fitted, on what and how, and the file that its
// weights go to.
type task struct {
	stage    int
	file     string
	corpora  []string
	options  learn.Options
	examples func(ts []text) ([]learn.Example, error)
}

// text is an annotated text that has been read and cut into sentences.
type text struct {
	gold.Text
	doc   *document.Document
	sents []lang.Sentence
}

var own = []string{"argmap.train", "argmap.written"}

var tasks = []task{
	{1, "mine/weights/cut.txt", own, learn.Options{MinCount: 3, L2: 1, Passes: 300}, each(cutExamples)},
	{1, "mine/weights/cue.txt", append([]string{"polnear.train"}, append(append(own, own...), own...)...), learn.Options{MinCount: 6, L2: 2, Passes: 150, Floor: 0.15}, each(headExamples)},
	{2, "mine/weights/unit.txt", own, learn.Options{MinCount: 3, L2: 1, Passes: 300}, each(segmentExamples)},
	{2, "mine/weights/kind.txt", append([]string{"cdcp.train"}, own...), learn.Options{MinCount: 3, L2: 1, Passes: 300}, each(kindExamples)},
	{2, "mine/weights/type.txt", own, learn.Options{MinCount: 8, L2: 3, Passes: 200}, each(typeExamples)},
	{3, "link/weights/thesis.txt", own, thesisOptions, thesisExamples},
	{3, "link/weights/parent.txt", own, learn.Options{MinCount: 5, L2: 3, Passes: 150}, parentExamples},
}

func run(corpora, out string, stage int) error {
	texts := map[string][]text{}
	for _, t := range tasks {
		if t.stage != stage {
			continue
		}
		var all []text
		for _, c := range t.corpora {
			if texts[c] == nil {
				var err error
				if texts[c], err = load(filepath.Join(corpora, c+".jsonl")); err != nil {
					return err
				}
			}
			all = append(all, texts[c]...)
		}
		examples, err := t.examples(all)
		if err != nil {
			return err
		}
		m := learn.Fit(examples, t.options)
		head := fmt.Sprintf("# Fitted by cmd/argmap-train on %d examples; do not edit.\n", len(examples))
		if err := os.WriteFile(filepath.Join(out, t.file), []byte(head+m.Format()), 0o644); err != nil {
			return fmt.Errorf("writing weights: %w", err)
		}
		fmt.Printf("%-24s %7d examples, %6d weights, right on %.3f of them\n", t.file, len(examples), m.Len(), accuracy(m, examples))
	}
	return nil
}

func load(path string) ([]text, error) {
	golds, err := gold.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []text
	for _, g := range golds {
		doc, err := reader.Read(reader.Input{Name: g.ID + ".txt", Data: []byte(g.Text)})
		if err != nil {
			return nil, fmt.Errorf("reading %s of %s: %w", g.ID, path, err)
		}
		out = append(out, text{g, doc, lang.Sentences(doc)})
	}
	return out, nil
}

func accuracy(m *learn.Model, examples []learn.Example) float64 {
	right := 0
	for _, e := range examples {
		best, top := 0, m.Score(e.Options[0])
		for i, o := range e.Options[1:] {
			if s := m.Score(o); s > top {
				best, top = i+1, s
			}
		}
		if best == e.Gold {
			right++
		}
	}
	return float64(right) / float64(max(1, len(examples)))
}
