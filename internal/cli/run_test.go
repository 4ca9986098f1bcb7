//go:build unix

package cli

import (
	"context"
	"errors"
	"os"
	"syscall"
	"testing"
	"time"
)

// TestWithSignals checks that a signal ends the context and says which it was.
func TestWithSignals(t *testing.T) {
	for sig, code := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143} {
		ctx, stop := WithSignals(t.Context())
		if err := syscall.Kill(os.Getpid(), sig); err != nil {
			t.Fatal(err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(5 * time.Second):
			t.Fatalf("%v did not end the context", sig)
		}
		err := context.Cause(ctx)
		if !errors.Is(err, context.Canceled) || interruptCode(err) != code {
			t.Errorf("%v: cause %v, exit code %d, want %d", sig, err, interruptCode(err), code)
		}
		stop()
	}
}

// TestAwait checks that the end of the context outruns what is waited for.
func TestAwait(t *testing.T) {
	if got, err := await(t.Context(), func() (int, error) { return 7, nil }); got != 7 || err != nil {
		t.Errorf("%d, %v", got, err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	forever := make(chan struct{})
	defer close(forever)
	cause := &signalError{syscall.SIGINT}
	time.AfterFunc(10*time.Millisecond, func() { cancel(cause) })
	if _, err := await(ctx, func() (int, error) { <-forever; return 7, nil }); !errors.Is(err, cause) {
		t.Errorf("error %v, want the cause", err)
	}
}
