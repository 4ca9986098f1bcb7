package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/argmap/argmap/internal/argument"
)

// ConfigOptions are the options of argmap config.
type ConfigOptions struct {
	IO      *IOStreams
	Cmd     *cobra.Command // of which --config and --no-config are looked at
	Command string         // the name of a command, or "" for all

	Format string // the name of a row of configFormats
	Output string // "" or "-" is standard output
}

// configSchema is the version of what config prints as JSON.
const configSchema = "argmap-config/1"

// inForce is what config prints: the settings that decide where the command
// line does not.
type inForce struct {
	Schema   string           `json:"schema"`
	File     *string          `json:"file"` // nil if there is none
	Settings []settingInForce `json:"settings"`
}

type settingInForce struct {
	Command string   `json:"command"`
	Flag    string   `json:"flag"`
	Value   any      `json:"value"` // of the type of the flag
	Origin  string   `json:"origin"`
	text    []string // Value as it was written
}

// configFormats is the table of what config can print; the first row is the
// default.
var configFormats = []printer[func(*inForce) ([]byte, error)]{
	{"text", inForceText},
	{"json", func(v *inForce) ([]byte, error) { return argument.IndentedJSON(v) }},
}

// configName is the name of the command.
const configName = "config"

// configLong tells how defaults are set; the help of other commands does not
// say it again.
const configLong = "Print which project file is in use, and the default of every flag that is set in\n" +
	"it or in the environment. The strongest decides:\n" +
	"\n" +
	"  1. the flag on the command line\n" +
	"  2. ARGMAP_COMMAND_FLAG in the environment: ARGMAP_CHECK_FAIL_ON=error\n" +
	"  3. ARGMAP_FLAG, for all commands with that flag: ARGMAP_THEME=dark\n" +
	"  4. the project file, below the name of the command\n" +
	"  5. the project file, at its top, for all commands with that flag\n" +
	"\n" +
	"The project file is the nearest .argmap.yaml or .argmap.yml, in the working\n" +
	"folder or above it, as far as a folder with .git or the home folder. One that\n" +
	"others may write to is ignored. It holds flags by their long names:\n" +
	"\n" +
	"  jobs: 4\n" +
	"  extract:\n" +
	"    format: jsonl\n" +
	"    only: [claims, recommendations]\n" +
	"  graph:\n" +
	"    theme: dark\n" +
	"  check:\n" +
	"    disable: [missing-thesis]\n" +
	"    fail-on: error\n" +
	"\n" +
	"A default gives way to a stronger flag that contradicts it, as format does to\n" +
	"--json or to the extension of -o. A list takes the place of a weaker one. A\n" +
	"default for all commands counts where its value is one that the flag takes.\n" +
	"What says what a single run does is for the command line alone: --output,\n" +
	"--focus, --list, --explain. A file that cannot be read ends a command with exit\n" +
	"code 3, a setting that makes no sense with 2, as the flag would."

// NewCmdConfig builds argmap config; runF, if not nil, stands in for its work.
func NewCmdConfig(streams *IOStreams, runF func(context.Context, *ConfigOptions) error) *cobra.Command {
	opts := &ConfigOptions{IO: streams}
	printed := &printing{format: &opts.Format, output: &opts.Output, names: printerNames(configFormats)}
	if runF == nil {
		runF = configRun
	}
	cmd := &cobra.Command{
		Use:   configName + " [COMMAND]",
		Short: "Print the defaults that are set, and where",
		Long:  configLong,
		Example: "argmap config\n" +
			"argmap config extract --json\n" +
			"argmap config --config other.yaml\n" +
			"ARGMAP_THEME=dark argmap graph article.txt -o map.svg\n" +
			"argmap extract --no-config article.txt",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("config takes one command at most, got %d", len(args)).withHint("%s --help", cmd.CommandPath())
			}
			return nil
		},
		ValidArgsFunction: completeCommands,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := printed.choose(); err != nil {
				return err
			}
			opts.Cmd, opts.Command = cmd, strings.Join(args, "")
			if err := opts.complete(args); err != nil {
				return err
			}
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	printed.flags(cmd, "print the `FORMAT`: "+strings.Join(printed.names, " (default), "), "write to `FILE`, as JSON if its extension is .json")
	f.SortFlags = false
	return cmd
}

// complete checks the options.
func (o *ConfigOptions) complete(args []string) error {
	if len(args) == 0 {
		return nil
	}
	if names := commandNames(o.Cmd.Root()); !slices.Contains(names, o.Command) {
		return unknownValue("command", o.Command, names)
	}
	return nil
}

func configRun(ctx context.Context, o *ConfigOptions) error {
	if err := checkOutput(o.Output, nil); err != nil {
		return err
	}
	all, err := readSettings(o.Cmd, o.IO)
	if err != nil {
		return err
	}
	all.noteIgnored(o.IO)
	report := &inForce{Schema: configSchema, Settings: []settingInForce{}}
	if all.file != "" {
		report.File = &all.file
	}
	for _, cmd := range documented(o.Cmd.Root()) {
		if cmd.Name() == configName || o.Command != "" && o.Command != cmd.Name() {
			continue
		}
		list, err := all.of(cmd)
		if err != nil {
			return err
		}
		for _, s := range undisputed(cmd, list) {
			text := s.valuesFor(settableFlag(cmd, s.flag))
			report.Settings = append(report.Settings, settingInForce{
				cmd.Name(), s.flag, typed(settableFlag(cmd, s.flag), text), s.origin, text,
			})
		}
	}
	data, err := findPrinter(configFormats, o.Format)(report)
	if err != nil {
		return fmt.Errorf("writing %s: %w", o.Format, err)
	}
	return o.IO.writeOutput(ctx, o.Output, data)
}

// typed are the values of a flag as JSON has them.
func typed(f *pflag.Flag, values []string) any {
	if _, isList := f.Value.(pflag.SliceValue); isList {
		return append([]string{}, values...)
	}
	switch f.Value.Type() {
	case "bool":
		if on, err := strconv.ParseBool(values[0]); err == nil {
			return on
		}
	case "int":
		if n, err := strconv.ParseInt(values[0], 0, 64); err == nil {
			return n
		}
	case "float64":
		if n, err := strconv.ParseFloat(values[0], 64); err == nil {
			if data, err := json.Marshal(n); err == nil { // which has no word for NaN
				return json.RawMessage(data)
			}
		}
	}
	return values[0]
}

// inForceText writes a row for each setting.
func inForceText(r *inForce) ([]byte, error) {
	var b bytes.Buffer
	if r.File == nil {
		b.WriteString("no project file\n")
	} else {
		fmt.Fprintf(&b, "project file: %s\n", printable(*r.File))
	}
	var rows [][2]string
	for _, s := range r.Settings {
		value := strings.Join(s.text, ",")
		if printed := strconv.Quote(value); value == "" || strings.ContainsAny(value, " \t") || printed != `"`+value+`"` {
			value = printed
		}
		rows = append(rows, [2]string{fmt.Sprintf("%s --%s=%s", s.Command, s.Flag, value), s.Origin})
	}
	for line := range strings.Lines(table(rows)) {
		b.WriteString(strings.TrimPrefix(line, "  "))
	}
	return b.Bytes(), nil
}
