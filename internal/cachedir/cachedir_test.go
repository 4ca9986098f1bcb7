package cachedir

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestOpenMakesPrivateFolder(t *testing.T) {
	base := filepath.Join(t.TempDir(), "deep", "cache")
	t.Setenv(Env, base)
	for range 2 { // made, then found
		dir, err := Open()
		if err != nil {
			t.Fatal(err)
		}
		if want := filepath.Join(base, "wasm"); dir != want {
			t.Fatalf("dir = %s, want %s", dir, want)
		}
		checkPrivate(t, dir)
	}
}

func TestOpenUsesUserCache(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the user's cache directory is moved by XDG_CACHE_HOME only here")
	}
	home := t.TempDir()
	t.Setenv(Env, "")
	t.Setenv("XDG_CACHE_HOME", home)
	dir, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(home, "argmap", "wasm"); dir != want {
		t.Errorf("dir = %s, want %s", dir, want)
	}
	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("HOME", "")
	if dir, err := Open(); err == nil {
		t.Errorf("no home, but dir = %s", dir)
	}
}

func TestOpenTightensOwnFolder(t *testing.T) {
	base := t.TempDir()
	t.Setenv(Env, base)
	must(t, os.Mkdir(filepath.Join(base, "wasm"), 0o755))
	dir, err := Open()
	must(t, err)
	checkPrivate(t, dir)
}

func TestOpenRefuses(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no mode bits")
	}
	cases := []struct {
		name, want string
		prepare    func(t *testing.T, base string)
	}{
		{"base is a link", "symbolic link", func(t *testing.T, base string) {
			must(t, os.Symlink(t.TempDir(), base))
		}},
		{"leaf is a link", "symbolic link", func(t *testing.T, base string) {
			must(t, os.Mkdir(base, 0o700))
			must(t, os.Symlink(t.TempDir(), filepath.Join(base, leaf)))
		}},
		{"base open to others", "others may write", func(t *testing.T, base string) {
			must(t, os.Mkdir(base, 0o700))
			must(t, os.Chmod(base, 0o777))
		}},
		{"leaf open to the group", "others may write", func(t *testing.T, base string) {
			must(t, os.MkdirAll(filepath.Join(base, leaf), 0o700))
			must(t, os.Chmod(filepath.Join(base, leaf), 0o770))
		}},
		{"leaf is a file", "not a folder", func(t *testing.T, base string) {
			must(t, os.Mkdir(base, 0o700))
			must(t, os.WriteFile(filepath.Join(base, leaf), nil, 0o600))
		}},
		{"leaf of another user", "another user", func(t *testing.T, base string) {
			if os.Geteuid() != 0 {
				t.Skip("only root can give a folder away")
			}
			must(t, os.MkdirAll(filepath.Join(base, leaf), 0o700))
			must(t, os.Chown(filepath.Join(base, leaf), 12345, 12345))
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			base := filepath.Join(t.TempDir(), "cache")
			t.Setenv(Env, base)
			c.prepare(t, base)
			dir, err := Open()
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Open = %q, %v; want an error that says %q", dir, err, c.want)
			}
		})
	}
}

func checkPrivate(t *testing.T, dir string) {
	t.Helper()
	info, err := os.Lstat(dir)
	must(t, err)
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("mode of %s = %v, want 0700", dir, info.Mode())
	}
	if !Owned(info) {
		t.Errorf("%s belongs to another user", dir)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
