//go:build unix

package cachedir

import (
	"io/fs"
	"os"
	"syscall"
)

// Owned reports whether the file belongs to the user who runs the program.
func Owned(info fs.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(st.Uid) == os.Geteuid()
}
