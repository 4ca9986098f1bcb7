package fetch

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"golang.org/x/net/http/httpproxy"
)

// maxHeader is how large the header of an answer may be, in bytes.
const maxHeader = 256 << 10

// maxLookup is how long is waited for the addresses of a host that a proxy will
// look up itself. Behind some proxies there is no name service at all.
const maxLookup = 3 * time.Second

// transport returns a way to u and to nowhere else: straight, to public
// addresses, or by the proxy for u, if its host may be fetched from.
func (o Options) transport(ctx context.Context, u *url.URL) (*http.Transport, error) {
	proxy, err := o.proxyFor(u)
	if err != nil {
		return nil, &Error{Kind: ErrNetwork, Text: "the proxy settings are wrong: " + shown(err.Error()), Cause: err}
	}
	dialer := &net.Dialer{}
	t := &http.Transport{
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		TLSClientConfig:        &tls.Config{RootCAs: o.roots, MinVersion: tls.VersionTLS12},
		DisableCompression:     true, // undone in receive, where the sizes are counted
		MaxResponseHeaderBytes: maxHeader,
	}
	switch {
	case proxy != nil:
		t.Proxy = http.ProxyURL(proxy)
		t.OnProxyConnectResponse = tunnelled
		if !o.AllowPrivate {
			err = o.checkHost(ctx, u.Hostname())
		}
	case !o.AllowPrivate:
		dialer.Control = o.dialPublic
	}
	return t, err
}

func (o Options) proxyFor(u *url.URL) (*url.URL, error) {
	if o.Proxy != nil {
		return o.Proxy(u)
	}
	return httpproxy.FromEnvironment().ProxyFunc()(u)
}

// tunnelled is told what a proxy answers when it is asked for a connection.
func tunnelled(_ context.Context, _ *url.URL, _ *http.Request, res *http.Response) error {
	if res.StatusCode == http.StatusOK {
		return nil
	}
	return &Error{Kind: ErrNetwork, Text: "the proxy says " + status(res.StatusCode)}
}

// checkHost refuses a host that is not public as far as can be told from here,
// where a proxy will look it up.
func (o Options) checkHost(ctx context.Context, host string) error {
	if a, err := netip.ParseAddr(host); err == nil {
		if what := nonPublic(a); what != "" {
			return refuse(host, what)
		}
		return nil
	}
	if isInnerName(host) {
		return refuse(host, "a name of this machine or its network")
	}
	lookup := o.lookup
	if lookup == nil {
		lookup = func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		}
	}
	ctx, cancel := context.WithTimeout(ctx, maxLookup)
	defer cancel()
	addresses, _ := lookup(ctx, host) // what we cannot find the proxy may
	for _, a := range addresses {
		if what := nonPublic(a); what != "" {
			return refuse(host, "at "+a.String()+", "+what)
		}
	}
	return nil
}
