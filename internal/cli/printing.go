package cli

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/argmap/argmap/internal/format"
	"github.com/argmap/argmap/internal/packed"
)

// printer is a row of the table of formats that a command can print its result
// in; F writes it. The first row of a table is the default.
type printer[F any] struct {
	name  string
	write F
}

// printerNames are the names of a table.
func printerNames[F any](rows []printer[F]) []string {
	names := make([]string, len(rows))
	for i, r := range rows {
		names[i] = r.name
	}
	return names
}

// findPrinter is what writes the format of that name, which is one of the table.
func findPrinter[F any](rows []printer[F], name string) F {
	return rows[slices.Index(printerNames(rows), name)].write
}

// printing says in which format a command prints and where: --format or --json,
// else the format of the extension of -o, else the first there is.
type printing struct {
	format *string // the name of a format
	output *string // "" or "-" is standard output
	names  []string
	json   bool
	// byOutput, if not nil, is the format for an output where none is asked for;
	// without it that is the one named like the extension, or the first.
	byOutput func() (string, error)
	// describe, if not nil, gives the names with their help, for completion.
	describe func() []string
}

// flags gives cmd the three flags; the help of --format and -o is the command's.
func (p *printing) flags(cmd *cobra.Command, formatHelp, outputHelp string) {
	f := cmd.Flags()
	f.StringVarP(p.format, "format", "f", "", formatHelp)
	f.BoolVar(&p.json, "json", false, "short for --format json")
	f.StringVarP(p.output, "output", "o", "", outputHelp)
	describe := p.describe
	if describe == nil {
		describe = func() []string { return p.names }
	}
	completeFlag(cmd, "format", describe)
}

// choose settles the format.
func (p *printing) choose() (err error) {
	if p.json {
		if *p.format != "" && *p.format != "json" {
			return usagef("--json and --format %s contradict each other", *p.format)
		}
		*p.format = "json"
	}
	if *p.format != "" {
		*p.format, err = oneOf("format", *p.format, p.names)
		return err
	}
	if p.byOutput != nil {
		*p.format, err = p.byOutput()
		return err
	}
	*p.format = p.names[0]
	path, _ := packed.Base(*p.output)
	if ext := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), "."); slices.Contains(p.names, ext) {
		*p.format = ext
	} else if _, drawn := drawingByExtension(path); drawn {
		return usagef("cannot write %q files; known formats: %s", "."+ext, strings.Join(p.names, ", "))
	}
	return nil
}

// namesOf are the names of formats.
func namesOf(list []format.Format) []string {
	var names []string
	for _, f := range list {
		names = append(names, f.Name)
	}
	return names
}

// inLines joins words in lines of a width that fits beside the flags in help.
func inLines(words []string) string {
	const width = 48
	var b strings.Builder
	used := 0
	for i, w := range words {
		if i > 0 {
			b.WriteByte(',')
			if used+2+len(w) > width {
				b.WriteByte('\n')
				used = 0
			} else {
				b.WriteByte(' ')
				used += 2
			}
		}
		b.WriteString(w)
		used += len(w)
	}
	return b.String()
}
