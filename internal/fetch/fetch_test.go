package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// direct is what tests fetch with from servers of theirs: no proxy, whatever
// the environment says.
var direct = Options{AllowPrivate: true, Timeout: 10 * time.Second, Proxy: noProxy}

func noProxy(*url.URL) (*url.URL, error) { return nil, nil }

// serve answers with handler until the test ends, and counts the requests.
func serve(t *testing.T, handler http.HandlerFunc) (address string, requests *atomic.Int64) {
	t.Helper()
	requests = new(atomic.Int64)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		handler(w, r)
	}))
	t.Cleanup(s.Close)
	return s.URL, requests
}

// only permits the address of one server.
func only(address string) func(netip.AddrPort) bool {
	return func(to netip.AddrPort) bool { return "http://"+to.String() == address }
}

// checkError checks that err is an *Error of the kind and says message.
func checkError(t *testing.T, err, kind error, message string) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) || !errors.Is(err, kind) || !strings.Contains(err.Error(), message) {
		t.Errorf("error %v, want %v: %s", err, kind, message)
	} else if strings.Contains(err.Error(), "\n") {
		t.Errorf("error in several lines: %q", err)
	}
}

func gzipped(text []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(text)
	w.Close()
	return b.Bytes()
}

func zlibbed(text []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(text)
	w.Close()
	return b.Bytes()
}

func deflated(text []byte) []byte {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, 9)
	_, _ = w.Write(text)
	w.Close()
	return b.Bytes()
}

// TestPage checks what becomes of good answers.
func TestPage(t *testing.T) {
	text := []byte("<p>The quay must be mended.</p>")
	for _, c := range []struct {
		path    string
		header  string // "Name: value" lines
		body    []byte
		want    Page
		wantURL string // where it is not the one asked for
	}{
		{"/story.html", "Content-Type: text/html; charset=ISO-8859-1", text, Page{MediaType: "text/html", Charset: "iso-8859-1", Name: "story.html"}, ""},
		{"/story?id=3#notes", "Content-Type: Text/HTML;charset=\"utf-8\"", text, Page{MediaType: "text/html", Charset: "utf-8", Name: "story"}, "/story?id=3"},
		{"/", "Content-Type: text/markdown", text, Page{MediaType: "text/markdown"}, ""},
		{"/a", "Content-Type: application/pdf\nContent-Disposition: attachment; filename=brief.pdf", text, Page{MediaType: "application/pdf", Name: "brief.pdf"}, ""},
		{"/a", "Content-Type: application/vnd.oasis.opendocument.text", text, Page{MediaType: "application/vnd.oasis.opendocument.text", Name: "a"}, ""},
		{"/a", "Content-Type: text/html; charset", text, Page{MediaType: "text/html", Name: "a"}, ""},
		{"/a", "Content-Type: text/html; charset=\"a b\"", text, Page{MediaType: "text/html", Name: "a"}, ""},
		{"/a", "Content-Type: nonsense", text, Page{Name: "a"}, ""},
		{"/a", "Content-Type: ", text, Page{Name: "a"}, ""},
		{"/a", "Content-Type: text/plain\nContent-Encoding: gzip", gzipped(text), Page{MediaType: "text/plain", Name: "a"}, ""},
		{"/a", "Content-Type: text/plain\nContent-Encoding: X-GZIP", gzipped(text), Page{MediaType: "text/plain", Name: "a"}, ""},
		{"/a", "Content-Type: text/plain\nContent-Encoding: deflate", zlibbed(text), Page{MediaType: "text/plain", Name: "a"}, ""},
		{"/a", "Content-Type: text/plain\nContent-Encoding: deflate", deflated(text), Page{MediaType: "text/plain", Name: "a"}, ""},
		{"/a", "Content-Type: text/plain\nContent-Encoding: identity", text, Page{MediaType: "text/plain", Name: "a"}, ""},
		{"/a.txt.gz", "Content-Type: application/gzip\nContent-Encoding: gzip", gzipped(text), Page{MediaType: "application/gzip", Name: "a.txt"}, ""},
		{"/a.txt.gz", "Content-Type: application/gzip", gzipped(text), Page{MediaType: "application/gzip", Name: "a.txt.gz", Data: gzipped(text)}, ""},
		{"/a", "Content-Type: text/plain", []byte{}, Page{MediaType: "text/plain", Name: "a", Data: []byte{}}, ""},
	} {
		t.Run(c.header, func(t *testing.T) {
			address, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
				for _, line := range strings.Split(c.header, "\n") {
					name, value, _ := strings.Cut(line, ": ")
					w.Header()[name] = []string{value}
				}
				_, _ = w.Write(c.body)
			})
			want := c.want
			want.URL = address + c.path
			if c.wantURL != "" {
				want.URL = address + c.wantURL
			}
			if want.Data == nil {
				want.Data = text
			}
			got, err := Get(t.Context(), address+c.path, direct)
			if err != nil {
				t.Fatal(err)
			}
			if got.URL != want.URL || got.MediaType != want.MediaType || got.Charset != want.Charset || got.Name != want.Name || !bytes.Equal(got.Data, want.Data) {
				t.Errorf("got  %+v\nwant %+v", *got, want)
			}
		})
	}
}

