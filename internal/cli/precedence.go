package cli

import (
	"cmp"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/argmap/argmap/internal/fetch"
	"github.com/argmap/argmap/internal/format"
	"github.com/argmap/argmap/internal/packed"
)

// forms are the flags that say in which form something is written.
var forms = func() []string {
	names := []string{"format", "to"}
	for _, d := range drawings {
		names = append(names, d.name) // json is among them
	}
	return names
}()

// rivals is the table of flags that contradict each other. A setting for one of
// the weak gives way to any of the strong that was asked for by something of a
// higher rank; among equals the command decides, and complains.
var rivals = []struct{ strong, weak []string }{
	{append([]string{"output", "list", "explain"}, forms...), forms},
	{[]string{"focus", "only", "collapse"}, []string{"only", "collapse"}},
	{[]string{"rules"}, []string{"disable"}},
	{[]string{"quiet", "verbose"}, []string{"quiet", "verbose"}},
}

// undisputed are the settings of list, in its order, that nothing stronger
// contradicts.
func undisputed(cmd *cobra.Command, list []setting) []setting {
	asked := map[string]rank{} // for what, and how strongly
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed && asksByFlag(f) {
			asked[f.Name] = byFlag
		}
	})
	byRank := slices.Clone(list)
	slices.SortStableFunc(byRank, func(a, b setting) int { return cmp.Compare(a.rank, b.rank) })
	beaten := map[string]bool{}
	for _, s := range byRank {
		beaten[s.flag] = isBeaten(s, asked)
		if !beaten[s.flag] && s.asks(cmd) {
			asked[s.flag] = s.rank
		}
	}
	return slices.DeleteFunc(slices.Clone(list), func(s setting) bool { return beaten[s.flag] })
}

func isBeaten(s setting, asked map[string]rank) bool {
	for _, row := range rivals {
		if !slices.Contains(row.weak, s.flag) {
			continue
		}
		for _, strong := range row.strong {
			if r, ok := asked[strong]; ok && r < s.rank {
				return true
			}
		}
	}
	return false
}

// asksByFlag reports whether a flag given on the command line asks for anything
// that could contradict a setting: --svg=false does not, nor does -o without an
// extension that any format has.
func asksByFlag(f *pflag.Flag) bool {
	value := f.Value.String()
	if f.Name == "output" {
		path, _ := packed.Base(value)
		_, written := format.ByExtension(path)
		_, drawn := drawingByExtension(path)
		ext := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
		return !isStdout(value) && (written || drawn || slices.Contains(reportNames(), ext))
	}
	switch f.Value.Type() {
	case "bool":
		return value == "true"
	case "stringSlice":
		return value != "[]"
	}
	return value != "" || f.Name == "explain" // of which the command says that it is empty
}

// asks is the same of a setting.
func (s setting) asks(cmd *cobra.Command) bool {
	f := settableFlag(cmd, s.flag)
	if f.Value.Type() == "bool" {
		on, _ := strconv.ParseBool(s.values[0])
		return on
	}
	return strings.Join(s.valuesFor(f), "") != ""
}

// conditions is the table of settings that make sense in some runs only, and
// are left out of the others; the flag itself would be refused there.
var conditions = []struct {
	command, flag string
	holds         func(cmd *cobra.Command, args []string) bool
}{
	{"graph", "page", drawsPDF},
	{"graph", "depth", func(cmd *cobra.Command, _ []string) bool { return flagText(cmd, "focus") != "" }},
	{"extract", "offsets", countsOffsets},
	{"diff", "theme", drawsDiff},
	{"diff", "max-units", drawsDiff},
	{"convert", "with-text", writesTextBeside},
	{"view", "watch", func(_ *cobra.Command, args []string) bool {
		return len(args) > 0 && !slices.ContainsFunc(args, func(name string) bool { return name == stdin || fetch.Scheme(name) != "" })
	}},
}

// conditionOf is the condition of a setting for a flag of cmd, nil if there is
// none.
func conditionOf(cmd *cobra.Command, flag string) func(*cobra.Command, []string) bool {
	for _, c := range conditions {
		if c.command == cmd.Name() && c.flag == flag {
			return c.holds
		}
	}
	return nil
}

func drawsPDF(cmd *cobra.Command, _ []string) bool {
	for _, d := range drawings {
		if flagText(cmd, d.name) == "true" {
			return d.name == "pdf"
		}
	}
	path, _ := packed.Base(flagText(cmd, "output"))
	d, ok := drawingByExtension(path)
	return ok && d.name == "pdf"
}

func drawsDiff(cmd *cobra.Command, _ []string) bool {
	name := flagText(cmd, "format")
	if flagText(cmd, "json") == "true" {
		name = "json"
	}
	if name == "" {
		path, _ := packed.Base(flagText(cmd, "output"))
		name = strings.TrimPrefix(filepath.Ext(path), ".")
	}
	return slices.ContainsFunc(pictureFormats(), func(picture string) bool { return strings.EqualFold(picture, name) })
}

func countsOffsets(cmd *cobra.Command, _ []string) bool {
	if flagText(cmd, "json") == "true" {
		return true
	}
	f, ok := writtenFormat(cmd, "format")
	return ok && f.Counts
}

func writesTextBeside(cmd *cobra.Command, _ []string) bool {
	output := flagText(cmd, "output")
	f, ok := writtenFormat(cmd, "to")
	return ok && f.TextBeside && !isStdout(output) && textBeside(output) != output
}

// writtenFormat is the format that a flag of cmd or the extension of -o names.
func writtenFormat(cmd *cobra.Command, flag string) (format.Format, bool) {
	if name := flagText(cmd, flag); name != "" {
		f, err := format.Find(strings.ToLower(name))
		return f, err == nil
	}
	path, _ := packed.Base(flagText(cmd, "output"))
	return format.ByExtension(path)
}
