package serve

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

// start serves p on a free port until the test ends, and returns its host.
func start(t *testing.T, p *Page) string {
	t.Helper()
	l, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- Serve(ctx, l, p) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("the server ended with %v", err)
		}
	})
	return l.Addr().String()
}

// ask sends a request as it stands and returns the answer and its body. PORT
// stands for the server's.
func ask(t *testing.T, host, request string) (*http.Response, string) {
	t.Helper()
	conn, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	_, port, _ := net.SplitHostPort(host)
	request = strings.ReplaceAll(request, "PORT", port)
	fmt.Fprint(conn, strings.ReplaceAll(request, "\n", "\r\n")+"\r\n\r\n")
	method, _, _ := strings.Cut(request, " ")
	response, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(response.Header.Get("Content-Type"), "text/event-stream") {
		return response, "" // which has no end
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

// TestGuard checks what is answered and what is refused.
func TestGuard(t *testing.T) {
	p := NewPage(true)
	p.Show([]byte("<p>hello"), "v1")
	host := start(t, p)
	const here = "\nHost: 127.0.0.1:PORT"
	for _, c := range []struct {
		name, request string
		code          int
		body          string // "" for any
	}{
		{"the page", "GET / HTTP/1.1" + here, 200, "<p>hello"},
		{"by the other name", "GET / HTTP/1.1\nHost: LocalHost:PORT", 200, "<p>hello"},
		{"with a query", "GET /?unit=u7 HTTP/1.1" + here, 200, "<p>hello"},
		{"head", "HEAD / HTTP/1.1" + here, 200, ""},
		{"icon", "GET /favicon.ico HTTP/1.1" + here, 204, ""},
		{"events", "GET /events HTTP/1.1" + here, 200, ""},
		{"head of events", "HEAD /events HTTP/1.1" + here, 200, ""},
		{"events for the page", "GET /events HTTP/1.1" + here +
			"\nOrigin: http://127.0.0.1:PORT\nSec-Fetch-Site: same-origin", 200, ""},
		{"events by hand", "GET /events HTTP/1.1" + here + "\nSec-Fetch-Site: none", 200, ""},

		{"other name", "GET / HTTP/1.1\nHost: evil.example", 421, ""},
		{"other name, right port", "GET / HTTP/1.1\nHost: evil.example:PORT", 421, ""},
		{"rebound name", "GET /events HTTP/1.1\nHost: 127.0.0.1.nip.example:PORT", 421, ""},
		{"other port", "GET / HTTP/1.1\nHost: 127.0.0.1:1", 421, ""},
		{"no port", "GET / HTTP/1.1\nHost: 127.0.0.1", 421, ""},
		{"other loopback", "GET / HTTP/1.1\nHost: [::1]:PORT", 421, ""},
		{"empty host", "GET / HTTP/1.1\nHost:", 421, ""},
		{"no host", "GET / HTTP/1.0", 421, ""},
		{"host in the request line", "GET http://evil.example/ HTTP/1.1" + here, 421, ""},
		{"other name and method", "POST / HTTP/1.1\nHost: evil.example", 421, ""},

		{"post", "POST / HTTP/1.1" + here + "\nContent-Length: 0", 405, ""},
		{"put", "PUT / HTTP/1.1" + here + "\nContent-Length: 0", 405, ""},
		{"delete", "DELETE / HTTP/1.1" + here, 405, ""},
		{"options", "OPTIONS / HTTP/1.1" + here, 405, ""},
		{"options of all", "OPTIONS * HTTP/1.1" + here, 405, ""},
		{"trace", "TRACE / HTTP/1.1" + here, 405, ""},
		{"post events", "POST /events HTTP/1.1" + here + "\nContent-Length: 0", 405, ""},

		{"other path", "GET /page.go HTTP/1.1" + here, 404, ""},
		{"way up", "GET /../../etc/passwd HTTP/1.1" + here, 404, ""},
		{"hidden way up", "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1" + here, 404, ""},
		{"two slashes", "GET // HTTP/1.1" + here, 404, ""},
		{"below events", "GET /events/ HTTP/1.1" + here, 404, ""},

		{"events elsewhere", "GET /events HTTP/1.1" + here + "\nOrigin: https://evil.example", 403, ""},
		{"events of no origin", "GET /events HTTP/1.1" + here + "\nOrigin: null", 403, ""},
		{"events of another port", "GET /events HTTP/1.1" + here + "\nOrigin: http://127.0.0.1:1", 403, ""},
		{"events of another scheme", "GET /events HTTP/1.1" + here + "\nOrigin: https://127.0.0.1:PORT", 403, ""},
		{"events of another site", "GET /events HTTP/1.1" + here + "\nSec-Fetch-Site: cross-site", 403, ""},
		{"events of another port of the site", "GET /events HTTP/1.1" + here + "\nSec-Fetch-Site: same-site", 403, ""},
		{"same site by one header only", "GET /events HTTP/1.1" + here +
			"\nSec-Fetch-Site: cross-site\nOrigin: http://127.0.0.1:PORT", 403, ""},

		{"a header that has no end", "GET / HTTP/1.1" + here + "\nX-Long: " + strings.Repeat("x", maxHeader+8<<10), 431, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			response, body := ask(t, host, c.request)
			if response.StatusCode != c.code {
				t.Errorf("code %d, want %d", response.StatusCode, c.code)
			}
			if c.body != "" && body != c.body {
				t.Errorf("body %q", body)
			}
			if c.code != 200 && strings.Contains(body, "hello") {
				t.Errorf("a refusal that shows the page: %q", body)
			}
			if c.code == 431 {
				return // answered before it reaches us
			}
			for name, want := range header {
				if got := response.Header.Get(name); got != want {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
		})
	}
}

// TestAnswerHeaders checks what single answers say beside what all say.
func TestAnswerHeaders(t *testing.T) {
	p := NewPage(true)
	p.Show([]byte("<p>héllo"), "v1")
	host := start(t, p)
	for _, c := range []struct{ method, path, header, want string }{
		{"GET", "/", "Content-Type", "text/html; charset=utf-8"},
		{"HEAD", "/", "Content-Length", "9"},
		{"GET", "/", "Access-Control-Allow-Origin", ""},
		{"GET", "/events", "Content-Type", "text/event-stream; charset=utf-8"},
		{"PATCH", "/", "Allow", "GET, HEAD"},
	} {
		response, _ := ask(t, host, c.method+" "+c.path+" HTTP/1.1\nHost: localhost:PORT")
		if got := response.Header.Get(c.header); got != c.want {
			t.Errorf("%s %s: %s: %q, want %q", c.method, c.path, c.header, got, c.want)
		}
	}
}

// TestPort80 checks that a browser, which leaves out port 80, is understood.
func TestPort80(t *testing.T) {
	hosts := hostsOf(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80})
	for _, h := range []string{"localhost", "127.0.0.1", "localhost:80", "127.0.0.1:80"} {
		if !hosts[h] {
			t.Errorf("%s is refused", h)
		}
	}
}

// TestNoEvents checks that a page that is not live has no events.
func TestNoEvents(t *testing.T) {
	host := start(t, NewPage(false))
	if response, _ := ask(t, host, "GET /events HTTP/1.1\nHost: 127.0.0.1:PORT"); response.StatusCode != 404 {
		t.Errorf("code %d", response.StatusCode)
	}
}

func TestPortTaken(t *testing.T) {
	l, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	second, err := Listen(l.Addr().(*net.TCPAddr).Port)
	if !errors.Is(err, ErrPortTaken) {
		t.Errorf("%v, error %v", second, err)
	}
	if host, _, _ := net.SplitHostPort(l.Addr().String()); host != "127.0.0.1" {
		t.Errorf("it listens on %s", host)
	}
}

// TestStop checks that neither open streams nor silent connections hold up the
// end, and that the port is free then.
func TestStop(t *testing.T) {
	p := NewPage(true)
	p.Show([]byte("x"), "v1")
	l, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- Serve(ctx, l, p) }()
	host := l.Addr().String()
	stream := listen(t, host, "/events", "")
	stream.expect(t, "fine", "v1", "v1")
	silent, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()

	cancel()
	began := time.Now()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 4*time.Second { // less than readTimeout
		t.Errorf("the end took %v", took)
	}
	if e, ok := <-stream; ok {
		t.Errorf("the stream does not end well: %s", e.name)
	}
	_ = silent.SetReadDeadline(time.Now().Add(2 * time.Second)) // less than readTimeout
	if _, err := silent.Read(make([]byte, 1)); !errors.Is(err, io.EOF) && !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("the silent connection is still there: %v", err)
	}
	again, err := Listen(l.Addr().(*net.TCPAddr).Port)
	if err != nil {
		t.Fatalf("the port is not free: %v", err)
	}
	again.Close()
}

// TestLostListener checks that a server that can serve no longer says so.
func TestLostListener(t *testing.T) {
	l, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := Serve(t.Context(), l, NewPage(false)); !errors.Is(err, net.ErrClosed) {
		t.Errorf("error %v", err)
	}
}
