package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/draw"
	"github.com/argmap/argmap/internal/packed"
)

// GraphOptions are the options of argmap graph.
type GraphOptions struct {
	IO    *IOStreams
	Files []string // at least one; "-" is standard input

	Drawing       string // the name of a row of drawings
	Output        string // "" or "-" is standard output
	Rankdir       string // "" leaves the choice to the size of the map
	Theme         string // "" is the default theme
	NoSources     bool
	MinConfidence float64
	NoLegend      bool
	Title         string  // "" is the article's
	Scale         float64 // pixels of a PNG to a point
	Page          string  // size of paper of a PDF; "" is that of the picture
	Focus         string  // the id of a unit, or ""
	Depth         int     // steps around Focus
	Only          string  // a part of the map, or ""
	Collapse      bool
	MaxUnits      int
	Jobs          int
	Reading
}

// rankdirs are the directions that a graph can run in, from thesis to reasons
// reversed: edges point at what they support.
var rankdirs = []string{"LR", "RL", "TB", "BT"}

// NewCmdGraph builds argmap graph; runF, if not nil, stands in for its work.
func NewCmdGraph(streams *IOStreams, runF func(context.Context, *GraphOptions) error) *cobra.Command {
	opts := &GraphOptions{IO: streams}
	if runF == nil {
		runF = graphRun
	}
	cmd := &cobra.Command{
		Use:   "graph [FILE...]",
		Short: "Draw the argument of articles as a graph",
		Long: "Draw the argument of articles, or of saved extractions (JSON), as one graph.\n" +
			"Without FILE, or with -, it is read from standard input. The graph goes to\n" +
			"standard output as DOT unless a flag or the extension of -o asks for a picture.",
		Example: "argmap graph article.txt -o map.svg\n" +
			"argmap graph --png --theme dark article.txt > map.png\n" +
			"argmap graph --focus u12 --depth 3 article.txt -o part.svg\n" +
			"argmap graph one.txt two.txt --svg > both.svg\n" +
			"argmap extract article.txt --json | argmap graph --svg > map.svg",
	}
	f := cmd.Flags()
	chosen := make([]bool, len(drawings))
	for i, d := range drawings {
		f.BoolVar(&chosen[i], d.name, false, d.help)
	}
	f.StringVarP(&opts.Output, "output", "o", "", "write to `FILE`, in the format of its extension")
	f.StringVar(&opts.Rankdir, "rankdir", "", "direction of the edges, `DIR`: "+strings.Join(rankdirs, ", "))
	f.StringVar(&opts.Theme, "theme", "", "colours, `THEME`: "+strings.Join(draw.Themes(), ", "))
	f.BoolVar(&opts.NoSources, "no-sources", false, "leave out who said what")
	f.Float64Var(&opts.MinConfidence, "min-confidence", 0, "leave out what is less sure than `SHARE`, 0 to 1")
	f.BoolVar(&opts.NoLegend, "no-legend", false, "leave out the legend")
	f.StringVar(&opts.Title, "title", "", "put `TEXT` over the graph, not the article's title")
	f.Float64Var(&opts.Scale, "scale", draw.DefaultScale, fmt.Sprintf("draw a PNG with `N` pixels to a point (%v)", draw.DefaultScale))
	f.StringVar(&opts.Page, "page", "", "put a PDF on sheets of `PAPER`: "+strings.Join(draw.Pages(), ", "))
	opts.selectFlags(f)
	opts.inputFlags(cmd)
	f.IntVarP(&opts.Jobs, "jobs", "j", runtime.GOMAXPROCS(0), "work on `N` texts at a time")
	f.SortFlags = false
	completeFlag(cmd, "rankdir", func() []string { return rankdirs })
	completeFlag(cmd, "theme", draw.Themes)
	completeFlag(cmd, "only", draw.Onlys)
	completeFlag(cmd, "page", draw.Pages)
	completeWith(cmd, "focus", func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		return completeIDs(cmd.Context(), streams, opts.Reading, args, false), inTheirOrder
	})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		for i, d := range drawings {
			if chosen[i] && opts.Drawing != "" {
				return usagef("--%s and --%s contradict each other", opts.Drawing, d.name)
			}
			if chosen[i] {
				opts.Drawing = d.name
			}
		}
		if err := opts.complete(args); err != nil {
			return err
		}
		return runF(cmd.Context(), opts)
	}
	return cmd
}

// selectFlags adds the flags that say which part of a map is drawn.
func (o *GraphOptions) selectFlags(f *pflag.FlagSet) {
	f.StringVar(&o.Focus, "focus", "", "draw the unit `ID` and what is around it, alone")
	f.IntVar(&o.Depth, "depth", draw.DefaultDepth, fmt.Sprintf("draw `N` steps around the unit of --focus (%d)", draw.DefaultDepth))
	f.StringVar(&o.Only, "only", "", "draw a `PART` of the map alone: "+strings.Join(draw.Onlys(), ", "))
	f.BoolVar(&o.Collapse, "collapse", false, "fold all premises into what they bear on")
	f.IntVar(&o.MaxUnits, "max-units", draw.DefaultMaxUnits,
		fmt.Sprintf("fold minor premises beyond `N` units (%d)", draw.DefaultMaxUnits))
	f.SetNormalizeFunc(func(_ *pflag.FlagSet, name string) pflag.NormalizedName {
		if name == "limit" { // as it was called before
			name = "max-units"
		}
		return pflag.NormalizedName(name)
	})
}

