package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestToTheLimit checks that the limit itself is allowed, packed or not.
func TestToTheLimit(t *testing.T) {
	text := bytes.Repeat([]byte("x"), 2000)
	address, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/packed" {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(gzipped(text))
			return
		}
		_, _ = w.Write(text)
	})
	o := direct
	o.MaxBytes = 2000
	for _, path := range []string{"/", "/packed"} {
		if page, err := Get(t.Context(), address+path, o); err != nil || !bytes.Equal(page.Data, text) {
			t.Errorf("%s: error %v", path, err)
		}
	}
}

// TestDeclaredSize checks that a size beyond the limit is not waited for.
func TestDeclaredSize(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	address, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "50000000")
		w.WriteHeader(200)
		w.(http.Flusher).Flush()
		select {
		case <-release:
		case <-r.Context().Done():
		}
	})
	_, err := Get(t.Context(), address, direct)
	checkError(t, err, ErrTooLarge, "more than 32 MiB")
}

// TestEndless checks that answers without end come to one: at the limit where
// they are large, at the timeout where they are slow.
func TestEndless(t *testing.T) {
	zeros := make([]byte, 64<<10)
	member := gzipped(nil)
	address, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		send := func(data []byte, every time.Duration) {
			for {
				if _, err := w.Write(data); err != nil {
					return
				}
				if every > 0 {
					w.(http.Flusher).Flush()
				}
				select {
				case <-r.Context().Done():
					return
				case <-time.After(every):
				}
			}
		}
		switch r.URL.Path {
		case "/large":
			send(zeros, 0)
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			gz := gzip.NewWriter(w)
			for r.Context().Err() == nil {
				_, _ = gz.Write(zeros)
			}
		case "/nothing": // gzip members that come to nothing
			w.Header().Set("Content-Encoding", "gzip")
			send(bytes.Repeat(member, 1000), 0)
		case "/drip":
			send([]byte("x"), 10*time.Millisecond)
		case "/silent":
			<-r.Context().Done()
		}
	})
	for _, c := range []struct {
		path    string
		kind    error
		message string
	}{
		{"/large", ErrTooLarge, "more than 1 MiB"},
		{"/bomb", ErrTooLarge, "more than 1 MiB"},
		{"/nothing", ErrTooLarge, "more than 1 MiB"},
		{"/drip", ErrNetwork, "took longer than 0.3 s"},
		{"/silent", ErrNetwork, "took longer than 0.3 s"},
	} {
		o := direct
		o.MaxBytes = 1 << 20
		if c.kind == ErrNetwork {
			o.Timeout = 300 * time.Millisecond
		}
		began := time.Now()
		_, err := Get(t.Context(), address+c.path, o)
		checkError(t, err, c.kind, c.message)
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%s took %v", c.path, took)
		}
	}
}

// TestTimeoutOfAll checks that redirects do not begin the time anew.
func TestTimeoutOfAll(t *testing.T) {
	address, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(150 * time.Millisecond)
		http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
	})
	o := direct
	o.Timeout = 400 * time.Millisecond
	_, err := Get(t.Context(), address+"/", o)
	checkError(t, err, ErrNetwork, "took longer than 0.4 s")
}

// TestCancelled checks that the end of the context is not taken for a fault of
// the network.
func TestCancelled(t *testing.T) {
	asked := make(chan struct{}, 1)
	address, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		<-r.Context().Done()
	})
	ctx, cancel := context.WithCancelCause(t.Context())
	stop := errors.New("stopped by hand")
	go func() {
		<-asked
		cancel(stop)
	}()
	if _, err := Get(ctx, address, direct); err != stop {
		t.Errorf("error %v", err)
	}
	late, cancelLate := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancelLate()
	if _, err := Get(late, address, direct); err != context.DeadlineExceeded {
		t.Errorf("error %v", err)
	}
	if _, err := Get(ctx, address, direct); err != stop {
		t.Errorf("a context that has ended: error %v", err)
	}
}

// FuzzRead checks that no body panics, and that none comes out larger than the
// limit.
func FuzzRead(f *testing.F) {
	text := []byte("The quay must be mended.")
	for _, packing := range []string{"", "gzip", "deflate", "br"} {
		for _, body := range [][]byte{nil, text, gzipped(text), zlibbed(text), deflated(text)} {
			f.Add(packing, body)
		}
	}
	u := &url.URL{Scheme: "http", Host: "example.org"}
	f.Fuzz(func(t *testing.T, packing string, body []byte) {
		const limit = 100
		data, err := read(bytes.NewReader(body), packing, limit, u)
		switch {
		case len(data) > limit:
			t.Fatalf("%d bytes", len(data))
		case err != nil && strings.ContainsAny(err.Error(), "\n\x1b"):
			t.Fatalf("error %q", err)
		case packing == "" && len(body) <= limit && !bytes.Equal(data, body):
			t.Fatalf("%q became %q", body, data)
		}
	})
}
