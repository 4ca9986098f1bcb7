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

	// Where two versions of a text are compared: what is new, what is gone, what is
	// otherwise than before and the rest. Lines are in the first colour and words on
	// a ground of it in the text's, boxes in the fill's.
	came, cameText, cameFill string
	gone, goneText, goneFill string
	goneSign                 string // words that are gone
	altered, alteredText     string
	muted, mutedText         string
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
		came: "#0067a0", cameText: "#ffffff", cameFill: "#e2f0fa",
		gone: "#b04e00", goneText: "#ffffff", goneFill: "#fdefe2", goneSign: "#b04e00",
		altered: "#3a434d", alteredText: "#ffffff", muted: "#838c96", mutedText: "#68717b",
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
		came: "#56b4e9", cameText: "#06121a", cameFill: "#12334a",
		gone: "#ff8c3a", goneText: "#1c0d02", goneFill: "#452a14", goneSign: "#ff8c3a",
		altered: "#d5dbe1", alteredText: "#14181d", muted: "#6f7b87", mutedText: "#98a2ac",
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
		came: "#000000", cameText: "#ffffff", cameFill: "#ffffff",
		gone: "#666666", goneText: "#ffffff", goneFill: "#ececec", goneSign: "#5a5a5a",
		altered: "#dcdcdc", alteredText: "#000000", muted: "#949494", mutedText: "#707070",
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
		came: "#0072b2", cameText: "#ffffff", cameFill: "#ffffff",
		gone: "#d55e00", goneText: "#000000", goneFill: "#ffffff", goneSign: "#000000",
		altered: "#f0e442", alteredText: "#000000", muted: "#000000", mutedText: "#000000",
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
