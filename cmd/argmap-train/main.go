// Argmap-train fits the weights of argmap's decisions on annotated texts and
// writes them beside the code that uses them. It takes a few minutes and gives
// the same bytes each time.
//
//	go run ./cmd/argmap-train -corpora corpora -stage 1
//
// Weights are part of the program, and later decisions see the outcome of
// earlier ones. So the stages run one after the other, each compiled with the
// weights of the one before: make train does that. Stages 1 to 3 fit what the cues
// are worth by themselves (1: cuts and cues; 2: units, kinds and types; 3: theses
// and parents), stage 4 the chain that labels the words of attributions, 5 to 7
// how much the cues count beside the encoder, in the same order, and 8 and 9 how
// sure what was found is (8: units and attributions; 9: relations).
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/encoder"
	"github.com/argmap/argmap/internal/gold"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/learn"
	"github.com/argmap/argmap/internal/reader"
)

func main() {
	corpora := flag.String("corpora", "", "folder of gold files (NAME.train.jsonl)")
	stage := flag.Int("stage", 0, "which stage to fit: 1 to 9")
	out := flag.String("out", "internal", "folder that the weights are written under")
	flag.Parse()
	if *corpora == "" || *stage < 1 || *stage > lastStage || flag.NArg() > 0 {
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
	stage   int
	file    string
	corpora []string
	options learn.Options
	fit     func(t task, ts []text, out string) error
}

// firstRead is the first stage whose texts the encoder reads.
const (
	firstRead = 4
	lastStage = 9
)

// text is an annotated text that has been read and cut into sentences.
type text struct {
	gold.Text
	doc   *document.Document
	sents []lang.Sentence
	// reading is the encoder's, from the stage on that needs it.
	reading *encoder.Reading
}

var own = []string{"argmap.train", "argmap.written"}

var tasks = []task{
	{1, "mine/weights/cut.txt", own, learn.Options{MinCount: 3, L2: 1, Passes: 300}, cues(each(cutExamples))},
	{1, "mine/weights/cue.txt", append([]string{"polnear.train"}, append(append(own, own...), own...)...), learn.Options{MinCount: 6, L2: 2, Passes: 150, Floor: 0.15}, cues(each(headExamples))},
	{2, "mine/weights/unit.txt", own, learn.Options{MinCount: 3, L2: 1, Passes: 300}, cues(each(segmentExamples))},
	{2, "mine/weights/kind.txt", append([]string{"cdcp.train"}, own...), learn.Options{MinCount: 3, L2: 1, Passes: 300}, cues(each(kindExamples))},
	{2, "mine/weights/type.txt", own, learn.Options{MinCount: 8, L2: 3, Passes: 200}, cues(each(typeExamples))},
	{3, "link/weights/thesis.txt", own, thesisOptions, cues(thesisExamples)},
	{3, "link/weights/parent.txt", own, learn.Options{MinCount: 5, L2: 3, Passes: 150}, cues(parentExamples)},

	{4, "mine/weights/span.txt", append([]string{"polnear.train"}, own...), learn.Options{MinCount: 20, L2: 2, Passes: 60, Floor: 0.02}, fitSpans},
	{5, "mine/weights/cutblend.txt", dev, blendOptions, blend(cutChoices)},
	{6, "mine/weights/unitblend.txt", dev, blendOptions, blend(unitChoices)},
	{6, "mine/weights/kindblend.txt", dev, blendOptions, blend(kindChoices)},
	{6, "mine/weights/typeblend.txt", dev, blendOptions, blend(typeChoices)},
	{7, "link/weights/thesisblend.txt", dev, blendOptions, blend(thesisChoices)},
	{7, "link/weights/parentblend.txt", dev, blendOptions, blend(parentChoices)},
	{8, "mine/weights/unitsure.txt", dev, blendOptions, blend(unitSureness)},
	{8, "mine/weights/attributionsure.txt", dev, blendOptions, blend(attributionSureness)},
	{9, "link/weights/relationsure.txt", dev, blendOptions, blend(relationSureness)},
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
				if texts[c], err = load(filepath.Join(corpora, c+".jsonl"), stage >= firstRead); err != nil {
					return err
				}
			}
			all = append(all, texts[c]...)
		}
		if err := t.fit(t, all, out); err != nil {
			return err
		}
	}
	return nil
}

// write writes weights fitted on n examples.
func (t task) write(out, weights string, n int) error {
	head := fmt.Sprintf("# Fitted by cmd/argmap-train on %d examples; do not edit.\n", n)
	if err := os.WriteFile(filepath.Join(out, t.file), []byte(head+weights), 0o644); err != nil {
		return fmt.Errorf("writing weights: %w", err)
	}
	return nil
}

// cues makes the fit of a model over cues from a maker of examples.
func cues(examples func([]text) ([]learn.Example, error)) func(task, []text, string) error {
	return func(t task, ts []text, out string) error {
		ex, err := examples(ts)
		if err != nil {
			return err
		}
		m := learn.Fit(ex, t.options)
		fmt.Printf("%-28s %7d examples, %6d weights, right on %.3f of them\n", t.file, len(ex), m.Len(), accuracy(ex, func(e learn.Example) ([][]string, int) { return e.Options, e.Gold }, m.Score))
		return t.write(out, m.Format(), len(ex))
	}
}

func load(path string, read bool) ([]text, error) {
	golds, err := gold.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []text
	for _, g := range golds {
		doc, err := reader.Read(context.Background(), reader.Input{Name: g.ID + ".txt", Data: []byte(g.Text)})
		if err != nil {
			return nil, fmt.Errorf("reading %s of %s: %w", g.ID, path, err)
		}
		t := text{Text: g, doc: doc, sents: lang.Sentences(doc)}
		if read {
			if t.reading, err = encoder.Read(context.Background(), doc.Flowing()); err != nil {
				return nil, err
			}
		}
		out = append(out, t)
	}
	return out, nil
}

// accuracy is the share of decisions whose right option scores highest.
func accuracy[D, O any](decisions []D, of func(D) ([]O, int), score func(O) float64) float64 {
	right := 0
	for _, d := range decisions {
		options, gold := of(d)
		best, top := 0, score(options[0])
		for i, o := range options[1:] {
			if s := score(o); s > top {
				best, top = i+1, s
			}
		}
		if best == gold {
			right++
		}
	}
	return float64(right) / float64(max(1, len(decisions)))
}
