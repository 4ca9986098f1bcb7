// Package config finds and reads the project file, .argmap.yaml: a mapping of
// settings, in which the value of a key may be a section with settings of its
// own.
//
//	jobs: 4
//	extract:
//	  format: jsonl
//	  only: [claims, recommendations]
//
// The package knows the shape of the file alone: which settings there are, and
// which values they take, is for its caller to say. Whoever can write to the
// file decides how the program runs, so a file that is found is used only where
// it belongs to the user and nobody else may write to it.
package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/argmap/argmap/internal/cachedir"
)

// Names are the names of a project file; a folder holds one of them at most.
var Names = []string{".argmap.yaml", ".argmap.yml"}

// MaxSize is the size in bytes of the largest project file that is read.
const MaxSize = 1 << 20

// File is a project file.
type File struct {
	Path    string // as it was named, or absolute if it was found
	Entries []Entry
}

// Ignored is a project file that is not safe to use.
type Ignored struct {
	Path   string // absolute
	Reason string // follows "for it": "belongs to another user"
}

// Error is what is wrong with a file. It wraps what the system reports.
type Error struct {
	Path         string
	Line, Column int // from 1; 0 where the error has no such place
	Err          error
}

func (e *Error) Error() string {
	place := e.Path
	for _, n := range []int{e.Line, e.Column} {
		if n > 0 {
			place = fmt.Sprintf("%s:%d", place, n)
		}
	}
	return place + ": " + e.Err.Error()
}

func (e *Error) Unwrap() error { return e.Err }

// errNotRegular is the error of a folder, a pipe or a device in the place of
// the file.
var errNotRegular = errors.New("is not a file")

// Find reads the project file that is nearest to dir: in dir, in the folder
// above it and so on, as far as home ("" is none) or a folder that holds .git,
// both included. It returns nil if there is none, and beside that the files
// that it passed over. Errors are of type [*Error].
func Find(dir, home string) (*File, []Ignored, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, nil, &Error{Path: dir, Err: err}
	}
	var (
		ignored []Ignored
		top, _  = os.Stat(home)
	)
	for {
		path, unsafe, err := inFolder(dir)
		ignored = append(ignored, unsafe...)
		if err != nil {
			return nil, ignored, err
		}
		if path != "" {
			f, why, err := read(path, true)
			if why == "" {
				return f, ignored, err
			}
			ignored = append(ignored, Ignored{path, why}) // the link to it is safe, it is not
		}
		parent := filepath.Dir(dir)
		if parent == dir || isTop(dir, top) {
			return nil, ignored, nil
		}
		dir = parent
	}
}

// isTop reports whether the search ends with dir. home may be nil.
func isTop(dir string, home fs.FileInfo) bool {
	if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
		return true // a folder or, in a work tree of its own, a file
	}
	info, err := os.Stat(dir)
	return err == nil && home != nil && os.SameFile(info, home)
}

// inFolder is the project file in dir or a link to it, "" if there is none, and
// those that are not safe to use.
func inFolder(dir string) (path string, ignored []Ignored, err error) {
	for _, name := range Names {
		candidate := filepath.Join(dir, name)
		entry, err := os.Lstat(candidate)
		if err != nil {
			continue // there is none, or none that anybody can see
		}
		why := danger(entry)
		switch {
		case why != "":
			ignored = append(ignored, Ignored{candidate, why})
		case path != "":
			return "", ignored, &Error{Path: candidate, Err: fmt.Errorf("%s is there too; keep one of them", filepath.Base(path))}
		default:
			path = candidate
		}
	}
	return path, ignored, nil
}

// danger says why a file or a link to one is not safe to use, or "". On Windows
// permissions are not mode bits, and nothing is checked.
func danger(info fs.FileInfo) string {
	switch {
	case runtime.GOOS == "windows":
		return ""
	case !cachedir.Owned(info):
		return "belongs to another user"
	case info.Mode()&fs.ModeSymlink == 0 && info.Mode().Perm()&0o002 != 0:
		return "may be written to by anyone"
	}
	return ""
}

// Read reads the file at path, whoever it belongs to; it need not be a regular
// one. Errors are of type [*Error].
func Read(path string) (*File, error) {
	f, _, err := read(path, false)
	return f, err
}

// read reads a file. Of one that was found it says why it is not safe to use, by
// looking at what has been opened: that is what a link leads to.
func read(path string, found bool) (f *File, why string, err error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, "", &Error{Path: path, Err: err}
	case info.IsDir() || found && !info.Mode().IsRegular():
		return nil, "", &Error{Path: path, Err: errNotRegular}
	}
	in, err := os.Open(path)
	if err != nil {
		return nil, "", &Error{Path: path, Err: err}
	}
	defer in.Close()
	if info, err = in.Stat(); err == nil && found {
		why = danger(info)
	}
	if why != "" {
		return nil, why, nil
	}
	data, err := io.ReadAll(io.LimitReader(in, MaxSize+1))
	if err != nil {
		return nil, "", &Error{Path: path, Err: err}
	}
	entries, err := Parse(data)
	var bad *Error
	if errors.As(err, &bad) {
		bad.Path = path
	}
	if err != nil {
		return nil, "", err
	}
	return &File{Path: path, Entries: entries}, "", nil
}
