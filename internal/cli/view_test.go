package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/argmap/argmap/internal/serve"
)

func TestViewFlags(t *testing.T) {
	a := []string{"a.txt"}
	for _, c := range []struct {
		args    string
		want    ViewOptions
		wantErr string
	}{
		{"", ViewOptions{Files: []string{"-"}}, ""},
		{"-", ViewOptions{Files: []string{"-"}}, ""},
		{"a.txt - b.json", ViewOptions{Files: []string{"a.txt", "-", "b.json"}}, ""},
		{"a.txt --no-open --watch --port 8080", ViewOptions{Files: a, NoOpen: true, Watch: true, Port: 8080}, ""},
		{"a.txt --min-confidence .5 --title Bees", ViewOptions{Files: a, MinConfidence: .5, Title: "Bees"}, ""},

		{"--watch", ViewOptions{}, "--watch: standard input can be read only once"},
		{"a.txt - --watch", ViewOptions{}, "--watch: standard input can be read only once"},
		{"- -", ViewOptions{}, "standard input (-) can be read only once"},
		{"a.txt --port -1", ViewOptions{}, "--port: -1 is not between 0 and 65535"},
		{"a.txt --port 65536", ViewOptions{}, "--port: 65536 is not between 0 and 65535"},
		{"a.txt --port http", ViewOptions{}, `--port: "http" is not a whole number`},
		{"a.txt --min-confidence 2", ViewOptions{}, "--min-confidence: 2 is not between 0 and 1"},
		{"a.txt --jobs 0", ViewOptions{}, "--jobs: 0 is less than 1"},
		{"a.txt --host 0.0.0.0", ViewOptions{}, "unknown flag --host"},
	} {
		t.Run(c.args, func(t *testing.T) {
			got, err := parse(t, NewCmdView, c.args)
			check(t, got, err, c.want, c.wantErr, "IO", "Jobs", "Open")
		})
	}
}

// viewing is a run of argmap view on its way.
type viewing struct {
	url    string
	stop   func() // Ctrl-C
	done   chan error
	errOut *sharedBuffer
}

// sharedBuffer is a buffer that may be read while it is written to.
type sharedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *sharedBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *sharedBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// view runs o, which may lack streams, until it has printed its address.
func view(t *testing.T, o *ViewOptions) *viewing {
	t.Helper()
	streams, _, _, _ := TestStreams()
	if o.IO != nil {
		streams.Getenv = o.IO.Getenv
	}
	r, w := io.Pipe()
	errOut := &sharedBuffer{}
	streams.Out, streams.Err = w, errOut
	o.IO, o.Jobs = streams, 1
	ctx, cancel := context.WithCancelCause(t.Context())
	v := &viewing{done: make(chan error, 1), errOut: errOut, stop: func() { cancel(&signalError{syscall.SIGINT}) }}
	go func() {
		err := viewRun(ctx, o)
		w.CloseWithError(io.EOF)
		v.done <- err
	}()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("no address: %v, the command: %v", err, <-v.done)
	}
	v.url = strings.TrimSuffix(line, "\n")
	t.Cleanup(v.stop)
	return v
}

// end ends a run as Ctrl-C does and returns what it wrote to standard error.
func (v *viewing) end(t *testing.T) string {
	t.Helper()
	v.stop()
	select {
	case err := <-v.done:
		if err != nil {
			t.Errorf("it ended with %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it does not end")
	}
	return v.errOut.String()
}

func (v *viewing) page(t *testing.T) string {
	t.Helper()
	response, err := http.Get(v.url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != 200 {
		t.Fatalf("%s, %v", response.Status, err)
	}
	return string(body)
}

const (
	ferries = "Ferries are safer than bridges, because bridges fall. They should be kept.\n"
	mayor   = "The mayor should resign, because she has lied to the council.\n"
)

func writeTestFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestView checks that the good inputs are shown, with their text, and the bad
// ones reported.
func TestView(t *testing.T) {
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "a.txt"), filepath.Join(dir, "b.txt")
	writeTestFile(t, good, ferries)
	v := view(t, &ViewOptions{Files: []string{good, bad}, NoOpen: true, Title: "On <ferries>"})
	page := v.page(t)
	for _, want := range []string{"bridges fall", "<title>On &lt;ferries&gt;"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in the page", want)
		}
	}
	if strings.Contains(page, "data-live") || strings.Contains(page, "connect-src") {
		t.Error("a page that nobody watches listens for changes")
	}
	if again := v.page(t); again != page {
		t.Error("the page is another the second time")
	}
	if got, want := v.end(t), "argmap: "+bad+": no such file\n"; got != want {
		t.Errorf("stderr %q, want %q", got, want)
	}
}

