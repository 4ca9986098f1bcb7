package reader

import (
	"embed"
	"strings"
	"sync"
)

//go:embed words/*.txt
var wordFiles embed.FS

// words is a list of words and phrases in lower case.
type words struct {
	exact map[string]bool
	// prefixes and suffixes are the entries that end and that begin with "…".
	prefixes, suffixes []string
}

// has reports whether s, in lower case, is an entry.
func (w *words) has(s string) bool { return w.exact[s] }

// matches reports whether s, in lower case, is an entry or has one of the
// beginnings or ends listed.
func (w *words) matches(s string) bool {
	if w.exact[s] {
		return true
	}
	for _, p := range w.prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	for _, p := range w.suffixes {
		if strings.HasSuffix(s, p) {
			return true
		}
	}
	return false
}

// loadWords reads all lists once, the first time that one is needed.
var loadWords = sync.OnceValue(func() map[string]*words {
	files, err := wordFiles.ReadDir("words")
	if err != nil {
		panic(err) // they are part of the program
	}
	lists := make(map[string]*words)
	for _, f := range files {
		data, err := wordFiles.ReadFile("words/" + f.Name())
		if err != nil {
			panic(err)
		}
		lists[strings.TrimSuffix(f.Name(), ".txt")] = parseWords(string(data))
	}
	return lists
})

// wordlist returns the list words/NAME.txt.
func wordlist(name string) *words { return loadWords()[name] }

// parseWords reads a list: one entry a line, "#" begins a comment, "…" stands
// for whatever else the line has.
func parseWords(data string) *words {
	w := &words{exact: make(map[string]bool)}
	for entry := range strings.Lines(data) {
		entry = strings.ToLower(strings.TrimSpace(entry))
		switch {
		case entry == "" || strings.HasPrefix(entry, "#"):
		case strings.HasSuffix(entry, "…"):
			w.prefixes = append(w.prefixes, strings.TrimSuffix(entry, "…"))
		case strings.HasPrefix(entry, "…"):
			w.suffixes = append(w.suffixes, strings.TrimPrefix(entry, "…"))
		default:
			w.exact[entry] = true
		}
	}
	return w
}
