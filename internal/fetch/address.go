package fetch

import (
	"errors"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Scheme returns the scheme of name, in lower case, if name is an address of
// any sort, and "" if it is a file name: "notes:today" and `C:\notes` are.
func Scheme(name string) string {
	before, after, found := strings.Cut(name, ":")
	if !found || len(before) < 2 { // one letter is a drive
		return ""
	}
	for i, r := range before {
		letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789+-.", r)) {
			return ""
		}
	}
	scheme := strings.ToLower(before)
	if mark, known := schemeMarks[scheme]; strings.HasPrefix(after, "//") || known && strings.Contains(after, mark) {
		return scheme
	}
	return ""
}

// schemeMarks are what stands in addresses that have no "//" after the scheme.
var schemeMarks = map[string]string{
	"about":      "",
	"blob":       ":",
	"data":       ",",
	"file":       "/",
	"http":       "", // mistyped, but meant for the web
	"https":      "",
	"javascript": "",
	"mailto":     "@",
}

// parse reads an address and brings its host into the form that is looked up:
// small letters, Punycode. It drops the fragment, which servers never see.
func parse(address string) (*url.URL, error) {
	bad := func(why string) (*url.URL, error) {
		return nil, &Error{Kind: ErrAddress, Text: why}
	}
	u, err := url.Parse(address)
	if err != nil {
		var parts *url.Error
		if errors.As(err, &parts) {
			err = parts.Err
		}
		return bad("not a web address: " + shown(err.Error()))
	}
	switch u.Scheme {
	case "http", "https":
	case "":
		return bad("an address without http: or https:")
	default:
		return bad("an address that begins with " + shown(u.Scheme) + ":; only http and https are fetched")
	}
	if u.Hostname() == "" {
		return bad("not a web address: it names no host")
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
			return bad("not a web address: there is no port " + shown(port))
		}
	}
	host, err := plainHost(u.Hostname())
	if err != nil {
		return bad("not a web address: its host " + shown(u.Hostname()) + " is neither a name nor an address")
	}
	if port := u.Port(); port != "" {
		host += ":" + port
	}
	u.Host = host
	u.Fragment, u.RawFragment = "", ""
	return u, nil
}

var errHost = errors.New("not a host")

// plainHost returns host as it is looked up, an IPv6 address in brackets. Some
// resolvers take "0x7f.1" or "2130706433" for an IPv4 address; as nobody else
// does, these are refused.
func plainHost(host string) (string, error) {
	if a, err := netip.ParseAddr(host); err == nil {
		if a.Is4() {
			return a.String(), nil
		}
		return "[" + a.String() + "]", nil
	}
	if strings.ContainsAny(host, "[]:%/\\@ ") {
		return "", errHost
	}
	if strings.IndexFunc(host, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
		ascii, err := idna.Lookup.ToASCII(host)
		if err != nil {
			return "", err
		}
		return plainHost(ascii) // digits of other scripts are digits now
	}
	host = strings.ToLower(host)
	name := strings.TrimSuffix(host, ".")
	last := name[strings.LastIndexByte(name, '.')+1:]
	if last == "" || isNumber(last) {
		return "", errHost
	}
	return host, nil
}

// isNumber holds for what resolvers may read as a part of an IPv4 address.
func isNumber(s string) bool {
	if hex, found := strings.CutPrefix(s, "0x"); found {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return strings.Trim(s, "0123456789") == ""
}

// maxName is how long a file name is at most, in bytes, its end counting.
const maxName = 200

// baseName makes a file name out of what a server calls a thing: its last part,
// without what does not print. It may come to "".
func baseName(s string) string {
	s = s[strings.LastIndexAny(s, `/\`)+1:]
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
	s = strings.Trim(s, " ")
	if len(s) > maxName {
		s = strings.ToValidUTF8(s[len(s)-maxName:], "")
	}
	if strings.Trim(s, ".") == "" {
		return ""
	}
	return s
}

// maxShown is how much of an address an error shows, in bytes.
const maxShown = 200

// shown is s fit for one line of an error.
func shown(s string) string {
	s = strings.ToValidUTF8(s, "?")
	if len(s) > maxShown {
		s = strings.ToValidUTF8(s[:maxShown], "") + "…"
	}
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, s)
}
