package link_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/encoder"
	"github.com/argmap/argmap/internal/lang"
	"github.com/argmap/argmap/internal/link"
	"github.com/argmap/argmap/internal/mine"
	"github.com/argmap/argmap/internal/reader"
)

// linked is a text with its units and their structure.
type linked struct {
	doc   *document.Document
	sents []lang.Sentence
	found mine.Result
	link.Structure
}

// read links the units of a plain text.
func read(text string) (linked, error) {
	doc, err := reader.ReadAs(context.Background(), reader.Input{Name: "-", Data: []byte(text)}, "text")
	if err != nil {
		return linked{}, err
	}
	l := linked{doc: doc, sents: lang.Sentences(doc)}
	reading, err := encoder.Read(context.Background(), doc.Flowing())
	if err != nil {
		return linked{}, err
	}
	if l.found, err = mine.Mine(context.Background(), doc, l.sents, reading); err != nil {
		return linked{}, err
	}
	l.Structure, err = link.Link(context.Background(), doc, l.sents, l.found)
	return l, err
}

func TestLinks(t *testing.T) {
	data, err := os.ReadFile("testdata/links.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases := parseCases(string(data))
	if len(cases) == 0 {
		t.Fatal("testdata/links.txt holds no case")
	}
	for _, c := range cases {
		t.Run(fmt.Sprintf("line %d", c.line), func(t *testing.T) {
			l, err := read(c.text)
			if err != nil {
				t.Fatal(err)
			}
			if err := l.check(); err != nil {
				t.Error(err)
			}
			var faults []string
			for _, want := range c.wants {
				if fault := l.fault(want); fault != "" {
					faults = append(faults, want+": "+fault)
				}
			}
			where := fmt.Sprintf("testdata/links.txt:%d:\n\t%s", c.line, strings.Join(faults, "\n\t"))
			switch {
			case len(faults) > 0 && c.known != "":
				t.Skipf("known: %s\n%s", c.known, where)
			case len(faults) > 0:
				t.Error(where)
			case c.known != "":
				t.Error(where + "holds now, so remove its known: line")
			}
		})
	}
}

// linkCase is a case of testdata/links.txt, which says how it is written.
type linkCase struct {
	line        int
	text, known string
	wants       []string
}

func parseCases(data string) []linkCase {
	var out []linkCase
	var c linkCase
	flush := func() {
		if c.text != "" {
			out = append(out, c)
			c = linkCase{}
		}
	}
	for i, line := range strings.Split(data, "\n") {
		known, isKnown := strings.CutPrefix(line, "known: ")
		want, isWant := strings.CutPrefix(line, "= ")
		switch {
		case strings.HasPrefix(line, "#"):
		case line == "":
			flush()
		case isKnown:
			c.known = known
		case isWant:
			c.wants = append(c.wants, want)
		default:
			if c.text == "" {
				c.line = i + 1
			}
			c.text += strings.TrimPrefix(line, "¶") + "\n"
		}
	}
	flush()
	return out
}

// fault says what is wrong with an expectation, or "".
func (l linked) fault(want string) string {
	name, rest, _ := strings.Cut(want, ": ")
	child, parent, _ := strings.Cut(rest, " -> ")
	i, ok := l.unit(child)
	if !ok {
		return fmt.Sprintf("no unit says %q", child)
	}
	got := "none"
	for _, r := range l.Relations {
		if r.From == i {
			got = map[bool]string{false: "supports", true: "attacks"}[r.Attack] + " " + l.words(r.To)
		}
	}
	switch name {
	case "thesis":
		if l.Roles[i] == link.Thesis {
			return ""
		}
		for k, r := range l.Roles {
			if r == link.Thesis {
				return "it is " + l.words(k)
			}
		}
	case "none":
		if got == "none" && l.Roles[i] != link.Thesis {
			return ""
		}
	case "supports", "attacks":
		j, ok := l.unit(parent)
		if !ok {
			return fmt.Sprintf("no unit says %q", parent)
		}
		if got == name+" "+l.words(j) {
			return ""
		}
	default:
		return "no such expectation"
	}
	return "it " + got
}

// unit finds the one unit that holds words.
func (l linked) unit(words string) (int, bool) {
	at, n := -1, 0
	for i := range l.found.Units {
		if strings.Contains(l.words(i), words) {
			at = i
			n++
		}
	}
	return at, n == 1
}

func (l linked) words(i int) string {
	return strings.Join(strings.Fields(l.doc.At(l.found.Units[i].Span)), " ")
}

// check states what holds of every structure: it is a forest whose one thesis
// bears on nothing, with the roles that follow from it, and the items of a list
// bear on what leads them in.
func (l linked) check() error {
	n := len(l.found.Units)
	if len(l.Roles) != n {
		return fmt.Errorf("%d roles for %d units", len(l.Roles), n)
	}
	parent := make([]int, n)
	for i := range parent {
		parent[i] = -1
	}
	last := -1
	for _, r := range l.Relations {
		switch {
		case r.From < 0 || r.From >= n || r.To < 0 || r.To >= n:
			return fmt.Errorf("a relation leads from %d to %d of %d units", r.From, r.To, n)
		case r.From <= last:
			return fmt.Errorf("the relation from %d stands behind that from %d", r.From, last)
		case !(r.Confidence > 0 && r.Confidence <= 1):
			return fmt.Errorf("the relation from %d has confidence %v", r.From, r.Confidence)
		}
		for _, c := range r.Cues {
			if c.Len() <= 0 || c.Start < 0 || c.End > len(l.doc.Text) || c.Rule == "" {
				return fmt.Errorf("the relation from %d has cue %v", r.From, c)
			}
		}
		parent[r.From], last = r.To, r.From
	}
	for i := range parent {
		steps := 0
		for j := i; j >= 0; j = parent[j] {
			if steps++; steps > n {
				return fmt.Errorf("unit %d bears on itself", i)
			}
		}
	}
	return errors.Join(l.checkRoles(parent), l.checkLists(parent))
}

func (l linked) checkRoles(parent []int) error {
	thesis, theses := -1, 0
	for i, r := range l.Roles {
		if r == link.Thesis {
			thesis = i
			theses++
		}
	}
	if len(parent) > 0 && theses != 1 {
		return fmt.Errorf("%d theses", theses)
	}
	for i, r := range l.Roles {
		want := link.Premise
		switch {
		case i == thesis:
			want = link.Thesis
			if parent[i] >= 0 {
				return errors.New("the thesis bears on something")
			}
		case parent[i] == thesis:
			want = link.Claim
		}
		if r != want {
			return fmt.Errorf("unit %d has role %d, want %d", i, r, want)
		}
	}
	return nil
}

// checkLists checks that the first unit of each list item bears on the lead-in's
// last sentence, where that is a unit.
func (l linked) checkLists(parent []int) error {
	lastOf := map[int]int{}
	for i, s := range l.sents {
		lastOf[s.Block] = i
	}
	units := map[int]bool{} // sentences that hold a unit
	seen := map[int]bool{}
	for i, u := range l.found.Units {
		block := l.sents[u.Sentence].Block
		lead := l.doc.Blocks[block].LeadIn
		if lead >= 0 && !seen[block] && l.Roles[i] != link.Thesis {
			sent, ok := lastOf[lead]
			if ok && units[sent] && (parent[i] < 0 || l.found.Units[parent[i]].Sentence != sent) {
				return fmt.Errorf("item %q does not bear on what leads it in", l.words(i))
			}
		}
		seen[block], units[u.Sentence] = true, true
	}
	return nil
}

const steps = `

- dredge the channel before the winter storms arrive;
- publish its accounts for the last five years;
- light the northern mole from dusk to dawn;
- pay the pilots for the hours that they wait.

Nothing less will bring the boats back to the island.
`

// Items bear on what leads them in or on the whole, not on each other.
func TestItemsAreNoReasonsForEachOther(t *testing.T) {
	for _, c := range []struct{ name, lead, known string }{
		{"with a thesis before", "The state should act at once, before another winter comes.\n\nThe harbour board should take four steps:", ""},
		{"with a lead-in that is no unit", "The harbour is dying, and everyone who lives on the island knows it. Four steps:", ""},
		{"without a thesis of its own", "Here is what the board has to do:", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, err := read(c.lead + steps)
			if err != nil {
				t.Fatal(err)
			}
			items, faults := l.siblings()
			switch {
			case items != 4:
				t.Errorf("%d items", items)
			case faults != nil && c.known != "":
				t.Skipf("known: %s\n%v", c.known, faults)
			case faults != nil:
				t.Error(faults)
			case c.known != "":
				t.Error("holds now, so remove its known reason")
			}
		})
	}
}

