package gold

// policy is the kind of a unit: what CDCP calls a policy is a recommendation,
// and everything else a claim.
var policy = aspect{"kinds", predictedKind, func(d *doc, j int) string {
	if d.units[j].Label == "policy" {
		return recommendation
	}
	return claim
}}

// policyFigures compare units, recommendations and links.
func policyFigures(docs []*doc) []Figure {
	var units, recs, relations count
	for _, d := range docs {
		units.addUnits(d)
		recs.compare(d, policy, recommendation)
		relations.addRelations(d, allSupport)
	}
	return []Figure{units.f1("units"), recs.f1("recommendations"), relations.f1("relations")}
}