// checkSelection checks the flags of selectFlags.
func (o *GraphOptions) checkSelection() (err error) {
	if o.Only != "" {
		if o.Only, err = oneOf("part", o.Only, draw.Onlys()); err != nil {
			return err
		}
	}
	for _, pair := range []struct {
		both bool
		a, b string
	}{
		{o.Focus != "" && o.Only != "", "focus", "only"},
		{o.Focus != "" && o.Collapse, "focus", "collapse"},
		{o.Only != "" && o.Collapse, "only", "collapse"},
	} {
		if pair.both {
			return usagef("--%s and --%s contradict each other", pair.a, pair.b)
		}
	}
	if o.Focus == "" && o.Depth != draw.DefaultDepth {
		return usagef("--depth says how far around the unit of --focus, which is missing")
	}
	if err := atLeastOne("depth", o.Depth); err != nil {
		return err
	}
	return atLeastOne("max-units", o.MaxUnits)
}

// complete checks the options and fills in what was left open.
func (o *GraphOptions) complete(args []string) (err error) {
	if err := o.checkInput(); err != nil {
		return err
	}
	if o.Drawing, err = o.chooseDrawing(); err != nil {
		return err
	}
	if o.Rankdir != "" {
		if o.Rankdir, err = oneOf("rankdir", o.Rankdir, rankdirs); err != nil {
			return err
		}
	}
	if o.Theme, err = knownTheme(o.Theme); err != nil {
		return err
	}
	if o.Page != "" {
		if o.Page, err = oneOf("page", o.Page, draw.Pages()); err != nil {
			return err
		}
		if o.Drawing != "pdf" {
			return usagef("--page does not go with %s", o.Drawing).withHint("--page is for --pdf")
		}
	}
	if err := share("min-confidence", o.MinConfidence); err != nil {
		return err
	}
	if !(o.Scale >= minScale && o.Scale <= maxScale) {
		return usagef("--scale: %v is not between %v and %v", o.Scale, minScale, maxScale)
	}
	if err := atLeastOne("jobs", o.Jobs); err != nil {
		return err
	}
	if err := o.checkSelection(); err != nil {
		return err
	}
	if o.Files, err = o.IO.inputNames("graph", args); err != nil {
		return err
	}
	return o.IO.checkBinary(o.Drawing, o.Output, "graph -o map")
}

// The scales that make sense: below, text is a smear; above, memory runs out
// long before the picture shows more.
const minScale, maxScale = 0.1, 10.0

// chooseDrawing is what the flags ask for, or the output's extension, or DOT.
func (o *GraphOptions) chooseDrawing() (string, error) {
	if o.Drawing != "" {
		return o.Drawing, nil
	}
	path, _ := packed.Base(o.Output)
	ext := filepath.Ext(path)
	if isStdout(o.Output) || ext == "" {
		return drawings[0].name, nil
	}
	if d, ok := drawingByExtension(path); ok {
		return d.name, nil
	}
	var known []string
	for _, d := range drawings {
		known = append(known, d.extension)
	}
	return "", usagef("cannot draw %q files; known extensions: %s", ext, strings.Join(known, ", "))
}

func graphRun(ctx context.Context, o *GraphOptions) error {
	if err := checkOutput(o.Output, o.Files); err != nil {
		return err
	}
	maps, badInput := loader{streams: o.IO, Reading: o.Reading, jobs: o.Jobs, text: o.Drawing == "html"}.load(ctx, o.Files)
	if len(maps) == 0 {
		return badInput
	}
	data, err := o.IO.drawn(ctx, o.Drawing, func() ([]*argument.Map, draw.Options) {
		return maps, draw.Options{
			Theme: o.Theme, Rankdir: o.Rankdir, Title: o.Title, NoSources: o.NoSources,
			NoLegend: o.NoLegend, MinConfidence: o.MinConfidence, Scale: o.Scale, Page: o.Page,
			Focus: o.Focus, Depth: o.Depth, Only: o.Only, Collapse: o.Collapse, MaxUnits: o.MaxUnits,
		}
	})
	var unknown *draw.UnknownUnitError
	if errors.As(err, &unknown) {
		return &fileError{name: strings.Join(o.Files, ", "), cause: unknown, hint: "argmap extract --json lists the units"}
	}
	if err != nil {
		return err
	}
	return firstOf(o.IO.writeOutput(ctx, o.Output, data), badInput)
}
