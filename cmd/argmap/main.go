// Argmap reads an article and shows its argument: what it claims and
// recommends, what supports and attacks that, and on whose word.
//
//	argmap extract article.txt
//	argmap extract article.html --json > map.json
//	argmap graph article.txt -o map.svg
//
// Everything happens offline, and the same text always gives the same bytes.
// argmap --help lists commands, exit codes and environment variables.
package main

import (
	"context"
	"os"

	"github.com/argmap/argmap/internal/cli"
)

func main() {
	ctx, stop := cli.WithSignals(context.Background())
	code := cli.Main(ctx, os.Args[1:], cli.SystemStreams())
	stop()
	os.Exit(code)
}
