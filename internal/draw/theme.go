package draw

// theme is a set of colours, all "#rrggbb". The hues of supports and attacks
// are those of Okabe and Ito, which people with any colour vision tell apart;
// no meaning hangs on them alone.
type theme struct {
	name string
	page string
	text string // titles, and the text of claims and sources
	dim  string // second lines: kind, confidence, captions

	group, groupLine string // the ground and border of a section

	thesis, thesisLine   string
	claim, claimLine     string // main points
	premise, premiseLine string
	rec, recLine         string
	band, bandText       string // the head of a recommendation
	source, sourceLine   string

	supports, attacks, undercuts, attribution string // lines
	supportsSign, attacksSign                 string // the "+" and "−" beside them
}

// themes is the one list of themes; the first is the default.
var themes = []theme{
	{
		name: "light", page: "#ffffff", text: "#1b1f24", dim: "#4d5763",
		group: "#f3f5f7", groupLine: "#c3cad2",
		thesis: "#fff3c4", thesisLine: "#1b1f24",
		claim: "#dcebf7", claimLine: "#33658f",
		premise: "#ffffff", premiseLine: "#6b7885",
		rec: "#e3f4ec", recLine: "#0b6b4b", band: "#0b6b4b", bandText: "#ffffff",
		source: "#f6eef4", sourceLine: "#8a5a7c",
		supports: "#0072b2", attacks: "#d55e00", undercuts: "#8a3ea8", attribution: "#757d86",
		supportsSign: "#0067a0", attacksSign: "#b04e00",
	},
	{
		name: "dark", page: "#14181d", text: "#eef1f4", dim: "#b3bdc7",
		group: "#1c2229", groupLine: "#46515d",
		thesis: "#4a3d0e", thesisLine: "#f0e442",
		claim: "#1d3a52", claimLine: "#7cb8e6",
		premise: "#262d35", premiseLine: "#8b98a5",
		rec: "#123a2c", recLine: "#3fc796", band: "#3fc796", bandText: "#06120d",
		source: "#3a2935", sourceLine: "#cc8fbb",
		supports: "#56b4e9", attacks: "#ff8c3a", undercuts: "#d39bec", attribution: "#98a2ac",
		supportsSign: "#56b4e9", attacksSign: "#ff8c3a",
	},
	{
		name: "print", page: "#ffffff", text: "#000000", dim: "#333333",
		group: "#ffffff", groupLine: "#8c8c8c",
		thesis: "#e6e6e6", thesisLine: "#000000",
		claim: "#f2f2f2", claimLine: "#000000",
		premise: "#ffffff", premiseLine: "#555555",
		rec: "#ffffff", recLine: "#000000", band: "#000000", bandText: "#ffffff",
		source: "#ffffff", sourceLine: "#555555",
		supports: "#000000", attacks: "#000000", undercuts: "#000000", attribution: "#666666",
		supportsSign: "#000000", attacksSign: "#000000",
	},
	{
		// The eight colours of Okabe and Ito with white, and nothing else.
		name: "colorblind", page: "#ffffff", text: "#000000", dim: "#000000",
		group: "#ffffff", groupLine: "#56b4e9",
		thesis: "#f0e442", thesisLine: "#000000",
		claim: "#56b4e9", claimLine: "#000000",
		premise: "#ffffff", premiseLine: "#000000",
		rec: "#ffffff", recLine: "#000000", band: "#009e73", bandText: "#000000",
		source: "#cc79a7", sourceLine: "#000000",
		supports: "#0072b2", attacks: "#d55e00", undercuts: "#cc79a7", attribution: "#000000",
		supportsSign: "#0072b2", attacksSign: "#000000",
	},
}

// findTheme returns the theme of that name; "" is the default.
func findTheme(name string) (*theme, bool) {
	for i := range themes {
		if themes[i].name == name || name == "" {
			return &themes[i], true
		}
	}
	return nil, false
}
