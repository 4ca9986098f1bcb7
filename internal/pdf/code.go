package pdf

import (
	"os"
	"path/filepath"
	"sync"

	"github.com/tetratelabs/wazero"

	"github.com/argmap/argmap/internal/cachedir"
)

// code keeps pdfium's machine code for the life of the program and, where there
// is a private folder for it, from one run to the next: compiling takes seconds,
// fetching it from the folder a few hundredths of one.
var code codeStore

// codeStore is a cache that is opened when it is first needed.
type codeStore struct {
	sync.Mutex
	cache wazero.CompilationCache
	dir   string // "" where the code is not kept
}

// get returns the cache.
func (s *codeStore) get() wazero.CompilationCache {
	s.Lock()
	defer s.Unlock()
	if s.cache == nil {
		s.open()
	}
	return s.cache
}

// open opens the cache in its folder, or one that is forgotten.
func (s *codeStore) open() {
	if dir, err := cachedir.Open(); err == nil {
		dir = filepath.Join(dir, "pdfium")
		if cache, err := wazero.NewCompilationCacheWithDir(dir); err == nil {
			s.cache, s.dir = cache, dir
			return
		}
	}
	s.cache, s.dir = wazero.NewCompilationCache(), ""
}

// renew throws away what the folder holds, which a full disk may have cut short,
// and reports whether there is a new cache to try: old is the one that failed.
func (s *codeStore) renew(old wazero.CompilationCache) bool {
	s.Lock()
	defer s.Unlock()
	if s.cache != old {
		return true // another file's reader did
	}
	if s.dir == "" {
		return false
	}
	if os.RemoveAll(s.dir) != nil {
		s.cache, s.dir = wazero.NewCompilationCache(), ""
		return true
	}
	s.open()
	return true
}
