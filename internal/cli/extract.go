package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/format"
	"github.com/argmap/argmap/internal/packed"
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
	Offsets       argument.Offsets
	FailOnEmpty   bool
	Jobs          int
	Reading
}

// countings are the values of --offsets: what offsets count.
var countings = []struct {
	name    string
	offsets argument.Offsets
}{{"runes", argument.CodePoints}, {"bytes", argument.Bytes}, {"utf16", argument.UTF16}}

func countingNames() []string {
	var names []string
	for _, c := range countings {
		names = append(names, c.name)
	}
	return names
}

// defaultFormat is what extract prints when neither --format nor the extension
// of -o says otherwise.
const defaultFormat = "text"

// NewCmdExtract builds argmap extract; runF, if not nil, stands in for its work.
func NewCmdExtract(streams *IOStreams, runF func(context.Context, *ExtractOptions) error) *cobra.Command {
	opts := &ExtractOptions{IO: streams}
	var counting string
	printed := &printing{format: &opts.Format, output: &opts.Output, names: formatNames(), byOutput: opts.formatOfOutput, describe: describeFormats}
	if runF == nil {
		runF = extractRun
	}
	cmd := &cobra.Command{
		Use:   "extract [FILE...]",
		Short: "List the claims, recommendations and sources of articles",
		Long: "List the claims and recommendations of articles, how they bear on each other,\n" +
			"and whose words they are. Without FILE, or with -, the text is read from\n" +
			"standard input. A saved extraction (JSON) may stand for its article. Of several\n" +
			"texts, in files or by the line, --format jsonl prints a line for each as soon as\n" +
			"it is there; other formats wait for the last. A bad input is reported, and the\n" +
			"others come out.",
		Example: "argmap extract article.txt\n" +
			"argmap extract article.html --only recommendations\n" +
			"argmap extract *.md -o all.jsonl\n" +
			"argmap extract corpus.jsonl.gz -o maps.jsonl\n" +
			"argmap extract map.json --format markdown\n" +
			"curl -s https://example.org/post | argmap extract --json",
		Annotations: map[string]string{explainsFormats: "yes", findsThings: "yes"},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := printed.choose(); err != nil {
				return err
			}
			if err := opts.complete(args, counting); err != nil {
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
	f.StringVar(&counting, "offsets", countings[0].name, "let offsets in "+strings.Join(countingFormats(), ", ")+" count\n`WHAT`: "+
		strings.Replace(strings.Join(countingNames(), ", "), ",", " (default),", 1))
	f.BoolVar(&opts.FailOnEmpty, "fail-on-empty", false, "exit with 1 if there is nothing to print of a text")
	opts.inputFlags(cmd)
	f.IntVarP(&opts.Jobs, "jobs", "j", runtime.GOMAXPROCS(0), "work on `N` texts at a time")
	f.SortFlags = false
	completeFlag(cmd, "only", format.Parts)
	completeFlag(cmd, "offsets", countingNames)
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

// countingFormats are the names of the formats whose offsets may be chosen.
func countingFormats() []string {
	var names []string
	for _, f := range format.All() {
		if f.Counts {
			names = append(names, f.Name)
		}
	}
	return names
}

func formatNames() []string { return namesOf(format.All()) }

// complete checks the options and fills in what was left open.
func (o *ExtractOptions) complete(args []string, counting string) (err error) {
	if counting, err = oneOf("way to count", counting, countingNames()); err != nil {
		return err
	}
	for _, c := range countings {
		if c.name == counting {
			o.Offsets = c.offsets
		}
	}
	if f, err := format.Find(o.Format); err == nil && !f.Counts && o.Offsets != argument.CodePoints {
		return usagef("--offsets %s does not go with %s", counting, o.Format).withHint("--offsets is for %s", strings.Join(countingFormats(), ", "))
	}
	if err := o.checkInput(); err != nil {
		return err
	}
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
	path, _ := packed.Base(o.Output)
	if isStdout(o.Output) || filepath.Ext(path) == "" {
		return defaultFormat, nil
	}
	return formatOfPath(o.Output, "format")
}

// formatOfPath is the format of a path's extension, that of its packing aside.
// Where there is none, the error tells of the flag that names the format.
func formatOfPath(path, flag string) (string, error) {
	path, _ = packed.Base(path)
	if f, ok := format.ByExtension(path); ok {
		return f.Name, nil
	}
	ext := filepath.Ext(path)
	err := usagef("no format has the extension %q; known formats: %s", ext, strings.Join(formatNames(), ", "))
	if _, drawn := drawingByExtension(path); drawn {
		return "", err.withHint("argmap graph draws %s files", ext)
	}
	return "", err.withHint("name the format with --%s", flag)
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
	w := &extractWriter{ExtractOptions: o, ctx: ctx, format: f}
	load := loader{
		streams: o.IO, Reading: o.Reading, jobs: o.Jobs, text: o.WithText || f.Quotes || o.Offsets != argument.CodePoints,
		seen: f.Streams && isStdout(o.Output) && !o.IO.outIsFile(),
	}
	err = load.reportEach(ctx, o.Files, w.add)
	var silent *silentError
	switch {
	case errors.As(err, &silent):
		w.code = max(w.code, silent.code)
	case err != nil && !isClosedPipe(err):
		return w.end(err)
	}
	if err := w.end(nil); err != nil && !isClosedPipe(err) {
		return err
	}
	switch {
	case w.code != ExitDone:
		return &silentError{w.code}
	case o.FailOnEmpty && w.empty:
		return ErrFindings
	}
	return nil
}

// extractWriter writes maps as they come in, in formats that allow it, and in
// others when the last has come.
type extractWriter struct {
	*ExtractOptions
	ctx     context.Context
	format  format.Format
	out     *sink // opened with the first map
	waiting []*argument.Map
	empty   bool // there is nothing to print of one
	code    int  // that the worst input deserves
}

func (w *extractWriter) add(maps []*argument.Map) error {
	maps = w.countable(maps)
	w.note(maps)
	switch {
	case len(maps) == 0:
		return nil
	case w.format.Streams:
		return w.write(maps)
	}
	w.waiting = append(w.waiting, maps...)
	if w.format.Single && len(w.waiting) > 1 {
		return holdsOne(w.format, "several") // at once, for there may be many
	}
	return nil
}

// countable are the maps whose offsets can be counted as they were asked to be.
// It reports the others: those saved without the text that this takes.
func (w *extractWriter) countable(maps []*argument.Map) []*argument.Map {
	if w.Offsets == argument.CodePoints {
		return maps
	}
	return slices.DeleteFunc(slices.Clone(maps), func(m *argument.Map) bool {
		if m.Document.Text != "" || m.Document.Characters == 0 {
			return false
		}
		w.code = max(w.code, report(w.IO, &fileError{name: m.Document.URI,
			cause: fmt.Errorf("saved without its text, so %s cannot be counted", w.Offsets)}))
		return true
	})
}

// write writes maps that the format can take together.
func (w *extractWriter) write(maps []*argument.Map) (err error) {
	data, err := await(w.ctx, func() ([]byte, error) {
		var b bytes.Buffer
		err := w.format.Write(&b, maps, format.Options{
			Width: w.IO.TextWidth(), Color: isStdout(w.Output) && w.IO.Color(),
			Only: w.Only, MinConfidence: w.MinConfidence, WithText: w.WithText, Offsets: w.Offsets,
		})
		return b.Bytes(), err
	})
	if err != nil {
		return fmt.Errorf("writing %s: %w", w.Format, err)
	}
	if w.out == nil {
		if w.out, err = w.IO.openOutput(w.ctx, w.Output); err != nil {
			return err
		}
	}
	_, err = w.out.Write(data)
	return err
}

// end writes what has been waiting and closes the output, unless something has
// failed already.
func (w *extractWriter) end(failed error) error {
	if failed == nil && len(w.waiting) > 0 {
		failed = w.write(w.waiting)
	}
	if w.out == nil {
		return failed
	}
	return w.out.close(failed)
}

// note says what of the maps is less than was asked for.
func (w *extractWriter) note(maps []*argument.Map) {
	for _, m := range maps {
		if m.Document.Text == "" && w.WithText {
			w.IO.Note("%s: saved without its text, so there is none to add", printable(m.Document.URI))
		}
		if !w.FailOnEmpty {
			continue
		}
		f := format.Filter(m, w.Only, w.MinConfidence)
		if len(f.Units)+len(f.Sources)+len(f.Attributions)+len(f.Relations) == 0 {
			w.empty = true
			w.IO.Note("%s: nothing was found in it", printable(m.Document.URI))
		}
	}
}
