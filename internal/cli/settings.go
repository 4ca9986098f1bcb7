package cli

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/argmap/argmap/internal/config"
)

// setting is a default of a flag that comes from the environment or from the
// project file.
type setting struct {
	flag   string
	list   bool     // written as a list
	values []string // one unless list is set
	rank   rank
	origin string // where it stands: "ARGMAP_JOBS", ".argmap.yaml:7:3"
}

// rank says how strong a setting is; the least wins.
type rank int

const (
	byFlag            rank = iota // on the command line
	byCommandVariable             // ARGMAP_COMMAND_FLAG
	byVariable                    // ARGMAP_FLAG
	bySection                     // in the command's section of the project file
	byFile                        // at the top of the project file
)

// refuse is the error of a setting that cannot be. The name of a variable is
// that of its flag already.
func (s setting) refuse(format string, args ...any) *usageError {
	message := fmt.Sprintf(format, args...)
	if s.rank >= bySection {
		message = s.flag + ": " + message
	}
	return usagef("%s: %s", s.origin, message)
}

// notSettable are the flags that say what one run does, or how far it is
// trusted. A default for them would surprise sooner or later.
var notSettable = []string{
	"allow-private", "config", "explain", "focus", "help", "list", "no-config", "output", "version",
}

// useSettings has every command below root take the defaults of its flags from
// the environment and from a project file. Commands without flags that can be
// set read neither, so that they work where those are broken; completion of a
// command line does too.
func useSettings(root *cobra.Command, streams *IOStreams) {
	root.PersistentFlags().String("config", "", "take defaults from `FILE`, not from .argmap.yaml")
	root.PersistentFlags().Bool("no-config", false, "take no defaults from a file")
	if err := root.MarkPersistentFlagFilename("config", "yaml", "yml"); err != nil {
		panic(err) // there is no such flag: a slip in the code
	}
	root.InheritedFlags() // makes the flags of root what help lists
	for _, cmd := range root.Commands() {
		run := cmd.RunE
		takes := len(settable(cmd)) > 0
		cmd.InheritedFlags()
		if takes {
			cmd.RunE = func(cmd *cobra.Command, args []string) error {
				applied, err := applySettings(cmd, args, streams)
				if err != nil {
					return err
				}
				if streams.Quiet && streams.Verbose {
					return blame(usagef("--quiet and --verbose contradict each other"), applied)
				}
				return blame(run(cmd, args), applied)
			}
		}
	}
}

// settable are the flags of cmd that can be set, in the order of its help.
// argmap config has none, so that it shows the same wherever it runs.
func settable(cmd *cobra.Command) []*pflag.Flag {
	var list []*pflag.Flag
	if cmd.Name() == configName {
		return nil
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden && !slices.Contains(notSettable, f.Name) {
			list = append(list, f)
		}
	})
	return list
}

func settableFlag(cmd *cobra.Command, name string) *pflag.Flag {
	for _, f := range settable(cmd) {
		if f.Name == name { // not what the name stands for: Lookup follows old names
			return f
		}
	}
	return nil
}

// applySettings gives the flags of cmd, whose command line has been parsed, the
// defaults that hold for it, and returns them.
func applySettings(cmd *cobra.Command, args []string, streams *IOStreams) ([]setting, error) {
	all, err := readSettings(cmd, streams)
	if err != nil {
		return nil, err
	}
	list, err := all.of(cmd)
	if err != nil {
		return nil, err
	}
	var applied []setting
	for _, late := range []bool{false, true} { // conditions look at the flags that have none
		for _, s := range undisputed(cmd, list) {
			holds := conditionOf(cmd, s.flag)
			if (holds != nil) != late || late && !holds(cmd, args) {
				continue
			}
			if err := s.assign(settableFlag(cmd, s.flag)); err != nil {
				return nil, err
			}
			applied = append(applied, s)
		}
	}
	all.noteIgnored(streams) // now that it is known whether to be quiet
	return applied, nil
}

// settings are all defaults that are set anywhere.
type settings struct {
	root     *cobra.Command
	getenv   func(string) string
	file     string               // the project file as messages call it, or ""
	sections map[string][]setting // of the file, by command; "" is for all
	ignored  []config.Ignored     // files that were not safe to use
}

// of are the settings for the flags of cmd that its command line leaves open,
// the strongest for each.
func (a *settings) of(cmd *cobra.Command) ([]setting, error) {
	var list []setting
	for _, f := range settable(cmd) {
		if f.Changed {
			continue
		}
		s, ok, err := a.strongest(cmd, f)
		if err != nil {
			return nil, err
		}
		if ok {
			list = append(list, s)
		}
	}
	return list, nil
}

