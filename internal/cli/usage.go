package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// checkCommand refuses what stands where the name of a command belongs.
func checkCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	name := args[0]
	err := usagef("unknown command %q", name)
	if closest := suggest(name, commandNames(root)); closest != "" {
		return err.withHint("did you mean argmap %s?", closest)
	}
	if _, statErr := os.Stat(name); statErr == nil {
		return err.withHint("to read the file: argmap extract %s", printable(name))
	}
	return err.withHint("commands are %s", strings.Join(commandNames(root), ", "))
}

// commandNames are the names of the commands that help lists.
func commandNames(root *cobra.Command) []string {
	var names []string
	for _, c := range documented(root) {
		names = append(names, c.Name())
	}
	return names
}

// noArgs is the Args of commands that take none.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("%s takes no arguments, got %q", cmd.Name(), args[0])
	}
	return nil
}

// oneArg is the Args of commands that take exactly one, called what.
func oneArg(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usagef("%s takes one argument, %s; got %d", cmd.Name(), what, len(args)).
				withHint("%s --help", cmd.CommandPath())
		}
		return nil
	}
}

// flagError words the errors of flag parsing.
func flagError(cmd *cobra.Command, err error) error {
	if args := cmd.Flags().Args(); cmd == cmd.Root() && len(args) > 0 {
		return checkCommand(cmd, args) // its flags are unknown because it is
	}
	var (
		unknown *pflag.NotExistError
		value   *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
		help    = "argmap " + strings.TrimSpace(strings.TrimPrefix(cmd.CommandPath(), "argmap")+" --help")
	)
	switch {
	case errors.As(err, &unknown):
		return unknownFlag(cmd, unknown).orHint("%s", help)
	case errors.As(err, &value):
		return usagef("%s needs a value", flagName(value.GetFlag())).withHint("%s", help)
	case errors.As(err, &invalid):
		return usagef("%s: %q is not %s", flagName(invalid.GetFlag()), invalid.GetValue(), expected(invalid.GetFlag()))
	}
	return usagef("%s", firstLine(err.Error())).withHint("%s", help)
}

func unknownFlag(cmd *cobra.Command, e *pflag.NotExistError) *usageError {
	if e.GetSpecifiedShortnames() != "" {
		return usagef("unknown flag -%s", e.GetSpecifiedName())
	}
	err := usagef("unknown flag --%s", e.GetSpecifiedName())
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if closest := suggest(e.GetSpecifiedName(), names); closest != "" {
		return err.withHint("did you mean --%s?", closest)
	}
	return err
}

// orHint gives e a hint if it has none yet.
func (e *usageError) orHint(format string, args ...any) *usageError {
	if e.hint != "" {
		return e
	}
	return e.withHint(format, args...)
}

func flagName(f *pflag.Flag) string { return "--" + f.Name }

// expected says what a flag's value must be.
func expected(f *pflag.Flag) string {
	switch f.Value.Type() {
	case "int":
		return "a whole number"
	case "float64":
		return "a number"
	case "bool":
		return "true or false"
	}
	return "a valid value"
}

// unknownValue is the error for a value that is none of the known ones; it
// lists them.
func unknownValue(what, got string, known []string) *usageError {
	err := usagef("unknown %s %q; known: %s", what, got, strings.Join(known, ", "))
	if closest := suggest(got, known); closest != "" {
		return err.withHint("did you mean %s?", closest)
	}
	return err
}

// oneOf checks the value of a flag, whatever its case, against a list and
// returns it as the list spells it.
func oneOf(what, got string, known []string) (string, error) {
	for _, k := range known {
		if strings.EqualFold(k, got) {
			return k, nil
		}
	}
	return "", unknownValue(what, got, known)
}

// share checks that a flag's value is a share between 0 and 1.
func share(flag string, v float64) error {
	if !(v >= 0 && v <= 1) { // and so refuse NaN
		return usagef("--%s: %s is not between 0 and 1", flag, fmt.Sprint(v))
	}
	return nil
}

// atLeastOne checks that a flag's value is a number to count with.
func atLeastOne(flag string, n int) error {
	if n < 1 {
		return usagef("--%s: %d is less than 1", flag, n)
	}
	return nil
}

// suggest returns the candidate closest to got, or "" if none is close: one
// that it begins, or one at most a third of its letters away.
func suggest(got string, candidates []string) string {
	got = strings.ToLower(got)
	best, bestDistance := "", len(got)/3+1
	for _, c := range slices.Sorted(slices.Values(candidates)) {
		d := distance(got, strings.ToLower(c))
		if len(got) >= 2 && strings.HasPrefix(strings.ToLower(c), got) {
			d = min(d, 1)
		}
		if d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

// distance is the number of single-byte insertions, deletions, replacements
// and swaps of neighbours that make b of a (optimal string alignment).
func distance(a, b string) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
