// Package pdf reads the text of a PDF as it is meant to be read.
//
// A PDF says which character stands where, in which size and font, and little
// else: no words, no lines, no paragraphs, nothing of what belongs together.
// pdfium (as WebAssembly, see engine) gives the characters; this package makes
// the rest of where they stand, in steps that each have a file:
//
//	extract.go    characters, rules, frames and pictures of a page, turned upright
//	word.go       characters to words; what is drawn twice, turned or off the page goes
//	line.go       words to parts of lines, and those of a row to lines
//	dropcap.go    a large initial goes back before its word
//	furniture.go  running heads, feet, page and line numbers go: by what they do on other pages
//	columns.go    a page to regions in reading order, along empty strips between columns
//	frame.go      what stands in the way of the text is set apart from it
//	table.go      strips between cells are no columns
//	style.go      the body's size, leading, edges and indents, measured over the file
//	notes.go      small type at the foot of a column becomes notes; their marks leave the text
//	list.go       bullets, and numbers that count from one, leave their items
//	para.go       lines to paragraphs: by space, type, indents and lines that end early
//	classify.go   headings, title, captions, quotations
//	join.go       the halves of a paragraph, over columns, pages and what stands between
//	compose.go    lines to text; a hyphen at a line's end stays or goes by the evidence of the file
//
// Every measure is relative, to the size of the type or to what is usual in the
// file. Reading order is that of a person: down a column, then the next; what
// spans columns parts what is above it from what is below; frames and quotations
// pulled out of the text come after the paragraph that they interrupt, notes
// after the column that they stand under.
//
// Structure tags, where a file has any, are not used but for one: what is tagged
// as no part of the text is left out.
//
// Pages that are pictures with unseen text under them, as scanners' programs make
// them, are read like others; pages that are only pictures are not.
package pdf

import (
	"context"
	"errors"
	"strings"

	"github.com/argmap/argmap/internal/signs"
)

// Text is what a PDF says.
type Text struct {
	// Title is that of the document information, or "" where there is none that
	// a person wrote.
	Title  string
	Pages  int
	Blocks []Block
}

// Kind is what a block is to its reader.
type Kind uint8

// The kinds of block.
const (
	Paragraph Kind = iota
	Title
	Heading
	Item      // of a list, without its mark
	Quotation // set in from the text
	Note      // a footnote, without its mark
	Caption   // of a picture or table, or writing in a picture
	Table     // a row a line, cells parted by " | "; or a table of contents
	Pull      // a quotation pulled out of the text, in larger type
)

var kindNames = [...]string{"paragraph", "title", "heading", "item", "quotation", "note", "caption", "table", "pull"}

// String names the kind, for tests and messages.
func (k Kind) String() string { return kindNames[k] }

// Block is a part of the text that stands by itself.
type Block struct {
	Kind Kind
	// Level is the depth of a heading (1 is the highest) or an item (1 is the
	// outermost), and 0 elsewhere.
	Level int
	// Text is one line, except for tables. It is never blank.
	Text string
	// Pages says where in Text each page begins, the first at 0.
	Pages []PageAt
}

// PageAt is the place where a page begins.
type PageAt struct {
	Offset int // in bytes
	Page   int // from 1
}

// Read returns the text of the PDF in data. Errors wrap one of the Err values of
// this package or the error of ctx.
func Read(ctx context.Context, data []byte) (*Text, error) {
	limited, cancel := context.WithTimeout(ctx, MaxTime)
	defer cancel()
	t, err := read(limited, data)
	if err != nil && errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return nil, ErrTooSlow
	}
	return t, err
}

// read does the work of Read.
func read(ctx context.Context, data []byte) (*Text, error) {
	if len(data) == 0 {
		return nil, ErrDamaged
	}
	e, err := start(ctx)
	if err != nil {
		return nil, err
	}
	defer e.close()
	f, err := e.open(data)
	if err != nil {
		return nil, err
	}
	pages := make([]*page, 0, f.pages)
	for i := range f.pages {
		p, err := f.page(i)
		if err != nil {
			return nil, err
		}
		pages = append(pages, p)
	}
	title := sensibleTitle(f.info("Title"))
	blocks, err := understand(ctx, pages)
	switch {
	case err != nil:
		return nil, err
	case len(blocks) == 0:
		return nil, ErrNoText
	}
	return &Text{Title: title, Pages: len(pages), Blocks: blocks}, nil
}

