package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

// The rules about what supports what.

// missingThesis looks at texts that argue at all.
func missingThesis(v *view) []Finding {
	if _, ok := v.m.Thesis(); ok || len(v.m.Units) == 0 {
		return nil
	}
	return []Finding{{Message: "no claim or recommendation is the one that the whole text argues for", Confidence: 1}}
}

// thesisWithoutSupport leaves recommendations to the rule for them. A text of
// one unit is a statement and no argument.
func thesisWithoutSupport(v *view) []Finding {
	u, ok := v.m.Thesis()
	if !ok || u.Kind == argument.Recommendation || v.hasReason(u) || len(v.m.Units) == 1 {
		return nil
	}
	return []Finding{about(u, "nothing in the text supports its thesis")}
}

// recommendationWithoutSupport lets pass what the text only reports, unless it
// is the thesis, and items of a list whose introduction has a reason.
func recommendationWithoutSupport(v *view) []Finding {
	var list []Finding
	for i := range v.m.Units {
		u := &v.m.Units[i]
		if u.Kind != argument.Recommendation || v.hasReason(u) || u.Role != argument.Thesis && v.reported(u) {
			continue
		}
		if lead := v.introducedBy(u); lead != nil && v.hasReason(lead) {
			continue
		}
		list = append(list, about(u, "nothing in the text supports this recommendation"))
	}
	return list
}

// unansweredObjection finds attacks on main points, and on steps that lead
// right to them, that nothing attacks or undercuts in turn.
func unansweredObjection(v *view) []Finding {
	var list []Finding
	steps := map[string]*argument.Relation{}
	for i := range v.m.Relations {
		steps[v.m.Relations[i].ID] = &v.m.Relations[i]
	}
	for i := range v.m.Relations {
		r := &v.m.Relations[i]
		from, target, what := v.units[r.From], v.units[r.To], ""
		switch r.Type {
		case argument.Attacks:
			what = "this objection to"
		case argument.Undercuts:
			step := steps[r.To]
			if step == nil || step.Type != argument.Supports {
				continue
			}
			target, what = v.units[step.To], "this doubt about a reason for"
		default:
			continue
		}
		if from == nil || target == nil || !v.mainPoint(target) || len(v.attacks[from.ID])+len(v.cuts[r.ID]) > 0 ||
			answeredBy(from, target) {
			continue
		}
		message := fmt.Sprintf("nothing answers %s %s (%s)", what, nameOf(target), target.ID)
		list = append(list, about(from, message, r.Confidence, target.Confidence).see(target))
	}
	return list
}

// answeredBy reports whether a claim stands right behind an objection to it and
// so is the answer: "Some say that it is too dear. But it pays for itself." A
// thesis or recommendation that is only put all the same is none.
func answeredBy(objection, u *argument.Unit) bool {
	return u.Role == argument.RoleClaim && u.Kind == argument.Claim &&
		u.Start >= objection.End && u.Start <= objection.End+closeBy
}

// mainPoint reports whether u is a thesis, a main claim or a recommendation
// that the text itself puts forward. What it reports, its author may well
// attack and leave it at that.
func (v *view) mainPoint(u *argument.Unit) bool {
	if u.Role == argument.Thesis {
		return true
	}
	return (u.Role == argument.RoleClaim || u.Kind == argument.Recommendation) && !v.reported(u)
}

func nameOf(u *argument.Unit) string {
	switch {
	case u.Role == argument.Thesis:
		return "the thesis"
	case u.Kind == argument.Recommendation:
		return "a recommendation"
	}
	return "a main claim"
}

// circularSupport follows the supports from each unit. A circle is one that
// comes back to the unit, or over at least one step to a unit in the same
// words. A valid map has only circles of the second kind.
func circularSupport(v *view) []Finding {
	var list []Finding
	known := map[string]bool{} // units of circles that are reported
	for i := range v.m.Units {
		u := &v.m.Units[i]
		chain, least := v.chainFrom(u)
		for k, above := range chain {
			back := above.ID == u.ID
			if !back && (k == 0 || !v.words[u.ID].sameAs(v.words[above.ID])) || known[u.ID] {
				continue
			}
			for _, c := range chain[:k+1] {
				known[c.ID] = known[c.ID] || back
			}
			list = append(list, about(u, circleMessage(chain[:k+1], back), least[:k+1]...).see(chain[:k+1]...))
			break
		}
	}
	return list
}

