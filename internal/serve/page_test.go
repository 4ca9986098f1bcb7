package serve

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"
)

// sent is an event, or a comment, as a browser takes it from a stream.
type sent struct{ name, id, data string }

// stream is what a listener hears; it is closed when the stream ends.
type stream chan sent

// listen opens the stream of events at path until the test ends.
func listen(t *testing.T, host, path, lastID string) stream {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), "GET", "http://"+host+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if lastID != "" {
		request.Header.Set("Last-Event-ID", lastID)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != 200 {
		t.Fatalf("%s: %s", path, response.Status)
	}
	t.Cleanup(func() { response.Body.Close() })
	s := make(stream, 100)
	go func() {
		defer close(s)
		var e sent
		var data []string
		lines := bufio.NewScanner(response.Body)
		for lines.Scan() {
			field, value, colon := strings.Cut(lines.Text(), ":")
			value = strings.TrimPrefix(value, " ")
			switch {
			case field == "" && colon:
				s <- sent{name: "comment"}
			case field == "id":
				e.id = value
			case field == "event":
				e.name = value
			case field == "data":
				data = append(data, value)
			case field == "" && e.name != "":
				e.data = strings.Join(data, "\n")
				s <- e
				e, data = sent{}, nil
			}
		}
		if lines.Err() != nil {
			s <- sent{name: "cut off"}
		}
	}()
	return s
}

func (s stream) expect(t *testing.T, name, id, data string) {
	t.Helper()
	select {
	case got, ok := <-s:
		if want := (sent{name, id, data}); !ok || got != want {
			t.Fatalf("event %+v, want %+v", got, want)
		}
	case <-time.After(10 * time.Second):
		t.Fatalf("no event, want %s %s %q", name, id, data)
	}
}

// quiet checks that nothing more has come when the page tells of a mark, which
// takes the place of waiting for nothing.
func (s stream) quiet(t *testing.T, p *Page, version, mark string) {
	t.Helper()
	p.Tell(mark)
	s.expect(t, "problem", version, mark)
}

func TestEvents(t *testing.T) {
	p := NewPage(true)
	p.Show([]byte("one"), "v1")
	host := start(t, p)
	s := listen(t, host, EventsURL("v1"), "")
	s.expect(t, "fine", "v1", "v1")

	p.Show([]byte("two"), "v2")
	s.expect(t, "reload", "v2", "v2")
	if _, body := ask(t, host, "GET / HTTP/1.1\nHost: 127.0.0.1:PORT"); body != "two" {
		t.Errorf("the page after the reload is %q", body)
	}
	p.Tell("a.txt: no such file\nb.txt: is empty\r\nreally")
	s.expect(t, "problem", "v2", "a.txt: no such file\nb.txt: is empty\nreally")
	p.Tell("")
	s.expect(t, "fine", "v2", "v2")
	p.Show([]byte("two"), "v2")
	p.Tell("")
	s.quiet(t, p, "v2", "nothing new")
}

// TestMissedEvents checks what a listener hears first: what has happened since
// its page was made, or since the stream broke off.
func TestMissedEvents(t *testing.T) {
	p := NewPage(true)
	p.Show([]byte("two"), "v2")
	p.Tell("trouble")
	host := start(t, p)
	for _, c := range []struct {
		name, path, lastID string
		reload             bool
	}{
		{"page up to date", EventsURL("v2"), "", false},
		{"page of an older version", EventsURL("v1"), "", true},
		{"back, up to date", EventsURL("v1"), "v2", false},
		{"back, too late", EventsURL("v0"), "v1", true},
		{"back from another server", EventsURL("v2"), "w7", true},
		{"no version", "/events", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := listen(t, host, c.path, c.lastID)
			if c.reload {
				s.expect(t, "reload", "v2", "v2")
			}
			s.expect(t, "problem", "v2", "trouble")
		})
	}
}

// TestSlowListener checks that changes nobody waits for leave one event, not a
// queue of them.
func TestSlowListener(t *testing.T) {
	p := NewPage(true)
	p.Show(nil, "v1")
	request, err := http.NewRequestWithContext(t.Context(), "GET", EventsURL("v1"), nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	p.follow(request, func(text string) bool {
		got = append(got, text)
		if len(got) == 1 {
			p.Show(nil, "v2")
			p.Show(nil, "v3")
			p.Tell("late")
		}
		return len(got) < 2
	})
	want := []string{
		"retry: 1000\n\nid: v1\nevent: fine\ndata: v1\n\n",
		"id: v3\nevent: reload\ndata: v3\n\nid: v3\nevent: problem\ndata: late\n\n",
	}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("sent %q, want %q", got, want)
	}
}

// TestHeartbeat checks that a stream outlives the time that a request may take
// to be read, and is written to though nothing happens.
func TestHeartbeat(t *testing.T) {
	p := NewPage(true)
	p.Show(nil, "v1")
	p.pulse = 50 * time.Millisecond
	l, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	server := newServer(ctx, l, p)
	server.ReadTimeout, server.WriteTimeout = 60*time.Millisecond, 60*time.Millisecond
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	defer func() {
		cancel()
		server.Close()
		<-done
	}()
	s := listen(t, l.Addr().String(), "/events", "")
	s.expect(t, "fine", "v1", "v1")
	for range 8 {
		s.expect(t, "comment", "", "")
	}
}

// TestManyStreams checks that the number of streams has a limit, and that one
// that ends makes room for another.
func TestManyStreams(t *testing.T) {
	p := NewPage(true)
	p.Show(nil, "v1")
	p.streams = make(chan struct{}, 2)
	host := start(t, p)
	const request = "GET /events HTTP/1.1\nHost: 127.0.0.1:PORT"
	kept := listen(t, host, "/events", "")
	kept.expect(t, "fine", "v1", "v1")
	ctx, leave := context.WithCancel(t.Context())
	second, err := http.NewRequestWithContext(ctx, "GET", "http://"+host+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(second)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if third, _ := ask(t, host, request); third.StatusCode != 503 || third.Header.Get("Retry-After") == "" {
		t.Errorf("one too many: %s", third.Status)
	}
	leave()
	deadline := time.Now().Add(10 * time.Second)
	for {
		again, _ := ask(t, host, request)
		if again.StatusCode == 200 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("a listener who has gone keeps his place")
		}
		time.Sleep(10 * time.Millisecond)
	}
	kept.quiet(t, p, "v1", "still here")
}
