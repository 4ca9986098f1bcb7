package cli

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/argmap/argmap/internal/argument"
	checks "github.com/argmap/argmap/internal/check"
)

// CheckOptions are the options of argmap check.
type CheckOptions struct {
	IO    *IOStreams
	Files []string // at least one, "-" is standard input; none where rules are listed or explained

	Rules         []string // ids of the rules to apply; all if empty
	Disable       []string // ids of rules not to apply
	List          bool
	Explain       string // the id of a rule, or ""
	Format        string // the name of a format of package check
	Output        string // "" or "-" is standard output
	FailOn        string // the level from which findings count
	MinConfidence float64
	Jobs          int
	Reading
}

// NewCmdCheck builds argmap check; runF, if not nil, stands in for its work.
func NewCmdCheck(streams *IOStreams, runF func(context.Context, *CheckOptions) error) *cobra.Command {
	opts := &CheckOptions{IO: streams}
	printed := &printing{format: &opts.Format, output: &opts.Output, names: reportNames(), describe: describeReports}
	if runF == nil {
		runF = checkRun
	}
	cmd := &cobra.Command{
		Use:         "check [FILE...]",
		Annotations: map[string]string{findsThings: "yes"},
		Short:       "Find weak spots in the arguments of articles",
		Long: "Find weak spots in the arguments of articles: recommendations without reasons,\n" +
			"figures without a source, objections that nobody answers. Without FILE, or\n" +
			"with -, the text is read from standard input. A saved extraction (JSON) may\n" +
			"stand for its article. The exit code is 1 if there is a finding of the level\n" +
			"of --fail-on or a graver one.",
		Example: "argmap check article.txt\n" +
			"argmap check --list\n" +
			"argmap check --explain unanswered-objection\n" +
			"argmap check *.md --disable stray-claim,one-source --fail-on error\n" +
			"argmap check docs/*.md --format github\n" +
			"argmap check article.txt -o findings.sarif",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := printed.choose(); err != nil {
				return err
			}
			if err := opts.complete(args, cmd.Flags().Changed("explain")); err != nil {
				return err
			}
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	f.StringSliceVar(&opts.Rules, "rules", nil, "apply these `RULES` only")
	f.StringSliceVar(&opts.Disable, "disable", nil, "do not apply these `RULES`")
	f.BoolVar(&opts.List, "list", false, "list the rules")
	f.StringVar(&opts.Explain, "explain", "", "explain a `RULE`, with an example")
	printed.flags(cmd, "print the `FORMAT`:\n"+strings.Replace(strings.Join(printed.names, ", "), ",", " (default),", 1),
		"write to `FILE`, in the format of its extension\n(.json, .sarif)")
	f.StringVar(&opts.FailOn, "fail-on", string(checks.Warning),
		"exit with 1 on findings of this `LEVEL` or above:\nnote, warning (default), error")
	f.Float64Var(&opts.MinConfidence, "min-confidence", 0, "leave out findings less sure than `SHARE`, 0 to 1")
	opts.inputFlags(cmd)
	f.IntVarP(&opts.Jobs, "jobs", "j", runtime.GOMAXPROCS(0), "work on `N` texts at a time")
	f.SortFlags = false
	completeFlag(cmd, "rules", describeRules)
	completeFlag(cmd, "disable", describeRules)
	completeFlag(cmd, "explain", describeRules)
	completeFlag(cmd, "fail-on", levelNames)
	return cmd
}

func reportNames() []string {
	var names []string
	for _, f := range checks.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// describeReports lists the formats for completion, each with its help.
func describeReports() []string {
	var rows []string
	for _, f := range checks.Formats() {
		rows = append(rows, f.Name+"\t"+f.Help)
	}
	return rows
}

func ruleNames() []string {
	var names []string
	for _, r := range checks.Rules() {
		names = append(names, r.ID)
	}
	return names
}

// describeRules lists the rules for completion, each with its title.
func describeRules() []string {
	var rows []string
	for _, r := range checks.Rules() {
		rows = append(rows, r.ID+"\t"+r.Title)
	}
	return rows
}

func levelNames() []string {
	var names []string
	for _, l := range checks.Levels() {
		names = append(names, string(l))
	}
	return names
}

// complete checks the options and fills in what was left open; explain says
// whether a rule is to be explained, be its name empty.
func (o *CheckOptions) complete(args []string, explain bool) (err error) {
	if err := o.checkInput(); err != nil {
		return err
	}
	if o.FailOn, err = oneOf("level", o.FailOn, levelNames()); err != nil {
		return err
	}
	for _, list := range [][]string{o.Rules, o.Disable} {
		for i, id := range list {
			if list[i], err = oneOf("rule", strings.TrimSpace(id), ruleNames()); err != nil {
				return err
			}
		}
	}
	if len(o.chosen()) == 0 {
		return usagef("--rules and --disable leave no rule to apply")
	}
	if err := share("min-confidence", o.MinConfidence); err != nil {
		return err
	}
	if err := atLeastOne("jobs", o.Jobs); err != nil {
		return err
	}
	if !explain && !o.List {
		o.Files, err = o.IO.inputNames("check", args)
		return err
	}
	return o.completeAbout(args, explain)
}

// completeAbout checks what is asked of the rules themselves.
func (o *CheckOptions) completeAbout(args []string, explain bool) (err error) {
	flag := "--list"
	if explain {
		flag = "--explain"
	}
	switch {
	case explain && o.List:
		return usagef("--list and --explain contradict each other")
	case len(args) > 0:
		return usagef("%s reads no file, got %s", flag, printable(args[0]))
	case o.Format != "text" && (explain || o.Format != "json"):
		return usagef("%s prints no %s", flag, o.Format)
	case explain:
		o.Explain, err = oneOf("rule", o.Explain, ruleNames())
	}
	return err
}

// chosen are the rules to apply.
func (o *CheckOptions) chosen() []checks.Rule {
	return slices.DeleteFunc(checks.Rules(), func(r checks.Rule) bool {
		return len(o.Rules) > 0 && !slices.Contains(o.Rules, r.ID) || slices.Contains(o.Disable, r.ID)
	})
}

func checkRun(ctx context.Context, o *CheckOptions) error {
	if err := checkOutput(o.Output, o.Files); err != nil {
		return err
	}
	if len(o.Files) == 0 {
		data, err := o.aboutRules()
		if err != nil {
			return err
		}
		return o.IO.writeOutput(ctx, o.Output, data)
	}
	maps, badInput := loader{streams: o.IO, Reading: o.Reading, jobs: o.Jobs, text: true}.load(ctx, o.Files)
	if len(maps) == 0 {
		return badInput
	}
	results, err := await(ctx, func() ([]checks.Result, error) { return o.apply(ctx, maps), nil })
	if err != nil {
		return err
	}
	data, err := o.write(results)
	if err != nil {
		return fmt.Errorf("writing %s: %w", o.Format, err)
	}
	err = firstOf(o.IO.writeOutput(ctx, o.Output, data), badInput)
	if (err == nil || isClosedPipe(err)) && o.fails(results) {
		return ErrFindings
	}
	return err
}

// apply looks for findings in all maps.
func (o *CheckOptions) apply(ctx context.Context, maps []*argument.Map) []checks.Result {
	rules := o.chosen()
	var results []checks.Result
	for _, m := range maps {
		r := checks.Result{URI: m.Document.URI, Findings: checks.Run(m, rules, o.MinConfidence)}
		if file, _, marked := strings.Cut(r.URI, "#"); marked && slices.Contains(o.Files, file) {
			r.Within = file // of records
		}
		if len(r.Findings) > 0 {
			r.Lines = o.linesOf(ctx, m)
		}
		results = append(results, r)
	}
	return results
}

// linesOf are the lines of the article's file. That of plain text holds the
// text of the map. Any other is read once more, for its text was extracted;
// where it was saved, or came from standard input or another pipe, there is no
// file at hand.
func (o *CheckOptions) linesOf(ctx context.Context, m *argument.Map) *checks.Lines {
	switch d := m.Document; {
	case d.Text == "":
		return nil
	case d.MediaType == "text/plain":
		return checks.NewLines(d.Text)
	case isFile(d.URI) && slices.Contains(o.Files, d.URI):
		file, err := o.read(ctx, o.IO, d.URI)
		if err == nil && utf8.Valid(file.data) {
			return checks.NewLinesOf(strings.TrimPrefix(string(file.data), "\uFEFF"), d.Text)
		}
	}
	return nil
}

func (o *CheckOptions) write(results []checks.Result) ([]byte, error) {
	for _, f := range checks.Formats() {
		if f.Name == o.Format {
			return f.Write(results, checks.Options{Color: isStdout(o.Output) && o.IO.Color(), Rules: o.chosen()})
		}
	}
	return nil, fmt.Errorf("no format %q", o.Format)
}

// fails reports whether a finding is grave enough for exit code 1.
func (o *CheckOptions) fails(results []checks.Result) bool {
	for level, n := range checks.Count(results) {
		if n > 0 && level.AtLeast(checks.Level(o.FailOn)) {
			return true
		}
	}
	return false
}

// aboutRules lists the rules or explains one.
func (o *CheckOptions) aboutRules() ([]byte, error) {
	var b bytes.Buffer
	if o.Explain != "" {
		for _, r := range checks.Rules() {
			if r.ID == o.Explain {
				fmt.Fprintf(&b, "%s (%s): %s\n\n%s", r.ID, r.Level, r.Title, r.Doc())
			}
		}
		return b.Bytes(), nil
	}
	if o.Format == "json" {
		return rulesJSON(o.chosen())
	}
	var rows [][2]string
	for _, r := range o.chosen() {
		rows = append(rows, [2]string{r.ID, fmt.Sprintf("%-7s  %s", r.Level, r.Title)})
	}
	for line := range strings.Lines(table(rows)) {
		b.WriteString(strings.TrimPrefix(line, "  "))
	}
	return b.Bytes(), nil
}

func rulesJSON(rules []checks.Rule) ([]byte, error) {
	type row struct {
		ID    string       `json:"id"`
		Level checks.Level `json:"level"`
		Title string       `json:"title"`
		Doc   string       `json:"doc"`
	}
	rows := []row{}
	for _, r := range rules {
		rows = append(rows, row{r.ID, r.Level, r.Title, r.Doc()})
	}
	return argument.IndentedJSON(rows)
}
