// Package cachedir finds the folder in which argmap keeps compiled machine
// code from one run to the next. Whoever can write to that folder can run code
// as the user, so it is private to the user or it is not used.
//
// The package imports little, and only from the standard library, because
// package [github.com/argmap/argmap/internal/draw/tmpdir] needs it before the
// libraries that compile code are initialised.
package cachedir

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Env is the environment variable that moves the cache elsewhere.
const Env = "ARGMAP_CACHE_DIR"

// leaf is the folder inside the cache that holds machine code.
const leaf = "wasm"

// Open returns the absolute path of the private folder for compiled code,
// making it where it is missing: mode 0700, owned by the user. It is "wasm"
// below $ARGMAP_CACHE_DIR, or below "argmap" in the user's cache directory.
//
// Open fails where there is no such place or where the place is not safe: a
// symbolic link, a folder of another user, or one that others may write to.
// Nothing at an unsafe place is changed.
func Open() (string, error) {
	base, err := place()
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(base, 0o700); err != nil {
		return "", err
	}
	if err := private(base); err != nil {
		return "", err
	}
	dir := filepath.Join(base, leaf)
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", err
	}
	if err := private(dir); err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o700)
}

// place is the folder of everything that argmap caches.
func place() (string, error) {
	if dir := os.Getenv(Env); dir != "" {
		return filepath.Abs(dir)
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "argmap"), nil
}

// private returns an error unless dir is a real folder that belongs to the user
// and that nobody else may write to. On Windows only its being a folder is
// checked: there permissions are not mode bits, and the user's cache directory
// is closed to others.
func private(dir string) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	bad := func(why string) error {
		return &fs.PathError{Op: "use cache", Path: dir, Err: errors.New(why)}
	}
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		return bad("is a symbolic link")
	case !info.IsDir():
		return bad("is not a folder")
	case runtime.GOOS == "windows":
		return nil
	case info.Mode().Perm()&0o022 != 0:
		return bad("others may write to it")
	case !Owned(info):
		return bad("belongs to another user")
	}
	return nil
}
