package draw

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// TestMachineCodeIsPrivate starts the test binary anew with an empty cache:
// go-graphviz must keep its machine code in a folder of the user alone and
// nothing in the temporary folder, which must be itself again afterwards.
func TestMachineCodeIsPrivate(t *testing.T) {
	if os.Getenv("ARGMAP_TEST_CHILD") != "" {
		fmt.Println("temp:", os.TempDir())
		return
	}
	if runtime.GOOS == "windows" {
		t.Skip("no mode bits")
	}
	temp, cache := t.TempDir(), filepath.Join(t.TempDir(), "cache")
	cmd := exec.Command(os.Args[0], "-test.run=^TestMachineCodeIsPrivate$", "-test.v")
	cmd.Env = append(os.Environ(), "ARGMAP_TEST_CHILD=1", "TMPDIR="+temp, "ARGMAP_CACHE_DIR="+cache)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if want := []byte("temp: " + temp + "\n"); !bytes.Contains(out, want) {
		t.Errorf("the temporary folder is not put back: %s", out)
	}
	left, err := os.ReadDir(temp)
	if err != nil || len(left) > 0 {
		t.Errorf("left in the temporary folder: %v (%v)", left, err)
	}
	info, err := os.Lstat(filepath.Join(cache, "wasm"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o700 {
		t.Errorf("mode of the cache = %v, want 0700", info.Mode())
	}
	kept, err := filepath.Glob(filepath.Join(cache, "wasm", "go-graphviz", "*", "*"))
	if err != nil || len(kept) == 0 {
		t.Errorf("the cache holds nothing (%v)", err)
	}
}
