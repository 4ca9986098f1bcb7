package cli

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/argmap/argmap/internal/argument"
	"github.com/argmap/argmap/internal/compare"
	"github.com/argmap/argmap/internal/draw"
)

// checkPicture checks the options of a picture. given says which flags the command
// line has: a setting of one that does not go with the output is left out already.
func (o *DiffOptions) checkPicture(given func(flag string) bool) (err error) {
	if o.Theme, err = knownTheme(o.Theme); err != nil {
		return err
	}
	if err := atLeastOne("max-units", o.MaxUnits); err != nil {
		return err
	}
	if pictures := pictureFormats(); !slices.Contains(pictures, o.Format) {
		for _, name := range []string{"theme", "max-units"} {
			if given(name) {
				return usagef("--%s does not go with %s; it is for pictures: %s", name, o.Format, strings.Join(pictures, ", "))
			}
		}
	}
	return o.IO.checkBinary(o.Format, o.Output, "diff A B -o changes")
}

// pictureFormats are the names of the formats of diff that are pictures.
func pictureFormats() []string {
	return slices.DeleteFunc(printerNames(diffFormats), func(name string) bool { return name == "text" || name == "json" })
}

// drawDiff draws the two maps as one, with what became of what.
func drawDiff(ctx context.Context, o *DiffOptions, d *compare.Diff) ([]byte, error) {
	return o.IO.drawn(ctx, o.Format, func() ([]*argument.Map, draw.Options) {
		u := d.Union()
		changes := changesOf(u)
		changes.From, changes.To = o.versionNames(d)
		return []*argument.Map{u.Map}, draw.Options{Theme: o.Theme, MaxUnits: o.MaxUnits, Changes: changes}
	})
}

// changesOf is what became of what is in the union of two versions, for a
// picture of it.
func changesOf(u *compare.Union) *draw.Changes {
	c := &draw.Changes{
		Former: u.Former, Units: map[string]draw.Change{}, Relations: map[string]draw.Change{},
		Sections: map[string]draw.Status{}, Attributions: map[string]draw.Status{},
	}
	for id, change := range u.Units {
		c.Units[id] = unitChange(change)
	}
	for id, change := range u.Relations {
		r := draw.Change{Status: drawStatus[change]}
		if was, ok := u.Types[id]; ok {
			r.Details = []string{"was: " + string(was)}
		}
		c.Relations[id] = r
	}
	for id, change := range u.Sections {
		c.Sections[id] = drawStatus[change]
	}
	for id, change := range u.Attributions {
		c.Attributions[id] = drawStatus[change]
	}
	return c
}

var drawStatus = map[compare.Change]draw.Status{
	compare.Added: draw.Added, compare.Dropped: draw.Dropped, compare.Reworded: draw.Reworded, compare.Changed: draw.Changed,
}

var pieceStatus = map[compare.Op]draw.Status{
	compare.Both: draw.Unchanged, compare.OnlyA: draw.Dropped, compare.OnlyB: draw.Added,
}

// versionNames are what the documents are called: by what tells them apart, their
// files, these with their folders, or the same of the inputs that they came from,
// as two extractions may be of one file.
func (o *DiffOptions) versionNames(d *compare.Diff) (a, b string) {
	for _, pair := range [][2]string{{d.A.Document.URI, d.B.Document.URI}, {o.A, o.B}} {
		for _, name := range []func(string) string{filepath.Base, func(s string) string { return s }} {
			if a, b = name(pair[0]), name(pair[1]); a != b {
				return printable(a), printable(b)
			}
		}
	}
	return printable(a), printable(b)
}

// unitChange is what became of a unit. The ids of what is gone are those of the
// old version, and so are told apart.
func unitChange(c compare.UnitChange) draw.Change {
	change := draw.Change{Status: drawStatus[c.Change()]}
	if c.B == nil {
		change.Name = "old " + c.A.ID
		return change
	}
	if c.A == nil {
		return change
	}
	var turns []string
	for _, t := range c.Turns() {
		turns = append(turns, t.Text)
	}
	if !c.Reworded && len(turns) > 0 {
		change.Word, turns = turns[0], turns[1:]
	}
	change.Details = turns
	for _, f := range c.Fields {
		change.Details = append(change.Details, f.Tell(func(_ compare.Op, value string) string { return value }))
	}
	if c.Reworded {
		change.Was = c.A.Text
		change.Pieces = make([]draw.Piece, len(c.Words))
		for i, w := range c.Words {
			change.Pieces[i] = draw.Piece{Status: pieceStatus[w.Op], Text: w.Text}
		}
	}
	return change
}