// TestRefusedAnswers checks what becomes of answers that hold no article.
func TestRefusedAnswers(t *testing.T) {
	for _, c := range []struct {
		code          int
		header        string // "Name: value" lines
		body          string
		kind          error
		message, hint string
	}{
		{404, "", "gone", ErrStatus, "the server says 404 Not Found", ""},
		{401, "", "", ErrStatus, "the server says 401 Unauthorized", "login"},
		{403, "", "", ErrStatus, "the server says 403 Forbidden", "save the page in a browser"},
		{429, "", "", ErrStatus, "the server says 429 Too Many Requests", "wait a while"},
		{500, "", "", ErrStatus, "the server says 500 Internal Server Error", ""},
		{204, "", "", ErrStatus, "the server says 204 No Content", ""},
		{206, "", "part", ErrStatus, "the server says 206 Partial Content", ""},
		{300, "Location: /other", "", ErrStatus, "the server says 300 Multiple Choices", ""},
		{799, "", "", ErrStatus, "the server says 799", ""},
		{200, "Content-Type: image/png", "x", ErrType, "it is image/png, no text", ""},
		{200, "Content-Type: video/mp4", "x", ErrType, "it is video/mp4, no text", ""},
		{200, "Content-Type: text/css; charset=utf-8", "x", ErrType, "it is text/css, no text", ""},
		{200, "Content-Type: text/event-stream", "x", ErrType, "it is text/event-stream", ""},
		{200, "Content-Type: application/x-\u202esh", "x", ErrType, "it is application/x-?sh", ""},
		{200, "Content-Type: text/plain\nContent-Encoding: br", "x", ErrNetwork, `packed with "br", which was not asked for`, ""},
		{200, "Content-Type: text/plain\nContent-Encoding: gzip, gzip", "x", ErrNetwork, "which was not asked for", ""},
		{200, "Content-Type: text/plain\nContent-Encoding: gzip", "plain", ErrNetwork, "the gzip data that it sends are damaged", ""},
		{200, "Content-Type: text/plain\nContent-Encoding: gzip", "", ErrNetwork, "the gzip data that it sends are damaged", ""},
		{200, "Content-Type: text/plain\nContent-Encoding: gzip", string(gzipped([]byte("text"))[:16]), ErrNetwork, "damaged", ""},
		{200, "Content-Type: text/plain\nContent-Encoding: deflate", "\xff\xff\xff", ErrNetwork, "the deflate data that it sends are damaged", ""},
		{200, "Content-Type: text/plain", strings.Repeat("x", 2001), ErrTooLarge, "more than 2000 bytes", ""},
		{200, "Content-Type: text/plain\nContent-Encoding: gzip", string(gzipped(make([]byte, 2001))), ErrTooLarge, "more than 2000 bytes", ""},
	} {
		t.Run(c.message, func(t *testing.T) {
			address, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
				for _, line := range strings.Split(c.header, "\n") {
					if name, value, found := strings.Cut(line, ": "); found {
						w.Header().Set(name, value)
					}
				}
				w.WriteHeader(c.code)
				_, _ = io.WriteString(w, c.body)
			})
			o := direct
			o.MaxBytes = 2000
			_, err := Get(t.Context(), address+"/story", o)
			checkError(t, err, c.kind, c.message)
			var e *Error
			if errors.As(err, &e) && (e.Hint == "") != (c.hint == "") || !strings.Contains(e.Hint, c.hint) {
				t.Errorf("hint %q, want %q", e.Hint, c.hint)
			}
		})
	}
}

