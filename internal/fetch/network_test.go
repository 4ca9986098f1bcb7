package fetch

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"
)

// certificate is one that signs itself, for a host and a time.
func certificate(t *testing.T, host string, from, to time.Time) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "argmap test"},
		NotBefore: from, NotAfter: to, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if ip := net.ParseIP(host); ip != nil {
		c.IPAddresses = []net.IP{ip}
	} else {
		c.DNSNames = []string{host}
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}

// serveTLS answers with certificate c, in TLS up to version last.
func serveTLS(t *testing.T, c tls.Certificate, last uint16) (address string) {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "here by HTTP/%d", r.ProtoMajor)
	}))
	s.TLS = &tls.Config{Certificates: []tls.Certificate{c}, MinVersion: tls.VersionTLS10, MaxVersion: last}
	s.EnableHTTP2 = true
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

func TestCertificates(t *testing.T) {
	now := time.Now()
	day := 24 * time.Hour
	good := certificate(t, "127.0.0.1", now.Add(-day), now.Add(day))
	for _, c := range []struct {
		name    string
		cert    tls.Certificate
		last    uint16
		trusted bool
		message string // or "" for none
	}{
		{"good", good, tls.VersionTLS13, true, ""},
		{"signed by nobody", good, tls.VersionTLS13, false, "its certificate is not valid: it is signed by nobody whom this machine trusts"},
		{"for another", certificate(t, "example.org", now.Add(-day), now.Add(day)), tls.VersionTLS13, true, "its certificate is not valid: it is not for 127.0.0.1"},
		{"run out", certificate(t, "127.0.0.1", now.Add(-9*day), time.Date(2021, 3, 4, 0, 0, 0, 0, time.UTC)), tls.VersionTLS13, true, "its certificate is not valid: it ran out on 2021-03-04"},
		{"of tomorrow", certificate(t, "127.0.0.1", time.Date(2200, 3, 4, 0, 0, 0, 0, time.UTC), time.Date(2201, 3, 4, 0, 0, 0, 0, time.UTC)), tls.VersionTLS13, true, "its certificate is not valid: it begins on 2200-03-04 only"},
		{"old TLS", good, tls.VersionTLS11, true, "no secure connection came about: protocol version not supported"},
	} {
		t.Run(c.name, func(t *testing.T) {
			address := serveTLS(t, c.cert, c.last)
			o := direct
			o.roots = x509.NewCertPool()
			if c.trusted {
				o.roots.AddCert(c.cert.Leaf)
			}
			page, err := Get(t.Context(), address, o)
			if c.message != "" {
				checkError(t, err, ErrNetwork, c.message)
			} else if err != nil || string(page.Data) != "here by HTTP/2" {
				t.Errorf("%+v, error %v", page, err)
			}
		})
	}
}

// answer answers every connection with the bytes of text, and closes it.
func answer(t *testing.T, text string) (host string) {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				_, _ = c.Read(make([]byte, 4096))
				_, _ = io.WriteString(c, text)
				_ = c.(*net.TCPConn).CloseWrite()
				_, _ = io.Copy(io.Discard, c) // or the close would be a reset
			}()
		}
	}()
	return l.Addr().String()
}

