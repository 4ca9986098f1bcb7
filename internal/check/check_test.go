package check

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/argmap/argmap/internal/argument"
)

// TestRules has each rule find what it should in sketches of maps, and nothing
// else. A want is "unit message see units", a message's beginning.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		name, rule, sketch string
		want               []string
	}{
		{"no thesis", "missing-thesis", `u1 fact claim: It rains.`, []string{" no claim or recommendation is"}},
		{"a thesis", "missing-thesis", `u1 judgement thesis: It rains too much.`, nil},
		{"no units", "missing-thesis", ``, nil},

		{"bare thesis", "thesis-without-support", `
			u1 judgement thesis: The pier is ugly.
			u2 fact claim: It was built in May.`, []string{"u1 nothing in the text supports its thesis"}},
		{"attack is no support", "thesis-without-support", `
			u1 judgement thesis: The pier is ugly.
			u2 fact premise !u1: It won a prize.`, []string{"u1 nothing"}},
		{"reason", "thesis-without-support", `
			u1 judgement thesis: The pier is ugly.
			u2 fact premise >u1: It is grey.`, nil},
		{"single claim", "thesis-without-support", `u1 judgement thesis: The pier is ugly.`, nil},
		{"recommendation", "thesis-without-support", `
			u1 recommendation thesis: Mend the pier.
			u2 fact claim: It is grey.`, nil},

		{"bare recommendation", "recommendation-without-support", `
			u1 recommendation thesis: Mend the pier.
			u2 fact premise >u1: It sinks.
			u3 recommendation claim: Paint the boats.`, []string{"u3 nothing in the text supports this recommendation"}},
		{"reported", "recommendation-without-support", `
			u1 recommendation claim "Ida Berg/person": Mend the pier.`, nil},
		{"reported thesis", "recommendation-without-support", `
			u1 recommendation thesis "Ida Berg/person": Mend the pier.`, []string{"u1 nothing"}},
		{"author's own words", "recommendation-without-support", `
			u1 recommendation claim "we/author": Mend the pier.`, []string{"u1 nothing"}},
		{"list of a claim with a reason", "recommendation-without-support", `
			u1 recommendation thesis: Do three things.
			u2 recommendation claim [u1]: Mend the pier.
			u3 fact premise >u1: It sinks.`, nil},
		{"list of a claim without", "recommendation-without-support", `
			u1 recommendation thesis: Do three things.
			u2 recommendation claim [u1]: Mend the pier.`, []string{"u1 nothing", "u2 nothing"}},

		{"objection to the thesis", "unanswered-objection", `
			u1 recommendation thesis: Mend the pier.
			u2 judgement premise !u1: It is dear.`, []string{"u2 nothing answers this objection to the thesis (u1) see u1"}},
		{"attacked in turn", "unanswered-objection", `
			u1 recommendation thesis: Mend the pier.
			u2 judgement premise !u1: It is dear.
			u3 judgement premise !u2: A new one is dearer.`, nil},
		{"its step undercut", "unanswered-objection", `
			u1 recommendation thesis: Mend the pier.
			u2 judgement premise !u1: It is dear.
			u3 judgement premise ~r1: Safety has no price.`, nil},
		{"objection to a reason", "unanswered-objection", `
			u1 recommendation thesis: Mend the pier.
			u2 fact premise >u1: It sinks.
			u3 fact premise !u2: It has not sunk since May.`, nil},
		{"doubt about a step", "unanswered-objection", `
			u1 recommendation thesis: Mend the pier.
			u2 fact premise >u1: It sinks.
			u3 fact premise ~r1: All piers sink.`, []string{"u3 nothing answers this doubt about a reason for the thesis (u1) see u1"}},
		{"doubt about an attack", "unanswered-objection", `
			u1 recommendation thesis: Mend the pier.
			u2 fact premise !u1: It is dear.
			u3 fact premise ~r1: All piers are.`, nil},
		{"main claim and recommendation", "unanswered-objection", `
			u1 judgement claim: The pier is ugly.
			u2 fact premise !u1: It won a prize.
			u3 recommendation claim: Mend the boats.
			u4 fact premise !u3: Nobody sails them.`,
			[]string{"u2 nothing answers this objection to a main claim (u1) see u1", "u4 nothing answers this objection to a recommendation (u3) see u3"}},
		{"another's claim", "unanswered-objection", `
			u1 judgement claim "Ida Berg/person": The pier is ugly.
			u2 fact premise !u1: It won a prize.`, nil},
		{"answered by what follows", "unanswered-objection", `
			u1 judgement premise !u2: The heating is dear.
			u2 judgement claim: A closed pool costs more.`, nil},
		{"claim much later", "unanswered-objection", `
			u1 judgement premise !u3: The heating is dear.
			u2 fact claim: ` + strings.Repeat("The water is warm. ", 12) + `
			u3 judgement claim: A closed pool costs more.`, []string{"u1 nothing"}},
		{"thesis put all the same", "unanswered-objection", `
			u1 judgement premise !u2: The heating is dear.
			u2 judgement thesis: The pool is worth it.`, []string{"u1 nothing"}},

		{"bare figure", "unsupported-statistic", `
			u1 statistic thesis: Nine in ten piers sink.
			u2 statistic premise >u1: Four sank in May.
			u3 fact premise >u1: Piers sink.`, []string{"u2 this figure has neither"}},
		{"sources of all kinds", "unsupported-statistic", `
			u1 statistic claim "Ida Berg/person": Nine piers sank.
			u2 statistic claim "officials/unnamed": Nine boats sank.
			u3 statistic claim "we/author": Nine of us counted.`, nil},
		{"quotation without speaker", "unsupported-statistic", `u1 statistic claim "/": Nine piers sank.`, []string{"u1 this"}},
		{"reason for a figure", "unsupported-statistic", `
			u1 statistic claim: Nine piers will be gone.
			u2 fact premise >u1: One goes each year.`, nil},
		{"list with a source", "unsupported-statistic", `
			u1 fact claim "Ida Berg/person": Ida Berg has counted them.
			u2 statistic premise [u1]: Nine piers sank.`, nil},

		{"list with a reason", "unsupported-statistic", `
			u1 fact claim: The piers are lost.
			u2 statistic premise [u1]: Nine piers sank.
			u3 fact premise >u1: The sea rises.`, nil},

		{"unnamed", "claim-on-unnamed-sources", `
			u1 fact claim "officials/unnamed": The mine closes.`,
			[]string{"u1 only “officials”, a source without a name, vouches for this"}},
		{"unnamed and a reason", "claim-on-unnamed-sources", `
			u1 fact claim "officials/unnamed": The mine closes.
			u2 fact premise >u1: The gate is shut.`, nil},
		{"unnamed for unnamed, and a main claim on both", "claim-on-unnamed-sources", `
			u1 judgement claim: The mine is finished.
			u2 fact premise >u1 "officials/unnamed": The mine closes.
			u3 fact premise >u2 "a clerk/unnamed": The gate is shut.`,
			[]string{"u1 a main claim rests only on what sources without a name say see u2", "u2 only “officials”", "u3 only “a clerk”"}},
		{"premise on unnamed", "claim-on-unnamed-sources", `
			u1 judgement thesis: The town is poor.
			u2 fact premise >u1: The mine closes.
			u3 fact premise >u2 "officials/unnamed": The gate is shut.
			u4 fact premise >u1: Shops are empty.`, []string{"u3 only"}},
		{"named", "claim-on-unnamed-sources", `u1 fact claim "Ida Berg/person": The mine closes.`, nil},
		{"people of a group", "claim-on-unnamed-sources", `u1 fact claim "People close to the talks/group": The mine closes.`, []string{"u1 only “People close"}},
		{"people with a name", "claim-on-unnamed-sources", `u1 fact claim "people of Kiel/group": The mine closes.`, nil},
		{"a group", "claim-on-unnamed-sources", `u1 fact claim "miners/group": The mine closes.`, nil},
		{"no source", "claim-on-unnamed-sources", `u1 fact claim: The mine closes.`, nil},
		{"objection of some", "claim-on-unnamed-sources", `
			u1 judgement thesis: The mine is safe.
			u2 judgement premise !u1 "critics/unnamed": It is not.`, nil},

		{"over a step", "circular-support", `
			u1 judgement thesis: Only the council can guard the harbour.
			u2 judgement premise >u1: The others would sell it.
			u3 judgement premise >u2: The harbour can be guarded by the council only.`,
			[]string{"u3 by way of u2 this is a reason for u1, which says the same see u2 u1"}},
		{"negated", "circular-support", `
			u1 judgement thesis: The council can guard the harbour.
			u2 judgement premise >u1: The others would sell it.
			u3 judgement premise >u2: The others cannot guard the council harbour.`, nil},
		{"too few words", "circular-support", `
			u1 judgement thesis: It is good.
			u2 judgement premise >u1: It is there.
			u3 judgement premise >u2: It is good.`, nil},
		{"another number", "circular-support", `
			u1 statistic thesis: The ferry lost 40 passengers in March.
			u2 judgement premise >u1: Nobody liked it.
			u3 statistic premise >u2: The ferry lost 30 passengers in March.`, nil},
		{"itself", "circular-support", `u1 judgement claim >u1: The pier is ugly.`,
			[]string{"u1 this claim is given as a reason for itself see u1"}},
		{"a circle", "circular-support", `
			u1 judgement claim >u2: The pier is ugly.
			u2 fact premise >u3: It is grey.
			u3 fact premise >u1: It is old.
			u4 fact premise >u1: It is wet.`,
			[]string{"u1 this claim is a reason for itself by way of u2, u3 see u2 u3 u1"}},

		{"restated", "reason-restates-claim", `
			u1 judgement thesis: The market hall endangers its visitors.
			u2 judgement premise >u1: Visitors are endangers of the market hall.`,
			[]string{"u2 this reason only repeats u1, which it supports see u1"}},
		{"restated at the end", "reason-restates-claim", `
			u1 judgement thesis: The market hall endangers its visitors.
			u2 fact premise >u1: ` + strings.Repeat("Slates fall from the roof in every gale. ", 6) + `
			u3 judgement premise >u1: The market hall endangers visitors.`, nil},

		{"anecdotes", "anecdote-only-support", `
			u1 judgement thesis: Winter cycling is safe.
			u2 anecdote premise >u1: My neighbour never fell.
			u3 anecdote premise >u1: Nor did I.`, []string{"u1 the thesis: all of its reasons are anecdotes see u2 u3"}},
		{"an anecdote and a fact", "anecdote-only-support", `
			u1 judgement thesis: Winter cycling is safe.
			u2 anecdote premise >u1: My neighbour never fell.
			u3 fact premise >u1: Tyres have studs.`, nil},
		{"an anecdote for an anecdote", "anecdote-only-support", `
			u1 anecdote thesis: My neighbour is safe in winter.
			u2 anecdote premise >u1: She never fell.`, nil},

		{"prediction", "unsupported-prediction", `
			u1 prediction claim: Traffic will double.
			u2 prediction claim "Ida Berg/person": It will not.
			u3 prediction thesis: It will be loud.`, []string{"u1 this prediction has neither"}},

		{"stray", "stray-claim", `
			u1 judgement thesis: Rents are too high.
			u2 judgement claim: The mayor's hat is ridiculous.
			u3 fact claim: It has a feather.
			u4 judgement claim "Ida Berg/person": It is a good hat.
			u5 judgement claim >u1: Nobody can pay them.
			u6 judgement claim: Feathers are vain.
			u7 fact premise !u6: Ducks need them.`, []string{"u2 this judgement is no reason"}},

		{"critics", "unnamed-opponent", `
			u1 judgement thesis: The ferry pays.
			u2 judgement premise !u1 "critics/unnamed": It does not.
			u3 judgement premise !u1 "Ida Berg/person": It might not.
			u4 judgement premise !u1: It did not last year.`,
			[]string{"u2 only “critics”, a source without a name, raises this objection see u1"}},

		{"no speaker", "quotation-without-speaker", `
			u1 judgement claim "/": We were never asked.
			u2 judgement claim "Ida Berg/person": We were.`, []string{"u1 this quotation has no speaker"}},
		{"speaker before the list", "quotation-without-speaker", `
			u1 fact claim "Ida Berg/person": Ida Berg says two things.
			u2 judgement claim [u1] "/": We were never asked.`, nil},

		{"one voice", "one-source", `
			u1 fact claim "Ida Berg/person": Ida one.
			u2 fact claim "Ida Berg/person": Ida two.
			u3 fact claim "we/author": We three.
			u4 fact claim "Ida Berg/person": Ida four.`, []string{" all 3 statements that the text reports come from Ida Berg"}},
		{"two voices", "one-source", `
			u1 fact claim "Ida Berg/person": Ida one.
			u2 fact claim "Ida Berg/person": Ida two.
			u3 fact claim "Bo/person": Bo three.
			u4 fact claim "Ida Berg/person": Ida four.`, nil},
		{"little reported", "one-source", `
			u1 fact claim "Ida Berg/person": Ida one.
			u2 fact claim "Ida Berg/person": Ida two.`, nil},

		{"nobody", "recommendation-without-addressee", `
			u1 recommendation thesis: The archive should be moved.
			u2 recommendation claim @: Kiel should move it.
			u3 recommendation premise >u2: Hire a van.
			u4 recommendation claim [u2]: Pack first.
			u5 recommendation premise >u1: Hire two vans.`,
			[]string{"u1 this recommendation does not say who should act", "u5 this"}},
	} {
		t.Run(c.rule+"/"+c.name, func(t *testing.T) {
			i := slices.IndexFunc(rules, func(r Rule) bool { return r.ID == c.rule })
			if i < 0 {
				t.Fatal("no such rule")
			}
			found := Run(build(t, c.sketch), rules[i:i+1], 0)
			for k := range max(len(found), len(c.want)) {
				got, want := "nothing", "nothing"
				if k < len(found) {
					got = said(found[k])
				}
				if k < len(c.want) {
					want = c.want[k]
				}
				if head, see, _ := strings.Cut(want, " see "); !strings.HasPrefix(got, head) || !strings.HasSuffix(got, see) ||
					got == "nothing" || want == "nothing" {
					t.Errorf("got %q, want %q", got, want)
				}
			}
		})
	}
}

