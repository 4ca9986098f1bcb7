package tmpdir

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/argmap/argmap/internal/cachedir"
)

func TestRedirect(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("os.TempDir reads other variables")
	}
	Restore() // what init did
	temp, unsafe := t.TempDir(), t.TempDir()
	if err := os.Chmod(unsafe, 0o777); err != nil {
		t.Fatal(err)
	}
	safe := filepath.Join(t.TempDir(), "cache")
	cases := []struct {
		name, cache string
		unset       bool
		fresh       bool
	}{
		{"safe", safe, false, false},
		{"safe, no variable before", safe, true, false},
		{"unsafe", unsafe, false, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("TMPDIR", temp)
			t.Setenv(cachedir.Env, c.cache)
			if c.unset {
				os.Unsetenv("TMPDIR")
			}
			before := os.TempDir()
			redirect()
			during := os.TempDir()
			if want := filepath.Join(safe, "wasm"); !c.fresh && during != want {
				t.Errorf("TempDir = %s, want %s", during, want)
			}
			if c.fresh && filepath.Dir(during) != temp {
				t.Errorf("TempDir = %s, want a new folder in %s", during, temp)
			}
			if info, err := os.Lstat(during); err != nil || info.Mode().Perm() != 0o700 {
				t.Errorf("%s: %v, %v; want mode 0700", during, info, err)
			}
			Restore()
			Restore()
			if os.TempDir() != before {
				t.Errorf("after Restore TempDir = %s, want %s", os.TempDir(), before)
			}
			if _, set := os.LookupEnv("TMPDIR"); set == c.unset {
				t.Errorf("after Restore TMPDIR is set: %v", set)
			}
			if _, err := os.Lstat(during); c.fresh != os.IsNotExist(err) {
				t.Errorf("after Restore %s: %v", during, err)
			}
		})
	}
}
