package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/format"
)

// VerifyOptions are the options of argmap verify.
type VerifyOptions struct {
	IO      *IOStreams
	File    string // the saved extraction; "-" is standard input
	Article string // "" if the extraction is held against its own text alone

	Format string // the name of a row of verdictFormats
	Output string // "" or "-" is standard output
	Reading
}

// NewCmdVerify builds argmap verify; runF, if not nil, stands in for its work.
func NewCmdVerify(streams *IOStreams, runF func(context.Context, *VerifyOptions) error) *cobra.Command {
	opts := &VerifyOptions{IO: streams}
	printed := &printing{format: &opts.Format, output: &opts.Output, names: printerNames(verdictFormats)}
	if runF == nil {
		runF = verifyRun
	}
	cmd := &cobra.Command{
		Use:         "verify FILE [ARTICLE]",
		Annotations: map[string]string{findsThings: "yes"},
		Short:       "Check a saved extraction against its article",
		Long: "Check that a saved extraction (JSON) keeps its contract: that every id and\n" +
			"relation leads somewhere, every span lies in the text, every passage is what\n" +
			"stands there, and the id of the document is the digest of its text. The text is\n" +
			"that of ARTICLE or the one that the extraction carries; without either,\n" +
			"passages are only measured. ARTICLE may also hold a text a line, as it was when\n" +
			"the extractions were made of it. Every problem is a line, and the exit code is 1\n" +
			"if there is one.",
		Example: "argmap verify map.json\n" +
			"argmap verify map.json article.txt\n" +
			"argmap extract article.md --json | argmap verify - article.md\n" +
			"argmap verify maps.jsonl corpus.jsonl\n" +
			"argmap verify all.jsonl --json | jq '.documents[].problems[]'",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < 1 || len(args) > 2 {
				return usagef("verify takes a saved extraction and, if you like, its article; got %d arguments", len(args)).
					withHint("%s --help", cmd.CommandPath())
			}
			return nil
		},
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 1 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := printed.choose(); err != nil {
				return err
			}
			if err := opts.complete(args); err != nil {
				return err
			}
			return runF(cmd.Context(), opts)
		},
	}
	f := cmd.Flags()
	printed.flags(cmd, "print the `FORMAT`: "+strings.Join(printed.names, " (default), "), "write to `FILE`, as JSON if its extension is .json")
	opts.typeFlag(cmd, "article", textTypes)
	f.SortFlags = false
	return cmd
}

// textTypes are the values of --as: what holds one text, or several.
func textTypes() []string { return append(articleTypes(), records) }

// complete checks the options and fills in what was left open.
func (o *VerifyOptions) complete(args []string) (err error) {
	if err := o.checkType(textTypes()); err != nil {
		return err
	}
	if _, err = o.IO.inputNames("verify", args); err != nil {
		return err
	}
	o.File = args[0]
	if len(args) > 1 {
		o.Article = args[1]
	}
	return nil
}

func verifyRun(ctx context.Context, o *VerifyOptions) error {
	if err := checkOutput(o.Output, []string{o.File, o.Article}); err != nil {
		return err
	}
	v, err := await(ctx, func() (*verdict, error) { return o.verify(ctx) })
	if err != nil {
		return err
	}
	data, err := findPrinter(verdictFormats, o.Format)(v)
	if err != nil {
		return fmt.Errorf("writing %s: %w", o.Format, err)
	}
	err = o.IO.writeOutput(ctx, o.Output, data)
	if (err == nil || isClosedPipe(err)) && !v.OK {
		return ErrFindings
	}
	return err
}

func (o *VerifyOptions) verify(ctx context.Context) (*verdict, error) {
	in, err := o.read(ctx, o.IO, o.File)
	if err != nil {
		return nil, asFileError(o.File, err)
	}
	saved, err := o.readPieces(in.data)
	if err != nil {
		return nil, err
	}
	v := &verdict{
		Schema: verdictSchema, File: withoutPassword(o.File), Article: withoutPassword(o.Article), Documents: []examination{}, Problems: []problem{},
		several: map[string]int{},
	}
	articles := map[int]*document.Document{} // by the place of the document that is held against it
	if o.Article != "" {
		texts, err := o.readArticle(ctx)
		if err != nil {
			return nil, err
		}
		if articles = articlesOf(texts, saved); len(articles) == 0 {
			v.Problems = append(v.Problems, problem{Message: fmt.Sprintf("no document in it is %s", printable(o.Article))})
		}
	}
	for i, s := range saved {
		v.add(s.examine(articles[i]))
		v.count(s.m)
	}
	v.OK = len(v.Problems) == 0
	for _, d := range v.Documents {
		v.OK = v.OK && len(d.Problems) == 0
	}
	return v, nil
}