// said is a finding in the words of the table above.
func said(f Finding) string {
	s := f.Unit + " " + f.Message
	for i, p := range f.Related {
		if i == 0 {
			s += " see"
		}
		s += " " + p.Unit
	}
	return s
}

// TestEveryRuleHasDocumentation holds rules and their files together.
func TestEveryRuleHasDocumentation(t *testing.T) {
	var named []string
	for _, r := range Rules() {
		named = append(named, r.ID+".txt")
		doc := r.Doc()
		for _, must := range []string{"\nExample:\n  ", "\n\nMend it"} {
			if !strings.Contains(doc, must) {
				t.Errorf("%s: no %q in its documentation", r.ID, must)
			}
		}
		for line := range strings.Lines(doc) {
			if n := len([]rune(line)); n > 77 || strings.TrimRight(line, " \n") != strings.TrimSuffix(line, "\n") {
				t.Errorf("%s: a line of %d characters: %q", r.ID, n, line)
			}
		}
		if strings.ContainsAny(r.Title, ".\n") || r.Title == "" || !slices.Contains(Levels(), r.Level) {
			t.Errorf("%s: level %q, title %q", r.ID, r.Level, r.Title)
		}
	}
	files, err := fs.Glob(docs, "rules/*.txt")
	if err != nil || len(files) != len(named) {
		t.Errorf("%d rules, files %v, %v", len(named), files, err)
	}
	if !slices.IsSortedFunc(Rules(), func(a, b Rule) int { return slices.Index(Levels(), a.Level) - slices.Index(Levels(), b.Level) }) {
		t.Error("the rules do not stand gravest first")
	}
}

