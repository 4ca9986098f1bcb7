// Package tmpdir keeps the machine code that go-graphviz compiles out of reach
// of other users.
//
// When go-graphviz is initialised it compiles Graphviz to machine code and keeps
// that in os.TempDir()/go-graphviz, from where it loads and runs it next time.
// In a shared /tmp any local user can make that folder first and put code of
// their own there. There is no option to move it, so this package points
// os.TempDir at a private folder before go-graphviz is initialised, and
// [Restore], called by the package that imports both, puts it back.
//
// That works because Go initialises packages in the order of their import paths
// as soon as what they import is initialised: this one, and what it imports of
// ours, sorts before github.com/goccy and github.com/tetratelabs and must import
// nothing from the standard library that they do not import too.
package tmpdir

import (
	"os"
	"runtime"

	"github.com/argmap/argmap/internal/cachedir"
)

// saved holds what the variables were before init; fresh is a folder that
// lives only until Restore.
var (
	saved map[string]*string
	fresh string
)

func init() { redirect() }

// redirect points os.TempDir at the private cache or, where there is none, at a
// new private folder. Where not even that can be made it points to a place that
// can hold nothing: go-graphviz then compiles without a cache, which costs a
// second and is safe.
func redirect() {
	dir, err := cachedir.Open()
	if err != nil {
		if dir, err = os.MkdirTemp("", "argmap-"); err != nil {
			dir = os.DevNull
		} else {
			fresh = dir
		}
	}
	saved = map[string]*string{}
	for _, name := range variables() {
		saved[name] = nil
		if old, ok := os.LookupEnv(name); ok {
			saved[name] = &old
		}
		_ = os.Setenv(name, dir)
	}
}

// Restore puts os.TempDir back to what it was. Calling it again does nothing.
func Restore() {
	for name, old := range saved {
		if old == nil {
			_ = os.Unsetenv(name)
		} else {
			_ = os.Setenv(name, *old)
		}
	}
	saved = nil
	if fresh != "" {
		_ = os.RemoveAll(fresh)
		fresh = ""
	}
}

// variables are those that os.TempDir reads.
func variables() []string {
	if runtime.GOOS == "windows" {
		return []string{"TMP", "TEMP"}
	}
	return []string{"TMPDIR"}
}
