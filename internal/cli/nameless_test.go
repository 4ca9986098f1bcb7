//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestNameless looks at which names say nothing.
func TestNameless(t *testing.T) {
	dir := t.TempDir()
	file, pipe := filepath.Join(dir, "a.txt"), filepath.Join(dir, "pipe")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{
		"-": true, "/dev/stdin": true, "/dev/fd/63": true, pipe: true,
		file: false, dir: false, "missing": false, "https://example.org/a": false,
	} {
		if got := isNameless(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
		if got := isFile(name); got != (name == file) {
			t.Errorf("%s: a file: %v", name, got)
		}
	}
	for name, want := range map[string]bool{"a.jsonl": true, "A.NDJSON.GZ": true, "a.json": false, "jsonl": false, "-": false} {
		if promisesRecords(name) != want {
			t.Errorf("%s: promises records: %v", name, !want)
		}
	}
}
