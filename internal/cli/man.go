package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// ManOptions are the options of argmap man.
type ManOptions struct {
	IO     *IOStreams
	Root   *cobra.Command
	Folder string
}

// NewCmdMan builds argmap man, which packagers use and help does not list;
// runF, if not nil, stands in for its work.
func NewCmdMan(streams *IOStreams, runF func(context.Context, *ManOptions) error) *cobra.Command {
	opts := &ManOptions{IO: streams}
	if runF == nil {
		runF = manRun
	}
	return &cobra.Command{
		Use:     "man FOLDER",
		Hidden:  true,
		Short:   "Write the manual pages",
		Long:    "Write a manual page for argmap and for each of its commands into FOLDER.",
		Example: "argmap man /usr/local/share/man/man1",
		Args:    oneArg("the folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			opts.Root, opts.Folder = cmd.Root(), args[0]
			return runF(cmd.Context(), opts)
		},
	}
}

func manRun(ctx context.Context, o *ManOptions) error {
	if err := os.MkdirAll(o.Folder, 0o755); err != nil {
		return &fileError{name: o.Folder, cause: err}
	}
	for _, cmd := range append([]*cobra.Command{o.Root}, documented(o.Root)...) {
		path := filepath.Join(o.Folder, manName(cmd)+".1")
		if err := o.IO.writeOutput(ctx, path, []byte(manPage(cmd))); err != nil {
			return err
		}
	}
	return nil
}

// documented are the commands below root that have a manual page.
func documented(root *cobra.Command) []*cobra.Command {
	var list []*cobra.Command
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() && c.Name() != "help" {
			list = append(list, c)
		}
	}
	return list
}

func manName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// manDate stands in every page, so that the same program writes the same bytes.
const manDate = "2026-01-01"

// manPage is the manual page of cmd in roff. It says what the help says;
// cobra's own generator would print a flag as "--svg[=false]" and lose the
// names of the values.
func manPage(cmd *cobra.Command) string {
	var b strings.Builder
	name := manName(cmd)
	fmt.Fprintf(&b, ".TH %s 1 %s argmap \"argmap manual\"\n", roff(strings.ToUpper(name)), roff(manDate))
	fmt.Fprintf(&b, ".SH NAME\n%s \\- %s\n", roff(name), roff(cmd.Short))
	fmt.Fprintf(&b, ".SH SYNOPSIS\n%s\n", roff(cmd.UseLine()))
	fmt.Fprintf(&b, ".SH DESCRIPTION\n%s\n", roff(about(cmd)))
	if cmd == cmd.Root() {
		b.WriteString(".SH COMMANDS\n")
		for _, c := range documented(cmd) {
			entry(&b, bold(c.Name()), c.Short)
		}
	}
	b.WriteString(".SH OPTIONS\n")
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			value, usage := pflag.UnquoteUsage(f)
			entry(&b, manFlag(f, value), usage)
		}
	})
	for _, section := range []struct {
		name string
		rows [][2]string
	}{{"INPUTS", inputRows(cmd)}, {"FORMATS", formatRows(cmd)}} {
		if section.rows != nil {
			b.WriteString(".SH " + section.name + "\n")
		}
		for _, r := range section.rows {
			entry(&b, bold(r[0]), r[1])
		}
	}
	fmt.Fprintf(&b, ".SH EXAMPLES\n.nf\n%s\n.fi\n", roff(cmd.Example))
	b.WriteString(".SH EXIT STATUS\n")
	for _, c := range exitCodes {
		entry(&b, bold(fmt.Sprint(c.code)), c.meaning)
	}
	b.WriteString(".SH ENVIRONMENT\n")
	for _, v := range environment {
		entry(&b, bold(v.name), v.meaning)
	}
	b.WriteString(".SH SEE ALSO\n" + strings.Join(relatedPages(cmd), ", ") + "\n")
	return b.String()
}

// entry writes a labelled paragraph. Line breaks in text are kept.
func entry(b *strings.Builder, label, text string) {
	fmt.Fprintf(b, ".TP\n%s\n%s\n", label, strings.ReplaceAll(roff(text), "\n", "\n.br\n"))
}

func manFlag(f *pflag.Flag, value string) string {
	label := bold("--" + f.Name)
	if f.Shorthand != "" {
		label = bold("-"+f.Shorthand) + ", " + label
	}
	if value != "" {
		label += ` \fI` + roff(value) + `\fR`
	}
	return label
}

func bold(s string) string { return `\fB` + roff(s) + `\fR` }

// relatedPages are the pages of all commands, for root, or that of root.
func relatedPages(cmd *cobra.Command) []string {
	if cmd != cmd.Root() {
		return []string{bold(manName(cmd.Root())) + "(1)"}
	}
	var pages []string
	for _, c := range documented(cmd) {
		pages = append(pages, bold(manName(c))+"(1)")
	}
	return pages
}

// roff escapes text so that troff prints it as it stands.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", "\\(ga", "…", `\[u2026]`).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