// chainFrom follows the supports from u: the units on the way, u itself only
// where the way comes back to it, and the confidence of each step and its unit.
func (v *view) chainFrom(u *argument.Unit) (chain []*argument.Unit, least []float64) {
	passed, below := map[string]bool{}, u
	for at := v.serves(u); at != nil && !passed[at.ID]; at = v.serves(at) {
		passed[at.ID] = true
		chain = append(chain, at)
		least = append(least, min(at.Confidence, v.leaving[below.ID].Confidence))
		if at == u {
			break
		}
		below = at
	}
	return chain, least
}

func circleMessage(chain []*argument.Unit, back bool) string {
	last := len(chain) - 1
	switch {
	case back && last == 0:
		return "this claim is given as a reason for itself"
	case back:
		return "this claim is a reason for itself by way of " + idsOf(chain[:last])
	}
	return fmt.Sprintf("by way of %s this is a reason for %s, which says the same", idsOf(chain[:last]), chain[last].ID)
}

func idsOf(units []*argument.Unit) string {
	ids := make([]string, len(units))
	for i, u := range units {
		ids[i] = u.ID
	}
	return strings.Join(ids, ", ")
}

// reasonRestatesClaim finds reasons in the words of what they support. A
// conclusion that repeats the thesis later in the text is good manners, so a
// passage after its claim counts only if it stands close by.
func reasonRestatesClaim(v *view) []Finding {
	var list []Finding
	for i := range v.m.Units {
		u := &v.m.Units[i]
		target := v.serves(u)
		if target == nil || target == u || !v.words[u.ID].sameAs(v.words[target.ID]) || u.Start > target.End+closeBy {
			continue
		}
		message := fmt.Sprintf("this reason only repeats %s, which it supports", target.ID)
		list = append(list, about(u, message, v.leaving[u.ID].Confidence, target.Confidence).see(target))
	}
	return list
}

// closeBy is how many code points may lie between a claim and its restatement:
// about a sentence or two.
const closeBy = 200

// anecdoteOnlySupport finds main points, the author's own, whose every reason
// is an anecdote.
func anecdoteOnlySupport(v *view) []Finding {
	var list []Finding
	for i := range v.m.Units {
		u := &v.m.Units[i]
		reasons := v.supports[u.ID]
		if len(reasons) == 0 || !v.mainPoint(u) || u.Type == argument.Anecdote {
			continue
		}
		var anecdotes []*argument.Unit
		var least []float64
		for _, r := range reasons {
			if from := v.units[r.From]; from != nil && from.Type == argument.Anecdote {
				anecdotes = append(anecdotes, from)
				least = append(least, from.Confidence, r.Confidence)
			}
		}
		if len(anecdotes) < len(reasons) {
			continue
		}
		message := "its only reason is an anecdote"
		if len(anecdotes) > 1 {
			message = "all of its reasons are anecdotes"
		}
		list = append(list, about(u, nameOf(u)+": "+message, least...).see(anecdotes...))
	}
	return list
}

func unsupportedPrediction(v *view) []Finding {
	return unsupported(v, argument.Prediction, "this prediction has neither a source nor a reason")
}

// unsupported finds claims of a type with neither source nor reason, and none
// for the introduction of their list. The thesis has a rule of its own.
func unsupported(v *view, t argument.Type, message string) []Finding {
	var list []Finding
	for i := range v.m.Units {
		u := &v.m.Units[i]
		if u.Kind != argument.Claim || u.Type != t || u.Role == argument.Thesis || v.hasReason(u) || v.sourced(u) {
			continue
		}
		if lead := v.introducedBy(u); lead != nil && (v.sourced(lead) || v.hasReason(lead)) {
			continue
		}
		list = append(list, about(u, message))
	}
	return list
}

// strayClaim finds judgements of the author that stand alone. Facts may: they
// tell a story.
func strayClaim(v *view) []Finding {
	var list []Finding
	for i := range v.m.Units {
		u := &v.m.Units[i]
		_, leads := v.leaving[u.ID]
		if u.Type != argument.Judgement || u.Role == argument.Thesis || leads || v.hasReason(u) ||
			len(v.attacks[u.ID]) > 0 || v.reported(u) {
			continue
		}
		list = append(list, about(u, "this judgement is no reason for anything and has none itself"))
	}
	return list
}

// recommendationWithoutAddressee lets pass what has its addressee from the
// introduction of its list or from the recommendation that it serves.
func recommendationWithoutAddressee(v *view) []Finding {
	var list []Finding
	for i := range v.m.Units {
		u := &v.m.Units[i]
		if u.Kind != argument.Recommendation || u.Addressee != nil {
			continue
		}
		above := []*argument.Unit{v.introducedBy(u), v.serves(u)}
		if slices.ContainsFunc(above, func(a *argument.Unit) bool { return a != nil && a.Addressee != nil }) {
			continue
		}
		list = append(list, about(u, "this recommendation does not say who should act"))
	}
	return list
}