// TestViewOpens checks when a browser is opened, and that one that cannot be is
// no more than a note.
func TestViewOpens(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.txt")
	writeTestFile(t, path, ferries)
	screen := func(key string) string { return map[string]string{"WAYLAND_DISPLAY": "wayland-0"}[key] }
	none := func(string) string { return "" }
	needsScreen := runtime.GOOS != "windows" && runtime.GOOS != "darwin"
	for _, c := range []struct {
		name   string
		getenv func(string) string
		noOpen bool
		err    error
		opened bool
		note   string
	}{
		{"open", screen, false, nil, true, ""},
		{"broken", screen, false, errors.New("exit status 3\nand more"), true, "argmap: no browser opened: exit status 3\n"},
		{"not wanted", screen, true, nil, false, ""},
		{"no screen", none, false, nil, !needsScreen, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			opened := make(chan string, 1)
			o := &ViewOptions{Files: []string{path}, NoOpen: c.noOpen, IO: &IOStreams{Getenv: c.getenv}}
			o.Open = func(url string) error {
				opened <- url
				return c.err
			}
			v := view(t, o)
			if c.opened {
				if url := <-opened; url != v.url {
					t.Errorf("opened %s, serves %s", url, v.url)
				}
			}
			for range 500 { // the end would cut the note short
				if v.errOut.String() == c.note {
					break
				}
				time.Sleep(10 * time.Millisecond)
			}
			if got := v.end(t); got != c.note {
				t.Errorf("stderr %q, want %q", got, c.note)
			}
			if len(opened) > 0 {
				t.Errorf("opened %s", <-opened)
			}
		})
	}
}

// TestViewBrowserThatStays checks that a browser that runs on holds up nothing.
func TestViewBrowserThatStays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.txt")
	writeTestFile(t, path, ferries)
	closed := make(chan struct{})
	defer close(closed)
	o := &ViewOptions{Files: []string{path}, IO: &IOStreams{Getenv: func(string) string { return ":0" }}}
	o.Open = func(string) error { <-closed; return errors.New("killed") }
	v := view(t, o)
	v.page(t)
	if got := v.end(t); got != "" {
		t.Errorf("stderr %q", got)
	}
}

