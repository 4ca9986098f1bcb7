package engine_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/document"
	"github.com/argmap/argmap/internal/engine"
	"github.com/argmap/argmap/internal/reader"
)

// ferry is a text with a bit of everything, in lines that a reader can count.
const ferry = "The Ferry at Sørvik\n" +
	"\n" +
	"The council must keep the night ferry. Last winter 64 percent of those aboard were coming home from work, and one in nine was a patient.\n" +
	"\n" +
	"“We are carrying empty seats,” said Maria Lund, who chairs the county board. She added that the boat loses 300,000 kroner a year. But the board has never counted what the island would lose.\n" +
	"\n" +
	"To pay for the boat, the board should take three steps:\n" +
	"\n" +
	"- Charge visitors the full fare.\n" +
	"- Sell the empty hold to the fishermen.\n" +
	"- Take bookings until noon.\n"

func explain(t testing.TB, doc *document.Document, id string) *argument.Explanation {
	t.Helper()
	x, err := engine.Explain(context.Background(), doc, id)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// ids are those of all that can be explained of a map.
func ids(m *argument.Map) []string {
	var out []string
	for _, kind := range []struct {
		prefix string
		n      int
	}{{"u", len(m.Units)}, {"p", len(m.Sources)}, {"a", len(m.Attributions)}, {"r", len(m.Relations)}} {
		for i := range kind.n {
			out = append(out, fmt.Sprintf("%s%d", kind.prefix, i+1))
		}
	}
	return out
}

// TestExplainEverything explains all of a text: what is said to have been
// decided is what the map says, and the numbers add up.
func TestExplainEverything(t *testing.T) {
	doc, m := analyze(t, "x.txt", []byte(ferry))
	if len(m.Sources) == 0 || len(m.Attributions) < 2 || len(m.Relations) < 3 {
		t.Fatalf("%d sources, %d attributions, %d relations", len(m.Sources), len(m.Attributions), len(m.Relations))
	}
	for _, id := range ids(m) {
		x := explain(t, doc, id)
		if err := wrong(x, m, doc); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// TestExplainArticles takes a few things of real articles, with lists, headings
// and markup.
func TestExplainArticles(t *testing.T) {
	for _, name := range []string{"op-ed.txt", "policy-brief.md", "web-copy.html"} {
		doc := readFile(t, articles+"/"+name)
		m, err := engine.Analyze(context.Background(), doc)
		if err != nil {
			t.Fatal(err)
		}
		for i, id := range ids(m) {
			if i%23 == 7 {
				if err := wrong(explain(t, doc, id), m, doc); err != nil {
					t.Errorf("%s %s: %v", name, id, err)
				}
			}
		}
	}
}

var lineEnd = regexp.MustCompile(`\r\n|\r|\n`)

// wrong says what is wrong with an explanation.
func wrong(x *argument.Explanation, m *argument.Map, doc *document.Document) error {
	var errs []error
	fail := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	runes := []rune(doc.Text)
	lines := lineEnd.Split(doc.Text, -1)
	passage := func(p argument.Passage) {
		if string(runes[p.Start:p.End]) != p.Text || p.Text == "" || p.Part == "" {
			fail("%s is not the passage: %q", p.Part, p.Text)
		}
		first := lineEnd.Split(p.Text, -1)[0]
		if p.Line < 1 || p.Line > len(lines) || !strings.Contains(lines[p.Line-1], first) {
			fail("%q does not begin in line %d", p.Text, p.Line)
		}
	}
	if len(x.Passages) == 0 || x.Schema != argument.ExplanationSchema {
		fail("%d passages, schema %q", len(x.Passages), x.Schema)
	}
	for _, p := range x.Passages {
		passage(p)
	}
	for _, n := range x.Mentions {
		passage(n.Passage)
	}
	for _, s := range x.Statements {
		for _, c := range s.Content {
			passage(c)
		}
	}
	for _, d := range x.Decisions {
		if err := wrongDecision(d); err != nil {
			fail("%s: %w", d.About, err)
		}
		if err := contradicts(x, d); err != nil {
			fail("%s: %w", d.About, err)
		}
	}
	if x.Unit != nil && x.Unit.Text != m.Units[numberOf(x.Unit.ID)].Text {
		fail("another unit: %s", x.Unit.ID)
	}
	return errors.Join(errs...)
}

func numberOf(id string) int {
	n := 0
	fmt.Sscanf(id[1:], "%d", &n)
	return n - 1
}

// wrongDecision says what does not add up in a decision. Each number is rounded
// to three decimals.
func wrongDecision(d argument.Decision) error {
	var errs []error
	fail := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if p := d.Choice.Probability; p < 0 || p > 1 || d.Choice.Name == "" || d.For == "" {
		fail("choice %+v, for %q", d.Choice, d.For)
	}
	if d.RunnerUp == nil {
		if d.Margin != 0 || len(d.Evidence) > 0 {
			fail("margin %v and %d numbers without a runner-up", d.Margin, len(d.Evidence))
		}
		return errors.Join(errs...)
	}
	if len(d.Evidence) == 0 {
		fail("no evidence")
	}
	sum := 0.0
	for _, n := range d.Evidence {
		sum += n.Contribution - n.Against
		if math.Abs(n.Value*n.Weight-n.Contribution) > 0.002*(1+math.Abs(n.Value)+math.Abs(n.Weight)) {
			fail("%s: %v × %v is not %v", n.Name, n.Value, n.Weight, n.Contribution)
		}
		if len(n.Cues) > 5 {
			fail("%s: %d cues", n.Name, len(n.Cues))
		}
	}
	if d.For != d.Choice.Name {
		sum = -sum
	}
	if math.Abs(sum-d.Margin) > 0.002*float64(1+len(d.Evidence)) {
		fail("the evidence adds up to %.3f, not to %.3f", sum, d.Margin)
	}
	if (d.Margin < 0) != (d.Choice.Probability < d.RunnerUp.Probability) && math.Abs(d.Margin) > 0.01 && len(d.Rules) == 0 {
		fail("margin %v at %v against %v, and no rule", d.Margin, d.Choice.Probability, d.RunnerUp.Probability)
	}
	if len(d.Words) > 5 || d.WordsTried > 60 || len(d.Words) > d.WordsTried {
		fail("%d words of %d", len(d.Words), d.WordsTried)
	}
	return errors.Join(errs...)
}

// contradicts says where a decision is not what the map says.
func contradicts(x *argument.Explanation, d argument.Decision) error {
	var want string
	switch d.About {
	case argument.AboutUnit:
		want = "unit"
	case argument.AboutKind:
		want = string(x.Unit.Kind)
	case argument.AboutType:
		want = string(x.Unit.Type)
	case argument.AboutParent, argument.AboutLabel:
		want = "nothing"
		if x.Relation != nil {
			want = string(x.Relation.Type)
			if d.Choice.Unit != x.Relation.To {
				return fmt.Errorf("%s, but the map has %s", d.Choice.Unit, x.Relation.To)
			}
		}
	case argument.AboutConfidence, argument.AboutRelationConfidence:
		stated := 0.0
		switch {
		case d.About == argument.AboutRelationConfidence:
			stated = x.Relation.Confidence
		case x.Attribution != nil:
			stated = x.Attribution.Confidence
		default:
			stated = x.Unit.Confidence
		}
		if math.Abs(d.Choice.Probability-stated) > 0.0056 {
			return fmt.Errorf("%v, but the map has %v", d.Choice.Probability, stated)
		}
		return nil
	case argument.AboutThesis:
		if (d.Choice.Unit == x.ID) != (x.Unit.Role == argument.Thesis) {
			return fmt.Errorf("the thesis is %s", d.Choice.Unit)
		}
		return nil
	default:
		return nil
	}
	if d.Choice.Name != want {
		return fmt.Errorf("%q, but the map has %q", d.Choice.Name, want)
	}
	return nil
}

// TestExplainSays has what any reader would expect to find, whatever the weights.
func TestExplainSays(t *testing.T) {
	doc, m := analyze(t, "x.txt", []byte(ferry))
	must := explain(t, doc, unitWith(t, m, "must keep"))
	kind := decision(t, must, argument.AboutKind)
	if kind.Choice.Name != string(argument.Recommendation) || !hasWord(kind, "must") || !hasCue(kind, "modal.must", "must") {
		t.Errorf("why the council must: %+v", kind)
	}
	if p := must.Passages[0]; p.Line != 3 || p.Text != "The council must keep the night ferry" {
		t.Errorf("passage %+v", p)
	}
	share := decision(t, explain(t, doc, unitWith(t, m, "64 percent")), argument.AboutType)
	if share.Choice.Name != string(argument.Statistic) || !hasWord(share, "64") && !hasWord(share, "percent") {
		t.Errorf("why it is a statistic: %+v", share)
	}
	item := explain(t, doc, unitWith(t, m, "full fare"))
	if len(item.Passages) < 2 || item.Passages[1].Part != "lead-in" || item.Passages[1].Line != 7 {
		t.Errorf("passages of an item %+v", item.Passages)
	}
	lund := m.Attributions[0].SourceID
	source := explain(t, doc, lund)
	if source.Source.Name != "Maria Lund" || len(source.Statements) != 2 || len(source.Mentions) < 2 {
		t.Fatalf("%+v", source)
	}
	if how := source.Mentions[1]; how.Text != "She" || how.How != argument.ByPronoun || how.Attribution != "a2" {
		t.Errorf("mention %+v", how)
	}
	she := explain(t, doc, "a2")
	if r := she.Resolution; r.How != argument.ByPronoun || r.Before == nil || !strings.HasPrefix(r.Before.Text, "Maria Lund") || len(she.Statements) != 1 {
		t.Errorf("resolution %+v, statements %+v", r, she.Statements)
	}
	if cue := decision(t, she, argument.AboutCue); cue.Choice.Name != "cue" || cue.Passage == nil || cue.Passage.Text != "added" {
		t.Errorf("cue %+v", cue)
	}
}

func unitWith(t *testing.T, m *argument.Map, words string) string {
	t.Helper()
	for _, u := range m.Units {
		if strings.Contains(u.Text, words) {
			return u.ID
		}
	}
	t.Fatalf("no unit with %q", words)
	return ""
}

func decision(t *testing.T, x *argument.Explanation, about string) argument.Decision {
	t.Helper()
	for _, d := range x.Decisions {
		if d.About == about {
			return d
		}
	}
	t.Fatalf("%s: no decision about %s", x.ID, about)
	return argument.Decision{}
}

func hasWord(d argument.Decision, text string) bool {
	for _, w := range d.Words {
		if w.Text == text {
			return true
		}
	}
	return false
}

func hasCue(d argument.Decision, name, text string) bool {
	for _, n := range d.Evidence {
		for _, c := range n.Cues {
			if c.Name == name && c.Passage != nil && c.Passage.Text == text {
				return true
			}
		}
	}
	return false
}

func TestExplainUnknownID(t *testing.T) {
	doc, m := analyze(t, "x.txt", []byte("The council must keep the ferry, because no bridge will be built. It is safe."))
	units := fmt.Sprintf("units go from u1 to u%d", len(m.Units))
	for _, c := range []struct{ id, says string }{
		{"u99", units},
		{"u0", units},
		{"u01", units},
		{"u-1", units},
		{"p1", "there are no sources"},
		{"a1", "there are no attributions"},
		{"s1", units + ", there are no sources, there are no attributions, "},
		{"", units + ", "},
		{"u", units + ", "},
		{"u1 ", units + ", "},
	} {
		_, err := engine.Explain(context.Background(), doc, c.id)
		var unknown *engine.UnknownIDError
		if !errors.As(err, &unknown) || unknown.ID != c.id || !strings.HasPrefix(unknown.Known, c.says) {
			t.Errorf("%q: %v, want %q", c.id, err, c.says)
		}
	}
}

// TestExplainSame gives the same bytes twice, though words are hidden side by
// side.
func TestExplainSame(t *testing.T) {
	doc, _ := analyze(t, "x.txt", []byte(ferry))
	for _, id := range []string{"u2", "a1"} {
		var before []byte
		for range 2 {
			out, err := json.Marshal(explain(t, doc, id))
			if err != nil {
				t.Fatal(err)
			}
			if before != nil && !bytes.Equal(before, out) {
				t.Errorf("%s:\n%s\n%s", id, before, out)
			}
			before = out
		}
	}
}

func TestExplainCancelled(t *testing.T) {
	doc, _ := analyze(t, "x.txt", []byte(ferry))
	for _, after := range []time.Duration{0, 20 * time.Millisecond} {
		ctx, cancel := context.WithTimeout(context.Background(), after)
		_, err := engine.Explain(ctx, doc, "u1")
		cancel()
		if err != nil && !errors.Is(err, context.DeadlineExceeded) || err == nil && after == 0 {
			t.Errorf("after %v: %v", after, err)
		}
	}
}

// FuzzExplain explains all of any text.
func FuzzExplain(f *testing.F) {
	f.Add([]byte("🚢 \u202eThe council should keep the ferry.\r\n“Wé need it,” said Maria Lund.\r\r- It is cheap.\n- It is safe.\n"))
	f.Add([]byte("Critics say that it is dear, http://a.example/b?c=d")) // an attribution without a unit
	f.Add([]byte("said said said: “" + strings.Repeat("a ", 80)))
	f.Add([]byte("Although the boat is slow, it is safe; keep it. Steps:\n\n- Print a timetable.\n- Cut the fare;\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := reader.Read(context.Background(), reader.Input{Name: "any.txt", Data: data})
		if err != nil {
			return
		}
		m, err := engine.Analyze(context.Background(), doc)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids(m) {
			if err := wrong(explain(t, doc, id), m, doc); err != nil {
				t.Errorf("%s of %q: %v", id, doc.Text, err)
			}
		}
	})
}
