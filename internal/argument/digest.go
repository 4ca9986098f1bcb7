package argument

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

const digestPrefix = "sha256:"

// Digest is the id of a document with this text, "sha256:" and the digest of its
// UTF-8: the same text has the same id wherever it came from.
func Digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return digestPrefix + hex.EncodeToString(sum[:])
}

// digestFormed reports whether an id could be a digest.
func digestFormed(id string) bool {
	digits, ok := strings.CutPrefix(id, digestPrefix)
	return ok && len(digits) == 2*sha256.Size && strings.Trim(digits, "0123456789abcdef") == ""
}
