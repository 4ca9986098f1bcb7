package cli

import (
	"context"
	"fmt"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/compare"
	"github.com/argmap/argmap/internal/draw"
	"github.com/argmap/argmap/internal/format"
)

// DiffOptions are the options of argmap diff.
type DiffOptions struct {
	IO   *IOStreams
	A, B string // the inputs; one may be "-", standard input

	Format        string // the name of a row of diffFormats
	Output        string // "" or "-" is standard output
	Similarity    float64
	MinConfidence float64
	Theme         string // of a picture; "" is the default theme
	MaxUnits      int    // that a picture shows
	Reading
}

// diffFormats is the table of what diff can print; the first row is the default.
var diffFormats = []printer[func(context.Context, *DiffOptions, *compare.Diff) ([]byte, error)]{
	{"text", func(_ context.Context, o *DiffOptions, d *compare.Diff) ([]byte, error) {
		return []byte(d.Text(compare.Options{Color: isStdout(o.Output) && o.IO.Color()})), nil
	}},
	{"json", func(_ context.Context, _ *DiffOptions, d *compare.Diff) ([]byte, error) { return d.JSON() }},
	{"dot", drawDiff}, {"svg", drawDiff}, {"png", drawDiff}, {"pdf", drawDiff},
}

// NewCmdDiff builds argmap diff; runF, if not nil, stands in for its work.
func NewCmdDiff(streams *IOStreams, runF func(context.Context, *DiffOptions) error) *cobra.Command {
	opts := &DiffOptions{IO: streams}
	printed := &printing{format: &opts.Format, output: &opts.Output, names: printerNames(diffFormats)}
	if runF == nil {
		runF = diffRun
	}
	cmd := &cobra.Command{
		Use:         "diff A B",
		Annotations: map[string]string{findsThings: "yes"},
		Short:       "Say how the arguments of two texts differ",
		Long: "Say which claims, recommendations, sources and relations B has that A has not,\n" +
			"which it lacks, which are reworded, and which changed their role or were newly\n" +
			"attacked or supported. A and B are articles or saved extractions (JSON), most\n" +
			"often two versions of one text. Case, punctuation and line breaks do not count.\n" +
			"\n" +
			"Claims and recommendations are matched by their text, then by their words, then\n" +
			"the most similar first. Similarity is the share of words that both have in the\n" +
			"same order; words such as \"the\" and \"of\" count a quarter. Among equals their\n" +
			"place in the text decides. The exit code is 1 if there are differences.\n" +
			"\n" +
			"As a picture (dot, svg, png, pdf) both are one map: what is new is in one\n" +
			"colour, what is gone in another and dashed, words that changed are marked.",
		Example: "argmap diff draft.txt final.txt\n" +
			"argmap diff draft.txt final.txt -o changes.svg\n" +
			"argmap diff old.json new.json --json | jq .counts\n" +
			"git show HEAD~1:essay.md | argmap diff - essay.md",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usagef("diff takes two arguments, the texts to compare; got %d", len(args)).withHint("%s --help", cmd.CommandPath())
			}
			return nil
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 1 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := printed.choose(); err != nil {
				return err
			}
			if err := opts.complete(args, cmd.Flags().Changed); err != nil {
				return err
			}
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	printed.flags(cmd, "print the `FORMAT`: "+printed.names[0]+" (default), "+printed.names[1]+",\nor a picture: "+strings.Join(pictureFormats(), ", "),
		"write to `FILE`, in the format of its extension,\nelse as text")
	f.Float64Var(&opts.Similarity, "similarity", compare.DefaultThreshold,
		fmt.Sprintf("take what is at least so similar for reworded:\na `SHARE`, 0 to 1 (%v)", compare.DefaultThreshold))
	f.Float64Var(&opts.MinConfidence, "min-confidence", 0, "leave out what is less sure than `SHARE`, 0 to 1")
	f.StringVar(&opts.Theme, "theme", "", "colours of a picture, `THEME`:\n"+strings.Join(draw.Themes(), ", "))
	f.IntVar(&opts.MaxUnits, "max-units", draw.DefaultMaxUnits,
		fmt.Sprintf("fold unchanged premises of a picture beyond\n`N` units (%d)", draw.DefaultMaxUnits))
	completeFlag(cmd, "theme", draw.Themes)
	opts.inputFlags(cmd)
	f.SortFlags = false
	return cmd
}

// complete checks the options, of which given says which the command line has, and
// fills in what was left open.
func (o *DiffOptions) complete(args []string, given func(flag string) bool) (err error) {
	if err := o.checkInput(); err != nil {
		return err
	}
	if err := share("similarity", o.Similarity); err != nil {
		return err
	}
	if err := share("min-confidence", o.MinConfidence); err != nil {
		return err
	}
	if err := o.checkPicture(given); err != nil {
		return err
	}
	if _, err = o.IO.inputNames("diff", args); err != nil {
		return err
	}
	o.A, o.B = args[0], args[1]
	return nil
}

func diffRun(ctx context.Context, o *DiffOptions) error {
	if err := checkOutput(o.Output, []string{o.A, o.B}); err != nil {
		return err
	}
	a, b, err := o.load(ctx)
	if err != nil {
		return err
	}
	d, err := await(ctx, func() (*compare.Diff, error) {
		return compare.Compare(format.Filter(a, nil, o.MinConfidence), format.Filter(b, nil, o.MinConfidence), o.Similarity), nil
	})
	if err != nil {
		return err
	}
	data, err := findPrinter(diffFormats, o.Format)(ctx, o, d)
	if err != nil {
		return fmt.Errorf("writing %s: %w", o.Format, err)
	}
	err = o.IO.writeOutput(ctx, o.Output, data)
	if (err == nil || isClosedPipe(err)) && !d.Same() {
		return ErrFindings
	}
	return err
}

// load reads both inputs, each of which must hold one document. With one alone
// there is nothing to compare, so what is wrong with either is the end.
func (o *DiffOptions) load(ctx context.Context) (a, b *argument.Map, err error) {
	results := loader{streams: o.IO, Reading: o.Reading, jobs: runtime.GOMAXPROCS(0)}.loadAll(ctx, []string{o.A, o.B})
	if ctx.Err() != nil {
		return nil, nil, context.Cause(ctx)
	}
	code := ExitDone
	for i, name := range []string{o.A, o.B} {
		err := results[i].err
		if n := len(results[i].maps); err == nil && n != 1 {
			err = &fileError{name: name, cause: fmt.Errorf("holds %d documents, and diff compares one with one", n)}
		}
		if err != nil {
			code = max(code, report(o.IO, err))
		}
	}
	if code != ExitDone {
		return nil, nil, &silentError{code}
	}
	return results[0].maps[0], results[1].maps[0], nil
}
