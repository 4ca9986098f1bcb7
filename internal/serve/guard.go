package serve

import (
	"fmt"
	"net"
	"net/http"
	"strings"
)

// header is what every answer says, refusals too: that it belongs in no frame
// and to no other page, is what it says it is, and is kept nowhere. What the
// page itself may do stands in the page.
var header = map[string]string{
	"Cache-Control":                "no-store",
	"Content-Security-Policy":      "frame-ancestors 'none'",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Referrer-Policy":              "no-referrer",
	"X-Content-Type-Options":       "nosniff",
}

// guard answers for p at addr, and refuses whatever else is asked for.
func guard(addr net.Addr, p *Page) http.Handler {
	hosts := hostsOf(addr)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range header {
			w.Header().Set(name, value)
		}
		switch {
		case !hosts[strings.ToLower(r.Host)]:
			// A name that somebody else has pointed at this machine (DNS rebinding).
			refuse(w, http.StatusMisdirectedRequest)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			refuse(w, http.StatusMethodNotAllowed)
		case r.URL.Path == "/":
			p.serve(w, r)
		case r.URL.Path == "/favicon.ico":
			w.WriteHeader(http.StatusNoContent)
		case r.URL.Path != eventsPath:
			refuse(w, http.StatusNotFound)
		case !ofThisPage(r, hosts):
			refuse(w, http.StatusForbidden)
		default:
			p.serveEvents(w, r)
		}
	})
}

func refuse(w http.ResponseWriter, code int) {
	http.Error(w, fmt.Sprintf("%d %s", code, strings.ToLower(http.StatusText(code))), code)
}

// hostsOf are the hosts that a request for addr may name, in lower case.
func hostsOf(addr net.Addr) map[string]bool {
	_, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return nil
	}
	hosts := map[string]bool{}
	for _, name := range []string{loopback, "localhost"} {
		hosts[net.JoinHostPort(name, port)] = true
		if port == "80" { // which browsers leave out
			hosts[name] = true
		}
	}
	return hosts
}

// ofThisPage reports whether a request comes from a page of ours, or from no
// page at all. Browsers say so in either of two headers; other programs, which
// no stranger's page can make ask, in none. That a request is "same-site" is
// not enough: every port of this host is of the same site.
func ofThisPage(r *http.Request, hosts map[string]bool) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
	default:
		return false
	}
	origin := r.Header.Get("Origin")
	host, ok := strings.CutPrefix(strings.ToLower(origin), "http://")
	return origin == "" || ok && hosts[host]
}
