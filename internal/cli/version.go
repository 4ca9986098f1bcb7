package cli

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// VersionOptions are the options of argmap version.
type VersionOptions struct{ IO *IOStreams }

// NewCmdVersion builds argmap version; runF, if not nil, stands in for its work.
func NewCmdVersion(streams *IOStreams, runF func(context.Context, *VersionOptions) error) *cobra.Command {
	opts := &VersionOptions{IO: streams}
	if runF == nil {
		runF = versionRun
	}
	return &cobra.Command{
		Use:               "version",
		Short:             "Print version, commit and Go version",
		Example:           "argmap version",
		Args:              noArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(cmd *cobra.Command, _ []string) error { return runF(cmd.Context(), opts) },
	}
}

func versionRun(ctx context.Context, o *VersionOptions) error {
	info, _ := debug.ReadBuildInfo()
	return o.IO.writeOutput(ctx, "", []byte(versionLine(info)))
}

// versionLine says what the Go toolchain recorded about the build; info may be nil.
func versionLine(info *debug.BuildInfo) string {
	version, commit, changed := "unknown", "", false
	if info != nil {
		if info.Main.Version != "" {
			version = info.Main.Version
		}
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				commit = s.Value
			case "vcs.modified":
				changed = s.Value == "true"
			}
		}
	}
	parts := []string{}
	if commit != "" {
		if changed {
			commit += " with changes"
		}
		parts = append(parts, "commit "+commit)
	}
	parts = append(parts, runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH)
	return fmt.Sprintf("argmap %s (%s)\n", version, strings.Join(parts, ", "))
}
