package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Names of -o that mean the standard streams. The devices are taken by name:
// behind them may stand a regular file that the shell still writes to, which
// must not be replaced.
const (
	deviceOut = "/dev/stdout"
	deviceErr = "/dev/stderr"
)

// isStdout reports whether path, as given to -o, means standard output.
func isStdout(path string) bool { return path == "" || path == "-" || path == deviceOut }

// writeOutput writes data to the file that -o names, or to standard output. A
// regular file is replaced whole or not at all.
func (s *IOStreams) writeOutput(ctx context.Context, path string, data []byte) error {
	err := s.write(ctx, path, data)
	switch {
	case err == nil || isClosedPipe(err) || errors.Is(err, context.Canceled):
		return err
	case isStdout(path):
		return &fileError{name: "standard output", cause: err}
	}
	return &fileError{name: path, cause: err}
}

func (s *IOStreams) write(ctx context.Context, path string, data []byte) error {
	switch {
	case isStdout(path):
		return writeStream(ctx, s.Out, data)
	case path == deviceErr:
		return writeStream(ctx, s.Err, data)
	}
	return writeFile(ctx, path, data)
}

// writeStream writes to a stream, whose reader may keep us waiting for ever.
func writeStream(ctx context.Context, w io.Writer, data []byte) error {
	_, err := await(ctx, func() (int, error) { return w.Write(data) })
	return err
}

// checkOutput finds, before any work is done, what would keep path from being
// written: its folder is missing, it is a folder itself, or it is also an input.
func checkOutput(path string, inputs []string) error {
	if isStdout(path) || path == deviceErr {
		return nil
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return &fileError{name: path, cause: errors.New("is a directory"),
			hint: "name a file in it, for example " + filepath.Join(path, "out.json")}
	case err == nil && info.Mode().IsRegular():
		return checkNotInput(path, info, inputs)
	case err == nil:
		return nil
	}
	folder := filepath.Dir(path)
	if info, err := os.Stat(folder); err != nil {
		return &fileError{name: path, cause: fmt.Errorf("no folder %s to write it to", printable(folder))}
	} else if !info.IsDir() {
		return &fileError{name: path, cause: fmt.Errorf("%s is not a folder", printable(folder))}
	}
	return nil
}

// checkNotInput refuses to overwrite an article with its own map.
func checkNotInput(path string, output os.FileInfo, inputs []string) error {
	for _, name := range inputs {
		if in, err := os.Stat(name); err == nil && name != "-" && os.SameFile(in, output) {
			return usagef("%s is both input and output", printable(path))
		}
	}
	return nil
}

// writeFile writes data to path. Links are followed, not replaced. Devices and
// pipes are written to; a regular file is replaced by a complete new one with
// the same permissions, so that no reader and no crash sees half of it.
func writeFile(ctx context.Context, path string, data []byte) error {
	target, err := followLinks(path)
	if err != nil {
		return err
	}
	info, err := os.Stat(target)
	switch {
	case err == nil && (!info.Mode().IsRegular() || isDescriptor(target)):
		return writeDirectly(ctx, target, data)
	case err == nil:
		if err := checkWritable(target); err != nil {
			return err
		}
		return replaceFile(ctx, target, data, info.Mode().Perm())
	case errors.Is(err, fs.ErrNotExist):
		return replaceFile(ctx, target, data, 0)
	}
	return err
}

// followLinks returns the file that path leads to, which need not exist. A
// descriptor of this process is an end in itself.
func followLinks(path string) (string, error) {
	for range 40 { // as deep as Linux follows
		info, err := os.Lstat(path)
		if err != nil || info.Mode()&fs.ModeSymlink == 0 || isDescriptor(path) {
			return path, nil
		}
		next, err := os.Readlink(path)
		if err != nil {
			return "", err
		}
		if !filepath.IsAbs(next) {
			next = filepath.Join(filepath.Dir(path), next)
		}
		path = next
	}
	return "", errors.New("too many levels of symbolic links")
}

// isDescriptor reports whether path names an open file of a process, as
// /dev/fd/3 and /proc/self/fd/3 do.
func isDescriptor(path string) bool {
	folder := filepath.ToSlash(filepath.Dir(path))
	return folder == "/dev/fd" || strings.HasPrefix(folder, "/proc/") && strings.HasSuffix(folder, "/fd")
}

// writeDirectly writes to a device or pipe. Opening a pipe waits for its reader.
func writeDirectly(ctx context.Context, path string, data []byte) error {
	_, err := await(ctx, func() (int, error) {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return 0, err
		}
		n, err := f.Write(data)
		return n, errors.Join(err, f.Close())
	})
	return err
}

// checkWritable asks the system whether the file may be written to. Replacing
// it would need the folder's permission only, and so undo a write protection.
func checkWritable(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return f.Close()
}

// replaceFile writes data beside path and moves it there. With mode 0 the
// system's default for new files (0666 less the umask) holds. It is never left
// half way: when ctx ends the new file is removed.
func replaceFile(ctx context.Context, path string, data []byte, mode fs.FileMode) (err error) {
	f, err := createBeside(path)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	if mode != 0 {
		err = f.Chmod(mode)
	}
	if err == nil {
		_, err = f.Write(data)
	}
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = context.Cause(ctx)
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// createBeside creates a new file in the folder of path. Its name says whose it
// is, should the machine go down before it is moved.
func createBeside(path string) (*os.File, error) {
	for try := 0; ; try++ {
		name := filepath.Join(filepath.Dir(path), fmt.Sprintf(".argmap-%d-%d.tmp", os.Getpid(), try))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if err == nil || !errors.Is(err, fs.ErrExist) || try == 100 {
			return f, err
		}
	}
}
