package lang

import (
	"fmt"
	"os"
	"strings"
	"strconv"
	"testing"
)

func TestScratch(t *testing.T) {
	data, _ := os.ReadFile("/tmp/scratch.txt")
	for _, l := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		x, err := strconv.Unquote(`"` + strings.ReplaceAll(l, `"`, `\"`) + `"`)
		if err != nil { fmt.Println("BAD", l); continue }
		if tok, ok := strings.CutPrefix(x, "T "); ok {
			var p []string
			for _, k := range Tokenize(tok) { p = append(p, fmt.Sprintf("%+q", k.Text)[1:len(fmt.Sprintf("%+q", k.Text))-1]) }
			fmt.Println("T", l, "\n    ", strings.Join(p, " · "))
			continue
		}
		var p []string
		for _, s := range Split(x) { p = append(p, fmt.Sprintf("%q", x[s.Start:s.End])) }
		fmt.Println("S", len(p), strings.Join(p, " | "))
	}
}
