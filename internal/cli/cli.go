// Package cli is the command line of argmap: one file a command, each with its
// options, its flags and what it runs. Every command reads and writes through
// one [IOStreams] value; errors become messages and exit codes in one place
// (report in errors.go).
package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"
)

// Main runs the command line args (without the program's name) and returns the
// exit code. It never panics and never exits.
func Main(ctx context.Context, args []string, streams *IOStreams) int {
	return run(ctx, NewCmdRoot(streams), args, streams)
}

func run(ctx context.Context, root *cobra.Command, args []string, streams *IOStreams) int {
	if args == nil {
		args = []string{} // cobra takes nil for os.Args
	}
	root.SetArgs(args)
	return report(streams, protect(func() error {
		err := root.ExecuteContext(ctx)
		if err != nil && ctx.Err() != nil && !errors.Is(err, context.Canceled) {
			return errors.Join(context.Cause(ctx), err)
		}
		return err
	}))
}

// Commands are listed in the order in which they are added, not sorted.
func init() { cobra.EnableCommandSorting = false }

// NewCmdRoot builds the whole command tree over streams.
func NewCmdRoot(streams *IOStreams) *cobra.Command {
	var version bool
	root := &cobra.Command{
		Use:   "argmap COMMAND",
		Short: "Read an article and show its argument",
		Long: "argmap reads articles and shows their arguments: the claims and recommendations,\n" +
			"what supports and attacks them, and the sources they rest on. It works offline,\n" +
			"and the same text always gives the same bytes.",
		Example: "argmap extract article.txt\n" +
			"argmap extract article.html --json > map.json\n" +
			"argmap graph article.txt -o map.svg",
		DisableFlagsInUseLine: true,
		SilenceErrors:         true,
		SilenceUsage:          true,
		CompletionOptions:     cobra.CompletionOptions{DisableDefaultCmd: true},
		Args:                  checkCommand,
		ValidArgsFunction:     cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if version {
				return versionRun(cmd.Context(), &VersionOptions{IO: streams})
			}
			return cmd.Help()
		},
	}
	root.Flags().BoolVar(&version, "version", false, "print the version")
	root.PersistentFlags().BoolVarP(&streams.Quiet, "quiet", "q", false, "write nothing but errors to standard error")
	root.PersistentFlags().BoolVarP(&streams.Verbose, "verbose", "v", false, "say on standard error what came of each input")
	root.SetIn(streams.In)
	root.SetOut(streams.Out)
	root.SetErr(streams.Err)
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(
		NewCmdExtract(streams, nil),
		NewCmdGraph(streams, nil),
		NewCmdView(streams, nil),
		NewCmdConvert(streams, nil),
		NewCmdCheck(streams, nil),
		NewCmdVerify(streams, nil),
		NewCmdStats(streams, nil),
		NewCmdDiff(streams, nil),
		NewCmdExplain(streams, nil),
		NewCmdEval(streams, nil),
		NewCmdConfig(streams, nil),
		NewCmdSchema(streams, nil),
		NewCmdVersion(streams, nil),
		NewCmdCompletion(streams, nil),
		NewCmdMan(streams, nil),
	)
	useSettings(root, streams)
	setHelp(root)
	return root
}
