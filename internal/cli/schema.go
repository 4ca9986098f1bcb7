package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/argmap/argmap/internal/argument"
)

// SchemaOptions are the options of argmap schema.
type SchemaOptions struct {
	IO     *IOStreams
	Output string
}

// NewCmdSchema builds argmap schema; runF, if not nil, stands in for its work.
func NewCmdSchema(streams *IOStreams, runF func(context.Context, *SchemaOptions) error) *cobra.Command {
	opts := &SchemaOptions{IO: streams}
	if runF == nil {
		runF = schemaRun
	}
	cmd := &cobra.Command{
		Use:               "schema",
		Short:             "Print the JSON Schema of an extraction",
		Long:              "Print the JSON Schema of what argmap extract --json writes (" + argument.Schema + ").",
		Example:           "argmap schema > argmap.schema.json",
		Args:              noArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(cmd *cobra.Command, _ []string) error { return runF(cmd.Context(), opts) },
	}
	cmd.Flags().StringVarP(&opts.Output, "output", "o", "", "write to `FILE`")
	return cmd
}

func schemaRun(ctx context.Context, o *SchemaOptions) error {
	if err := checkOutput(o.Output, nil); err != nil {
		return err
	}
	return o.IO.writeOutput(ctx, o.Output, argument.SchemaJSON())
}
