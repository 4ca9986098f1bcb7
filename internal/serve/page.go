package serve

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// eventsPath is where a page hears of changes (server-sent events).
const eventsPath = "/events"

const (
	// maxStreams is the number of pages that can listen at a time.
	maxStreams = 32
	// heartbeat is how often a stream on which nothing happens is written to,
	// for a reader who went away to be noticed.
	heartbeat = 15 * time.Second
)

// Page is what is served. It is safe for concurrent use.
//
// Who listens at the address that [EventsURL] returns gets three kinds of event.
// The id of each is the version of the page.
//
//	reload   there is another version of the page, which is the data
//	problem  the page is not the newest there could be; the data, which may have
//	         several lines, says why
//	fine     no problem is left
//
// A stream begins with a problem or that all is fine, and before it a reload if
// the listener has another version of the page.
type Page struct {
	mu      sync.Mutex
	now     state
	changed chan struct{} // closed with the next change
	streams chan struct{} // holds one for each stream that is open
	pulse   time.Duration
}

// state is a page at one moment.
type state struct {
	html    []byte
	version string
	problem string
}

// NewPage returns an empty page. If it is live, it tells who listens of changes.
func NewPage(live bool) *Page {
	p := &Page{changed: make(chan struct{}), pulse: heartbeat}
	if live {
		p.streams = make(chan struct{}, maxStreams)
	}
	return p
}

// EventsURL is where the page of a version, which stands in its own HTML, hears
// of versions that come after it.
func EventsURL(version string) string { return eventsPath + "?since=" + url.QueryEscape(version) }

// Show replaces the page. A version is a short word that no other content has.
func (p *Page) Show(html []byte, version string) {
	p.change(func(s *state) { s.html, s.version = html, version })
}

// Tell says why the page is not the newest there could be; "" says that it is.
func (p *Page) Tell(problem string) {
	p.change(func(s *state) { s.problem = problem })
}

func (p *Page) change(f func(*state)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f(&p.now)
	close(p.changed)
	p.changed = make(chan struct{})
}

// state returns the state of now, and what is closed when it no longer holds.
func (p *Page) state() (state, <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.now, p.changed
}

func (p *Page) serve(w http.ResponseWriter, r *http.Request) {
	now, _ := p.state()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(now.html)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(now.html) // the reader may have gone: not our concern
	}
}

func (p *Page) serveEvents(w http.ResponseWriter, r *http.Request) {
	if p.streams == nil {
		refuse(w, http.StatusNotFound)
		return
	}
	select {
	case p.streams <- struct{}{}:
		defer func() { <-p.streams }()
	default:
		w.Header().Set("Retry-After", "10")
		refuse(w, http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	if r.Method == http.MethodHead {
		return
	}
	// A stream has no end, so its deadlines are those of single events. That of
	// the request net/http has lifted.
	out := http.NewResponseController(w)
	send := func(text string) bool {
		_ = out.SetWriteDeadline(time.Now().Add(writeTimeout))
		_, err := fmt.Fprint(w, text)
		return err == nil && out.Flush() == nil
	}
	p.follow(r, send)
}

// follow sends what happens to the page until the listener goes away. It
// compares states and so keeps no queue: a slow listener hears the last of
// several changes.
func (p *Page) follow(r *http.Request, send func(string) bool) {
	pulse := time.NewTicker(p.pulse)
	defer pulse.Stop()
	now, changed := p.state()
	has := versionOf(r)
	if has == "" {
		has = now.version
	}
	told, problem := false, ""
	text := "retry: 1000\n\n"
	for {
		if now.version != has {
			has = now.version
			text += event("reload", has, has)
		}
		if !told || now.problem != problem {
			told, problem = true, now.problem
			text += health(has, problem)
		}
		if text != "" && !send(text) {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-pulse.C:
			text = ":\n\n" // a comment, which a page does not hear
		case <-changed:
			text = ""
			now, changed = p.state()
		}
	}
}

// versionOf is the version that a listener has: as of the last event when it
// comes back, as of its page when it is new.
func versionOf(r *http.Request) string {
	if id := r.Header.Get("Last-Event-ID"); id != "" {
		return id
	}
	return r.URL.Query().Get("since")
}

// health is the event that says what is wrong, if anything is.
func health(id, problem string) string {
	if problem == "" {
		return event("fine", id, id)
	}
	return event("problem", id, problem)
}

// lineBreaks makes one kind of the three that end a line of an event.
var lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func event(name, id, data string) string {
	data = strings.ReplaceAll(lineBreaks.Replace(data), "\n", "\ndata: ")
	return fmt.Sprintf("id: %s\nevent: %s\ndata: %s\n\n", id, name, data)
}
