package cli

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// pageServer serves articles the way servers do.
func pageServer(t *testing.T) *httptest.Server {
	t.Helper()
	const claim = "The pool must stay open, because it is the only one."
	mux := http.NewServeMux()
	serve := func(path, mediaType, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", mediaType)
			fmt.Fprint(w, body)
		})
	}
	serve("/page", "text/html; charset=utf-8", "<html><title>Pools</title><body><p>"+claim+"</p></body></html>")
	serve("/latin.txt", "text/plain; charset=iso-8859-2", "Pan Ko\xb3odziej says that pools must stay open.")
	serve("/notes.md", "text/plain", "# Pools\n\n"+claim+"\n")
	serve("/all.jsonl", "application/octet-stream", `{"id":"a","text":"`+claim+`"}`+"\n"+`{"id":"b","text":"Pools cost much."}`)
	serve("/photo", "image/png", "\x89PNG\r\n\x1a\n")
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/page", http.StatusFound) })
	mux.HandleFunc("/packed.txt.gz", func(w http.ResponseWriter, _ *http.Request) {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		fmt.Fprint(z, claim)
		_ = z.Close()
		w.Header().Set("Content-Type", "application/gzip")
		_, _ = w.Write(b.Bytes())
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func TestAddresses(t *testing.T) {
	s := pageServer(t)
	for _, c := range []struct {
		path, want string
		lines      int
	}{
		{"/page", `"title":"Pools","media_type":"text/html"`, 1},
		{"/moved", `"media_type":"text/html"`, 1},
		{"/latin.txt", `Kołodziej`, 1},
		{"/notes.md", `"media_type":"text/markdown"`, 1},
		{"/all.jsonl", `"record_id":"b"`, 2},
		{"/packed.txt.gz", `"text":"The pool must stay open"`, 1},
	} {
		streams, _, out, errOut := TestStreams()
		code := Main(t.Context(), []string{"extract", "--allow-private", "--format", "jsonl", s.URL + c.path}, streams)
		if code != ExitDone || errOut.Len() > 0 {
			t.Errorf("%s: exit code %d, stderr %q", c.path, code, errOut)
		}
		if got := out.String(); !strings.Contains(got, c.want) || strings.Count(got, "\n") != c.lines || !strings.Contains(got, s.URL+c.path) {
			t.Errorf("%s: got\n%swant %s", c.path, got, c.want)
		}
	}
}

// TestPasswords checks that what lets one in at an address stands nowhere else.
func TestPasswords(t *testing.T) {
	s := pageServer(t)
	for _, path := range []string{"/page", "/all.jsonl"} {
		streams, _, out, errOut := TestStreams()
		address := strings.Replace(s.URL, "//", "//ann:secret@", 1) + path
		code := Main(t.Context(), []string{"extract", "--allow-private", "-v", "--format", "jsonl", address}, streams)
		if all := out.String() + errOut.String(); code != ExitDone || strings.Contains(all, "secret") || strings.Contains(all, "found at") || !strings.Contains(all, s.URL+path) {
			t.Errorf("exit code %d, stdout %s, stderr %s", code, out, errOut)
		}
	}
	for name, want := range map[string]string{
		"https://ann:secret@example.org/a?b#c": "https://example.org/a?b#c",
		"https://example.org/a%20b":            "https://example.org/a%20b",
		"ann:secret@a.txt":                     "ann:secret@a.txt",
		"https://ann:s%zz@example.org/a":       "https://example.org/a", // no address, but it may be named
	} {
		if got := withoutPassword(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestAddressesRefused(t *testing.T) {
	s := pageServer(t)
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"extract", s.URL + "/page"}, ExitInput, "hint: --allow-private fetches from there, too\n"},
		{[]string{"extract", "--allow-private", s.URL + "/gone"}, ExitInput, "the server says 404 Not Found\n"},
		{[]string{"extract", "--allow-private", s.URL + "/photo"}, ExitInput, "image/png"},
		{[]string{"extract", "file:///etc/hosts"}, ExitInput, "argmap: file:///etc/hosts: "},
		{[]string{"extract", "ftp://example.org/a.txt"}, ExitInput, "argmap: ftp://example.org/a.txt: "},
		{[]string{"convert", s.URL + "/page"}, ExitInput, "hint: --allow-private fetches from there, too\n"},
		{[]string{"convert", "--allow-private", s.URL + "/page"}, ExitInput, "in no format that convert reads"},
		{[]string{"eval", "--allow-private", s.URL + "/gone"}, ExitInput, "argmap: " + s.URL + "/gone: the server says 404 Not Found\n"},
		{[]string{"extract", "--allow-private", strings.Replace(s.URL, "//", "//ann:secret@", 1) + "/gone"}, ExitInput, "argmap: " + s.URL + "/gone: the server"},
		{[]string{"view", "--watch", "https://example.org/a"}, ExitUsage, "--watch: https://example.org/a is no file\n"},
	} {
		streams, _, out, errOut := TestStreams()
		code := Main(t.Context(), c.args, streams)
		if code != c.code || out.Len() > 0 || !strings.Contains(errOut.String(), c.want) {
			t.Errorf("%v: exit code %d, stdout %q, stderr %q", c.args, code, out, errOut)
		}
	}
}
