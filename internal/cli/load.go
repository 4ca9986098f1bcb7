package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/engine"
	"github.com/argmap/argmap/internal/format"
	"github.com/argmap/argmap/internal/reader"
)

// stdin is the name of standard input among the inputs.
const stdin = "-"

// loader turns named inputs, articles or saved extractions, into maps.
type loader struct {
	streams *IOStreams
	jobs    int  // inputs worked on at a time
	text    bool // leave the document's text in the maps of articles
}

// loaded is what one input gave.
type loaded struct {
	maps []*argument.Map
	err  error
}

// load returns the maps of all inputs that could be read, in the order of the
// names and with the same bytes for any number of jobs. The others it reports;
// it then returns a silentError beside the maps of the good ones.
func (l loader) load(ctx context.Context, names []string) ([]*argument.Map, error) {
	results := l.loadAll(ctx, names)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	var (
		maps []*argument.Map
		code int
	)
	for _, r := range results {
		if r.err != nil {
			code = max(code, report(l.streams, r.err))
		}
		maps = append(maps, r.maps...)
	}
	if code != ExitDone {
		return maps, &silentError{code}
	}
	return maps, nil
}

// loadAll shares the inputs out among the workers.
func (l loader) loadAll(ctx context.Context, names []string) []loaded {
	results := make([]loaded, len(names))
	inParallel(ctx, l.jobs, len(names), func(i int) {
		results[i].maps, results[i].err = l.loadOne(ctx, names[i])
	})
	return results
}

// loadOne reads one input and, if it is an article, analyzes it.
func (l loader) loadOne(ctx context.Context, name string) ([]*argument.Map, error) {
	maps, err := await(ctx, func() ([]*argument.Map, error) {
		data, err := l.streams.readInput(name)
		if err != nil {
			return nil, err
		}
		if f, ok := mapFormat(name, data); ok {
			maps, _, err := l.streams.readMap(f, name, data) // argmap convert tells what is lost
			return maps, err
		}
		if isSaved(name, data) {
			return readSaved(name, data)
		}
		return l.analyze(ctx, name, data)
	})
	if err == nil || ctx.Err() != nil {
		return maps, err
	}
	return nil, asFileError(name, err)
}

func (l loader) analyze(ctx context.Context, name string, data []byte) ([]*argument.Map, error) {
	doc, err := reader.Read(ctx, reader.Input{Name: name, Data: data})
	if err != nil {
		return nil, err
	}
	m, err := engine.Analyze(ctx, doc)
	if err != nil {
		return nil, err
	}
	if l.text {
		m.Document.Text = doc.Text
	}
	return []*argument.Map{m}, nil
}

// mapFormat is the format of an argument map from elsewhere. What only looks
// like one, and is not named so, is taken for an article.
func mapFormat(name string, data []byte) (format.Format, bool) {
	f, ok := format.Detect(format.Input{Name: name, Data: data})
	if !ok || f.Name == "json" || f.Name == "jsonl" {
		return f, false
	}
	named, _ := format.ByExtension(name)
	return f, named.Name == f.Name || f.Name == "graphml" || format.LooksLikeJSON(data)
}

// readMap reads the map of a file whose format is known, and says what of it has
// no place here.
func (s *IOStreams) readMap(f format.Format, name string, data []byte) ([]*argument.Map, []format.Loss, error) {
	text, err := s.textOf(f, name)
	if err != nil {
		return nil, nil, err
	}
	maps, losses, err := f.Read(format.Input{Name: name, Data: data, Text: text})
	if err == nil && len(maps) == 0 {
		err = errors.New("no map in it")
	}
	return maps, losses, err
}

// textOf is the text that stands beside the file of a map, if its format has it
// there and it is there.
func (s *IOStreams) textOf(f format.Format, name string) (string, error) {
	if !f.TextBeside || name == stdin {
		return "", nil
	}
	text, err := s.readInput(textBeside(name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", &fileError{name: textBeside(name), cause: err}
	}
	return strings.TrimPrefix(string(text), "\uFEFF"), nil
}

// textBeside is the file that holds the text of a brat file.
func textBeside(path string) string { return strings.TrimSuffix(path, filepath.Ext(path)) + ".txt" }

// savedExtensions are those of files that hold extractions and nothing else.
var savedExtensions = []string{".json", ".jsonl", ".ndjson"}

// isSaved reports whether an input is a saved extraction: by what it holds, for
// standard input has no name, or because its name promises one.
func isSaved(name string, data []byte) bool {
	return format.LooksLikeJSON(data) || slices.Contains(savedExtensions, strings.ToLower(filepath.Ext(name)))
}

func readSaved(name string, data []byte) ([]*argument.Map, error) {
	if !format.LooksLikeJSON(data) && len(bytes.TrimSpace(data)) > 0 {
		return nil, &fileError{name: name, cause: errors.New("no JSON in it, so no saved extraction"),
			hint: "an article needs another extension, or to come from standard input (< " + printable(name) + ")"}
	}
	maps, err := format.ReadMaps(data)
	if err == nil && len(maps) == 0 {
		err = errors.New("no extraction in it")
	}
	return maps, err
}

// inputNames are the inputs that the arguments name: standard input if there
// are none. A terminal is refused, for nobody would know what it waits for.
func (s *IOStreams) inputNames(command string, args []string) ([]string, error) {
	if len(args) == 0 {
		args = []string{stdin}
	}
	fromStdin := 0
	for _, name := range args {
		switch name {
		case stdin:
			fromStdin++
		case "":
			return nil, usagef("the name of an input is empty")
		}
	}
	if fromStdin > 1 {
		return nil, usagef("standard input (-) can be read only once")
	}
	if fromStdin == 1 && s.InTerminal() {
		return nil, usagef("no input: standard input is a terminal").
			withHint("argmap %[1]s FILE, or pipe the text in: argmap %[1]s < FILE", command)
	}
	return args, nil
}

// readInput reads one input whole, unless it is larger than the reader takes.
func (s *IOStreams) readInput(name string) ([]byte, error) {
	if name == stdin {
		return readLimited(s.In)
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, &fileError{name: name, cause: errors.New("is a directory"),
			hint: fmt.Sprintf("name the files in it, for example %s", filepath.Join(printable(name), "*.txt"))}
	}
	if info.Size() > reader.MaxSize {
		return nil, tooLarge()
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readLimited(f)
}

func readLimited(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, reader.MaxSize+1))
	if err == nil && len(data) > reader.MaxSize {
		err = tooLarge()
	}
	return data, err
}

func tooLarge() error {
	return fmt.Errorf("%w: more than %d MiB", reader.ErrTooLarge, reader.MaxSize>>20)
}
