package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/engine"
	"github.com/argmap/argmap/internal/format"
)

// ExplainOptions are the options of argmap explain.
type ExplainOptions struct {
	IO   *IOStreams
	File string // "-" is standard input
	ID   string

	Format string // the name of a row of explanationFormats
	Output string // "" or "-" is standard output
	Reading
}

// explanationFormats is the table of what explain can print; the first row is
// the default.
var explanationFormats = []printer[func(*bytes.Buffer, *argument.Explanation, format.Options) error]{
	{"text", func(b *bytes.Buffer, x *argument.Explanation, opt format.Options) error {
		return format.WriteExplanation(b, x, opt)
	}},
	{"json", func(b *bytes.Buffer, x *argument.Explanation, _ format.Options) error {
		return format.WriteExplanationJSON(b, x)
	}},
}

// NewCmdExplain builds argmap explain; runF, if not nil, stands in for its work.
func NewCmdExplain(streams *IOStreams, runF func(context.Context, *ExplainOptions) error) *cobra.Command {
	opts := &ExplainOptions{IO: streams}
	printed := &printing{format: &opts.Format, output: &opts.Output, names: printerNames(explanationFormats)}
	if runF == nil {
		runF = explainRun
	}
	cmd := &cobra.Command{
		Use:   "explain FILE ID",
		Short: "Say why a claim, source or relation is what it is",
		Long: "Say why argmap extracts something from an article: what it was weighed against,\n" +
			"which cues and words spoke for it, and how far it was ahead. ID is that of a\n" +
			"unit (u7), source (p2), attribution (a3) or relation (r5) in the extraction of\n" +
			"FILE; argmap extract --json prints them all. With - the article is read from\n" +
			"standard input.",
		Example: "argmap explain article.txt u7\n" +
			"argmap explain article.html p2\n" +
			"argmap explain article.txt r5 --json | jq '.decisions[0].runner_up'",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usagef("explain takes two arguments, a file and an id; got %d", len(args)).withHint("%s --help", cmd.CommandPath())
			}
			return nil
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			switch len(args) {
			case 0:
				return nil, cobra.ShellCompDirectiveDefault
			case 1:
				return completeIDs(cmd.Context(), streams, opts.Reading, args, true), inTheirOrder
			}
			return nil, cobra.ShellCompDirectiveNoFileComp
		},
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
	opts.articleFlags(cmd)
	f.SortFlags = false
	return cmd
}

// complete checks the options and fills in what was left open.
func (o *ExplainOptions) complete(args []string) (err error) {
	if err := o.checkArticle(); err != nil {
		return err
	}
	o.File, o.ID = args[0], args[1]
	switch {
	case o.File == "":
		return usagef("the name of an input is empty")
	case o.ID == "":
		return usagef("the id is empty")
	case o.File == stdin && o.IO.InTerminal():
		return usagef("no input: standard input is a terminal").withHint("argmap explain FILE %s", printable(o.ID))
	}
	return nil
}

func explainRun(ctx context.Context, o *ExplainOptions) error {
	if err := checkOutput(o.Output, []string{o.File}); err != nil {
		return err
	}
	data, err := await(ctx, func() ([]byte, error) { return o.explain(ctx) })
	var known *fileError
	switch {
	case err != nil && ctx.Err() != nil || errors.As(err, &known):
		return err
	case err != nil:
		return o.unread(err)
	}
	return o.IO.writeOutput(ctx, o.Output, data)
}

// explain reads the article and writes down the explanation.
func (o *ExplainOptions) explain(ctx context.Context) ([]byte, error) {
	in, err := o.read(ctx, o.IO, o.File)
	if err != nil {
		return nil, err
	}
	if o.As == "" && isSaved(in) {
		return nil, o.noArticle(in)
	}
	doc, err := o.document(ctx, in)
	if err != nil {
		return nil, err
	}
	x, err := engine.Explain(ctx, doc, o.ID)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = findPrinter(explanationFormats, o.Format)(&b, x, format.Options{Width: o.IO.TextWidth(), Color: isStdout(o.Output) && o.IO.Color()})
	return b.Bytes(), err
}

// noArticle is the error of a file that holds JSON.
func (o *ExplainOptions) noArticle(in input) error {
	if holdsTexts(in.data) {
		return &fileError{name: o.File, cause: errors.New("holds a text a line; explain takes one"),
			hint: fmt.Sprintf("jq -r 'select(.id == \"ID\").text' %s | argmap explain - %s", printable(o.File), printable(o.ID))}
	}
	return &fileError{name: o.File, cause: errors.New("a saved extraction does not say why; the article itself does"),
		hint: fmt.Sprintf("argmap explain ARTICLE %s", printable(o.ID))}
}

// unread is the error of a file that could not be read or holds nothing of the
// id. Whoever has put the id first is told so.
func (o *ExplainOptions) unread(cause error) error {
	err := &fileError{name: o.File, cause: cause}
	var unknown *engine.UnknownIDError
	if errors.As(cause, &unknown) {
		err.hint = "argmap extract --json lists what there is"
	} else if _, statErr := os.Stat(o.ID); statErr == nil && errors.Is(cause, os.ErrNotExist) {
		err.hint = fmt.Sprintf("the file comes first: argmap explain %s %s", printable(o.ID), printable(o.File))
	}
	return err
}