// savedMap is one document of the file, or what keeps it from being read.
type savedMap struct {
	m       *argument.Map // nil if it could not be read
	problem string
}

// readPieces reads every document of the file, valid or not. Only what is no
// extraction at all is an error.
func (o *VerifyOptions) readPieces(data []byte) ([]savedMap, error) {
	if !format.LooksLikeJSON(data) {
		err := &fileError{name: o.File, cause: errors.New("no JSON in it, so no saved extraction")}
		if o.Article != "" {
			err.hint = fmt.Sprintf("the extraction comes first: argmap verify %s %s", printable(o.Article), printable(o.File))
		}
		return nil, err
	}
	maps, err := format.ReadMaps(data)
	var bad *format.ReadError
	switch {
	case err == nil && len(maps) == 0:
		return nil, &fileError{name: o.File, cause: errors.New("no extraction in it")}
	case err == nil:
		saved := make([]savedMap, len(maps))
		for i, m := range maps {
			saved[i].m = m
		}
		return saved, nil
	case !errors.As(err, &bad) || !errors.Is(err, format.ErrInvalid):
		return nil, &fileError{name: o.File, cause: err}
	}
	return o.readInvalid(data)
}

// readInvalid reads the documents of a file one by one, of which at least one
// is not valid.
func (o *VerifyOptions) readInvalid(data []byte) ([]savedMap, error) {
	var saved []savedMap
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
	for {
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return saved, nil // the end: the syntax is known to be good
		}
		list := []json.RawMessage{raw}
		if raw[0] == '[' {
			if err := json.Unmarshal(raw, &list); err != nil {
				return nil, &fileError{name: o.File, cause: err}
			}
		}
		for _, one := range list {
			s, err := readInvalidOne(one)
			if err != nil {
				return nil, &fileError{name: o.File, cause: err}
			}
			saved = append(saved, s)
		}
	}
}

func readInvalidOne(raw json.RawMessage) (savedMap, error) {
	maps, err := format.ReadMaps(raw)
	if err == nil {
		return savedMap{m: maps[0]}, nil
	}
	if !errors.Is(err, format.ErrInvalid) {
		return savedMap{}, err
	}
	var m argument.Map
	var wrong *json.UnmarshalTypeError
	switch err := json.Unmarshal(raw, &m); {
	case err == nil:
		return savedMap{m: &m}, nil
	case errors.As(err, &wrong) && wrong.Field != "":
		field := strings.ReplaceAll(wrong.Field, "Span.", "") // an embedded struct, no field of the JSON
		return savedMap{problem: fmt.Sprintf("%s holds a %s", field, wrong.Value)}, nil
	}
	return savedMap{problem: strings.TrimPrefix(err.Error(), "not a valid extraction: ")}, nil
}

// readArticle reads the text of the article, or all texts of a file of records.
func (o *VerifyOptions) readArticle(ctx context.Context) ([]*document.Document, error) {
	in, err := o.read(ctx, o.IO, o.Article)
	if err != nil {
		return nil, asFileError(o.Article, err)
	}
	if o.As == records || o.As == "" && holdsTexts(in.data) {
		return textsOf(ctx, in)
	}
	if format.LooksLikeJSON(in.data) {
		return nil, &fileError{name: o.Article, cause: errors.New("is JSON and no article"),
			hint: "argmap verify takes one extraction and its article"}
	}
	doc, err := o.document(ctx, in)
	if err != nil {
		return nil, asFileError(o.Article, err)
	}
	return []*document.Document{doc}, nil
}

// articlesOf finds the text that each document was made of, by the place of the
// document: the only one there is of the only document, else the one whose digest
// it has, else the one of its name, if no other has the digest of that.
func articlesOf(texts []*document.Document, saved []savedMap) map[int]*document.Document {
	if len(texts) == 1 && len(saved) == 1 {
		return map[int]*document.Document{0: texts[0]}
	}
	byID, byName := map[string]*document.Document{}, map[string]*document.Document{}
	for _, t := range slices.Backward(texts) { // so that the first of those alike stays
		byID[argument.Digest(t.Text)], byName[t.URI] = t, t
	}
	of, taken := map[int]*document.Document{}, map[*document.Document]bool{}
	find := func(i int, t *document.Document) {
		if t != nil && of[i] == nil {
			of[i] = t
		}
	}
	for i, s := range saved {
		if s.m != nil {
			find(i, byID[s.m.Document.ID])
			taken[of[i]] = true
		}
	}
	for i, s := range saved {
		if s.m != nil && !taken[byName[s.m.Document.URI]] {
			find(i, byName[s.m.Document.URI])
		}
	}
	return of
}