// understand makes blocks of what stands on the pages. Its error is that of ctx.
func understand(ctx context.Context, pages []*page) ([]Block, error) {
	dropArtifacts(pages)
	body := bodySize(pages)
	parts := make([][]*line, len(pages))
	for i, p := range pages {
		dropLineNumbers(p)
		parts[i] = dropCaps(fragments(p), p.words)
	}
	stripFurniture(pages, parts, body)
	regions, starts, err := cutPages(ctx, pages, parts, body)
	if err != nil {
		return nil, err
	}
	s := measure(body, regions)
	return finish(s.blocks(pages, regions, starts)), nil
}

// dropArtifacts leaves out what the file itself says is no part of the text, if
// it says so of a part only.
func dropArtifacts(pages []*page) {
	artifact, all := 0, 0
	for _, p := range pages {
		for i := range p.words {
			all += p.words[i].chars
			if p.words[i].artifact {
				artifact += p.words[i].chars
			}
		}
	}
	if artifact == 0 || 3*artifact > all {
		return
	}
	for _, p := range pages {
		kept := p.words[:0]
		for _, w := range p.words {
			if !w.artifact {
				kept = append(kept, w)
			}
		}
		p.words = kept
	}
}

// cutPages cuts the pages into regions. starts are the indices at which those of
// each page begin, and one more for the end.
func cutPages(ctx context.Context, pages []*page, parts [][]*line, body float64) (regions []region, starts []int, err error) {
	first := layout{body: body}
	for i, p := range pages {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		first.regionsOf(p, parts[i])
	}
	second := layout{body: body, known: first.found}
	for i, p := range pages {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		starts = append(starts, len(regions))
		regions = append(regions, second.regionsOf(p, parts[i])...)
	}
	return regions, append(starts, len(regions)), nil
}

// blocks makes paragraphs, items and notes of the regions.
func (s *style) blocks(pages []*page, regions []region, starts []int) []*block {
	pictures := make(map[int][]rect)
	notes := make([]map[int][]*block, len(pages))
	unfinished := false
	marks := make([]map[string]bool, len(pages))
	for i, p := range pages {
		pictures[p.number] = p.pictures
		onPage := regions[starts[i]:starts[i+1]]
		notes[i] = s.partNotes(onPage, p.rules, unfinished)
		marks[i] = make(map[string]bool)
		unfinished = false
		for k := range onPage {
			for _, n := range notes[i][k] {
				marks[i][n.mark.text] = true
				unfinished = !ended(n.last().text())
			}
		}
	}
	items := s.listMarks(regions)
	var out []*block
	for i := range pages {
		for k := starts[i]; k < starts[i+1]; k++ {
			r := &regions[k]
			for _, l := range r.lines {
				dropMarks(l, marks[i])
			}
			r.lines = withWords(r.lines)
			r.beside = append(r.beside, r.obstacles(pages[i].pictures)...)
			if len(r.lines) > 0 {
				for _, b := range s.paragraphs(r, items) {
					b.region = k
					out = append(out, b)
				}
			}
			for _, n := range notes[i][k-starts[i]] {
				n.region = k
				out = append(out, n)
			}
		}
	}
	s.classify(out, pictures)
	out = s.joinBlocks(out)
	levels(out, s.body)
	return out
}

// obstacles are the pictures that lines of the region may run around. One as wide
// as the region is none: the text stands on it, or above or below it.
func (r *region) obstacles(pictures []rect) []rect {
	var out []rect
	for _, p := range pictures {
		if p.x0 > r.x0 || p.x1 < r.x1 {
			out = append(out, p)
		}
	}
	return out
}

// withWords are the lines that have any words left.
func withWords(lines []*line) []*line {
	kept := lines[:0]
	for _, l := range lines {
		if len(l.words) > 0 {
			kept = append(kept, l)
		}
	}
	return kept
}

// finish writes the blocks.
func finish(blocks []*block) []Block {
	v := &vocabulary{counts: make(map[string]int), stems: make(map[string]int)}
	for _, b := range blocks {
		for _, l := range b.lines {
			if len(l.words) > 0 {
				v.learn(l)
			}
		}
	}
	w := writer{vocabulary: v}
	var out []Block
	readable := false
	for _, b := range blocks {
		text, at := w.block(b)
		if strings.TrimSpace(text) == "" {
			continue
		}
		readable = readable || signs.Readable(text)
		if b.kind == Heading && b.mark.text != "" {
			text = b.mark.text + " " + text
		}
		level := 0
		if b.kind == Heading || b.kind == Item {
			level = b.level
		}
		out = append(out, Block{Kind: b.kind, Level: level, Text: text, Pages: at})
	}
	if !readable {
		return nil
	}
	return out
}
