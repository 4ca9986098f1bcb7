// Command bundle puts what stands in page/src, and the packages that it uses,
// into page/dist/page.js and page/dist/page.css, which package draw embeds. It
// is a module of its own, so that only who changes the page needs esbuild; it
// wants the packages in page/node_modules ("npm ci" there).
//
// With -check it writes nothing and exits 1 if what is there is not what it
// would write.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	check := flag.Bool("check", false, "only tell whether the files are current")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}

func run(check bool) error {
	result := api.Build(api.BuildOptions{
		EntryPointsAdvanced: []api.EntryPoint{
			{InputPath: "../src/main.js", OutputPath: "page"},
			{InputPath: "../src/page.css", OutputPath: "page"},
		},
		Outdir:            "../dist",
		Bundle:            true,
		Format:            api.FormatIIFE,
		Target:            api.ES2022,
		Charset:           api.CharsetUTF8,
		MinifyWhitespace:  true,
		MinifySyntax:      true,
		MinifyIdentifiers: true,
		LegalComments:     api.LegalCommentsNone,
		LogLevel:          api.LogLevelWarning,
		// The page's style sheet speaks of what older browsers do not know.
		Banner: map[string]string{"js": notice},
	})
	if len(result.Errors) > 0 {
		return fmt.Errorf("%d errors", len(result.Errors))
	}
	for _, f := range result.OutputFiles {
		name := filepath.Base(f.Path)
		// These would end the element that the page puts the file in.
		for _, end := range []string{"</script", "<!--", "</style"} {
			if bytes.Contains(bytes.ToLower(f.Contents), []byte(end)) {
				return fmt.Errorf("%s holds %q", name, end)
			}
		}
		old, _ := os.ReadFile(f.Path)
		switch same := bytes.Equal(old, f.Contents); {
		case check && !same:
			return fmt.Errorf("%s is not current: run go generate ./internal/draw", name)
		case !check && !same:
			if err := os.WriteFile(f.Path, f.Contents, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// notice is what the licences of the packages ask for.
const notice = `/* With d3-zoom, d3-selection and the parts of d3 that they use, Copyright 2010-2021 Mike Bostock, ISC licence: Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies. THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE. d3-ease and d3-color: BSD 3-Clause and ISC. d3-flextree: WTFPL. */`
