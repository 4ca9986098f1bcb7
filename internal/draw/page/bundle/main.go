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
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

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
	notice, err := licences("../node_modules")
	if err != nil {
		return err
	}
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
		Banner:            map[string]string{"js": notice},
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

// licences are those of the packages that the code is bundled with, in which
// they ask to be handed on. Packages under the same text share one.
func licences(modules string) (string, error) {
	files, err := filepath.Glob(filepath.Join(modules, "d3-*", "LICENSE*"))
	if err != nil || len(files) == 0 {
		return "", fmt.Errorf("no licence in %s: run npm ci in internal/draw/page (%v)", modules, err)
	}
	holders := map[string][]string{}
	for _, file := range files {
		if strings.Contains(file, "d3-flextree") {
			continue // its licence asks for nothing, in words that not every reader likes
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		words := strings.Join(strings.Fields(string(text)), " ")
		holders[words] = append(holders[words], filepath.Base(filepath.Dir(file)))
	}
	var b strings.Builder
	b.WriteString("/*!\n")
	for _, text := range slices.Sorted(maps.Keys(holders)) {
		fmt.Fprintf(&b, "%s: %s\n", strings.Join(holders[text], ", "), strings.ReplaceAll(text, "*/", "* /"))
	}
	b.WriteString("*/")
	return b.String(), nil
}
