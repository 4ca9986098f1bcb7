package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// tree makes files in a new folder; a name that ends in a slash is a folder.
func tree(t *testing.T, names ...string) (root string) {
	t.Helper()
	root = t.TempDir()
	for _, name := range names {
		path := filepath.Join(root, filepath.FromSlash(name))
		folder := filepath.Dir(path)
		if strings.HasSuffix(name, "/") {
			folder = path
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		if folder != path {
			if err := os.WriteFile(path, []byte("jobs: 1\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	return root
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name  string
		files []string
		dir   string // where the search begins
		home  string
		want  string // "" is none
	}{
		{"here", []string{".argmap.yaml", ".git/"}, ".", "", ".argmap.yaml"},
		{"the short name", []string{".argmap.yml", ".git/"}, ".", "", ".argmap.yml"},
		{"above", []string{".argmap.yaml", "a/b/"}, "a/b", "", ".argmap.yaml"},
		{"the nearest", []string{".argmap.yaml", "a/.argmap.yml", "a/b/"}, "a/b", "", "a/.argmap.yml"},
		{"not below", []string{".git/", "a/.argmap.yaml"}, ".", "", ""},
		{"beside .git", []string{".argmap.yaml", ".git/", "a/"}, "a", "", ".argmap.yaml"},
		{"not above .git", []string{".argmap.yaml", "a/.git/", "a/b/"}, "a/b", "", ""},
		{"not above .git of a work tree", []string{".argmap.yaml", "a/.git", "a/b/"}, "a/b", "", ""},
		{"at home", []string{"h/.argmap.yaml", "h/a/"}, "h/a", "h", "h/.argmap.yaml"},
		{"not above home", []string{".argmap.yaml", "h/a/"}, "h/a", "h", ""},
		{"home is elsewhere", []string{".argmap.yaml", ".git/", "h/", "a/"}, "a", "h", ".argmap.yaml"},
		{"home is missing", []string{".argmap.yaml", ".git/", "a/"}, "a", "nowhere", ".argmap.yaml"},
		{".git below home", []string{"h/.argmap.yaml", "h/a/.git/"}, "h/a", "h", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := tree(t, c.files...)
			home := ""
			if c.home != "" {
				home = filepath.Join(root, c.home)
			}
			f, ignored, err := Find(filepath.Join(root, c.dir), home)
			if err != nil || len(ignored) > 0 {
				t.Fatalf("Find: %v; ignored %v", err, ignored)
			}
			switch {
			case f == nil && c.want == "":
			case f == nil || c.want == "" || f.Path != filepath.Join(root, c.want):
				t.Errorf("found %+v, want %q", f, c.want)
			case len(f.Entries) != 1 || f.Entries[0].Name != "jobs":
				t.Errorf("entries %+v", f.Entries)
			}
		})
	}
}

// TestFindHomeByLink checks that a home named by a link ends the search too.
func TestFindHomeByLink(t *testing.T) {
	root := tree(t, ".argmap.yaml", "h/a/")
	link := filepath.Join(t.TempDir(), "home")
	if err := os.Symlink(filepath.Join(root, "h"), link); err != nil {
		t.Skip(err)
	}
	if f, _, err := Find(filepath.Join(root, "h", "a"), link); f != nil || err != nil {
		t.Errorf("found %+v, %v", f, err)
	}
}

func TestFindRelative(t *testing.T) {
	root := tree(t, ".argmap.yaml", ".git/", "a/")
	t.Chdir(filepath.Join(root, "a"))
	f, _, err := Find(".", "")
	if err != nil || f == nil || !filepath.IsAbs(f.Path) || filepath.Base(f.Path) != ".argmap.yaml" {
		t.Errorf("Find = %+v, %v", f, err)
	}
}

// TestFindUnsafe checks that what others can write to is passed over, and said
// to be.
func TestFindUnsafe(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no mode bits")
	}
	for _, c := range []struct {
		name, want string // want is the reason, "" if the file is safe
		prepare    func(t *testing.T, path string)
	}{
		{"private", "", func(t *testing.T, path string) { must(t, os.Chmod(path, 0o600)) }},
		{"writable by the group", "", func(t *testing.T, path string) { must(t, os.Chmod(path, 0o664)) }},
		{"writable by all", "may be written to by anyone", func(t *testing.T, path string) { must(t, os.Chmod(path, 0o666)) }},
		{"of another user", "belongs to another user", func(t *testing.T, path string) { giveAway(t, path) }},
		{"a link", "", func(t *testing.T, path string) { linkTo(t, path, 0o644) }},
		{"a link to what all may write to", "may be written to by anyone", func(t *testing.T, path string) { linkTo(t, path, 0o646) }},
		{"a link of another user", "belongs to another user", func(t *testing.T, path string) {
			linkTo(t, path, 0o644)
			giveAway(t, path)
		}},
		{"a link to what belongs to another user", "belongs to another user", func(t *testing.T, path string) {
			linkTo(t, path, 0o644)
			giveAway(t, path+".real")
		}},
		{"a folder of another user", "belongs to another user", func(t *testing.T, path string) {
			must(t, os.Remove(path))
			must(t, os.Mkdir(path, 0o755))
			giveAway(t, path)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := tree(t, ".argmap.yaml", ".git/", "a/.argmap.yaml")
			path := filepath.Join(root, "a", ".argmap.yaml")
			c.prepare(t, path)
			f, ignored, err := Find(filepath.Dir(path), "")
			must(t, err)
			if c.want == "" {
				if f == nil || f.Path != path || len(ignored) > 0 {
					t.Errorf("found %+v, ignored %v", f, ignored)
				}
				return
			}
			if f == nil || f.Path != filepath.Join(root, ".argmap.yaml") {
				t.Errorf("found %+v, want that of the folder above", f)
			}
			if len(ignored) != 1 || ignored[0] != (Ignored{path, c.want}) {
				t.Errorf("ignored %+v", ignored)
			}
		})
	}
}

func giveAway(t *testing.T, path string) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root can give a file away")
	}
	must(t, os.Lchown(path, 12345, 12345))
}

