package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/format"
)

// ConvertOptions are the options of argmap convert.
type ConvertOptions struct {
	IO   *IOStreams
	File string // "-" is standard input

	From     string // the name of a format; "" is found out
	To       string // the name of a format
	Output   string // "" or "-" is standard output
	Strict   bool
	WithText bool
	Reading
}

// convertDefault is what convert writes when nothing says otherwise.
const convertDefault = "json"

// NewCmdConvert builds argmap convert; runF, if not nil, stands in for its work.
func NewCmdConvert(streams *IOStreams, runF func(context.Context, *ConvertOptions) error) *cobra.Command {
	opts := &ConvertOptions{IO: streams}
	if runF == nil {
		runF = convertRun
	}
	cmd := &cobra.Command{
		Use:   "convert [FILE]",
		Short: "Turn an argument map from one format into another",
		Long: "Turn an argument map, whoever made it, from one format into another. Without\n" +
			"FILE, or with -, it is read from standard input. Formats are known by what a\n" +
			"file holds and by its extension: .aif.json, .xaif.json, .argdown, .ann, ….\n" +
			"FILE may be packed (.gz, .zst) and may be a web address. The text of a brat file\n" +
			"is the .txt beside it.\n\n" +
			"What has no place in the new format is counted on standard error, a line for\n" +
			"each sort of thing. With --strict such a loss ends the command with exit code 1\n" +
			"and nothing is written.",
		Example: "argmap convert map.json -o map.aif.json\n" +
			"argmap convert debate.argdown -o debate.graphml\n" +
			"argmap convert corpus/essay01.ann --to json > essay01.json\n" +
			"argmap extract article.txt --json | argmap convert --to mermaid\n" +
			"argmap convert --strict map.json -o map.gexf",
		Annotations: map[string]string{explainsFormats: "yes", findsThings: "yes"},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := opts.complete(args); err != nil {
				return err
			}
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	f.StringVar(&opts.From, "from", "",
		"read the `FORMAT`, whatever the file looks like:\n"+inLines(namesOf(format.Readable())))
	f.StringVarP(&opts.To, "to", "t", "", "write the `FORMAT`, "+convertDefault+" by default: any of those below")
	f.StringVarP(&opts.Output, "output", "o", "", "write to `FILE`, in the format of its extension")
	f.BoolVar(&opts.Strict, "strict", false, "write nothing if anything would be lost")
	f.BoolVar(&opts.WithText, "with-text", false, "write the text of a brat file beside it, as .txt")
	opts.privateFlag(cmd)
	f.SortFlags = false
	completeFlag(cmd, "from", func() []string { return namesOf(format.Readable()) })
	completeFlag(cmd, "to", describeFormats)
	return cmd
}

// complete checks the options and fills in what was left open.
func (o *ConvertOptions) complete(args []string) (err error) {
	if len(args) > 1 {
		return usagef("convert takes one file, got %d", len(args)).withHint("argmap convert FILE -o FILE")
	}
	if o.From != "" {
		if o.From, err = oneOf("format", o.From, namesOf(format.Readable())); err != nil {
			return err
		}
	}
	if o.To, err = o.chooseFormat(); err != nil {
		return err
	}
	to, err := format.Find(o.To)
	if err != nil {
		return err
	}
	if o.WithText && (!to.TextBeside || isStdout(o.Output) || textBeside(o.Output) == o.Output) {
		return usagef("--with-text goes with a brat file (.ann) only").withHint("other formats hold the text themselves")
	}
	names, err := o.IO.inputNames("convert", args)
	if err != nil {
		return err
	}
	o.File = names[0]
	return nil
}

// chooseFormat is the format that was asked for, or that of the output's
// extension, or the default.
func (o *ConvertOptions) chooseFormat() (string, error) {
	if o.To != "" {
		return oneOf("format", o.To, formatNames())
	}
	if isStdout(o.Output) {
		return convertDefault, nil
	}
	return formatOfPath(o.Output, "to")
}

func convertRun(ctx context.Context, o *ConvertOptions) error {
	if err := checkOutput(o.Output, []string{o.File}); err != nil {
		return err
	}
	to, err := format.Find(o.To)
	if err != nil {
		return err
	}
	var losses []format.Loss
	maps, err := await(ctx, func() ([]*argument.Map, error) {
		maps, lost, err := o.readMap(ctx)
		losses = lost
		return maps, err
	})
	if err != nil {
		return o.inFile(err)
	}
	if err := checkSingle(to, len(maps)); err != nil {
		return err
	}
	opt := format.Options{Width: o.IO.TextWidth(), Color: isStdout(o.Output) && o.IO.Color(), WithText: true}
	kept := maps
	if o.WithText {
		kept = nil // of the text alone, which is written beside
		for _, m := range maps {
			c := *m
			c.Document.Text = ""
			kept = append(kept, &c)
		}
	}
	losses = append(losses, format.Losses(to, kept, opt)...)
	for _, l := range losses {
		o.IO.Note("%s", l)
	}
	if o.Strict && len(losses) > 0 {
		return ErrFindings
	}
	data, err := await(ctx, func() ([]byte, error) {
		var b bytes.Buffer
		err := to.Write(&b, maps, opt)
		return b.Bytes(), err
	})
	if err != nil {
		return fmt.Errorf("writing %s: %w", o.To, err)
	}
	if o.WithText {
		if err := o.writeText(ctx, maps[0].Document.Text); err != nil {
			return err
		}
	}
	return o.IO.writeOutput(ctx, o.Output, data)
}

// checkSingle refuses several documents where a format holds one.
func checkSingle(f format.Format, n int) error {
	if f.Single && n != 1 {
		return holdsOne(f, strconv.Itoa(n))
	}
	return nil
}

// holdsOne is the error for so many documents in a format that holds one.
func holdsOne(f format.Format, number string) error {
	return usagef("%s holds one document, not %s", f.Name, number).withHint("json, jsonl, graphml and node-link hold any number")
}

// inFile says in which file something is wrong.
func (o *ConvertOptions) inFile(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return asFileError(o.File, err)
}

// readMap reads the input in its format.
func (o *ConvertOptions) readMap(ctx context.Context) ([]*argument.Map, []format.Loss, error) {
	in, err := o.read(ctx, o.IO, o.File)
	if err != nil {
		return nil, nil, err
	}
	f, ok := format.Detect(in.forFormat())
	if o.From != "" {
		f, err = format.Find(o.From)
	} else if !ok {
		known := strings.Join(namesOf(format.Readable()), ", ")
		err = &fileError{name: o.File, cause: errors.New("in no format that convert reads: " + known),
			hint: "name it with --from; of an article: argmap extract"}
	}
	if err != nil {
		return nil, nil, err
	}
	return o.IO.readMap(ctx, f, in)
}

// writeText writes the text of a brat file, unless it is there already. One
// that says something else is not touched: the annotations are not of it.
func (o *ConvertOptions) writeText(ctx context.Context, text string) error {
	path := textBeside(o.Output)
	if text == "" {
		return &fileError{name: o.File, cause: errors.New("holds no text to write beside the annotations")}
	}
	old, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return o.IO.writeOutput(ctx, path, []byte(text))
	case err != nil:
		return &fileError{name: path, cause: err}
	case string(old) != text:
		return &fileError{name: path, cause: errors.New("is there already and holds another text")}
	}
	return nil
}
