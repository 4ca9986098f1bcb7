package check

import (
	"slices"
	"strings"
	"testing"
)

func TestSameWords(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"The ferries should run all night.", "All night the ferry must run", true},
		{"The city’s bridges are unsafe for buses", "Bridges of the city are unsafe for a bus", false}, // bus, buses
		{"The city's bridges are unsafe for trucks", "Bridges of the city are unsafe for a truck", true},
		{"Rents in the old town doubled", "Rents in the old town didn’t double", false},
		{"Rents in the old town doubled in 2019", "Rents in the old town doubled in 2020", false},
		{"It is so.", "It is so.", false},
		{"", "", false},
	} {
		if got := wordingOf(c.a).sameAs(wordingOf(c.b)); got != c.want {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
		if wordingOf(c.a).sameAs(wordingOf(c.b)) != wordingOf(c.b).sameAs(wordingOf(c.a)) {
			t.Errorf("%q and %q: depends on the order", c.a, c.b)
		}
	}
}

func TestVague(t *testing.T) {
	for name, want := range map[string]bool{
		"Critics": true, "some": true, "Some councillors": true, "an official in both capitals": true, "Many": true,
		"Officials of the Harbour Board": false, "Ida Berg": false, "the miners": false, "Somerset": false, "": false,
	} {
		if got := isVague(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

// TestWordLists checks that lists are sorted and have each word once.
func TestWordLists(t *testing.T) {
	for _, name := range []string{"idle", "negations", "vague"} {
		data, err := wordFiles.ReadFile("words/" + name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		lines := slices.DeleteFunc(strings.Split(strings.TrimSpace(string(data)), "\n"), func(s string) bool { return strings.HasPrefix(s, "#") })
		if !slices.IsSorted(lines) || len(slices.Compact(slices.Clone(lines))) != len(lines) || len(wordList(name)()) != len(lines) {
			t.Errorf("%s: not sorted, or a word twice", name)
		}
	}
}
