// Package serve shows one page to the browsers of this machine, and to nobody
// else: it listens on loopback, answers two paths, and reads no file for a
// request. A page may be replaced while it is shown; who listens for events is
// then told. [Watcher] notices when there is reason to replace it.
//
// A web page from elsewhere can reach loopback through the reader's browser.
// So whatever is not asked for by the name of this host, by a browser that says
// it asks for this page, is refused (guard.go).
package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"
)

// loopback is the only address that is ever listened on.
const loopback = "127.0.0.1"

// What a request may take. The requests of a browser have about 1 KB of header.
const (
	maxHeader    = 16 << 10
	readTimeout  = 5 * time.Second
	writeTimeout = 30 * time.Second
	idleTimeout  = 2 * time.Minute
	// stopTimeout is for answers on their way when the server ends.
	stopTimeout = 300 * time.Millisecond
)

// ErrPortTaken says that another program listens on the port.
var ErrPortTaken = errors.New("port is taken")

// taken are the errors of the systems for a port that is taken; Windows has its
// own number (WSAEADDRINUSE), which package syscall does not know on others.
var taken = []error{syscall.EADDRINUSE, syscall.Errno(10048)}

// Listen begins to listen on a port of this machine, 0 for any that is free.
func Listen(port int) (net.Listener, error) {
	l, err := net.Listen("tcp4", net.JoinHostPort(loopback, strconv.Itoa(port)))
	for _, t := range taken {
		if errors.Is(err, t) {
			return nil, fmt.Errorf("%w: %w", ErrPortTaken, err)
		}
	}
	return l, err
}

// URL is the address at which a browser finds what is served on l.
func URL(l net.Listener) string { return "http://" + l.Addr().String() + "/" }

// Serve shows the page on l, which it closes, until ctx ends: that is no error.
// Answers that take long then, and event streams, are cut off.
func Serve(ctx context.Context, l net.Listener, p *Page) error {
	s := newServer(ctx, l, p)
	done := make(chan error, 1)
	go func() { done <- s.Serve(l) }()
	select {
	case err := <-done:
		return fmt.Errorf("serve %s: %w", URL(l), err)
	case <-ctx.Done():
	}
	soon, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	if s.Shutdown(soon) != nil {
		_ = s.Close()
	}
	return nil
}

func newServer(ctx context.Context, l net.Listener, p *Page) *http.Server {
	return &http.Server{
		Handler: guard(l.Addr(), p),
		// Event streams end with the context of their request, so with ctx.
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: readTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		// OPTIONS * would be answered before any guard sees it.
		DisableGeneralOptionsHandler: true,
		// It would print what a stranger sends.
		ErrorLog: log.New(io.Discard, "", 0),
	}
}
