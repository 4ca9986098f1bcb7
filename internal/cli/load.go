package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/engine"
	"github.com/argmap/argmap/internal/fetch"
	"github.com/argmap/argmap/internal/format"
	"github.com/argmap/argmap/internal/packed"
	"github.com/argmap/argmap/internal/reader"
)

// loader turns named inputs, articles or saved extractions, into maps.
type loader struct {
	streams *IOStreams
	Reading
	jobs int  // documents worked on at a time
	text bool // leave the document's text in the maps of articles
	seen bool // what becomes of the maps is seen to come
}

// loaded is what one input gave, or one of the texts in it.
type loaded struct {
	input int // its place among the names
	maps  []*argument.Map
	err   error
	took  time.Duration
}

// load returns the maps of all inputs that could be read, in the order of the
// names and with the same bytes for any number of jobs. The others it reports;
// it then returns a silentError beside the maps of the good ones.
func (l loader) load(ctx context.Context, names []string) ([]*argument.Map, error) {
	var maps []*argument.Map
	err := l.reportEach(ctx, names, func(good []*argument.Map) error {
		maps = append(maps, good...)
		return nil
	})
	var silent *silentError
	if err != nil && !errors.As(err, &silent) {
		return nil, err
	}
	return maps, err
}

// reportEach is each for those who want the good ones alone: it reports the
// others and returns a silentError in the end.
func (l loader) reportEach(ctx context.Context, names []string, use func([]*argument.Map) error) error {
	code := ExitDone
	err := l.each(ctx, names, func(r loaded) error {
		if r.err != nil {
			code = max(code, report(l.streams, r.err))
		}
		if len(r.maps) == 0 {
			return nil
		}
		return use(r.maps)
	})
	if code != ExitDone && (err == nil || isClosedPipe(err)) {
		err = &silentError{code}
	}
	return err
}

// loadAll returns what each input gave, in the order of the names: of one that
// holds several texts the maps of all, and the first error.
func (l loader) loadAll(ctx context.Context, names []string) []loaded {
	results := make([]loaded, len(names))
	_ = l.each(ctx, names, func(r loaded) error { // fails when ctx ends, and then the results do not count
		whole := &results[r.input]
		whole.maps = append(whole.maps, r.maps...)
		if whole.err == nil {
			whole.err = r.err
		}
		return nil
	})
	return results
}

// each calls use with what the inputs give, in the order of the names and of
// the texts in them, as soon as it is there. No more texts are held at a time
// than there are jobs, twice over. It ends with the first error of use, or when
// ctx ends.
func (l loader) each(ctx context.Context, names []string, use func(loaded) error) error {
	workCtx, cancel := context.WithCancel(ctx)
	defer cancel()
	q := newQueue(workCtx, l.jobs)
	go func() {
		defer close(q.waiting)
		for i, name := range names {
			if !l.begin(q, i, name) {
				return
			}
		}
	}()
	p := newProgress(l.streams, names, l.seen)
	defer p.stop()
	for {
		r, more, err := p.await(ctx, q)
		if err != nil || !more {
			return err
		}
		err = p.aside(func() error {
			l.streams.detail(names[r.input], r)
			return use(r)
		})
		if err != nil {
			return err
		}
	}
}

// begin adds the work that an input is: one piece, or one for each of its
// records.
func (l loader) begin(q *queue, i int, name string) bool {
	promised := l.As == records || promisesRecords(name)
	if l.As != records && (l.As != "" || !promised && !isNameless(name)) {
		return q.add(i, func() ([]*argument.Map, error) { return l.loadOne(q.ctx, name) })
	}
	src, err := await(q.ctx, func() (*recordSource, error) { return l.openRecords(q.ctx, l.streams, name) })
	if err != nil {
		return q.add(i, func() ([]*argument.Map, error) { return nil, asFileError(name, err) })
	}
	defer func() { _ = src.close() }()
	if l.As != records && !src.holds(promised) {
		return l.beginRest(q, i, src)
	}
	return l.beginRecords(q, i, src)
}

// beginRest adds what src holds, or still holds, in one piece.
func (l loader) beginRest(q *queue, i int, src *recordSource) bool {
	in, err := await(q.ctx, src.rest)
	return q.add(i, func() ([]*argument.Map, error) {
		if err != nil {
			return nil, asFileError(src.name, err)
		}
		return l.made(q.ctx, in)
	})
}

// recordLine is a line of a source of records, or why there is none.
type recordLine struct {
	line   []byte
	number int
	err    error
}

// beginRecords adds each record of src.
func (l loader) beginRecords(q *queue, i int, src *recordSource) bool {
	for some := false; ; some = true {
		r, err := await(q.ctx, func() (r recordLine, err error) {
			r.line, r.number, r.err = src.next()
			return r, nil
		})
		switch {
		case err != nil:
			return false
		case errors.Is(r.err, io.EOF):
			return some || q.add(i, func() ([]*argument.Map, error) { return nil, asFileError(src.name, reader.ErrEmpty) })
		case l.As != records && beginsObject(r.line):
			src.first = r.line // as after "cat maps.jsonl map.json"
			return l.beginRest(q, i, src)
		}
		more := q.add(i, func() ([]*argument.Map, error) {
			if r.err != nil {
				return nil, lineError(src.name, r.number, r.err)
			}
			return l.ofRecord(q.ctx, src.name, r.number, r.line)
		})
		if !more || r.err != nil && !errors.Is(r.err, errLongLine) {
			return more
		}
	}
}