// TestBadServers checks that what is wrong with an answer is said plainly.
func TestBadServers(t *testing.T) {
	free, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free.Close() // nobody listens there now
	for _, c := range []struct {
		name, address, message string
	}{
		{"nobody", "http://" + free.Addr().String(), "connection refused"},
		{"nobody", "https://" + free.Addr().String(), "connection refused"},
		{"no answer", "http://" + answer(t, ""), "the server broke the connection off"},
		{"half an answer", "http://" + answer(t, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n"), "the server broke the connection off"},
		{"half a body", "http://" + answer(t, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"), "the server broke the connection off"},
		{"half a chunk", "http://" + answer(t, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nabc"), "the server broke the connection off"},
		{"another protocol", "http://" + answer(t, "220 mail.example ESMTP\r\n"), "what answers there does not speak HTTP"},
		{"junk in the header", "http://" + answer(t, "HTTP/1.1 200 OK\r\nno colon\r\n\r\n"), "what answers there does not speak HTTP"},
		{"junk for a chunk", "http://" + answer(t, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "invalid byte in chunk length"},
		{"a header without end", "http://" + answer(t, "HTTP/1.1 200 OK\r\nX: "+strings.Repeat("x", maxHeader+8192)+"\r\n\r\n"), "server response headers exceeded"},
		{"HTTP for HTTPS", "https://" + answer(t, "HTTP/1.1 400 Bad Request\r\n\r\n"), "the server speaks HTTP there, not HTTPS"},
		{"mail for HTTPS", "https://" + answer(t, "220 mail.example ESMTP\r\n"), "what answers there does not speak HTTPS"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Get(t.Context(), c.address, direct)
			checkError(t, err, ErrNetwork, c.message)
			for _, noise := range []string{"dial tcp", "127.0.0.1", "net/http", "tls:", "EOF", "Get "} {
				if strings.Contains(err.Error(), noise) {
					t.Errorf("error %q has %q in it", err, noise)
				}
			}
		})
	}
}

// TestLookupTrouble checks what is said of names, of which there is no server
// here to ask.
func TestLookupTrouble(t *testing.T) {
	for _, c := range []struct {
		err  net.DNSError
		text string
	}{
		{net.DNSError{Name: "nosuch.example", IsNotFound: true}, "no such host: nosuch.example"},
		{net.DNSError{Name: "slow.example", IsTimeout: true}, "looking up the host slow.example took too long"},
		{net.DNSError{Name: "x.example", IsTemporary: true, Server: "192.0.2.1"}, "the host x.example cannot be looked up"},
	} {
		err := plain(&net.OpError{Op: "dial", Net: "tcp", Err: &c.err}, &url.URL{Host: c.err.Name})
		checkError(t, err, ErrNetwork, c.text)
	}
}

// proxied are options that send everything to the proxy at address.
func proxied(t *testing.T, address string) Options {
	t.Helper()
	proxy, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return Options{
		Proxy: func(*url.URL) (*url.URL, error) { return proxy, nil },
		lookup: func(_ context.Context, host string) ([]netip.Addr, error) {
			switch host {
			case "public.example":
				return []netip.Addr{netip.MustParseAddr("8.8.8.8")}, nil
			case "rebound.example":
				return []netip.Addr{netip.MustParseAddr("8.8.8.8"), netip.MustParseAddr("10.0.0.7")}, nil
			}
			return nil, errors.New("no name service here")
		},
	}
}

// TestProxy checks that a proxy may stand in a private network, and that it is
// not asked for what stands in one.
func TestProxy(t *testing.T) {
	var asked []string
	address, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Method+" "+r.RequestURI)
		switch {
		case r.Method == http.MethodConnect:
			http.Error(w, "no", http.StatusForbidden)
		case r.URL.Path == "/away":
			http.Redirect(w, r, "http://10.0.0.1/", http.StatusFound)
		default:
			fmt.Fprint(w, "by proxy")
		}
	})
	for _, c := range []struct {
		address string
		kind    error
		message string
		asked   string // what the proxy is asked, or ""
	}{
		{"http://public.example/story", nil, "", "GET http://public.example/story"},
		{"http://unknown.example/", nil, "", "GET http://unknown.example/"},
		{"http://8.8.8.8/", nil, "", "GET http://8.8.8.8/"},
		{"https://public.example/", ErrNetwork, "the proxy says 403 Forbidden", "CONNECT public.example:443"},
		{"http://public.example/away", ErrPrivate, "redirected to http://10.0.0.1/: 10.0.0.1 is a private address", "GET http://public.example/away"},

		{"http://rebound.example/", ErrPrivate, "rebound.example is at 10.0.0.7, a private address", ""},
		{"http://127.0.0.1/", ErrPrivate, "an address of this machine", ""},
		{"http://[::ffff:10.0.0.1]/", ErrPrivate, "a private address", ""},
		{"https://169.254.169.254/", ErrPrivate, "the metadata service of a cloud", ""},
		{"http://localhost/", ErrPrivate, "a name of this machine or its network", ""},
		{"http://LOCALHOST./", ErrPrivate, "a name of this machine or its network", ""},
		{"http://metadata.google.internal/", ErrPrivate, "a name of this machine or its network", ""},
		{"http://printer/", ErrPrivate, "a name of this machine or its network", ""},
	} {
		t.Run(c.address, func(t *testing.T) {
			asked = nil
			page, err := Get(t.Context(), c.address, proxied(t, address))
			if c.kind != nil {
				checkError(t, err, c.kind, c.message)
			} else if err != nil || string(page.Data) != "by proxy" {
				t.Errorf("%+v, error %v", page, err)
			}
			if got := strings.Join(asked, ", "); got != c.asked {
				t.Errorf("the proxy is asked %q, want %q", got, c.asked)
			}
		})
	}
	o := proxied(t, address)
	o.AllowPrivate = true
	if page, err := Get(t.Context(), "http://printer/", o); err != nil || string(page.Data) != "by proxy" {
		t.Errorf("allowed: %+v, error %v", page, err)
	}
	_, err := Get(t.Context(), "http://public.example/", proxied(t, "http://127.0.0.1:1"))
	checkError(t, err, ErrNetwork, "the proxy cannot be reached: connection refused")
}

// TestProxyOfEnvironment checks that the proxy comes from the environment, and
// that what is excepted from it is checked as if there were none.
func TestProxyOfEnvironment(t *testing.T) {
	address, requests := serve(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "by proxy") })
	for _, name := range []string{"http_proxy", "https_proxy", "no_proxy", "HTTPS_PROXY", "NO_PROXY", "REQUEST_METHOD"} {
		t.Setenv(name, "")
	}
	t.Setenv("HTTP_PROXY", address)
	o := proxied(t, address)
	o.Proxy = nil
	if page, err := Get(t.Context(), "http://public.example/", o); err != nil || string(page.Data) != "by proxy" {
		t.Errorf("%+v, error %v", page, err)
	}
	// The proxy itself, asked for by its own address, is a server like others.
	_, err := Get(t.Context(), address, o)
	checkError(t, err, ErrPrivate, "127.0.0.1 is an address of this machine")
	t.Setenv("NO_PROXY", "10.0.0.0/8")
	_, err = Get(t.Context(), "http://10.0.0.1/", o)
	checkError(t, err, ErrPrivate, "10.0.0.1 is a private address")
	if n := requests.Load(); n != 1 {
		t.Errorf("%d requests", n)
	}
	t.Setenv("REQUEST_METHOD", "GET")
	_, err = Get(t.Context(), "http://public.example/", o)
	checkError(t, err, ErrNetwork, "the proxy settings are wrong")
}
