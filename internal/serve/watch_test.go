package serve

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestLook checks which changes of a file are noticed, at the second look after
// each.
func TestLook(t *testing.T) {
	later := time.Now().Add(time.Hour)
	for _, c := range []struct {
		name    string
		change  func(t *testing.T, path string)
		changed bool
	}{
		{"nothing", func(*testing.T, string) {}, false},
		{"written to", func(t *testing.T, path string) { write(t, path, "Bees sleep.") }, true},
		{"written to, of the same length", func(t *testing.T, path string) {
			write(t, path, "Ants work.")
			touch(t, path, later)
		}, true},
		{"touched", func(t *testing.T, path string) { touch(t, path, later) }, false},
		{"saved again as it was", func(t *testing.T, path string) {
			write(t, path, "Bees work.")
			touch(t, path, later)
		}, false},
		{"replaced", func(t *testing.T, path string) { replace(t, path, "Bees are many.") }, true},
		{"replaced by one of the same length and time", func(t *testing.T, path string) {
			info, err := os.Stat(path)
			must(t, err)
			write(t, path+"~", "Ants work.")
			touch(t, path+"~", info.ModTime())
			must(t, os.Rename(path+"~", path))
		}, true},
		{"replaced by the same", func(t *testing.T, path string) { replace(t, path, "Bees work.") }, false},
		{"removed", func(t *testing.T, path string) { must(t, os.Remove(path)) }, true},
		{"a folder in its place", func(t *testing.T, path string) {
			must(t, os.Remove(path))
			must(t, os.Mkdir(path, 0o755))
		}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path, other := filepath.Join(dir, "a.txt"), filepath.Join(dir, "b.txt")
			write(t, path, "Bees work.")
			write(t, other, "Wasps do not.")
			w := NewWatcher([]string{other, path})
			version := w.Version()
			c.change(t, path)
			first := w.look()
			got := strings.Join(w.look(), " ")
			want := ""
			if c.changed {
				want = path
			}
			if len(first) > 0 || got != want {
				t.Errorf("changed at once: %v, then: %q, want %q", first, got, want)
			}
			if (w.Version() != version) != c.changed {
				t.Errorf("version %s, before %s", w.Version(), version)
			}
			if more := w.look(); len(more) > 0 {
				t.Errorf("noticed twice: %v", more)
			}
		})
	}
}

// TestLookMoment checks that what lasts a moment only is not noticed: an editor
// has moved the file away and not yet put the new one there, or writes still.
func TestLookMoment(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.txt")
	write(t, path, "Bees work.")
	w := NewWatcher([]string{path})
	version := w.Version()
	must(t, os.Rename(path, path+"~"))
	if c := w.look(); len(c) > 0 {
		t.Errorf("a gap of one look is noticed: %v", c)
	}
	must(t, os.Rename(path+"~", path))
	if c := append(w.look(), w.look()...); len(c) > 0 || w.Version() != version {
		t.Errorf("%v, version %s, was %s", c, w.Version(), version)
	}
	for _, text := range []string{"B", "Bees ", "Bees are", "Bees are many."} {
		write(t, path, text)
		if c := w.look(); len(c) > 0 {
			t.Errorf("noticed at %q, while it is written", text)
		}
	}
	if c := w.look(); len(c) != 1 {
		t.Errorf("noticed in the end: %v", c)
	}
}

// TestVersionComesBack checks that a version is that of a content, so that a
// server that is started again knows the pages of the one before.
func TestVersionComesBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.txt")
	write(t, path, "Bees work.")
	w := NewWatcher([]string{path})
	first := w.Version()
	replace(t, path, "Bees sleep.")
	if c := append(w.look(), w.look()...); len(c) != 1 || w.Version() == first {
		t.Fatalf("%v, version %s", c, w.Version())
	}
	replace(t, path, "Bees work.")
	if c := append(w.look(), w.look()...); len(c) != 1 || w.Version() != first {
		t.Errorf("%v, version %s, want %s", c, w.Version(), first)
	}
	if again := NewWatcher([]string{path}).Version(); again != first {
		t.Errorf("version %s for another watcher", again)
	}
}

// TestUnreadable checks that a file that may not be read is noticed when it may.
func TestUnreadable(t *testing.T) {
	if runtime.GOOS == "windows" || os.Getuid() == 0 {
		t.Skip("permissions bind nobody here")
	}
	path := filepath.Join(t.TempDir(), "a.txt")
	write(t, path, "Bees work.")
	must(t, os.Chmod(path, 0))
	w := NewWatcher([]string{path})
	must(t, os.Chmod(path, 0o644))
	if c := append(w.look(), w.look()...); len(c) != 1 {
		t.Errorf("noticed: %v", c)
	}
}

// TestWatch checks the way from a file that is replaced to the event.
func TestWatch(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.txt")
	write(t, path, "Bees work.")
	w := NewWatcher([]string{path})
	p := NewPage(true)
	first := w.Version()
	p.Show([]byte("Bees work."), first)
	host := start(t, p)
	s := listen(t, host, EventsURL(first), "")
	s.expect(t, "fine", first, first)

	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.Watch(ctx, 5*time.Millisecond, func(changed []string) {
			data, err := os.ReadFile(path)
			if err != nil {
				p.Tell(strings.Join(changed, " ") + " is gone")
				return
			}
			p.Show(data, w.Version())
			p.Tell("")
		})
	}()
	replace(t, path, "Bees sleep.")
	reload := <-s
	if reload.name != "reload" || reload.id == first || reload.data != reload.id {
		t.Fatalf("event %+v", reload)
	}
	if _, body := ask(t, host, "GET / HTTP/1.1\nHost: 127.0.0.1:PORT"); body != "Bees sleep." {
		t.Errorf("the page after the reload is %q", body)
	}
	must(t, os.Remove(path))
	s.expect(t, "problem", reload.id, path+" is gone")
	if _, body := ask(t, host, "GET / HTTP/1.1\nHost: 127.0.0.1:PORT"); body != "Bees sleep." {
		t.Errorf("the page without its file is %q", body)
	}
	write(t, path, "Bees sleep.")
	s.expect(t, "fine", reload.id, reload.id)
	cancel()
	<-done
}

func write(t *testing.T, path, text string) {
	t.Helper()
	must(t, os.WriteFile(path, []byte(text), 0o644))
}

// replace does what an editor does that is afraid of a crash.
func replace(t *testing.T, path, text string) {
	t.Helper()
	write(t, path+".new", text)
	must(t, os.Rename(path+".new", path))
}

func touch(t *testing.T, path string, when time.Time) {
	t.Helper()
	must(t, os.Chtimes(path, when, when))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