// TestRequest checks what servers are told, and what not.
func TestRequest(t *testing.T) {
	var header http.Header
	address, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/from" {
			w.Header().Set("Set-Cookie", "id=1")
			http.Redirect(w, r, "/story", http.StatusFound)
			return
		}
		header = r.Header
	})
	o := direct
	o.UserAgent = "argmap/1.0"
	if _, err := Get(t.Context(), address+"/from", o); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"User-Agent": "argmap/1.0", "Accept-Encoding": "gzip",
		"Referer": "", "Cookie": "", "Authorization": "",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestRedirects(t *testing.T) {
	address, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var n int
		switch r.URL.Path {
		case "/location":
			if to := r.URL.Query().Get("to"); to != "" {
				w.Header().Set("Location", to)
			}
			w.WriteHeader(http.StatusMovedPermanently)
		case "/missing":
			http.NotFound(w, r)
		case "/0":
			fmt.Fprint(w, "here")
		default:
			if _, err := fmt.Sscanf(r.URL.Path, "/%d", &n); err == nil {
				http.Redirect(w, r, fmt.Sprintf("/%d", n-1), []int{301, 302, 303, 307, 308}[n%5])
			}
		}
	})
	for _, c := range []struct {
		path, want string
		kind       error
		message    string
	}{
		{"/1", "/0", nil, ""},
		{"/10", "/0", nil, ""},
		{"/location?to=0%23end", "/0", nil, ""},
		{"/location?to=//" + strings.TrimPrefix(address, "http://") + "/0", "/0", nil, ""},

		{"/11", "", ErrRedirect, "redirects more than 10 times"},
		{"/location?to=/location%3Fto=/1%26x", "/0", nil, ""},
		{"/location", "", ErrRedirect, "redirects without saying where to"},
		{"/location?to=" + url.QueryEscape("/location?to=%2Fmissing"), "", ErrStatus, "redirected to " + address + "/missing: the server says 404"},
		{"/location?to=file:///etc/hosts", "", ErrRedirect, "redirects to what is not fetched: an address that begins with file:"},
		{"/location?to=javascript:alert(1)", "", ErrRedirect, "begins with javascript:"},
		{"/location?to=ftp://example.org/x", "", ErrRedirect, "begins with ftp:"},
		{"/location?to=data:text/plain,x", "", ErrRedirect, "begins with data:"},
		{"/location?to=http://0x7f.1/", "", ErrRedirect, "its host 0x7f.1 is neither"},
		{"/location?to=%25zz", "", ErrRedirect, "redirects to something that is no address"},
	} {
		t.Run(c.path, func(t *testing.T) {
			page, err := Get(t.Context(), address+c.path, direct)
			if c.kind != nil {
				checkError(t, err, c.kind, c.message)
			} else if err != nil || page.URL != address+c.want || string(page.Data) != "here" {
				t.Errorf("%+v, error %v", page, err)
			}
		})
	}
}