func TestConfidence(t *testing.T) {
	m := build(t, `
		u1 recommendation thesis 0.95: Mend the pier.
		u2 judgement premise !u1 0.6: It is dear.`)
	objection := func(least float64) []Finding {
		return slices.DeleteFunc(Run(m, Rules(), least), func(f Finding) bool { return f.Rule != "unanswered-objection" })
	}
	if f := objection(0); len(f) != 1 || f[0].Confidence != 0.6 {
		t.Fatalf("%+v", f)
	}
	if n := len(objection(0.6)); n != 1 {
		t.Errorf("at its own confidence: %d findings", n)
	}
	if f := objection(0.61); len(f) != 0 {
		t.Errorf("above it: %+v", f)
	}
	m.Units[1].Confidence = 0.99 // now the relation is the least sure
	if f := objection(0); f[0].Confidence != 0.8 {
		t.Errorf("confidence %v, want that of the relation", f[0].Confidence)
	}
}

// TestOneSource checks the passage and the confidence of a finding that is
// about a source, whether the map has the text or only its units.
func TestOneSource(t *testing.T) {
	m := build(t, `
		u1 fact claim "Ida Berg/person": Ida one.
		u2 fact claim "Ida Berg/person": Ida two.
		u3 fact claim "Ida Berg/person": Ida three.`)
	m.Attributions[1].Confidence = 0.4
	for range 2 {
		found := oneSource(newView(m))
		if len(found) != 1 || found[0].Confidence != 0.4 || found[0].Text != "Ida" || found[0].Unit != "" {
			t.Errorf("%+v", found)
		}
		m.Document.Text = ""
	}
}