// strongest is what is set for one flag. A setting for all commands is passed
// over where this one does not take it, but another does: csv is a format of
// some, dark a theme of others.
func (a *settings) strongest(cmd *cobra.Command, f *pflag.Flag) (s setting, ok bool, err error) {
	if s, ok = a.variable(f, byCommandVariable, cmd.Name()+"_"+f.Name); ok {
		return s, true, s.fits(cmd, f)
	}
	if s, ok = a.variable(f, byVariable, f.Name); ok {
		misfit := s.fits(cmd, f)
		if misfit == nil {
			return s, true, nil
		}
		if a.fitsAny(s) != nil {
			return s, false, misfit
		}
	}
	for _, section := range []string{cmd.Name(), ""} {
		for _, s := range a.sections[section] {
			if s.flag == f.Name && s.fits(cmd, f) == nil {
				return s, true, nil
			}
		}
	}
	return setting{}, false, nil
}

// known reports whether any command has a flag of that name that can be set.
func (a *settings) known(name string) bool {
	return slices.ContainsFunc(a.root.Commands(), func(c *cobra.Command) bool { return settableFlag(c, name) != nil })
}

// fitsAny returns nil if any command takes a setting that is meant for all,
// else why the first does not.
func (a *settings) fitsAny(s setting) error {
	var first error
	for _, c := range a.root.Commands() {
		f := settableFlag(c, s.flag)
		if f == nil {
			continue
		}
		err := s.fits(c, f)
		if err == nil {
			return nil
		}
		if first == nil {
			first = err
		}
	}
	return first
}

// variable is the setting of an environment variable, unless it is empty.
func (a *settings) variable(f *pflag.Flag, r rank, name string) (setting, bool) {
	name = "ARGMAP_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
	value := a.getenv(name)
	return setting{f.Name, false, []string{value}, r, name}, value != ""
}

// valuesFor are the values of s as f takes them: a list may also be written as
// it is on the command line.
func (s setting) valuesFor(f *pflag.Flag) []string {
	if _, isList := f.Value.(pflag.SliceValue); !isList || s.list {
		return s.values
	}
	if s.values[0] == "" {
		return nil
	}
	values := strings.Split(s.values[0], ",")
	for i, v := range values {
		values[i] = strings.TrimSpace(v)
	}
	return values
}

// assign makes s the value of f, which counts as not changed by that.
func (s setting) assign(f *pflag.Flag) error {
	values := s.valuesFor(f)
	if slice, isList := f.Value.(pflag.SliceValue); isList {
		if err := slice.Replace(values); err != nil {
			return s.refuse("%q is not %s", strings.Join(values, ","), expected(f))
		}
		return nil
	}
	if s.list {
		return s.refuse("takes one value, not a list")
	}
	if err := f.Value.Set(values[0]); err != nil {
		return s.refuse("%q is not %s", values[0], expected(f))
	}
	return nil
}

// fits returns why the flag f of cmd does not take s, or nil. It is assigned for
// a moment: only the flag knows what it takes.
func (s setting) fits(cmd *cobra.Command, f *pflag.Flag) error {
	var before setting
	if slice, isList := f.Value.(pflag.SliceValue); isList {
		before = setting{list: true, values: slice.GetSlice()}
	} else {
		before = setting{values: []string{f.Value.String()}}
	}
	refused := s.assign(f)
	if err := before.assign(f); err != nil { // a value refused may have left a mark too
		return err
	}
	if refused != nil {
		return refused
	}
	known := knownValues(cmd, f.Name)
	for _, v := range s.valuesFor(f) {
		if v == "" || known == nil { // "" is what the program does by itself
			continue
		}
		if _, err := oneOf("value", v, known); err != nil {
			var unknown *usageError
			errors.As(err, &unknown)
			refused := s.refuse("%s", unknown.message)
			refused.hint = unknown.hint
			return refused
		}
	}
	return nil
}

// knownValues are all values of a flag, if there is a list of them: what shells
// complete and nothing else. That is what completeFlag is for; a flag whose
// completion is not all there is has another directive.
func knownValues(cmd *cobra.Command, flag string) []string {
	complete, ok := cmd.GetFlagCompletionFunc(flag)
	if !ok {
		return nil
	}
	rows, directive := complete(cmd, nil, "")
	if directive != cobra.ShellCompDirectiveNoFileComp {
		return nil
	}
	names := make([]string, len(rows))
	for i, row := range rows {
		names[i], _, _ = strings.Cut(row, "\t")
	}
	return names
}

// flagMention is a flag that a message speaks of.
var flagMention = regexp.MustCompile(`--[a-z][a-z-]*`)

// blame tells, where an error is about a flag that none has given, which of the
// settings applied has.
func blame(err error, applied []setting) error {
	var usage *usageError
	if !errors.As(err, &usage) {
		return err
	}
	for _, mention := range flagMention.FindAllString(usage.message, -1) {
		for _, s := range applied {
			if mention != "--"+s.flag {
				continue
			}
			if reason, ok := strings.CutPrefix(usage.message, mention+": "); ok {
				return s.refuse("%s", reason).inPlaceOf(usage)
			}
			return usagef("%s: %s", s.origin, usage.message).inPlaceOf(usage)
		}
	}
	return err
}

// inPlaceOf gives e the hint of the error that it says more about.
func (e *usageError) inPlaceOf(other *usageError) *usageError {
	e.hint = other.hint
	return e
}
