//go:build !unix

package cachedir

import "io/fs"

// Owned cannot be told from the mode bits of this system.
func Owned(fs.FileInfo) bool { return true }
