package cli

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/argmap/argmap/internal/packed"
)

// sink is an open output. What is written to a stream, a device or a pipe is
// there at once. A regular file appears whole when the sink is closed, or not at
// all, so that no reader and no crash sees half of it: until then what is written
// stands in a file beside it.
type sink struct {
	ctx    context.Context
	path   string         // as given to -o
	w      io.Writer      // where Write writes to
	packer io.WriteCloser // nil if the path promises no packing
	file   *os.File       // nil for a stream
	target string         // what file is to replace; "" where it stands for itself
}

// openOutput opens the file that -o names, or standard output. A regular file
// whose name ends as those of packed files do is packed. The error, and those of the sink,
// name the file.
func (s *IOStreams) openOutput(ctx context.Context, path string) (*sink, error) {
	o := &sink{ctx: ctx, path: path}
	var err error
	switch {
	case isStdout(path):
		o.w = s.Out
	case path == deviceErr:
		o.w = s.Err
	default:
		if err = o.openFile(); err != nil {
			return nil, o.named(err)
		}
		o.w = o.file
	}
	if _, packing := packed.Base(path); packing != "" && o.target != "" {
		if o.packer, err = packed.Pack(o.w, packing); err != nil {
			return nil, o.close(err)
		}
		o.w = o.packer
	}
	return o, nil
}

// openFile opens what the path leads to. Links are followed, not replaced; a
// regular file keeps its permissions.
func (o *sink) openFile() error {
	target, err := followLinks(o.path)
	if err != nil {
		return err
	}
	info, err := os.Stat(target)
	switch {
	case err == nil && (!info.Mode().IsRegular() || isDescriptor(target)):
		// Opening a pipe waits for its reader.
		o.file, err = await(o.ctx, func() (*os.File, error) { return os.OpenFile(target, os.O_WRONLY, 0) })
		return err
	case err == nil:
		if err := checkWritable(target); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if o.file, err = createBeside(target); err != nil {
		return err
	}
	o.target = target
	if info != nil { // else the system's default for new files holds, 0666 less the umask
		if err := o.file.Chmod(info.Mode().Perm()); err != nil {
			return o.close(err)
		}
	}
	return nil
}

// Write writes to the output, whose reader may keep us waiting for ever.
func (o *sink) Write(data []byte) (int, error) {
	n, err := await(o.ctx, func() (int, error) { return o.w.Write(data) })
	return n, o.named(err)
}

// close ends the output. If failed is not nil, or something goes wrong now, or
// the context has ended, a file that was to be replaced stays as it was. It
// returns failed as it is, else what went wrong.
func (o *sink) close(failed error) error {
	var err error
	if o.packer != nil && failed == nil {
		_, err = await(o.ctx, func() (struct{}, error) { return struct{}{}, o.packer.Close() })
	}
	if o.file != nil {
		err = o.closeFile(failed == nil && err == nil, err)
	}
	if failed != nil {
		return failed
	}
	return o.named(err)
}

// closeFile closes the file and, if all went well so far, puts it in its place.
func (o *sink) closeFile(well bool, err error) error {
	if well && o.target != "" {
		err = o.file.Sync()
	}
	if closed := o.file.Close(); err == nil {
		err = closed
	}
	if o.target == "" {
		return err
	}
	if err == nil {
		err = context.Cause(o.ctx)
	}
	if well && err == nil {
		err = os.Rename(o.file.Name(), o.target)
	}
	if !well || err != nil {
		_ = os.Remove(o.file.Name())
	}
	return err
}

// named gives an error the name of the output.
func (o *sink) named(err error) error {
	var known *fileError
	switch {
	case err == nil || isClosedPipe(err) || errors.Is(err, context.Canceled) || errors.As(err, &known):
		return err
	case isStdout(o.path):
		return &fileError{name: "standard output", cause: err}
	}
	return &fileError{name: o.path, cause: err}
}