// siblings finds items that bear on items of their list, and counts all items.
func (l linked) siblings() (items int, faults error) {
	for i, u := range l.found.Units {
		if u.LeadIn.Len() == 0 {
			continue
		}
		items++
		for _, r := range l.Relations {
			if r.From == i && l.found.Units[r.To].LeadIn == u.LeadIn {
				faults = errors.Join(faults, fmt.Errorf("%q bears on its sibling %q", l.words(i), l.words(r.To)))
			}
		}
	}
	return items, faults
}

func TestLinkNothing(t *testing.T) {
	doc := &document.Document{Text: "…", Blocks: []document.Block{{Span: document.Span{End: 3}, LeadIn: -1, Section: -1}}}
	s, err := link.Link(context.Background(), doc, lang.Sentences(doc), mine.Result{})
	if err != nil || len(s.Relations) > 0 || len(s.Roles) > 0 {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestLinkStopsWhenCancelled(t *testing.T) {
	l, err := read("The council should keep the ferry. It carries every nurse who works on the island.")
	if err != nil || len(l.found.Units) == 0 {
		t.Fatal(err, l.found)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, found := range []mine.Result{l.found, {}} {
		if _, err := link.Link(ctx, l.doc, l.sents, found); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v with %d units", err, len(found.Units))
		}
	}
}
