package reader

import (
	"embed"
	"strings"
	"sync"

	"github.com/argmap/argmap/internal/signs"
)

//go:embed words/*.txt
var wordFiles embed.FS

// loadWords reads all lists once, the first time that one is needed.
var loadWords = sync.OnceValue(func() map[string]*signs.List {
	files, err := wordFiles.ReadDir("words")
	if err != nil {
		panic(err) // they are part of the program
	}
	lists := make(map[string]*signs.List)
	for _, f := range files {
		data, err := wordFiles.ReadFile("words/" + f.Name())
		if err != nil {
			panic(err)
		}
		lists[strings.TrimSuffix(f.Name(), ".txt")] = signs.ParseList(string(data))
	}
	return lists
})

// wordlist returns the list words/NAME.txt.
func wordlist(name string) *signs.List { return loadWords()[name] }
