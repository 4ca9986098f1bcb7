package serve

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"time"
)

// Interval is a good time between two looks at files: a change shows within
// twice that, and a look costs a few microseconds a file.
const Interval = 300 * time.Millisecond

// maxContent is the size up to which a file's content is compared. A larger one
// counts as changed when it is written to, whatever is written.
const maxContent = 64 << 20

// Watcher notices when files change. It looks at them by name, so that a file
// that is replaced, as most editors do, is as good as one that is written to;
// and by content, so that one that is merely touched is not taken for changed.
type Watcher struct{ files []*watched }

type watched struct {
	name    string
	seen    os.FileInfo // at the last look; nil if there was nothing
	read    os.FileInfo // when its content was last read
	content [sha256.Size]byte
}

// NewWatcher returns a watcher of files that knows them as they are now.
func NewWatcher(names []string) *Watcher {
	w := &Watcher{}
	for _, name := range names {
		info, _ := os.Stat(name)
		w.files = append(w.files, &watched{name: name, seen: info, read: info, content: content(name, info)})
	}
	return w
}

// Watch looks at the files at an interval, and calls f with the names of those
// that have changed, until ctx ends.
func (w *Watcher) Watch(ctx context.Context, interval time.Duration, f func(changed []string)) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if changed := w.look(); len(changed) > 0 && ctx.Err() == nil {
				f(changed)
			}
		}
	}
}

// look returns the names of the files that are other than they were. A file
// counts once two looks have seen it the same: until then somebody may be in
// the middle of writing it, or have moved it away to put another in its place.
func (w *Watcher) look() (changed []string) {
	for _, f := range w.files {
		info, _ := os.Stat(f.name)
		settled := same(info, f.seen)
		f.seen = info
		if !settled || same(info, f.read) {
			continue
		}
		f.read = info
		if c := content(f.name, info); c != f.content {
			f.content = c
			changed = append(changed, f.name)
		}
	}
	return changed
}

// Version is a word for what the files hold: the same again when it is.
func (w *Watcher) Version() string {
	h := sha256.New()
	for _, f := range w.files {
		h.Write(f.content[:])
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// same reports whether two looks have found the same file in the same state.
func same(a, b os.FileInfo) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return os.SameFile(a, b) && a.ModTime().Equal(b.ModTime()) && a.Size() == b.Size() && a.Mode() == b.Mode()
}

// content stands for what a file holds, or for there being nothing to read.
func content(name string, info os.FileInfo) (sum [sha256.Size]byte) {
	if info == nil {
		return sum
	}
	state := []byte(info.Mode().String() + info.ModTime().String())
	if !info.Mode().IsRegular() || info.Size() > maxContent {
		return sha256.Sum256(state)
	}
	f, err := os.Open(name)
	if err != nil {
		return sha256.Sum256(state)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return sha256.Sum256(state)
	}
	return [sha256.Size]byte(h.Sum(nil))
}
