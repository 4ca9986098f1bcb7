package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The devices of the standard streams. As -o they are taken by name: behind them
// may stand a regular file that the shell still writes to, which must not be
// replaced.
const (
	deviceIn  = "/dev/stdin"
	deviceOut = "/dev/stdout"
	deviceErr = "/dev/stderr"
)

// isStdout reports whether path, as given to -o, means standard output.
func isStdout(path string) bool { return path == "" || path == "-" || path == deviceOut }

// writeOutput writes data to the file that -o names, or to standard output. A
// regular file is replaced whole or not at all.
func (s *IOStreams) writeOutput(ctx context.Context, path string, data []byte) error {
	out, err := s.openOutput(ctx, path)
	if err != nil {
		return err
	}
	_, err = out.Write(data)
	return out.close(err)
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

// checkWritable asks the system whether the file may be written to. Replacing
// it would need the folder's permission only, and so undo a write protection.
func checkWritable(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return f.Close()
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

// firstOf is the error that decides the exit code: a closed pipe is none, and
// what was wrong with an input comes after what keeps the output from being
// written.
func firstOf(output, input error) error {
	if output != nil && !isClosedPipe(output) {
		return output
	}
	if input != nil {
		return input
	}
	return output
}
