package cli

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/format"
)

// ExtractOptions are the options of argmap extract.
type ExtractOptions struct {
	IO    *IOStreams
	Files []string // at least one; "-" is standard input

	Format        string // the name of a format
	Output        string // "" or "-" is standard output
	Only          []string
	MinConfidence float64
	WithText      bool
	Jobs          int
}

// defaultFormat is what extract prints when neither --format nor the extension
// of -o says otherwise.
const defaultFormat = "text"

// NewCmdExtract builds argmap extract; runF, if not nil, stands in for its work.
func NewCmdExtract(streams *IOStreams, runF func(context.Context, *ExtractOptions) error) *cobra.Command {
	opts := &ExtractOptions{IO: streams}
	printed := &printing{format: &opts.Format, output: &opts.Output, names: formatNames(), byOutput: opts.formatOfOutput, describe: describeFormats}
	if runF == nil {
		runF = extractRun
	}
	cmd := &cobra.Command{
		Use:   "extract [FILE...]",
		Short: "List the claims, recommendations and sources of articles",
		Long: "List the claims and recommendations of articles, how they bear on each other,\n" +
			"and whose words they are. Without FILE, or with -, the text is read from\n" +
			"standard input. A saved extraction (JSON) may stand for its article.",
		Example: "argmap extract article.txt\n" +
			"argmap extract article.html --only recommendations\n" +
			"argmap extract *.md --format jsonl -o all.jsonl\n" +
			"argmap extract map.json --format markdown\n" +
			"curl -s https://example.org/post | argmap extract --json",
		Annotations: map[string]string{explainsFormats: "yes"},
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
	printed.flags(cmd, "print the `FORMAT`, "+defaultFormat+" by default:\n"+inLines(printed.names), "write to `FILE`, in the format of its extension")
	f.StringSliceVar(&opts.Only, "only", nil, "print these `PARTS` only:\n"+twoLines(format.Parts()))
	f.Float64Var(&opts.MinConfidence, "min-confidence", 0, "leave out what is less sure than `SHARE`, 0 to 1")
	f.BoolVar(&opts.WithText, "with-text", false, "add the text of the document where there is room")
	f.IntVarP(&opts.Jobs, "jobs", "j", runtime.GOMAXPROCS(0), "work on `N` files at a time")
	f.SortFlags = false
	completeFlag(cmd, "only", format.Parts)
	return cmd
}

// twoLines joins words in two lines of about the same length.
func twoLines(words []string) string {
	half := (len(words) + 1) / 2
	return strings.Join(words[:half], ", ") + ",\n" + strings.Join(words[half:], ", ")
}

// describeFormats lists the formats for completion, each with its help.
func describeFormats() []string {
	var rows []string
	for _, f := range format.All() {
		rows = append(rows, f.Name+"\t"+f.Help)
	}
	return rows
}

func formatNames() []string { return namesOf(format.All()) }

// complete checks the options and fills in what was left open.
func (o *ExtractOptions) complete(args []string) (err error) {
	for i, part := range o.Only {
		if o.Only[i], err = oneOf("part", strings.TrimSpace(part), format.Parts()); err != nil {
			return err
		}
	}
	if err := share("min-confidence", o.MinConfidence); err != nil {
		return err
	}
	if err := atLeastOne("jobs", o.Jobs); err != nil {
		return err
	}
	o.Files, err = o.IO.inputNames("extract", args)
	return err
}

// formatOfOutput is the format of the output's extension, or the default.
func (o *ExtractOptions) formatOfOutput() (string, error) {
	ext := filepath.Ext(o.Output)
	if isStdout(o.Output) || ext == "" {
		return defaultFormat, nil
	}
	if f, ok := format.ByExtension(o.Output); ok {
		return f.Name, nil
	}
	err := usagef("no format has the extension %q; known formats: %s", ext, strings.Join(formatNames(), ", "))
	if _, drawn := drawingByExtension(o.Output); drawn {
		return "", err.withHint("argmap graph draws %s files", ext)
	}
	return "", err.withHint("name the format with --format")
}

func extractRun(ctx context.Context, o *ExtractOptions) error {
	if err := checkOutput(o.Output, o.Files); err != nil {
		return err
	}
	f, err := format.Find(o.Format)
	if err != nil {
		return err
	}
	if len(o.Files) > 1 {
		if err := checkSingle(f, len(o.Files)); err != nil {
			return err // before any of them is read
		}
	}
	maps, badInput := loader{streams: o.IO, jobs: o.Jobs, text: o.WithText || f.Quotes}.load(ctx, o.Files)
	if len(maps) == 0 {
		return badInput
	}
	if err := checkSingle(f, len(maps)); err != nil {
		return err
	}
	if o.WithText {
		noteMissingText(o.IO, maps)
	}
	data, err := await(ctx, func() ([]byte, error) {
		var b bytes.Buffer
		err := f.Write(&b, maps, format.Options{
			Width: o.IO.TextWidth(), Color: isStdout(o.Output) && o.IO.Color(),
			Only: o.Only, MinConfidence: o.MinConfidence, WithText: o.WithText,
		})
		return b.Bytes(), err
	})
	if err != nil {
		return fmt.Errorf("writing %s: %w", o.Format, err)
	}
	return firstOf(o.IO.writeOutput(ctx, o.Output, data), badInput)
}

// noteMissingText says which saved extractions have no text to show.
func noteMissingText(streams *IOStreams, maps []*argument.Map) {
	for _, m := range maps {
		if m.Document.Text == "" {
			fmt.Fprintf(streams.Err, "argmap: %s: saved without its text, so there is none to add\n", printable(m.Document.URI))
		}
	}
}

// firstOf is the error that decides the exit code: a closed pipe is none, and
// what was wrong with an input comes after what keeps the output from being
// written.
func firstOf(output, input error) error {
	if output != nil && !isClosedPipe(output) {
		return output
	}
	if input != nil {
		return input
	}
	return output
}
