// Package fetch gets an article from the web: one address, one answer, read
// whole into memory. It follows redirects, keeps no cookies, tells no server
// where it came from, and writes nothing to disk.
//
// An address may come from a stranger, and so may every redirect. Unless
// [Options.AllowPrivate] says otherwise, only public addresses are connected
// to: the address that a name resolved to is checked when the connection is
// made (private.go), which no name and no redirect gets round. Where a proxy
// makes the connections, the names can be checked but not what the proxy
// resolves them to (route.go). Time, size and redirects are limited.
//
// Errors are of type [*Error] and wrap one of the Err values, unless the
// context ended: then they are its cause.
package fetch

import (
	"context"
	"crypto/x509"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"time"
)

// The limits where [Options] name no others.
const (
	DefaultTimeout  = 30 * time.Second
	DefaultMaxBytes = 32 << 20
)

// maxRedirects is how many redirects are followed. Browsers give up after 20;
// what needs more than two or three is broken or a tracker.
const maxRedirects = 10

// Options say what may be fetched. The zero value is a safe choice.
type Options struct {
	// AllowPrivate lets addresses of this machine and of the networks around
	// it be fetched from.
	AllowPrivate bool
	// Timeout is for all of it, redirects included; DefaultTimeout if 0.
	Timeout time.Duration
	// MaxBytes is the size that the content, unpacked, may have;
	// DefaultMaxBytes if 0.
	MaxBytes int64
	// UserAgent is what servers are told; "argmap" if empty.
	UserAgent string
	// Proxy returns the proxy for an address, or nil for none. If it is nil,
	// the environment decides: HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in capital
	// or small letters.
	Proxy func(*url.URL) (*url.URL, error)

	// What tests replace.
	roots  *x509.CertPool                                               // nil for those of the system
	permit func(netip.AddrPort) bool                                    // an address that may be dialled although it is private
	lookup func(ctx context.Context, host string) ([]netip.Addr, error) // nil for the resolver of the system
}

// Page is what was fetched.
type Page struct {
	// URL is the address that answered, after redirects, without a fragment
	// and without credentials.
	URL string
	// MediaType is that of the content as the server says it, in lower case
	// and without parameters, or "" where it says nothing.
	MediaType string
	// Charset is the character encoding that the server names, in lower case,
	// or "".
	Charset string
	// Name is the file name that the server gives, else the last part of the
	// path; it may be "". It has neither separators nor control characters. It
	// is good for its extension, and no name to write to.
	Name string
	// Data is the content, after any packing for the way was undone.
	Data []byte
}

// Get fetches the http or https address.
func Get(ctx context.Context, address string, o Options) (*Page, error) {
	o = o.orDefaults()
	timed, cancel := context.WithTimeout(ctx, o.Timeout)
	defer cancel()
	page, err := o.follow(timed, address)
	switch {
	case err == nil:
		return page, nil
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case timed.Err() != nil && isNetwork(err):
		return nil, &Error{Kind: ErrNetwork, Text: fmt.Sprintf("took longer than %g s", o.Timeout.Seconds())}
	}
	return nil, err
}

func (o Options) orDefaults() Options {
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	if o.UserAgent == "" {
		o.UserAgent = "argmap"
	}
	return o
}

// follow asks for address, and for what it redirects to, until there is an
// answer.
func (o Options) follow(ctx context.Context, address string) (*Page, error) {
	u, err := parse(address)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for n := 0; ; n++ {
		seen[u.String()] = true
		page, next, err := o.visit(ctx, u)
		switch {
		case err != nil && n > 0:
			return nil, redirected(u, err)
		case err != nil:
			return nil, err
		case next == nil:
			return page, nil
		case seen[next.String()]:
			return nil, &Error{Kind: ErrRedirect, Text: "redirects in a circle", Hint: "the server may want cookies; " + saveHint}
		case n == maxRedirects:
			return nil, &Error{Kind: ErrRedirect, Text: fmt.Sprintf("redirects more than %d times", maxRedirects)}
		}
		u = next
	}
}

// visit asks u for its page. It returns the page, or the address that the
// server redirects to.
func (o Options) visit(ctx context.Context, u *url.URL) (page *Page, next *url.URL, err error) {
	t, err := o.transport(ctx, u)
	if err != nil {
		return nil, nil, err
	}
	defer t.CloseIdleConnections()
	res, err := t.RoundTrip(o.request(ctx, u))
	if err != nil {
		return nil, nil, plain(err, u)
	}
	defer res.Body.Close()
	switch {
	case redirects[res.StatusCode]:
		next, err = target(u, res.Header.Get("Location"))
		return nil, next, err
	case res.StatusCode != http.StatusOK:
		return nil, nil, statusError(res.StatusCode)
	}
	page, err = receive(res, o.MaxBytes, u)
	return page, nil, err
}

// request asks for u. Nothing in it comes from an earlier answer but u.
func (o Options) request(ctx context.Context, u *url.URL) *http.Request {
	r := (&http.Request{Method: http.MethodGet, URL: u, Host: u.Host, Header: http.Header{
		"User-Agent":      {o.UserAgent},
		"Accept":          {"text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.5"},
		"Accept-Encoding": {"gzip"},
	}}).WithContext(ctx)
	if u.User != nil {
		password, _ := u.User.Password()
		r.SetBasicAuth(u.User.Username(), password)
	}
	return r
}

// redirects are the codes that name another address for the same thing.
var redirects = map[int]bool{
	http.StatusMovedPermanently: true, http.StatusFound: true, http.StatusSeeOther: true,
	http.StatusTemporaryRedirect: true, http.StatusPermanentRedirect: true,
}

// target is the address that u redirects to. Credentials stay with the server
// that they were meant for, and none are taken from a server.
func target(u *url.URL, location string) (*url.URL, error) {
	if location == "" {
		return nil, &Error{Kind: ErrRedirect, Text: "redirects without saying where to"}
	}
	ref, err := url.Parse(location)
	if err != nil {
		return nil, &Error{Kind: ErrRedirect, Text: "redirects to something that is no address"}
	}
	next, err := parse(u.ResolveReference(ref).String())
	if err != nil {
		return nil, &Error{Kind: ErrRedirect, Text: "redirects to what is not fetched: " + err.Error()}
	}
	next.User = nil
	if next.Scheme == u.Scheme && next.Host == u.Host {
		next.User = u.User
	}
	return next, nil
}
