package draw

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/argument"
	analysis "github.com/argmap/argmap/internal/engine"
	"github.com/argmap/argmap/internal/reader"
)

// articlesDir holds the articles that come with the repository.
var articlesDir = filepath.Join("..", "..", "testdata", "articles")

// articles are the maps of these articles, with their texts, as far as they were
// asked for: tests here run one by one.
var articles = map[string]*argument.Map{}

// mapCase is a map and what it is called in messages.
type mapCase struct {
	name string
	m    *argument.Map
}

// articleMaps are the maps of all articles, as argmap reads them.
func articleMaps(t testing.TB) []mapCase {
	t.Helper()
	var maps []mapCase
	for _, name := range articleNames(t) {
		maps = append(maps, mapCase{name, article(t, name)})
	}
	return maps
}

func articleNames(t testing.TB) []string {
	t.Helper()
	files, err := os.ReadDir(articlesDir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		if name := f.Name(); name != "README.md" && !strings.HasSuffix(name, ".want") {
			names = append(names, name)
		}
	}
	if len(names) < 5 {
		t.Fatalf("only %d articles found", len(names))
	}
	return names
}

func article(t testing.TB, name string) *argument.Map {
	t.Helper()
	if m := articles[name]; m != nil {
		return m
	}
	data, err := os.ReadFile(filepath.Join(articlesDir, name))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := reader.Read(context.Background(), reader.Input{Name: name, Data: data})
	if err != nil {
		t.Fatal(err)
	}
	m, err := analysis.Analyze(context.Background(), doc)
	if err != nil {
		t.Fatal(err)
	}
	m.Document.Text = doc.Text
	articles[name] = m
	return m
}