// TestCircle checks that a circle is seen the first time round.
func TestCircle(t *testing.T) {
	address, requests := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, map[string]string{"/a": "/b", "/b": "/a"}[r.URL.Path], http.StatusFound)
	})
	_, err := Get(t.Context(), address+"/a", direct)
	checkError(t, err, ErrRedirect, "redirects in a circle")
	if n := requests.Load(); n != 2 {
		t.Errorf("%d requests", n)
	}
}

// TestCredentials checks that they reach the server that they are for, and no
// other, and do not show.
func TestCredentials(t *testing.T) {
	var there []string
	other, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		there = append(there, r.Header.Get("Authorization"))
		http.NotFound(w, r)
	})
	var here []string
	address, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		here = append(here, r.Header.Get("Authorization"))
		switch r.URL.Path {
		case "/same":
			http.Redirect(w, r, "/end", http.StatusFound)
		case "/lost":
			http.Redirect(w, r, "/gone", http.StatusFound)
		case "/gone":
			http.NotFound(w, r)
		case "/other":
			http.Redirect(w, r, other+"/end", http.StatusFound)
		case "/planted":
			w.Header().Set("Location", strings.Replace(other, "http://", "http://ben:no@", 1)+"/end")
			w.WriteHeader(http.StatusFound)
		}
	})
	const basic = "Basic YW5uOnNlY3JldA=="
	with := strings.Replace(address, "http://", "http://ann:secret@", 1)
	page, err := Get(t.Context(), with+"/same", direct)
	if err != nil || page.URL != address+"/end" {
		t.Errorf("%+v, error %v", page, err)
	}
	if len(here) != 2 || here[0] != basic || here[1] != basic {
		t.Errorf("the same server got %q", here)
	}
	for path, end := range map[string]string{"/lost": address + "/gone", "/other": other + "/end", "/planted": other + "/end"} {
		_, err := Get(t.Context(), with+path, direct)
		checkError(t, err, ErrStatus, "redirected to "+end+": ")
		if strings.Contains(err.Error(), "ann") || strings.Contains(err.Error(), "ben") {
			t.Errorf("error %v", err)
		}
	}
	if len(there) != 2 || there[0] != "" || there[1] != "" {
		t.Errorf("another server got %q", there)
	}
}

// TestPrivate checks that servers of this machine are not even connected to, by
// whatever name and way, and that they are where that is allowed.
func TestPrivate(t *testing.T) {
	inner, requests := serve(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "secret") })
	_, port, _ := strings.Cut(strings.TrimPrefix(inner, "http://"), ":")
	outer, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusFound)
	})
	closed := Options{Proxy: noProxy, permit: only(outer)}
	for _, c := range []struct{ address, message string }{
		{inner, "127.0.0.1 is an address of this machine; only public addresses are fetched from"},
		{"http://localhost:" + port, " is an address of this machine"}, // a name that resolves to it
		{"http://[::ffff:127.0.0.1]:" + port, "an address of this machine"},
		{"http://0.0.0.0:" + port, "an address of this machine"},
		{"http://[::1]:" + port, "an address of this machine"},
		{"http://169.254.169.254/latest/meta-data/", "the metadata service of a cloud"},
		{"https://10.0.0.1/", "10.0.0.1 is a private address"},
		{"http://[64:ff9b::7f00:1]:" + port, "an address of this machine"},
		{outer + "/?to=" + inner, "redirected to " + inner + ": 127.0.0.1 is an address of this machine"},
		{outer + "/?to=http://localhost:" + port + "/x", "redirected to http://localhost:" + port + "/x: "},
	} {
		_, err := Get(t.Context(), c.address, closed)
		checkError(t, err, ErrPrivate, c.message)
	}
	if n := requests.Load(); n != 0 {
		t.Errorf("%d requests came through", n)
	}
	if page, err := Get(t.Context(), outer+"/?to="+inner, direct); err != nil || string(page.Data) != "secret" {
		t.Errorf("allowed: %+v, error %v", page, err)
	}
}
