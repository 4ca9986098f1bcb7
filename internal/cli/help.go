package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/argmap/argmap/internal/format"
)

// environment is what help and man pages say of the variables that argmap reads.
var environment = []struct{ name, meaning string }{
	{"NO_COLOR", "if set, text is never coloured"},
	{"COLUMNS", "the width that text is wrapped to, instead of the terminal's"},
	{"ARGMAP_<FLAG>", "the default of a flag, as ARGMAP_THEME; argmap help config"},
	{"ARGMAP_CONFIG", "the project file, instead of the nearest .argmap.yaml"},
	{"ARGMAP_NO_CONFIG", "if true, no project file is read"},
	{"ARGMAP_CACHE_DIR", "where prepared parts are kept, instead of the user's cache"},
	{"ARGMAP_KERNEL", "how to multiply: avx512, avx2, neon, plain; for tests"},
	{"ARGMAP_DEBUG", "if set, an internal error prints where it happened"},
}

// setHelp gives root and all commands below it one help page: examples first.
func setHelp(root *cobra.Command) {
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		fmt.Fprint(cmd.OutOrStdout(), helpPage(cmd))
	})
	root.SetHelpCommand(&cobra.Command{
		Use:               "help [COMMAND]",
		Short:             "Show the help of a command",
		ValidArgsFunction: completeCommands,
		RunE: func(cmd *cobra.Command, args []string) error {
			target, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 && target == cmd.Root() {
				return checkCommand(cmd.Root(), rest)
			}
			target.InitDefaultHelpFlag()
			return target.Help()
		},
	})
	describeHelpFlag(root)
}

// describeHelpFlag words the help flag, which cobra adds, as the other flags are.
func describeHelpFlag(cmd *cobra.Command) {
	cmd.Flags().BoolP("help", "h", false, "show this help")
	for _, c := range cmd.Commands() {
		describeHelpFlag(c)
	}
}

// completeCommands completes the names of commands.
func completeCommands(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var names []string
	for _, c := range documented(cmd.Root()) {
		names = append(names, c.Name()+"\t"+c.Short)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

func helpPage(cmd *cobra.Command) string {
	var b strings.Builder
	fmt.Fprintln(&b, about(cmd))
	if cmd.Example != "" {
		fmt.Fprintf(&b, "\nExamples:\n%s", indent(cmd.Example))
	}
	fmt.Fprintf(&b, "\nUsage:\n  %s\n", cmd.UseLine())
	if cmd.HasAvailableSubCommands() {
		fmt.Fprint(&b, "\nCommands:\n", commandTable(cmd))
	}
	if cmd.HasAvailableFlags() {
		fmt.Fprint(&b, "\nFlags:\n", flagTable(cmd))
	}
	if rows := inputRows(cmd); rows != nil {
		fmt.Fprint(&b, "\nInputs:\n", table(rows))
	}
	if rows := formatRows(cmd); rows != nil {
		fmt.Fprint(&b, "\nFormats:\n", table(rows))
	}
	if cmd == cmd.Root() {
		fmt.Fprint(&b, "\nExit codes:\n", exitTable())
		fmt.Fprint(&b, "\nEnvironment:\n", environmentTable())
		fmt.Fprint(&b, "\nargmap COMMAND --help says more about a command.\n")
	} else {
		codes := "0 done, 2 wrong usage, 3 bad input or output, 4 internal error"
		if cmd.Annotations[findsThings] != "" {
			codes = "0 done, 1 findings, 2 wrong usage, 3 bad input or output,\n            4 internal error"
		}
		fmt.Fprintf(&b, "\nExit codes: %s.\n", codes)
	}
	return b.String()
}

// about says what cmd does.
func about(cmd *cobra.Command) string {
	if cmd.Long == "" {
		return cmd.Short + "."
	}
	return cmd.Long
}

func indent(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString("  " + line)
	}
	return b.String() + "\n"
}

func commandTable(cmd *cobra.Command) string {
	var rows [][2]string
	for _, c := range documented(cmd) {
		rows = append(rows, [2]string{c.Name(), c.Short})
	}
	return table(rows)
}

func flagTable(cmd *cobra.Command) string {
	var rows [][2]string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		left := "    --" + f.Name
		if f.Shorthand != "" {
			left = "-" + f.Shorthand + ", --" + f.Name
		}
		if value != "" {
			left += " " + value
		}
		rows = append(rows, [2]string{left, usage})
	})
	return table(rows)
}

// explainsInputs marks the commands that read whatever argmap reads.
const explainsInputs = "inputs"

// inputRows explains the inputs of a command that reads all there are.
func inputRows(cmd *cobra.Command) [][2]string {
	if cmd.Annotations[explainsInputs] == "" {
		return nil
	}
	var foreign []string
	for _, f := range format.Readable() {
		if f.Name != "json" && f.Name != "jsonl" {
			foreign = append(foreign, f.Name)
		}
	}
	return [][2]string{
		{"articles", inLines(articleTypes())},
		{"extractions", "what argmap extract --json or --format jsonl wrote"},
		{"maps of others", inLines(foreign)},
		{"records", "in a .jsonl file a text a line: an object with text\nand, if you like, id, title and uri"},
		{"packed files", "each of these in gzip (.gz) or zstd (.zst)"},
		{"addresses", "each of these from the web, https://…"},
	}
}

// explainsFormats marks the commands whose formats are those of package format.
const explainsFormats = "formats"

// findsThings marks the commands that exit with 1 where there is something to
// report.
const findsThings = "findings"

// formatRows explains the formats of a command that lets one choose.
func formatRows(cmd *cobra.Command) [][2]string {
	if cmd.Annotations[explainsFormats] == "" {
		return nil
	}
	var rows [][2]string
	for _, f := range format.All() {
		rows = append(rows, [2]string{f.Name, f.Help})
	}
	return rows
}

func exitTable() string {
	var rows [][2]string
	for _, c := range exitCodes {
		rows = append(rows, [2]string{fmt.Sprintf("%3d", c.code), c.meaning})
	}
	return table(rows)
}

func environmentTable() string {
	var rows [][2]string
	for _, v := range environment {
		rows = append(rows, [2]string{v.name, v.meaning})
	}
	return table(rows)
}

// table lines up two columns. A line break in the second column goes on under
// its beginning.
func table(rows [][2]string) string {
	width := 0
	for _, r := range rows {
		width = max(width, len(r[0]))
	}
	var b strings.Builder
	for _, r := range rows {
		more := strings.ReplaceAll(r[1], "\n", "\n"+strings.Repeat(" ", width+4))
		fmt.Fprintf(&b, "  %-*s  %s\n", width, r[0], more)
	}
	return b.String()
}