func TestHasDisplay(t *testing.T) {
	for _, c := range []struct {
		goos, display, wayland string
		want                   bool
	}{
		{"linux", "", "", false},
		{"linux", ":0", "", true},
		{"linux", "", "wayland-0", true},
		{"freebsd", "", "", false},
		{"darwin", "", "", true},
		{"windows", "", "", true},
	} {
		getenv := func(key string) string {
			return map[string]string{"DISPLAY": c.display, "WAYLAND_DISPLAY": c.wayland}[key]
		}
		if got := hasDisplay(c.goos, getenv); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// TestViewWatch follows two files through an edit, a file that breaks and one
// that comes late.
func TestViewWatch(t *testing.T) {
	dir := t.TempDir()
	one, two := filepath.Join(dir, "one.txt"), filepath.Join(dir, "two.txt")
	writeTestFile(t, one, ferries)
	v := view(t, &ViewOptions{Files: []string{one, two}, NoOpen: true, Watch: true})
	_, live, _ := strings.Cut(v.page(t), `data-live="`)
	live, _, _ = strings.Cut(live, `"`)
	response, err := http.Get(strings.TrimSuffix(v.url, "/") + live)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	events := bufio.NewScanner(response.Body)
	// next returns the name of the next event and its data.
	next := func() string {
		var name, data string
		for events.Scan() {
			field, value, _ := strings.Cut(events.Text(), ": ")
			switch {
			case field == "event":
				name = value
			case field == "data":
				data += value
			case field == "" && name != "":
				return name + " " + data
			}
		}
		return fmt.Sprintf("the end: %v", events.Err())
	}
	expect := func(step, prefix string, shown ...string) {
		t.Helper()
		if got := next(); !strings.HasPrefix(got, prefix) {
			t.Fatalf("%s: %q, want %q", step, got, prefix)
		}
		page := v.page(t)
		for _, text := range shown {
			if !strings.Contains(page, text) {
				t.Errorf("%s: no %q in the page", step, text)
			}
		}
	}
	expect("at first", "problem "+two+": no such file", "bridges fall")
	writeTestFile(t, two, mayor)
	expect("one comes late", "reload ", "bridges fall", "mayor should resign")
	expect("one comes late", "fine ")
	writeTestFile(t, one+"~", strings.ReplaceAll(ferries, "fall", "collapse"))
	if err := os.Rename(one+"~", one); err != nil {
		t.Fatal(err)
	}
	expect("an edit", "reload ", "bridges collapse", "mayor should resign")
	writeTestFile(t, one, "%PDF-1.7\n\x00\x01")
	expect("broken", "problem "+one+": ", "bridges collapse", "mayor should resign")
	writeTestFile(t, two, strings.ReplaceAll(mayor, "mayor", "minister"))
	expect("the other goes on", "reload ", "bridges collapse", "minister should resign")
	writeTestFile(t, one, ferries)
	expect("mended", "reload ", "bridges fall", "minister should resign")
	expect("mended", "fine ")

	lines := strings.Split(strings.TrimSuffix(v.end(t), "\n"), "\n")
	if len(lines) != 2 || lines[0] != "argmap: "+two+": no such file" ||
		!strings.HasPrefix(lines[1], "argmap: "+one+": ") {
		t.Errorf("stderr:\n%s", strings.Join(lines, "\n"))
	}
}

// TestViewRefusals checks the runs that serve nothing: code and message.
func TestViewRefusals(t *testing.T) {
	dir := t.TempDir()
	path, missing := filepath.Join(dir, "a.txt"), filepath.Join(dir, "b.txt")
	writeTestFile(t, path, ferries)
	l, err := serve.Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	taken := fmt.Sprint(l.Addr().(*net.TCPAddr).Port)
	device := "argmap: --watch: " + os.DevNull + " can be read only once\n"
	for _, c := range []struct {
		name   string
		args   []string
		code   int
		stderr string
	}{
		{"port taken", []string{"--port", taken, path}, ExitInput, "argmap: port " + taken + " is taken\nhint: "},
		{"nothing to show", []string{missing}, ExitInput, "argmap: " + missing + ": no such file\n"},
		{"nothing to watch", []string{"--watch", missing}, ExitInput, "argmap: " + missing + ": no such file\n"},
		{"a device to watch", []string{"--watch", path, os.DevNull}, ExitUsage, device},
		{"a folder", []string{"--watch", dir}, ExitInput, "argmap: " + dir + ": is a directory\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.code == ExitUsage && runtime.GOOS == "windows" {
				t.Skip("its devices are not told apart")
			}
			streams, _, out, errOut := TestStreams()
			code := Main(t.Context(), append([]string{"view", "--no-open"}, c.args...), streams)
			if code != c.code || out.Len() > 0 || !strings.HasPrefix(errOut.String(), c.stderr) {
				t.Errorf("code %d, stdout %q, stderr %q", code, out, errOut)
			}
		})
	}
}

// TestViewInterruptedEarly checks that a run that has not yet shown anything
// when Ctrl-C comes has failed.
func TestViewInterruptedEarly(t *testing.T) {
	streams, _, out, errOut := TestStreams()
	r, w := io.Pipe()
	defer w.Close()
	streams.In = r
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(20*time.Millisecond, func() { cancel(&signalError{syscall.SIGINT}) })
	if code := Main(ctx, []string{"view", "--no-open"}, streams); code != ExitInterrupted {
		t.Errorf("exit code %d", code)
	}
	if out.Len()+errOut.Len() > 0 {
		t.Errorf("stdout %q, stderr %q", out, errOut)
	}
}
