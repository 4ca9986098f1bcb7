package pdf

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

func TestZZDump(t *testing.T) {
	for _, f := range strings.Fields(os.Getenv("PDFS")) {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		t0 := time.Now()
		x, err := Read(context.Background(), data)
		d := time.Since(t0)
		if err != nil {
			fmt.Printf("== %s: %v (%v)\n", f, err, d)
			continue
		}
		fmt.Printf("== %s: %q pages %d blocks %d %v\n", f, x.Title, x.Pages, len(x.Blocks), d)
		if os.Getenv("QUIET") != "" {
			continue
		}
		for _, b := range x.Blocks {
			pages := ""
			for _, p := range b.Pages {
				pages += fmt.Sprintf(" %d@%d", p.Page, p.Offset)
			}
			text := b.Text
			if os.Getenv("SHORT") != "" && len(text) > 160 {
				text = text[:90] + " ~~~ " + text[len(text)-60:]
			}
			fmt.Printf("[%s %d%s] %s\n", b.Kind, b.Level, pages, text)
		}
	}
}

func TestZZLines(t *testing.T) {
	for _, f := range strings.Fields(os.Getenv("LINES")) {
		data, _ := os.ReadFile(f)
		e, err := start(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		doc, err := e.open(data)
		if err != nil {
			t.Fatal(err)
		}
		var pages []*page
		for i := range doc.pages {
			p, _ := doc.page(i)
			pages = append(pages, p)
		}
		e.close()
		dropArtifacts(pages)
		body := bodySize(pages)
		parts := make([][]*line, len(pages))
		for i, p := range pages {
			dropLineNumbers(p)
			parts[i] = dropCaps(fragments(p), p.words)
		}
		stripFurniture(pages, parts, body)
		regions, _, _ := cutPages(context.Background(), pages, parts, body)
		s := measure(body, regions)
		fmt.Printf("STYLE body %.2f indents %v scanned %v lead %v cols %v\n", s.body, s.indents, s.scanned, s.leadings, s.columns)
		for i, r := range regions {
			fmt.Printf("REGION %d p%d kind %d apart %v %.1f-%.1f edges %v beside %v\n", i, r.page, r.kind, r.apart, r.x0, r.x1, s.edges(&r), r.beside)
			for _, l := range r.lines {
				fmt.Printf("   x %.1f-%.1f y %.1f size %.2f b %v i %v: %.70s\n", l.x0, l.x1, l.y, l.size, l.bold, l.italic, l.text())
			}
		}
	}
}
