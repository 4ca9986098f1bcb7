package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/draw"
	"github.com/argmap/argmap/internal/format"
)

// drawing is a way to write a graph.
type drawing struct {
	name      string // also its flag and its extension
	help      string
	extension string
	binary    bool // not fit for a terminal
	write     func(ctx context.Context, w io.Writer, maps []*argument.Map, o draw.Options) error
}

// drawings is the table of what graph can write; the first row is the default.
var drawings = []drawing{
	{"dot", "write DOT, the language of Graphviz (default)", ".dot", false,
		func(_ context.Context, w io.Writer, maps []*argument.Map, o draw.Options) error {
			return draw.DOT(w, maps, o)
		}},
	{"svg", "draw an SVG picture", ".svg", false, draw.SVG},
	{"png", "draw a PNG picture", ".png", true, draw.PNG},
	{"pdf", "draw a PDF, to print and to search", ".pdf", true, draw.PDF},
	{"html", "write a web page, text and map in one file", ".html", false, draw.HTML},
	{"json", "write the argument map itself", ".json", false, writeJSON},
}

// moreExtensions are other extensions of the drawings.
var moreExtensions = map[string]string{".gv": "dot", ".htm": "html"}

func findDrawing(name string) drawing {
	for _, d := range drawings {
		if d.name == name {
			return d
		}
	}
	return drawings[0]
}

func drawingByExtension(path string) (drawing, bool) {
	ext := strings.ToLower(filepath.Ext(path))
	if name, ok := moreExtensions[ext]; ok {
		return findDrawing(name), true
	}
	for _, d := range drawings {
		if d.extension == ext {
			return d, true
		}
	}
	return drawing{}, false
}

// knownTheme is the theme of that name; "" is the default.
func knownTheme(name string) (string, error) {
	if name == "" {
		return "", nil
	}
	return oneOf("theme", name, draw.Themes())
}

// checkBinary refuses to write pixels to a terminal. write is the command, without
// the extension of the file, that writes them to one.
func (s *IOStreams) checkBinary(drawing, output, write string) error {
	if findDrawing(drawing).binary && isStdout(output) && s.OutTerminal() {
		return usagef("a %s picture cannot be shown on a terminal", strings.ToUpper(drawing)).
			withHint("write it to a file: argmap %s.%s", write, drawing)
	}
	return nil
}

// drawn draws what content makes, and passes on what is noted of the picture.
func (s *IOStreams) drawn(ctx context.Context, name string, content func() ([]*argument.Map, draw.Options)) ([]byte, error) {
	var notes []string
	data, err := await(ctx, func() ([]byte, error) {
		var b bytes.Buffer
		maps, opt := content()
		opt.Note = func(text string) { notes = append(notes, text) }
		err := findDrawing(name).write(ctx, &b, maps, opt)
		if err == nil && b.Len() == 0 {
			err = errors.New("nothing was drawn")
		}
		return b.Bytes(), err
	})
	if err != nil {
		return nil, err
	}
	for _, n := range notes {
		s.Note("%s", firstLine(n))
	}
	return data, nil
}

// writeJSON writes the maps as argmap extract --json does.
func writeJSON(_ context.Context, w io.Writer, maps []*argument.Map, o draw.Options) error {
	f, err := format.Find("json")
	if err != nil {
		return err
	}
	return f.Write(w, maps, format.Options{MinConfidence: o.MinConfidence})
}
