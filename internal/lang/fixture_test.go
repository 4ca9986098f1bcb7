package lang

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// fixture is a case of a file in testdata: a run of lines that is not blank,
// without the remarks.
type fixture struct {
	file  string
	line  int // of the first line, counted from 1
	lines []string
}

// readFixtures reads the cases of testdata/name. \uXXXX has been resolved.
func readFixtures(t testing.TB, name string) []fixture {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var out []fixture
	open := false
	for i, line := range strings.Split(string(data), "\n") {
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.TrimSpace(line) == "":
			open = false
		case !open:
			open = true
			out = append(out, fixture{name, i + 1, []string{resolve(line)}})
		default:
			last := &out[len(out)-1]
			last.lines = append(last.lines, resolve(line))
		}
	}
	if len(out) == 0 {
		t.Fatalf("%s holds no case", name)
	}
	return out
}

var escape = regexp.MustCompile(`\\u[0-9a-f]{4}`)

func resolve(line string) string {
	return escape.ReplaceAllStringFunc(line, func(s string) string {
		n, _ := strconv.ParseUint(s[2:], 16, 32)
		return string(rune(n))
	})
}