// linkTo puts a link in the place of path, to a file with that mode.
func linkTo(t *testing.T, path string, mode fs.FileMode) {
	t.Helper()
	must(t, os.Rename(path, path+".real"))
	must(t, os.Chmod(path+".real", mode))
	must(t, os.Symlink(path+".real", path))
}

func TestFindBoth(t *testing.T) {
	root := tree(t, ".argmap.yaml", ".argmap.yml")
	f, _, err := Find(root, root)
	checkError(t, err, filepath.Join(root, ".argmap.yml")+": .argmap.yaml is there too; keep one of them")
	if f != nil {
		t.Errorf("found %+v", f)
	}
	if runtime.GOOS != "windows" { // one that is not safe is as if it were not there
		must(t, os.Chmod(filepath.Join(root, ".argmap.yaml"), 0o666))
		f, ignored, err := Find(root, root)
		if err != nil || f == nil || filepath.Base(f.Path) != ".argmap.yml" || len(ignored) != 1 {
			t.Errorf("found %+v, ignored %v, %v", f, ignored, err)
		}
	}
}

func TestErrors(t *testing.T) {
	root := tree(t, ".git/", "a/.argmap.yaml/", "b/.argmap.yaml")
	_, _, err := Find(filepath.Join(root, "a"), "")
	checkError(t, err, ".argmap.yaml: is not a file")
	_, err = Read(filepath.Join(root, "a"))
	checkError(t, err, "a: is not a file")
	_, err = Read("no-such-file.yaml")
	checkError(t, err, "no-such-file.yaml: ")
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v does not say that there is none", err)
	}
	path := filepath.Join(root, "b", ".argmap.yaml")
	must(t, os.WriteFile(path, []byte("jobs: 1\njobs: 2\n"), 0o644))
	_, err = Read(path)
	checkError(t, err, path+`:2:1: "jobs" stands there twice, first in line 1`)
	_, _, err = Find(filepath.Dir(path), "")
	checkError(t, err, path+`:2:1: "jobs" stands there twice, first in line 1`)
	must(t, os.WriteFile(path, []byte("jobs: 1\nonly: [\n"), 0o644))
	_, err = Read(path)
	checkError(t, err, path+":2: did not find expected node content")
	must(t, os.WriteFile(path, make([]byte, MaxSize+1), 0o644))
	_, err = Read(path)
	checkError(t, err, path+": is larger than 1 MiB")
}

// TestReadAnything checks that a file that is named, and not found, may be a
// device or belong to anybody.
func TestReadAnything(t *testing.T) {
	if f, err := Read(os.DevNull); err != nil || len(f.Entries) > 0 {
		t.Errorf("%s: %+v, %v", os.DevNull, f, err)
	}
	root := tree(t, "x.yaml")
	must(t, os.Chmod(filepath.Join(root, "x.yaml"), 0o666))
	if f, err := Read(filepath.Join(root, "x.yaml")); err != nil || len(f.Entries) != 1 {
		t.Errorf("%+v, %v", f, err)
	}
}

func checkError(t *testing.T, err error, want string) {
	t.Helper()
	var bad *Error
	if !errors.As(err, &bad) || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v, want one with %q", err, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
