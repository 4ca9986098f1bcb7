package cli

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/format"
	"github.com/argmap/argmap/internal/tally"
)

// StatsOptions are the options of argmap stats.
type StatsOptions struct {
	IO    *IOStreams
	Files []string // at least one; "-" is standard input

	Format        string // the name of a row of statsFormats
	Output        string // "" or "-" is standard output
	Top           int    // how many of the most cited sources to name
	MinConfidence float64
	Jobs          int
	Reading
}

// statsFormats is the table of what stats can print; the first row is the default.
var statsFormats = []printer[func(list []*tally.Tally, total *tally.Tally) ([]byte, error)]{
	{"text", statsText},
	{"json", statsJSON},
	{"csv", statsCSV},
}

// defaultTop is how many of the most cited sources stats names unless told otherwise.
const defaultTop = 5

// NewCmdStats builds argmap stats; runF, if not nil, stands in for its work.
func NewCmdStats(streams *IOStreams, runF func(context.Context, *StatsOptions) error) *cobra.Command {
	opts := &StatsOptions{IO: streams}
	printed := &printing{format: &opts.Format, output: &opts.Output, names: printerNames(statsFormats)}
	if runF == nil {
		runF = statsRun
	}
	cmd := &cobra.Command{
		Use:   "stats [FILE...]",
		Short: "Count what the arguments of articles are made of",
		Long: "Count claims, recommendations, relations and sources of articles: what sort they\n" +
			"are, how deep the arguments go, how much has a reason, how much is said by\n" +
			"others and who is cited most. Without FILE, or with -, the text is read from\n" +
			"standard input. A saved extraction (JSON) may stand for its article.",
		Example: "argmap stats article.txt\n" +
			"argmap stats *.txt\n" +
			"argmap stats *.txt -o table.csv\n" +
			"argmap stats all.jsonl --json | jq .total.units",
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
	printed.flags(cmd, "print the `FORMAT`: text (default), json, csv (a row\nfor each document)", "write to `FILE`, in the format of its extension\n(.json, .csv)")
	f.IntVar(&opts.Top, "top", defaultTop, fmt.Sprintf("name the `N` most cited sources (%d)", defaultTop))
	f.Float64Var(&opts.MinConfidence, "min-confidence", 0, "leave out what is less sure than `SHARE`, 0 to 1")
	opts.inputFlags(cmd)
	f.IntVarP(&opts.Jobs, "jobs", "j", runtime.GOMAXPROCS(0), "work on `N` texts at a time")
	f.SortFlags = false
	return cmd
}

// complete checks the options and fills in what was left open.
func (o *StatsOptions) complete(args []string) (err error) {
	if err := o.checkInput(); err != nil {
		return err
	}
	if err := notNegative("top", o.Top); err != nil {
		return err
	}
	if err := share("min-confidence", o.MinConfidence); err != nil {
		return err
	}
	if err := atLeastOne("jobs", o.Jobs); err != nil {
		return err
	}
	o.Files, err = o.IO.inputNames("stats", args)
	return err
}

func statsRun(ctx context.Context, o *StatsOptions) error {
	if err := checkOutput(o.Output, o.Files); err != nil {
		return err
	}
	maps, badInput := loader{streams: o.IO, Reading: o.Reading, jobs: o.Jobs, text: true}.load(ctx, o.Files)
	if len(maps) == 0 {
		return badInput
	}
	data, err := await(ctx, func() ([]byte, error) {
		var tallies []*tally.Tally
		for _, m := range maps {
			tallies = append(tallies, tally.Of(format.Filter(m, nil, o.MinConfidence), o.Top))
		}
		return findPrinter(statsFormats, o.Format)(tallies, tally.Total(tallies, o.Top))
	})
	if err != nil {
		return fmt.Errorf("writing %s: %w", o.Format, err)
	}
	return firstOf(o.IO.writeOutput(ctx, o.Output, data), badInput)
}

// statsText writes a row for each document, if there are several, and then
// what there is in all.
func statsText(list []*tally.Tally, total *tally.Tally) ([]byte, error) {
	var b bytes.Buffer
	if len(list) == 1 {
		fmt.Fprintf(&b, "%s\n", printable(list[0].Document))
		b.WriteString(tallyLines(list[0]))
		return b.Bytes(), nil
	}
	rows := [][]string{{"document", "words", "units", "recs", "relations", "depth", "breadth", "supp.", "attr.", "sources"}}
	for _, t := range append(slices.Clone(list), total) {
		name := "total"
		if t != total {
			name = printable(t.Document)
		}
		rows = append(rows, []string{
			name, wordCount(t), fmt.Sprint(t.Units), fmt.Sprint(t.By["kind"]["recommendation"]), fmt.Sprint(t.Relations),
			fmt.Sprint(t.Depth), fmt.Sprint(t.Breadth), perCent(t.SupportedShare), perCent(t.AttributedShare), fmt.Sprint(t.Sources),
		})
	}
	b.WriteString(columns(rows))
	fmt.Fprintf(&b, "\ntotal of %s\n%s", plural(len(list), "document"), tallyLines(total))
	return b.Bytes(), nil
}

func wordCount(t *tally.Tally) string {
	if t.Words == nil {
		return "?"
	}
	return fmt.Sprint(*t.Words)
}

func perCent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }

