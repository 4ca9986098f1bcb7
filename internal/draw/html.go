package draw

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/argmap/argmap/internal/argument"
)

//go:generate go -C page/bundle run .

// pageFiles are the template of the page and what the bundler made of page/src.
//
//go:embed page/page.html page/dist/page.js page/dist/page.css
var pageFiles embed.FS

var pageTemplate = template.Must(template.ParseFS(pageFiles, "page/page.html"))

// HTML writes the maps as one web page that needs nothing else: the text with
// its units marked beside a map that can be walked, searched and folded, the
// ledger of sources and the list of recommendations. Without JavaScript, and on
// paper, the text, the lists and the static map are there.
//
// Its security policy lets nothing be fetched and no script run but its own,
// which is named by its hash. Where a map has no Document.Text the page shows
// the passages of its units alone.
func HTML(ctx context.Context, w io.Writer, maps []*argument.Map, opt Options) error {
	page, err := newPage(ctx, maps, opt)
	if err != nil {
		return fmt.Errorf("draw html: %w", err)
	}
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, page); err != nil {
		return fmt.Errorf("draw html: %w", err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

// webPage is what the template is filled with.
type webPage struct {
	Title  string
	Lang   string
	Theme  string // light or dark; "" follows the reader's system
	Live   string // where the page hears of changes, or ""
	Begin  string // how the page is at first, in the form of a query
	Policy string
	Style  template.HTML
	Script template.HTML
	Data   template.HTML
	Docs   []docPage
}

func newPage(ctx context.Context, maps []*argument.Map, opt Options) (*webPage, error) {
	opt.Changes = nil // the page has no map of changes
	th, ok := findTheme(opt.Theme)
	if !ok {
		return nil, fmt.Errorf("unknown theme %q (known: %s)", opt.Theme, strings.Join(Themes(), ", "))
	}
	if err := checkFocus(maps, opt.Focus); err != nil {
		return nil, err
	}
	style, err := pageStyle(opt.Theme, th)
	if err != nil {
		return nil, err
	}
	script, err := pageFiles.ReadFile("page/dist/page.js")
	if err != nil {
		return nil, err
	}
	p := &webPage{Title: clean(opt.Title), Lang: "en", Theme: darkness(opt.Theme), Live: opt.Live, Begin: begin(opt)}
	p.Policy = policy(style, string(script), opt.Live != "")
	// Both come from this repository, and have been looked through for what
	// would end the element.
	p.Style = template.HTML("<style>" + style + "</style>")
	p.Script = template.HTML("<script>" + string(script) + "</script>")
	shown := make([]*argument.Map, len(maps))
	for i, m := range maps {
		shown[i] = surely(m, opt)
	}
	if p.Title == "" {
		p.Title = heading(shown)
	}
	if len(shown) > 0 && shown[0].Document.Language != "" {
		p.Lang = shown[0].Document.Language
	}
	for i, m := range shown {
		d, err := newDocPage(ctx, m, i, len(shown), opt)
		if err != nil {
			return nil, err
		}
		p.Docs = append(p.Docs, d)
	}
	p.Data, err = pageData(shown)
	return p, err
}

// begin says what of the map is shown at first: the reader can unfold the rest.
func begin(opt Options) string {
	v := url.Values{}
	if opt.Focus != "" {
		v.Set("focus", opt.Focus)
	}
	if opt.Only != "" {
		v.Set("only", opt.Only)
	}
	if opt.Collapse {
		v.Set("collapse", "yes")
	}
	return v.Encode()
}

// darkness is the colour scheme that a theme asks for, if it asks for one.
func darkness(theme string) string {
	switch theme {
	case "":
		return ""
	case "dark":
		return "dark"
	}
	return "light"
}

// pageData is the maps as JSON in an element that no browser runs. The texts
// stand in the page already.
func pageData(maps []*argument.Map) (template.HTML, error) {
	bare := make([]argument.Map, len(maps))
	for i, m := range maps {
		bare[i] = *m
		bare[i].Document.Text = ""
		// The script counts on lists, be they empty.
		bare[i].Sections = append([]argument.Section{}, m.Sections...)
		bare[i].Units = append([]argument.Unit{}, m.Units...)
		bare[i].Sources = append([]argument.Source{}, m.Sources...)
		bare[i].Attributions = append([]argument.Attribution{}, m.Attributions...)
		bare[i].Relations = append([]argument.Relation{}, m.Relations...)
	}
	// Marshal writes <, > and & as escapes, so nothing ends the element.
	data, err := json.Marshal(bare)
	if err != nil {
		return "", err
	}
	return template.HTML(`<script type="application/json" id="data">` + string(data) + `</script>`), nil
}

// policy is the page's Content-Security-Policy.
func policy(style, script string, live bool) string {
	hash := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	p := "default-src 'none'; script-src " + hash(script) + "; style-src " + hash(style) + "; base-uri 'none'; form-action 'none'"
	if live {
		p += "; connect-src 'self'"
	}
	return p
}

// pageStyle is the page's style sheet, led by the colours of the themes. Unless
// a theme is asked for, the page is light or dark as the reader's system is.
func pageStyle(name string, th *theme) (string, error) {
	sheet, err := pageFiles.ReadFile("page/dist/page.css")
	if err != nil {
		return "", err
	}
	light, _ := findTheme("light")
	if name != "" && name != "dark" {
		light = th
	}
	dark, _ := findTheme("dark")
	var b strings.Builder
	b.WriteString(":root{color-scheme:light;" + light.variables() + "}\n")
	// Paper is white, whatever the screen is.
	b.WriteString("@media screen{:root[data-theme=dark]{color-scheme:dark;" + dark.variables() + "}}\n")
	b.WriteString("@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;" + dark.variables() + "}}\n")
	b.Write(sheet)
	return b.String(), nil
}

// variables are the theme's colours as custom properties of CSS.
func (t *theme) variables() string {
	var b strings.Builder
	for _, v := range []struct{ name, colour string }{
		{"page", t.page}, {"text", t.text}, {"dim", t.dim}, {"group", t.group}, {"group-line", t.groupLine},
		{"thesis", t.thesis}, {"thesis-line", t.thesisLine}, {"claim", t.claim}, {"claim-line", t.claimLine},
		{"premise", t.premise}, {"premise-line", t.premiseLine}, {"rec", t.rec}, {"rec-line", t.recLine},
		{"band", t.band}, {"band-text", t.bandText}, {"source", t.source}, {"source-line", t.sourceLine},
		{"supports", t.supports}, {"attacks", t.attacks}, {"undercuts", t.undercuts}, {"attribution", t.attribution},
		{"supports-sign", t.supportsSign}, {"attacks-sign", t.attacksSign},
	} {
		b.WriteString("--" + v.name + ":" + v.colour + ";")
	}
	return b.String()
}

// svgIDs are the attributes that name an element or point at one.
var svgIDs = regexp.MustCompile(`( (?:id|aria-labelledby|aria-describedby)="|href="#|url\(#)`)

// staticMap is the picture of m to stand in a page: with ids that are no other
// element's.
func staticMap(ctx context.Context, m *argument.Map, i int, opt Options) (template.HTML, []string, error) {
	var b bytes.Buffer
	var notes []string
	opt.Focus, opt.Only = "", "" // in the page these only say what is shown first
	if opt.Theme == "dark" {
		opt.Theme = "" // the picture stands in for the map on paper
	}
	opt.Title, opt.Note = "", func(s string) { notes = append(notes, s) }
	if err := SVG(ctx, &b, []*argument.Map{m}, opt); err != nil {
		return "", nil, err
	}
	svg := b.String()
	if at := strings.Index(svg, "<svg"); at > 0 {
		svg = svg[at:]
	}
	svg = svgIDs.ReplaceAllString(svg, "${1}svg"+strconv.Itoa(i+1)+"-")
	return template.HTML(svg), notes, nil
}
