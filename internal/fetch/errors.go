package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Why something was not fetched.
var (
	// ErrAddress: not the address of anything that is fetched.
	ErrAddress = errors.New("not an address on the web")
	// ErrPrivate: an address that is not public.
	ErrPrivate = errors.New("not a public address")
	// ErrRedirect: redirects without end, or to where nothing is fetched from.
	ErrRedirect = errors.New("bad redirect")
	// ErrStatus: the server has no page for us.
	ErrStatus = errors.New("no page")
	// ErrType: neither an article nor anything that may hold one.
	ErrType = errors.New("not a text")
	// ErrTooLarge: more than Options.MaxBytes.
	ErrTooLarge = errors.New("too large")
	// ErrNetwork: no answer, or one that was cut off or makes no sense.
	ErrNetwork = errors.New("network failure")
)

// Error says in one plain line why something was not fetched.
type Error struct {
	Kind error // one of the Err values
	Text string
	Hint string // what may help, or ""
	// Cause is the error of the library, or nil.
	Cause error
}

func (e *Error) Error() string { return e.Text }

// Unwrap gives the kind and the cause.
func (e *Error) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Cause}
}

func isNetwork(err error) bool { return errors.Is(err, ErrNetwork) }

// saveHint is what helps where a server talks to browsers only.
const saveHint = "save the page in a browser and give the file"

// statusHints say what may help with the codes that servers keep programs out
// with.
var statusHints = map[int]string{
	http.StatusUnauthorized:    "the page needs a login; " + saveHint,
	http.StatusPaymentRequired: "the page has to be paid for; " + saveHint,
	http.StatusForbidden:       "the server may let browsers only; " + saveHint,
	http.StatusTooManyRequests: "wait a while, or " + saveHint,
}

func statusError(code int) error {
	return &Error{Kind: ErrStatus, Text: "the server says " + status(code), Hint: statusHints[code]}
}

// status is the code with its standard name; what the server calls it is not
// for the terminal.
func status(code int) string {
	return strings.TrimSpace(strconv.Itoa(code) + " " + http.StatusText(code))
}

// redirected is err with the address that it happened at.
func redirected(u *url.URL, err error) error {
	e := asError(err, &Error{Kind: ErrNetwork, Text: err.Error(), Cause: err})
	at := *u
	at.User = nil
	return &Error{Kind: e.Kind, Text: "redirected to " + shown(at.String()) + ": " + e.Text, Hint: e.Hint, Cause: e.Cause}
}

// asError returns the Error inside err, or otherwise.
func asError(err error, otherwise *Error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return otherwise
}

// plain says in plain words what went wrong on the way to u.
func plain(err error, u *url.URL) error {
	text := trouble(err, u)
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "proxyconnect" {
		text = "the proxy cannot be reached: " + text
	}
	return asError(err, &Error{Kind: ErrNetwork, Text: text, Cause: err})
}

// trouble is the text for an error of the network.
func trouble(err error, u *url.URL) string {
	var name *net.DNSError
	if errors.As(err, &name) {
		return lookupTrouble(name)
	}
	if text := secureTrouble(err, u); text != "" {
		return text
	}
	for _, t := range troubles {
		if errors.Is(err, t.err) {
			return t.text
		}
	}
	for _, t := range spoken {
		if strings.Contains(err.Error(), t.part) {
			return t.text
		}
	}
	for { // the innermost error has the least to say of sockets
		inner := errors.Unwrap(err)
		if inner == nil {
			line, _, _ := strings.Cut(err.Error(), "\n")
			return shown(strings.TrimPrefix(strings.TrimPrefix(line, "net/"), "http: "))
		}
		err = inner
	}
}

// troubles are the errors of the system in plainer words. Windows has its own
// numbers (WSAECONNREFUSED and others), which package syscall does not know on
// others.
var troubles = []struct {
	err  error
	text string
}{
	{syscall.ECONNREFUSED, "connection refused"},
	{syscall.Errno(10061), "connection refused"},
	{syscall.ECONNRESET, "the server broke the connection off"},
	{syscall.Errno(10054), "the server broke the connection off"},
	{syscall.EPIPE, "the server broke the connection off"},
	{syscall.ENETUNREACH, "the network cannot be reached"},
	{syscall.Errno(10051), "the network cannot be reached"},
	{syscall.EHOSTUNREACH, "the host cannot be reached"},
	{syscall.Errno(10065), "the host cannot be reached"},
	{syscall.ETIMEDOUT, "the host does not answer"},
	{syscall.Errno(10060), "the host does not answer"},
	{context.DeadlineExceeded, "it took too long"},
	{io.ErrUnexpectedEOF, "the server broke the connection off"},
	{io.EOF, "the server broke the connection off"},
}

// spoken are errors that package net/http has no values for.
var spoken = []struct{ part, text string }{
	{"malformed HTTP", "what answers there does not speak HTTP"},
	{"malformed MIME", "what answers there does not speak HTTP"},
	{"stream error: ", "the server broke the connection off"},
	{"server sent GOAWAY", "the server broke the connection off"},
}

func lookupTrouble(e *net.DNSError) string {
	switch {
	case e.IsNotFound:
		return "no such host: " + shown(e.Name)
	case e.IsTimeout:
		return "looking up the host " + shown(e.Name) + " took too long"
	}
	return "the host " + shown(e.Name) + " cannot be looked up"
}

// secureTrouble is the text for an error of the encryption, or "".
func secureTrouble(err error, u *url.URL) string {
	var (
		record  tls.RecordHeaderError
		invalid *tls.CertificateVerificationError
	)
	switch {
	case errors.As(err, &record) && string(record.RecordHeader[:]) == "HTTP/":
		return "the server speaks HTTP there, not HTTPS"
	case errors.As(err, &record):
		return "what answers there does not speak HTTPS"
	case errors.As(err, &invalid):
		return "its certificate is not valid: " + certificateTrouble(invalid.Err, u)
	}
	if _, why, found := strings.Cut(err.Error(), "tls: "); found {
		return "no secure connection came about: " + shown(why)
	}
	return ""
}

// certificateTrouble says what is wrong with the certificate of u.
func certificateTrouble(err error, u *url.URL) string {
	var (
		invalid x509.CertificateInvalidError
		name    x509.HostnameError
		unknown x509.UnknownAuthorityError
	)
	const day = "2006-01-02"
	switch {
	case errors.As(err, &name):
		return "it is not for " + u.Hostname()
	case errors.As(err, &unknown):
		return "it is signed by nobody whom this machine trusts"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && invalid.Cert != nil:
		if time.Now().Before(invalid.Cert.NotBefore) {
			return fmt.Sprintf("it begins on %s only", invalid.Cert.NotBefore.UTC().Format(day))
		}
		return fmt.Sprintf("it ran out on %s", invalid.Cert.NotAfter.UTC().Format(day))
	}
	line, _, _ := strings.Cut(err.Error(), "\n")
	return shown(strings.TrimPrefix(line, "x509: "))
}
