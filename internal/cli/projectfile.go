package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/argmap/argmap/internal/config"
)

// readSettings finds the project file and reads it for a run of cmd.
func readSettings(cmd *cobra.Command, streams *IOStreams) (*settings, error) {
	all := &settings{root: cmd.Root(), getenv: streams.Getenv, sections: map[string][]setting{}}
	path, search, err := namedFile(cmd, streams.Getenv)
	if err != nil || path == "" && !search {
		return all, err
	}
	var read found
	if search {
		read, err = findFile(cmd.Context(), streams.Getenv)
	} else {
		read.file, err = await(cmd.Context(), func() (*config.File, error) { return config.Read(path) })
	}
	if err != nil {
		return nil, unreadSettings(err)
	}
	all.ignored = read.ignored
	if read.file == nil {
		return all, nil
	}
	all.file = relative(read.file.Path)
	return all, all.add(read.file.Entries)
}

// namedFile is the project file that flags or variables name; search says that
// they leave it to be found.
func namedFile(cmd *cobra.Command, getenv func(string) string) (path string, search bool, err error) {
	path, none := flagText(cmd, "config"), flagText(cmd, "no-config") == "true"
	switch {
	case path != "" && none:
		return "", false, usagef("--config and --no-config contradict each other")
	case path == "" && cmd.Flags().Changed("config"):
		return "", false, usagef("--config needs the name of a file").withHint("--no-config takes none")
	case none:
		return "", false, nil
	case path == "":
		const variable = "ARGMAP_NO_CONFIG"
		if v := getenv(variable); v != "" {
			if none, err = strconv.ParseBool(v); err != nil {
				return "", false, usagef("%s: %q is not true or false", variable, v)
			}
		}
		path = getenv("ARGMAP_CONFIG")
	}
	switch {
	case none:
		return "", false, nil
	case path == stdin:
		return "", false, usagef("the project file cannot be standard input")
	}
	return path, path == "", nil
}

// flagText is the value of a flag, or "" if cmd has no such flag.
func flagText(cmd *cobra.Command, name string) string {
	if f := cmd.Flags().Lookup(name); f != nil {
		return f.Value.String()
	}
	return ""
}

// found is what a search for the project file came to.
type found struct {
	file    *config.File // nil if there is none
	ignored []config.Ignored
}

// findFile looks for the project file.
func findFile(ctx context.Context, getenv func(string) string) (found, error) {
	folder, err := os.Getwd()
	if err != nil {
		return found{}, nil // a folder that is gone has none
	}
	home := getenv("HOME")
	if runtime.GOOS == "windows" {
		home = getenv("USERPROFILE")
	}
	return await(ctx, func() (found, error) {
		file, ignored, err := config.Find(folder, home)
		return found{file, ignored}, err
	})
}

// noteIgnored says which files were passed over.
func (a *settings) noteIgnored(streams *IOStreams) {
	for _, i := range a.ignored {
		streams.Note("%s: ignored, for it %s; --config %[1]s uses it all the same", printable(relative(i.Path)), i.Reason)
	}
}

// relative is a path as seen from the working folder, if it is absolute and
// that can be told.
func relative(path string) string {
	folder, err := os.Getwd()
	if err != nil || !filepath.IsAbs(path) {
		return path
	}
	if rel, err := filepath.Rel(folder, path); err == nil && len(rel) < len(path) {
		return rel
	}
	return path
}

// unreadSettings is the error of a file that cannot be read, or not as a list
// of settings.
func unreadSettings(err error) error {
	var bad *config.Error
	if !errors.As(err, &bad) {
		return err
	}
	return &fileError{name: placed(relative(bad.Path), bad.Line, bad.Column), cause: bad.Err}
}

// placed is a place in a file: name:line:column as far as it is known.
func placed(name string, line, column int) string {
	place := printable(name)
	for _, n := range []int{line, column} {
		if n > 0 {
			place = fmt.Sprintf("%s:%d", place, n)
		}
	}
	return place
}

// add takes up what stands in the file. All of it must make sense, whichever
// command runs.
func (a *settings) add(entries []config.Entry) error {
	for _, e := range entries {
		cmd := commandNamed(a.root, e.Name)
		s := a.setting(e, byFile)
		switch {
		case e.Kind == config.Section && cmd == nil:
			return a.unknownSection(s)
		case e.Kind == config.Section:
			if err := a.addSection(cmd, e.Entries); err != nil {
				return err
			}
		case cmd != nil && e.Kind == config.Nothing: // a section that has been emptied
		case cmd != nil:
			return s.refuse("is a command; what is set for it stands below it, indented")
		default:
			if err := a.addGeneral(s, e.Kind); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *settings) setting(e config.Entry, r rank) setting {
	return setting{e.Name, e.Kind == config.List, e.Values, r, placed(a.file, e.Line, e.Column)}
}

// addGeneral takes up a setting for every command with that flag.
func (a *settings) addGeneral(s setting, kind config.Kind) error {
	if !a.known(s.flag) {
		return a.unknownSetting(s)
	}
	if kind == config.Nothing {
		return s.refuse("has no value")
	}
	a.sections[""] = append(a.sections[""], s)
	return a.fitsAny(s)
}

func (a *settings) addSection(cmd *cobra.Command, entries []config.Entry) error {
	for _, e := range entries {
		s := a.setting(e, bySection)
		f := settableFlag(cmd, s.flag)
		if f == nil {
			return a.unknownFlag(cmd, s)
		}
		if e.Kind == config.Nothing {
			return s.refuse("has no value")
		}
		if err := s.fits(cmd, f); err != nil {
			return err
		}
		a.sections[cmd.Name()] = append(a.sections[cmd.Name()], s)
	}
	return nil
}

func commandNamed(root *cobra.Command, name string) *cobra.Command {
	for _, c := range root.Commands() {
		if c.Name() == name {
			return c
		}
	}
	return nil
}

func (a *settings) unknownSection(s setting) error {
	if a.known(s.flag) {
		return s.refuse("takes a value; settings belong below a command")
	}
	err := usagef("%s: unknown command %q", s.origin, s.flag)
	if closest := suggest(s.flag, commandNames(a.root)); closest != "" {
		return err.withHint("did you mean %s?", closest)
	}
	return err
}

func (a *settings) unknownSetting(s setting) error {
	names := commandNames(a.root)
	for _, c := range a.root.Commands() {
		if slices.Contains(notSettable, s.flag) && c.Flags().Lookup(s.flag) != nil {
			return s.refuse("can be given on the command line only")
		}
		for _, f := range settable(c) {
			names = append(names, f.Name)
		}
	}
	err := usagef("%s: unknown setting %q", s.origin, s.flag)
	if closest := suggest(s.flag, names); closest != "" {
		return err.withHint("did you mean %s?", closest)
	}
	return err
}

// unknownFlag is the error of a setting below a command that has no such flag.
func (a *settings) unknownFlag(cmd *cobra.Command, s setting) error {
	if slices.Contains(notSettable, s.flag) && cmd.Flags().Lookup(s.flag) != nil {
		return s.refuse("can be given on the command line only")
	}
	err := usagef("%s: %s has no flag %q", s.origin, cmd.Name(), s.flag)
	var names []string
	for _, f := range settable(cmd) {
		names = append(names, f.Name)
	}
	if closest := suggest(s.flag, names); closest != "" {
		return err.withHint("did you mean %s?", closest)
	}
	for _, c := range a.root.Commands() {
		if settableFlag(c, s.flag) != nil {
			return err.withHint("%s has one", c.Name())
		}
	}
	return err
}
