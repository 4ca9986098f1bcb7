package draw

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// The words of which generated maps are made: a town argues about its harbour.
var (
	genWho = []string{
		"the harbour board", "a survey of 412 households", "the council's own engineers", "most shopkeepers on Quay Street",
		"the regional rail authority", "two former mayors", "insurers", "families in the lower town", "the port's largest tenant",
		"a consultant's draft report", "fishing crews", "the school heads",
	}
	genDoes = []string{
		"expects the sea wall to cost about 38 million crowns over twelve years",
		"found that flooding closed the ring road on nineteen days last winter",
		"regards the ferry terminal as the only realistic site for a storm barrier",
		"lost a third of its trade after the bridge was closed to lorries",
		"cannot plan beyond the end of the current lease without a firm date",
		"would rather move uphill than pay for pumps that fail every spring",
		"never published the soil samples on which the whole estimate rests",
		"sees no conflict between a working port and a walkable waterfront",
	}
	genTail = []string{
		"", "", ", even in years without a storm", ", a figure that has doubled since the last count",
		", and nobody on the committee disputed it when the minutes were read out in public",
		", although the same document admits that the tide gauge was out of order for most of the period in question",
		", which is why the question keeps coming back",
	}
	genTitles = []string{
		"", "What the water costs us", "The wall nobody wants to pay for", "Lessons from the northern ports",
		"Who carries the risk", "A quieter waterfront", "What the critics overlook", "The first three years", "Where this leaves the town",
	}
	genNames = []string{
		"Marit Solheim", "Harbour Board", "Tide and Coast Institute", "Jonas Ek", "Regional Audit Office",
		"The Lower Town Residents' Association", "critics", "a 2021 feasibility study", "Ingrid Vass", "Port Tenants' League",
	}
	genActs = []string{
		"The council should buy the two empty warehouses before the lease is offered to anyone else",
		"Parliament must open the storm fund to towns of fewer than twenty thousand people",
		"Publish the soil samples, all of them, and let the engineers of both sides argue in the open",
		"The harbour board ought to move the fuel depot before it spends anything on the promenade",
	}
	genTypes     = []argument.Type{argument.Statistic, argument.Anecdote, argument.Fact, argument.Prediction, argument.Judgement}
	genStrengths = []argument.Strength{argument.Must, argument.Should, argument.Could}
)

// genMap makes a map of n units, the same for the same n and seed, of the form
// that real articles have: a thesis, main points in each section that bear on
// it, premises below those, some recommendations, some units said by sources.
func genMap(n int, seed uint64) *argument.Map {
	r := rand.New(rand.NewPCG(seed, uint64(n)))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	m := &argument.Map{Schema: argument.Schema, Document: argument.Document{
		ID: "sha256:0", URI: "harbour.txt", Title: "Build the barrier, then the promenade", Language: "en",
	}}
	sections := max(1, min(8, n/7))
	for i := range sections {
		m.Sections = append(m.Sections, argument.Section{ID: fmt.Sprintf("s%d", i+1), Title: genTitles[min(i+1, 8)], Level: 2})
	}
	for i, name := range genNames {
		m.Sources = append(m.Sources, argument.Source{ID: fmt.Sprintf("p%d", i+1), Name: name, Kind: argument.Person})
	}
	mains := map[string]string{} // section → its latest main point
	latest := map[string][]string{}
	for i := range n {
		id := fmt.Sprintf("u%d", i+1)
		s := m.Sections[i*sections/n].ID
		text := pick(genWho) + " " + pick(genDoes) + pick(genTail)
		u := argument.Unit{
			ID: id, Kind: argument.Claim, Type: genTypes[r.IntN(5)], Role: argument.Premise, Section: s,
			Text: strings.ToUpper(text[:1]) + text[1:], Confidence: 0.4 + r.Float64()*0.6,
		}
		to := ""
		switch {
		case i == 0:
			u.Role, u.Type = argument.Thesis, argument.Judgement
			u.Text = "The town should protect its harbour before it decorates it"
		case mains[s] == "" || r.IntN(6) == 0:
			u.Role, to = argument.RoleClaim, "u1"
			mains[s] = id
			latest[s] = append(latest[s], id)
		case r.IntN(9) == 0:
			// background: bears on nothing
		default:
			l := latest[s]
			to = l[max(0, len(l)-1-r.IntN(3))]
			if r.IntN(3) > 0 {
				to = mains[s]
			}
			latest[s] = append(latest[s], id)
		}
		if i > 0 && r.IntN(8) == 0 {
			u.Kind, u.Type, u.Strength, u.Text = argument.Recommendation, "", genStrengths[r.IntN(3)], pick(genActs)
			u.Addressee = &argument.Phrase{Text: "the council"}
		}
		m.Units = append(m.Units, u)
		if to != "" {
			kind := argument.Supports
			if r.IntN(6) == 0 {
				kind = argument.Attacks
			}
			m.Relations = append(m.Relations, argument.Relation{
				ID: fmt.Sprintf("r%d", len(m.Relations)+1), Type: kind, From: id, To: to, Confidence: 0.5 + r.Float64()/2,
			})
		}
		if i > 0 && r.IntN(4) == 0 {
			m.Attributions = append(m.Attributions, argument.Attribution{
				ID: fmt.Sprintf("a%d", len(m.Attributions)+1), SourceID: m.Sources[r.IntN(len(m.Sources))].ID,
				Units: []string{id}, Manner: argument.Indirect, Confidence: 0.8,
			})
		}
	}
	return m
}

func mapsOf(m ...*argument.Map) []*argument.Map { return m }

func itoa(n int) string { return fmt.Sprint(n) }
