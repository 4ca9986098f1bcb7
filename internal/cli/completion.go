package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/argmap/argmap/internal/argument"
)

// CompletionOptions are the options of argmap completion.
type CompletionOptions struct {
	IO    *IOStreams
	Root  *cobra.Command
	Shell string
}

// shells is the table of shells that completion is written for.
var shells = []struct {
	name  string
	write func(root *cobra.Command, w io.Writer) error
}{
	{"bash", func(root *cobra.Command, w io.Writer) error { return root.GenBashCompletionV2(w, true) }},
	{"zsh", func(root *cobra.Command, w io.Writer) error { return root.GenZshCompletion(w) }},
	{"fish", func(root *cobra.Command, w io.Writer) error { return root.GenFishCompletion(w, true) }},
	{"powershell", func(root *cobra.Command, w io.Writer) error { return root.GenPowerShellCompletionWithDesc(w) }},
}

func shellNames() []string {
	var names []string
	for _, s := range shells {
		names = append(names, s.name)
	}
	return names
}

// NewCmdCompletion builds argmap completion; runF, if not nil, stands in for its work.
func NewCmdCompletion(streams *IOStreams, runF func(context.Context, *CompletionOptions) error) *cobra.Command {
	opts := &CompletionOptions{IO: streams}
	if runF == nil {
		runF = completionRun
	}
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print a script that completes argmap's commands in a shell",
		Long: "Print a script with which a shell completes commands, flags, formats and files.\n" +
			"SHELL is bash, zsh, fish or powershell.",
		Example: "source <(argmap completion bash)\n" +
			"argmap completion zsh > \"${fpath[1]}/_argmap\"\n" +
			"argmap completion fish > ~/.config/fish/completions/argmap.fish\n" +
			"argmap completion powershell | Out-String | Invoke-Expression",
		Args: oneArg("the shell (bash, zsh, fish or powershell)"),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return shellNames(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			opts.Root = cmd.Root()
			if opts.Shell, err = oneOf("shell", args[0], shellNames()); err != nil {
				return err
			}
			return runF(cmd.Context(), opts)
		},
	}
}

func completionRun(ctx context.Context, o *CompletionOptions) error {
	var b bytes.Buffer
	for _, s := range shells {
		if s.name != o.Shell {
			continue
		}
		if err := s.write(o.Root, &b); err != nil {
			return err
		}
	}
	return o.IO.writeOutput(ctx, "", b.Bytes())
}

// completeFlag has shells complete a flag's value from a list.
func completeFlag(cmd *cobra.Command, flag string, values func() []string) {
	completeWith(cmd, flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return values(), cobra.ShellCompDirectiveNoFileComp
	})
}

// completeWith has shells complete a flag's value with what f finds.
func completeWith(cmd *cobra.Command, flag string, f cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, f); err != nil {
		panic(err) // there is no such flag: a slip in the code
	}
}

// inTheirOrder keeps a shell from sorting what it is given.
const inTheirOrder = cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder

// completing is how long a shell waits for ids, who presses Tab.
const completing = 8 * time.Second

// completeIDs lists what stands in the maps of files, each with its words, for a
// shell to complete an id from: units, and with all set sources, attributions and
// relations too. A file that cannot be read has none. What is no file on this
// machine, what gives its content only once and what holds many texts is left
// alone, and so is all that takes too long.
func completeIDs(ctx context.Context, s *IOStreams, r Reading, files []string, all bool) []string {
	ctx, cancel := context.WithTimeout(ctx, completing)
	defer cancel()
	quiet := *s
	quiet.Err, quiet.Verbose, quiet.ErrTerminal = io.Discard, false, nil
	files = slices.DeleteFunc(slices.Clone(files), func(name string) bool { return !isFile(name) || promisesRecords(name) })
	maps, _ := loader{streams: &quiet, Reading: r, jobs: 1}.load(ctx, files) // reported to nobody
	var rows []string
	add := func(id, words string) { rows = append(rows, id+"\t"+shortened(words)) }
	for _, m := range maps {
		for _, u := range m.Units {
			add(u.ID, u.Text)
		}
		if !all {
			continue
		}
		for _, p := range m.Sources {
			add(p.ID, p.Name)
		}
		for _, a := range m.Attributions {
			source, _ := m.Source(a.SourceID)
			if source == nil {
				source = &argument.Source{Name: "nobody named"}
			}
			add(a.ID, source.Name+" says "+strings.Join(a.Units, ", "))
		}
		for _, r := range m.Relations {
			add(r.ID, fmt.Sprintf("%s %s %s", r.From, r.Type, r.To))
		}
	}
	return rows
}

// shortened is the beginning of words, on one line.
func shortened(words string) string {
	const most = 60
	runes := []rune(argument.OneLine(words))
	if len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return string(runes)
}
