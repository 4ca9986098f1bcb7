package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestView runs argmap view as a user does: it fetches the page from the
// address that is printed, hears of a change, and ends the program with Ctrl-C
// while a page still listens. A second program cannot have the same port.
func TestView(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("one program cannot send another Ctrl-C there")
	}
	path := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(path, []byte("Ferries are safer than bridges, because bridges fall.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("argmap", "view", "--no-open", "--watch", path)
	var errOut bytes.Buffer
	cmd.Stderr = &errOut
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	hung := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
	defer hung.Stop()
	out := bufio.NewReader(stdout)
	line, err := out.ReadString('\n')
	if err != nil {
		_ = cmd.Wait()
		t.Fatalf("no address: %v; stderr %q", err, errOut.String())
	}
	address := strings.TrimSuffix(line, "\n")

	page := fetch(t, address)
	if !strings.Contains(page, "bridges fall") {
		t.Errorf("the text is not in the page:\n%.200s", page)
	}
	_, live, _ := strings.Cut(page, `data-live="`)
	live, _, _ = strings.Cut(live, `"`)
	events, err := http.Get(strings.TrimSuffix(address, "/") + live)
	if err != nil {
		t.Fatal(err)
	}
	defer events.Body.Close()
	if err := os.WriteFile(path, []byte("Ferries are safer than bridges, because bridges sway.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	heard := bufio.NewReader(events.Body)
	for text := ""; text != "event: reload\n"; {
		if text, err = heard.ReadString('\n'); err != nil {
			t.Fatalf("no reload: %v", err)
		}
	}
	if page := fetch(t, address); !strings.Contains(page, "bridges sway") {
		t.Errorf("after the reload the page is the old one:\n%.200s", page)
	}
	secondView(t, address, path)

	began := time.Now()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	rest, _ := io.ReadAll(out)
	if err := cmd.Wait(); err != nil || len(rest)+errOut.Len() > 0 {
		t.Errorf("the end: %v; stdout goes on with %q, stderr %q", err, rest, errOut.String())
	}
	if took := time.Since(began); took > 10*time.Second { // half a second, where the machine has nothing else to do
		t.Errorf("the end took %v", took)
	}
}

func fetch(t *testing.T, address string) string {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", address, response.Status, err)
	}
	return string(body)
}

// secondView checks what becomes of a view at a port that is taken.
func secondView(t *testing.T, address, path string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("argmap", "view", "--no-open", "--port", u.Port(), path).CombinedOutput()
	var exit *exec.ExitError
	want := "argmap: port " + u.Port() + " is taken\nhint: without --port a free one is found\n"
	if !errors.As(err, &exit) || exit.ExitCode() != 3 || string(out) != want {
		t.Errorf("a second view: %v, %q", err, out)
	}
}
