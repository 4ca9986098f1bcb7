package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/argmap/argmap/internal/fetch"
	"github.com/argmap/argmap/internal/format"
	"github.com/argmap/argmap/internal/packed"
	"github.com/argmap/argmap/internal/reader"
)

// stdin is the name of standard input among the inputs.
const stdin = "-"

// input is what stands under a name among the inputs.
type input struct {
	name string // as given: a path, an address without user and password, or "-"
	// file is the name whose extension tells the format: of "map.json.gz"
	// "map.json", of an address the last part of its path.
	file string
	data []byte
	// mediaType and charset are what a server said, or "".
	mediaType, charset string
}

// forReader is in as an article.
func (in input) forReader() reader.Input {
	return reader.Input{Name: in.file, Data: in.data, MediaType: in.mediaType, Charset: in.charset}
}

// forFormat is in as the map of another program.
func (in input) forFormat() format.Input { return format.Input{Name: in.file, Data: in.data} }

// Reading says how inputs are read. Its zero value goes by their names and by
// what they hold.
type Reading struct {
	As           string // the name of a type, or ""
	AllowPrivate bool   // fetch from this machine and the networks around it, too
}

// records is the type of an input that holds a text a line.
const records = "records"

// inputTypes are the values of --as: what an article can be, what a map can be,
// and records.
func inputTypes() []string {
	return append(append(articleTypes(), records), namesOf(format.Readable())...)
}

// articleTypes are the values of --as where an article alone will do.
func articleTypes() []string {
	var names []string
	for _, f := range reader.Formats() {
		names = append(names, f.Name)
	}
	return names
}

// inputFlags gives cmd the flags that say how inputs are read.
func (r *Reading) inputFlags(cmd *cobra.Command) {
	r.typeFlag(cmd, "input", inputTypes)
	if cmd.Annotations == nil {
		cmd.Annotations = map[string]string{}
	}
	cmd.Annotations[explainsInputs] = "yes"
}

// articleFlags is inputFlags for a command that reads an article alone.
func (r *Reading) articleFlags(cmd *cobra.Command) { r.typeFlag(cmd, "article", articleTypes) }

func (r *Reading) typeFlag(cmd *cobra.Command, what string, types func() []string) {
	cmd.Flags().StringVar(&r.As, "as", "", "read the "+what+" as `TYPE`, whatever it looks like:\n"+inLines(types()))
	completeFlag(cmd, "as", types)
	r.privateFlag(cmd)
}

// privateFlag gives cmd the flag that says from where addresses are fetched.
func (r *Reading) privateFlag(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&r.AllowPrivate, "allow-private", false, "fetch addresses on this machine and the networks\naround it, too")
}

// checkInput settles the type of inputFlags.
func (r *Reading) checkInput() error { return r.checkType(inputTypes()) }

// checkArticle settles the type of articleFlags.
func (r *Reading) checkArticle() error { return r.checkType(articleTypes()) }

func (r *Reading) checkType(types []string) (err error) {
	if r.As != "" {
		r.As, err = oneOf("type", r.As, types)
	}
	return err
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

// read reads one input whole, unpacked, unless it is larger than the readers
// take. An address is fetched.
func (r Reading) read(ctx context.Context, s *IOStreams, name string) (input, error) {
	if fetch.Scheme(name) != "" {
		return r.fetch(ctx, s, name)
	}
	file, err := s.openFile(name)
	if err != nil {
		return input{}, err
	}
	defer file.Close()
	data, err := readLimited(file)
	if err != nil {
		return input{}, err
	}
	in := input{name: name}
	in.file, in.data, err = packed.Unpack(name, data, reader.MaxFile)
	return in, err
}

// fetch reads what stands at an address.
func (r Reading) fetch(ctx context.Context, s *IOStreams, address string) (input, error) {
	page, err := fetch.Get(ctx, address, fetch.Options{AllowPrivate: r.AllowPrivate, MaxBytes: reader.MaxFile})
	var failed *fetch.Error
	if errors.As(err, &failed) {
		hint := failed.Hint
		if errors.Is(err, fetch.ErrPrivate) {
			hint = "--allow-private fetches from there, too"
		}
		return input{}, &fileError{name: address, cause: err, hint: hint}
	}
	if err != nil {
		return input{}, err
	}
	if page.URL != withoutPassword(address) {
		s.Detail("%s: found at %s", printable(address), printable(page.URL))
	}
	in := input{name: withoutPassword(address), mediaType: page.MediaType, charset: page.Charset}
	in.file, in.data, err = packed.Unpack(page.Name, page.Data, reader.MaxFile)
	return in, err
}

// withoutPassword is the name of an input as others may see it: of an address
// without the user and the password that may stand in it.
func withoutPassword(name string) string {
	if fetch.Scheme(name) == "" {
		return name
	}
	u, err := url.Parse(name)
	switch {
	case err != nil: // it will be refused, but named
		scheme, rest, _ := strings.Cut(name, "//")
		return scheme + "//" + rest[strings.LastIndex(rest, "@")+1:]
	case u.User == nil:
		return name
	}
	u.User = nil
	return u.String()
}

// open opens an input of any length, unpacked.
func (r Reading) open(ctx context.Context, s *IOStreams, name string) (io.ReadCloser, error) {
	if fetch.Scheme(name) != "" {
		in, err := r.fetch(ctx, s, name)
		return io.NopCloser(bytes.NewReader(in.data)), err
	}
	file, err := s.openFile(name)
	if err != nil {
		return nil, err
	}
	plain, err := packed.NewReader(name, file, maxCorpus)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &unpacking{plain, file}, nil
}

// unpacking reads what a file holds, and closes the file.
type unpacking struct {
	io.Reader
	io.Closer
}

// openFile opens a file or standard input.
func (s *IOStreams) openFile(name string) (io.ReadCloser, error) {
	if name == stdin {
		return io.NopCloser(s.In), nil
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, &fileError{name: name, cause: errors.New("is a directory"),
			hint: fmt.Sprintf("name the files in it, for example %s", filepath.Join(printable(name), "*.txt"))}
	}
	return os.Open(name)
}

func readLimited(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, reader.MaxFile+1))
	if err == nil && len(data) > reader.MaxFile {
		err = fmt.Errorf("%w: more than %d MiB", reader.ErrTooLarge, reader.MaxFile>>20)
	}
	return data, err
}

// promisesRecords reports whether an input has the name of a file of records.
func promisesRecords(name string) bool {
	plain, _ := packed.Base(name)
	return slices.Contains([]string{".jsonl", ".ndjson"}, strings.ToLower(filepath.Ext(plain)))
}

// isNameless reports whether what an input is called says nothing of what it
// holds: standard input, and what shells put in place of <(command). Whether it
// holds records shows its first line.
func isNameless(name string) bool {
	if name == stdin || name == deviceIn || isDescriptor(name) {
		return true
	}
	info, err := os.Stat(name)
	return err == nil && info.Mode()&(fs.ModeNamedPipe|fs.ModeCharDevice|fs.ModeSocket) != 0
}

// isFile reports whether an input is a regular file, which can be read again.
func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular() && name != stdin && !isNameless(name)
}