// loadOne reads one input and, if it is an article, analyzes it.
func (l loader) loadOne(ctx context.Context, name string) ([]*argument.Map, error) {
	in, err := l.read(ctx, l.streams, name)
	if err != nil {
		return nil, asFileError(name, err)
	}
	return l.made(ctx, in)
}

// made is what an input holds, made into maps.
func (l loader) made(ctx context.Context, in input) ([]*argument.Map, error) {
	maps, err := l.make(ctx, in)
	if err != nil && ctx.Err() == nil {
		return nil, asFileError(in.name, err)
	}
	return maps, err
}

func (l loader) make(ctx context.Context, in input) ([]*argument.Map, error) {
	if f, err := format.Find(l.As); err == nil && f.Read != nil {
		maps, _, err := l.streams.readMap(ctx, f, in)
		return maps, err
	}
	if l.As == "" {
		if f, ok := mapFormat(in); ok {
			maps, _, err := l.streams.readMap(ctx, f, in) // argmap convert tells what is lost
			return maps, err
		}
		if isSaved(in) {
			return readSaved(in)
		}
	}
	return l.analyze(ctx, in)
}

func (l loader) analyze(ctx context.Context, in input) ([]*argument.Map, error) {
	doc, err := l.document(ctx, in)
	if err != nil {
		return nil, err
	}
	return l.mapsOf(ctx, doc, "")
}

// mapsOf is the map of a document, which came in the record of that id, if in any.
func (l loader) mapsOf(ctx context.Context, doc *document.Document, recordID string) ([]*argument.Map, error) {
	m, err := engine.Analyze(ctx, doc)
	if err != nil {
		return nil, err
	}
	m.Document.RecordID = recordID
	if l.text {
		m.Document.Text = doc.Text
	}
	return []*argument.Map{m}, nil
}

// document reads an article, as the type that was asked for.
func (r Reading) document(ctx context.Context, in input) (doc *document.Document, err error) {
	if r.As != "" {
		doc, err = reader.ReadAs(ctx, in.forReader(), r.As)
	} else {
		doc, err = reader.Read(ctx, in.forReader())
	}
	if err == nil {
		doc.URI = in.name
	}
	return doc, err
}

// mapFormat is the format of an argument map from elsewhere. What only looks
// like one, and is not named so, is taken for an article.
func mapFormat(in input) (format.Format, bool) {
	f, ok := format.Detect(in.forFormat())
	if !ok || f.Name == "json" || f.Name == "jsonl" {
		return f, false
	}
	named, _ := format.ByExtension(in.file)
	return f, named.Name == f.Name || f.Name == "graphml" || format.LooksLikeJSON(in.data)
}

// readMap reads the map of a file whose format is known, and says what of it has
// no place here.
func (s *IOStreams) readMap(ctx context.Context, f format.Format, in input) ([]*argument.Map, []format.Loss, error) {
	content := in.forFormat()
	var err error
	if content.Text, err = s.textOf(ctx, f, in); err != nil {
		return nil, nil, err
	}
	maps, losses, err := f.Read(content)
	if err == nil && len(maps) == 0 {
		err = errors.New("no map in it")
	}
	return maps, losses, err
}

// textOf is the text that stands beside the file of a map, if its format has it
// there and it is there.
func (s *IOStreams) textOf(ctx context.Context, f format.Format, in input) (string, error) {
	if !f.TextBeside || in.name == stdin || fetch.Scheme(in.name) != "" {
		return "", nil
	}
	path := textBeside(in.file)
	text, err := Reading{}.read(ctx, s, path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", &fileError{name: path, cause: err}
	}
	return strings.TrimPrefix(string(text.data), "\uFEFF"), nil
}

// textBeside is the file that holds the text of a brat file, packed or not.
func textBeside(path string) string {
	plain, _ := packed.Base(path)
	return strings.TrimSuffix(plain, filepath.Ext(plain)) + ".txt"
}

// savedExtensions are those of files that hold extractions and nothing else.
var savedExtensions = []string{".json", ".jsonl", ".ndjson"}

// isSaved reports whether an input is a saved extraction: by what it holds, for
// standard input has no name, or because its name promises one.
func isSaved(in input) bool {
	return format.LooksLikeJSON(in.data) || slices.Contains(savedExtensions, strings.ToLower(filepath.Ext(in.file)))
}

func readSaved(in input) ([]*argument.Map, error) {
	if !format.LooksLikeJSON(in.data) && len(bytes.TrimSpace(in.data)) > 0 {
		err := &fileError{name: in.name, cause: errors.New("no JSON in it, so no saved extraction"),
			hint: "of an article say what it is: --as text"}
		if promisesRecords(in.name) {
			err.hint = "of texts by the line say so: --as records"
		}
		return nil, err
	}
	maps, err := format.ReadMaps(in.data)
	switch {
	case err == nil && len(maps) == 0:
		err = errors.New("no extraction in it")
	case errors.Is(err, format.ErrNotExtraction):
		err = &fileError{name: in.name, cause: err, hint: recordsHint(in.data)}
	}
	return maps, err
}