// TestIndirectWithoutSource checks that only direct speech is a quotation.
func TestIndirectWithoutSource(t *testing.T) {
	m := build(t, `u1 judgement claim "/": We were never asked.`)
	m.Attributions[0].Manner = argument.Indirect
	if found := quotationWithoutSpeaker(newView(m)); len(found) != 0 {
		t.Errorf("%+v", found)
	}
}

// TestOrder checks that findings come in text order, the graver first.
func TestOrder(t *testing.T) {
	m := build(t, `
		u1 prediction claim: Traffic will double.
		u2 statistic claim: Nine in ten piers sink.
		u3 recommendation claim: Mend the pier.`)
	var got []string
	for _, f := range Run(m, Rules(), 0) {
		got = append(got, f.Unit+" "+f.Rule)
	}
	want := []string{" missing-thesis", "u1 unsupported-prediction", "u2 unsupported-statistic",
		"u3 recommendation-without-support", "u3 recommendation-without-addressee"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// TestLargeMap keeps the time of all rules together in bounds on a map of two
// thousand units, one of them a chain a thousand long.
func TestLargeMap(t *testing.T) {
	var b strings.Builder
	rnd := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("ferry bridge harbour council money winter school tide road night child engine price storm")
	for i := range 2000 {
		fmt.Fprintf(&b, "u%d judgement premise", i+1)
		if i > 0 && i < 1000 {
			fmt.Fprintf(&b, " >u%d", i)
		} else if i > 0 {
			fmt.Fprintf(&b, " !u%d", 1+rnd.IntN(i))
		}
		fmt.Fprintf(&b, " \"critic %d/unnamed\": The", i%300)
		for range 6 {
			b.WriteString(" " + words[rnd.IntN(len(words))])
		}
		b.WriteString("\n")
	}
	m := build(t, b.String())
	began := time.Now()
	if found := Run(m, Rules(), 0); len(found) < 1000 {
		t.Errorf("%d findings only", len(found))
	}
	if took := time.Since(began); took > time.Minute { // some 0.1 s of a processor that has nothing else to do
		t.Errorf("took %v", took)
	}
}

func TestRunLeavesTheMapAlone(t *testing.T) {
	sketch := `
		u1 recommendation thesis: Mend the pier.
		u2 statistic premise >u1 "Ida Berg/person": It sinks.`
	m := build(t, sketch)
	Run(m, Rules(), 0)
	if diff := cmp.Diff(build(t, sketch), m); diff != "" {
		t.Errorf("the map was changed (-before +after)\n%s", diff)
	}
}
