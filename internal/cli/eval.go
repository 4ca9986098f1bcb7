package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/engine"
	"github.com/argmap/argmap/internal/gold"
	"github.com/argmap/argmap/internal/reader"
)

// EvalOptions are the options of argmap eval.
type EvalOptions struct {
	IO    *IOStreams
	Files []string // at least one; "-" is standard input

	Format string   // the name of a row of reportFormats
	Output string   // "" or "-" is standard output
	Errors []string // the classes of misses to list
	Worst  int      // how many of the worst texts to list
	Limit  int      // texts of each file, 0 for all
	Time   bool     // say on standard error how long it took
	Jobs   int
	Reading
}

// evaluated is how the texts of one file fared.
type evaluated struct {
	File string `json:"file"`
	*gold.Report
}

// reportFormats is the table of what eval can print; the first row is the default.
var reportFormats = []printer[func([]evaluated) ([]byte, error)]{
	{"text", reportText},
	{"json", reportJSON},
}

// allClasses stands for every class of misses.
const allClasses = "all"

// NewCmdEval builds argmap eval; runF, if not nil, stands in for its work.
func NewCmdEval(streams *IOStreams, runF func(context.Context, *EvalOptions) error) *cobra.Command {
	opts := &EvalOptions{IO: streams}
	printed := &printing{format: &opts.Format, output: &opts.Output, names: printerNames(reportFormats)}
	if runF == nil {
		runF = evalRun
	}
	cmd := &cobra.Command{
		Use:   "eval [FILE...]",
		Short: "Score argmap against annotated texts",
		Long: "Extract the arguments of annotated texts (gold, one JSON object a line) and say\n" +
			"how far they agree with the annotation. What is compared depends on the corpus\n" +
			"of the texts. Without FILE, or with -, they are read from standard input.",
		Example: "argmap eval gold.jsonl\n" +
			"argmap eval *.dev.jsonl --time -o report.json\n" +
			"argmap eval gold.jsonl --errors=relations,thesis --worst 20\n" +
			"argmap eval gold.jsonl --limit 10 --errors",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := printed.choose(); err != nil {
				return err
			}
			if err := opts.complete(args); err != nil {
				return err
			}
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	printed.flags(cmd, "print the `FORMAT`: "+strings.Join(printed.names, " (default), "), "write to `FILE`, as JSON if its extension is .json")
	f.StringSliceVar(&opts.Errors, "errors", nil, "list what was missed, made up or taken for something\n"+
		"else, all of it or with --errors=`CLASSES` some:\n"+twoLines(gold.Classes()))
	f.Lookup("errors").NoOptDefVal = allClasses
	f.IntVar(&opts.Worst, "worst", defaultWorst, fmt.Sprintf("list the `N` texts with the lowest figures (%d)", defaultWorst))
	f.IntVar(&opts.Limit, "limit", 0, "score the first `N` texts of each file only")
	f.BoolVar(&opts.Time, "time", false, "say on standard error how long it took")
	opts.privateFlag(cmd)
	f.IntVarP(&opts.Jobs, "jobs", "j", runtime.GOMAXPROCS(0), "work on `N` texts at a time")
	f.SortFlags = false
	completeFlag(cmd, "errors", func() []string { return append(gold.Classes(), allClasses) })
	return cmd
}

// defaultWorst is how many of the worst texts eval lists unless told otherwise.
const defaultWorst = 5

// complete checks the options and fills in what was left open.
func (o *EvalOptions) complete(args []string) (err error) {
	for i, class := range o.Errors {
		if o.Errors[i], err = oneOf("class of errors", strings.TrimSpace(class), append(gold.Classes(), allClasses)); err != nil {
			return err
		}
	}
	if slices.Contains(o.Errors, allClasses) {
		o.Errors = gold.Classes()
	}
	if err := notNegative("worst", o.Worst); err != nil {
		return err
	}
	if err := notNegative("limit", o.Limit); err != nil {
		return err
	}
	if err := atLeastOne("jobs", o.Jobs); err != nil {
		return err
	}
	o.Files, err = o.IO.inputNames("eval", args)
	return err
}

// notNegative checks that a flag's value is a number of things.
func notNegative(flag string, n int) error {
	if n < 0 {
		return usagef("--%s: %d is less than 0", flag, n)
	}
	return nil
}

func evalRun(ctx context.Context, o *EvalOptions) error {
	if err := checkOutput(o.Output, o.Files); err != nil {
		return err
	}
	var (
		done     []evaluated
		badInput error
		code     int
	)
	for _, name := range o.Files {
		r, err := o.evaluate(ctx, name)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err != nil {
			code = max(code, report(o.IO, err))
			badInput = &silentError{code}
			continue
		}
		done = append(done, evaluated{withoutPassword(name), r})
	}
	if len(done) == 0 {
		return badInput
	}
	data, err := findPrinter(reportFormats, o.Format)(done)
	if err != nil {
		return fmt.Errorf("writing %s: %w", o.Format, err)
	}
	return firstOf(o.IO.writeOutput(ctx, o.Output, data), badInput)
}

// evaluate scores the texts of one file. All of them must be readable.
func (o *EvalOptions) evaluate(ctx context.Context, name string) (*gold.Report, error) {
	texts, err := o.readGold(ctx, name)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	maps, err := o.analyze(ctx, name, texts)
	if err != nil {
		return nil, err
	}
	took := time.Since(began).Seconds()
	r, err := await(ctx, func() (*gold.Report, error) {
		return gold.Score(texts, maps, gold.Options{Worst: o.Worst, Misses: o.Errors})
	})
	if err != nil {
		return nil, &fileError{name: name, cause: err}
	}
	if o.Time {
		fmt.Fprintf(o.IO.Err, "argmap: %s: %d texts, %d words, %.2f s, %.0f words/s\n",
			printable(name), r.Texts, r.Words, took, float64(r.Words)/max(took, 1e-9))
	}
	return r, nil
}

// readGold reads the texts of one file, as many as wanted, of a corpus that can
// be scored. An error names the line.
func (o *EvalOptions) readGold(ctx context.Context, name string) ([]gold.Text, error) {
	texts, err := await(ctx, func() ([]gold.Text, error) {
		file, err := o.open(ctx, o.IO, name)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		return gold.Read(file, name)
	})
	var (
		bad   *gold.LineError
		known *fileError
	)
	switch {
	case errors.As(err, &bad):
		return nil, lineError(name, bad.Line, bad.Err)
	case errors.As(err, &known):
		return nil, err
	case err == nil && len(texts) == 0:
		err = errors.New("no texts in it")
	case err == nil:
		err = gold.CheckCorpus(texts[0].Corpus)
	}
	if err != nil {
		unread := &fileError{name: name, cause: err}
		if slices.Contains(gold.Classes(), name) {
			unread.hint = "a class of errors stands behind an equals sign: --errors=" + name
		}
		return nil, unread
	}
	if o.Limit > 0 {
		texts = texts[:min(o.Limit, len(texts))]
	}
	return texts, nil
}

func lineError(name string, line int, cause error) error {
	return &fileError{name: fmt.Sprintf("%s:%d", printable(name), line), cause: cause}
}

// analyze makes the maps of texts, which it reads as plain text. Each stands on
// a line of its own in the gold file, which an error names.
func (o *EvalOptions) analyze(ctx context.Context, name string, texts []gold.Text) ([]*argument.Map, error) {
	maps, errs := make([]*argument.Map, len(texts)), make([]error, len(texts))
	inParallel(ctx, o.Jobs, len(texts), func(i int) {
		maps[i], errs[i] = await(ctx, func() (*argument.Map, error) {
			doc, err := reader.Read(ctx, reader.Input{Name: fmt.Sprintf("%d.txt", i+1), Data: []byte(texts[i].Text)})
			if err != nil {
				return nil, err
			}
			return engine.Analyze(ctx, doc)
		})
	})
	for i, err := range errs {
		if err != nil {
			return nil, lineError(name, i+1, err)
		}
	}
	return maps, nil
}

func reportText(list []evaluated) ([]byte, error) {
	var b bytes.Buffer
	for i, e := range list {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "== %s\n%s", printable(e.File), e.Text())
	}
	return b.Bytes(), nil
}

// reportJSON writes an array, whatever the number of files.
func reportJSON(list []evaluated) ([]byte, error) { return argument.IndentedJSON(list) }