// columns lines up rows, the first column to the left and the others to the right.
func columns(rows [][]string) string {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		fmt.Fprintf(&b, "%-*s", widths[0], row[0])
		for i, cell := range row[1:] {
			fmt.Fprintf(&b, "  %*s", widths[i+1], cell)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// tallyLines tells one tally, a line for each thing that is counted.
func tallyLines(t *tally.Tally) string {
	rows := [][2]string{
		{"words", wordCount(t)},
		{"units", fmt.Sprint(t.Units)},
	}
	for _, d := range tally.Divisions {
		var parts []string
		for _, v := range d.Values {
			if n := t.By[d.Name][v]; n > 0 {
				parts = append(parts, fmt.Sprintf("%s %d", v, n))
			}
		}
		if len(parts) > 0 {
			rows = append(rows, [2]string{d.Plural, strings.Join(parts, ", ")})
		}
	}
	rows = append(rows,
		[2]string{"tree", fmt.Sprintf("depth %d, breadth %d", t.Depth, t.Breadth)},
		[2]string{"supported", fmt.Sprintf("%d, %s of the units", t.Supported, perCent(t.SupportedShare))},
		[2]string{"attributed", fmt.Sprintf("%d, %s of the units", t.Attributed, perCent(t.AttributedShare))},
		[2]string{"statements", fmt.Sprintf("%d, %d without a source", t.Statements, t.Unsourced)},
	)
	var cited []string
	for _, p := range t.MostCited {
		cited = append(cited, fmt.Sprintf("%3d  %s (%s)", p.Statements, argument.OneLine(p.Name), p.Kind))
	}
	if len(cited) > 0 {
		rows = append(rows, [2]string{"most cited", strings.Join(cited, "\n")})
	}
	return table(rows)
}

// statsSchema is the version of what stats prints as JSON.
const statsSchema = "argmap-stats/1"

func statsJSON(list []*tally.Tally, total *tally.Tally) ([]byte, error) {
	return argument.IndentedJSON(struct {
		Schema    string         `json:"schema"`
		Documents []*tally.Tally `json:"documents"`
		Total     *tally.Tally   `json:"total"`
	}{statsSchema, list, total})
}

// statsCSV writes a row for each document, as RFC 4180 has it. A cell that
// begins with =, +, - or @ stays as it is; see the table that extract writes.
func statsCSV(list []*tally.Tally, _ *tally.Tally) ([]byte, error) {
	header := []string{"document", "title", "characters", "words", "units", "supported", "supported_share", "attributed",
		"attributed_share", "relations", "depth", "breadth", "statements", "unsourced", "sources"}
	for _, d := range tally.Divisions {
		for _, v := range d.Values {
			header = append(header, d.Name+"_"+v)
		}
	}
	rows := [][]string{append(header, "most_cited")}
	for _, t := range list {
		words := ""
		if t.Words != nil {
			words = fmt.Sprint(*t.Words)
		}
		row := []string{t.Document, t.Title, fmt.Sprint(t.Characters), words, fmt.Sprint(t.Units),
			fmt.Sprint(t.Supported), decimal(t.SupportedShare), fmt.Sprint(t.Attributed), decimal(t.AttributedShare),
			fmt.Sprint(t.Relations), fmt.Sprint(t.Depth), fmt.Sprint(t.Breadth),
			fmt.Sprint(t.Statements), fmt.Sprint(t.Unsourced), fmt.Sprint(t.Sources)}
		for _, d := range tally.Divisions {
			for _, v := range d.Values {
				row = append(row, fmt.Sprint(t.By[d.Name][v]))
			}
		}
		var cited []string
		for _, p := range t.MostCited {
			cited = append(cited, p.Name)
		}
		rows = append(rows, append(row, strings.Join(cited, "; ")))
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

func decimal(share float64) string { return strconv.FormatFloat(share, 'f', -1, 64) }
