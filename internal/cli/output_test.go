//go:build unix

package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// write is what most tests here do: -o path, with data.
func write(t *testing.T, path, data string) error {
	t.Helper()
	streams, _, _, _ := TestStreams()
	return streams.writeOutput(t.Context(), path, []byte(data))
}

// expectFile checks what stands in path and that nothing else lies beside it.
func expectFile(t *testing.T, path, want string, mode fs.FileMode, beside int) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s holds %q, want %q", path, got, want)
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != mode {
		t.Errorf("mode %o, want %o", info.Mode().Perm(), mode)
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != beside {
		t.Errorf("%d files in the folder, want %d: %v", len(entries), beside, entries)
	}
}

func TestWriteNewFile(t *testing.T) {
	old := syscall.Umask(0o027) // tests that change the umask do not run in parallel
	defer syscall.Umask(old)
	path := filepath.Join(t.TempDir(), "out.json")
	if err := write(t, path, "new"); err != nil {
		t.Fatal(err)
	}
	expectFile(t, path, "new", 0o640, 1)
}

func TestReplaceFileKeepsMode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.json")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := write(t, path, "new"); err != nil {
		t.Fatal(err)
	}
	expectFile(t, path, "new", 0o600, 1)
}

func TestWriteThroughLinks(t *testing.T) {
	for _, exists := range []bool{true, false} {
		dir, far := t.TempDir(), t.TempDir()
		target, link := filepath.Join(far, "target"), filepath.Join(dir, "link")
		if exists {
			if err := os.WriteFile(target, []byte("old"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		relative, err := filepath.Rel(dir, target)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(relative, link); err != nil {
			t.Skip(err)
		}
		if err := write(t, link, "new"); err != nil {
			t.Fatal(err)
		}
		expectFile(t, target, "new", 0o644, 1)
		if info, _ := os.Lstat(link); info.Mode()&fs.ModeSymlink == 0 {
			t.Error("the link was replaced")
		}
	}
}

func TestWriteToLinkCycle(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	if os.Symlink(a, b) != nil || os.Symlink(b, a) != nil {
		t.Skip("no symbolic links here")
	}
	if err := write(t, a, "new"); err == nil || !strings.Contains(err.Error(), "symbolic links") {
		t.Errorf("error %v", err)
	}
}

// TestInterruptedWrite checks that a file is as it was when the context has
// ended before the new one was complete.
func TestInterruptedWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.json")
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(&signalError{syscall.SIGINT})
	streams, _, _, _ := TestStreams()
	if err := streams.writeOutput(ctx, path, []byte("new")); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	expectFile(t, path, "old", 0o644, 1)
}

func TestWriteProtectedFile(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write to everything")
	}
	path := filepath.Join(t.TempDir(), "out.json")
	if err := os.WriteFile(path, []byte("old"), 0o444); err != nil {
		t.Fatal(err)
	}
	if err := write(t, path, "new"); err == nil || err.Error() != path+": permission denied" {
		t.Errorf("error %v", err)
	}
	expectFile(t, path, "old", 0o444, 1)
}

func TestStandardStreamsByName(t *testing.T) {
	for _, path := range []string{"", "-", "/dev/stdout", "/dev/stderr"} {
		streams, _, out, errOut := TestStreams()
		if err := streams.writeOutput(t.Context(), path, []byte("x")); err != nil {
			t.Fatal(err)
		}
		if onErr := path == "/dev/stderr"; (errOut.Len() > 0) != onErr || (out.Len() > 0) == onErr {
			t.Errorf("-o %q: stdout %q, stderr %q", path, out, errOut)
		}
	}
}

// TestWriteToDescriptor checks that a file which stays open elsewhere is
// written to and not replaced.
func TestWriteToDescriptor(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	path := filepath.Join("/proc/self/fd", strconv.Itoa(int(f.Fd())))
	if _, err := os.Stat(path); err != nil {
		t.Skip(err)
	}
	if err := write(t, path, "new"); err != nil {
		t.Fatal(err)
	}
	buf := make([]byte, 8)
	if n, _ := f.ReadAt(buf, 0); string(buf[:n]) != "new" {
		t.Errorf("the open file holds %q", buf[:n])
	}
}

func TestCheckOutput(t *testing.T) {
	dir := t.TempDir()
	article := filepath.Join(dir, "a.txt")
	if err := os.WriteFile(article, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ path, want string }{
		{"", ""},
		{"-", ""},
		{os.DevNull, ""},
		{filepath.Join(dir, "new"), ""},
		{dir, "is a directory"},
		{filepath.Join(dir, "no", "new"), "no folder"},
		{filepath.Join(article, "new"), "is not a folder"},
		{article, "both input and output"},
		{filepath.Join(dir, ".", "a.txt"), "both input and output"},
	} {
		err := checkOutput(c.path, []string{"-", "missing.txt", article})
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("-o %s: %v, want %q", c.path, err, c.want)
		}
	}
}
