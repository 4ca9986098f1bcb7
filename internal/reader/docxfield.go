package reader

import (
	"slices"
	"strings"
)

// docxField is a field that is being read: what it tells Word to compute, and
// then what came out.
type docxField struct {
	instruction string
	// result is set from where the result begins, listing where that is none of
	// the author's text.
	result, listing bool
}

// docxFields are the fields around what is read, outermost first.
type docxFields struct {
	open []docxField
	// hushed counts those that are not in their result, or in one that is not
	// read.
	hushed int
}

// maxInstruction is how much of an instruction is looked at, in bytes.
const maxInstruction = 1 << 10

// listings are the fields that put together a table of contents, an index or a
// bibliography.
var listings = []string{"TOC", "TOA", "INDEX", "BIBLIOGRAPHY", "RD"}

// isListing reports whether a field with that instruction gives one.
func isListing(instruction string) bool {
	fields := strings.Fields(strings.ToUpper(instruction))
	if len(fields) == 0 {
		return false
	}
	if fields[0] != "ADDIN" {
		return slices.Contains(listings, fields[0])
	}
	// Programs that keep references have fields of their own.
	for _, name := range []string{"ZOTERO_BIBL", "REFLIST", "BIBLIOGRAPHY", "CSL_BIBLIOGRAPHY"} {
		if strings.Contains(strings.Join(fields, " "), name) {
			return true
		}
	}
	return false
}

// sign begins a field, its result, or ends it, as the element e says.
func (f *docxFields) sign(e *element) {
	kind := e.attr("fldCharType")
	if kind == "begin" {
		f.open = append(f.open, docxField{})
		f.hushed++
		return
	}
	if len(f.open) == 0 {
		return
	}
	top := &f.open[len(f.open)-1]
	switch {
	case kind == "separate" && !top.result:
		top.result, top.listing = true, isListing(top.instruction)
		f.hushed -= count(!top.listing)
	case kind == "end":
		f.hushed -= count(!top.result || top.listing)
		f.open = f.open[:len(f.open)-1]
	}
}

// instruct adds to the instruction of the innermost field.
func (f *docxFields) instruct(text string) {
	if n := len(f.open); n > 0 && len(f.open[n-1].instruction) < maxInstruction {
		f.open[n-1].instruction += text
	}
}

// unendedFields returns the beginnings of fields under e that have no end. What
// stands after them is text, whatever they say.
func unendedFields(e *element) map[*element]bool {
	var open []*element
	e.each(func(c *element) bool {
		if c.name == "fldChar" {
			switch c.attr("fldCharType") {
			case "begin":
				open = append(open, c)
			case "end":
				open = open[:max(0, len(open)-1)]
			}
		}
		return c.name != "del" && c.name != "moveFrom"
	})
	unended := make(map[*element]bool, len(open))
	for _, c := range open {
		unended[c] = true
	}
	return unended
}
