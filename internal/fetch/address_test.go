package fetch

import (
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestScheme(t *testing.T) {
	for _, c := range []struct{ name, scheme string }{
		{"http://example.org/story", "http"},
		{"https://example.org", "https"},
		{"HTTPS://Example.org", "https"},
		{"http:example.org", "http"},
		{"https:/example.org/story", "https"},
		{"http:", "http"},
		{"file:///etc/hosts", "file"},
		{"file:/etc/hosts", "file"},
		{"ftp://example.org/x", "ftp"},
		{"gopher://example.org", "gopher"},
		{"git+ssh://example.org", "git+ssh"},
		{"data:text/html,<p>Hello", "data"},
		{"data:,Hello", "data"},
		{"mailto:ann@example.org", "mailto"},
		{"javascript:alert(1)", "javascript"},
		{"about:blank", "about"},
		{"blob:https://example.org/1", "blob"},

		{"notes:today", ""},
		{"notes:http://example.org", ""},
		{`C:\texts\story.txt`, ""},
		{"C:/texts/story.txt", ""},
		{"c://texts/story.txt", ""},
		{"c:story.txt", ""},
		{"data:2024.csv", ""},
		{"file:story.txt", ""},
		{"mailto:ann", ""},
		{"story.txt", ""},
		{"./http://example.org", ""},
		{"10:30://x", ""},
		{"my notes://x", ""},
		{"été://x", ""},
		{"://x", ""},
		{"-", ""},
		{"", ""},
		{" http://example.org", ""},
	} {
		if got := Scheme(c.name); got != c.scheme {
			t.Errorf("%q: scheme %q, want %q", c.name, got, c.scheme)
		}
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ address, want, err string }{
		{"http://Example.ORG/Story?q=1#end", "http://example.org/Story?q=1", ""},
		{"HTTPS://example.org:8443", "https://example.org:8443", ""},
		{"http://user:pw@example.org/", "http://user:pw@example.org/", ""},
		{"http://bücher.example/", "http://xn--bcher-kva.example/", ""},
		{"http://a_b.example.org/", "http://a_b.example.org/", ""},
		{"http://example.org./", "http://example.org./", ""},
		{"http://[::1]:80/", "http://[::1]:80/", ""},
		{"http://[0:0::1]/", "http://[::1]/", ""},
		{"http://１２７.0.0.1/", "http://127.0.0.1/", ""},
		{"http://192.0.2.1.example.org/", "http://192.0.2.1.example.org/", ""},
		{"http://example.org/a b", "http://example.org/a%20b", ""},

		{"http://2130706433/", "", "its host 2130706433 is neither a name nor an address"},
		{"http://0x7f.1/", "", "neither a name"},
		{"http://0177.0.0.1/", "", "neither a name"},
		{"http://127.1/", "", "neither a name"},
		{"http://1.2.3.4.5/", "", "neither a name"},
		{"http://127.0.0.1./", "", "neither a name"},
		{"http://example.0x7f/", "", "neither a name"},
		{"http://./", "", "neither a name"},
		{"http://a%25b.example/", "", "not a web address"},
		{"http://x\u202ey.example/", "", "neither a name"},
		{"http:///story", "", "it names no host"},
		{"http:example.org", "", "it names no host"},
		{"http://:80/", "", "it names no host"},
		{"http://example.org:0/", "", "there is no port 0"},
		{"http://example.org:70000/", "", "there is no port 70000"},
		{"http://exa mple.org/", "", "invalid character"},
		{"http://example.org/%zz", "", "invalid URL escape"},
		{"http://[::1/", "", "not a web address"},
		{"file:///etc/hosts", "", "begins with file:; only http and https are fetched"},
		{"javascript:alert(1)", "", "begins with javascript:"},
		{"example.org/story", "", "without http: or https:"},
		{"", "", "without http: or https:"},
	} {
		u, err := parse(c.address)
		switch {
		case c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)):
			t.Errorf("%q: %v, error %v, want %q", c.address, u, err, c.err)
		case c.err == "" && err != nil:
			t.Errorf("%q: error %v", c.address, err)
		case c.err == "" && u.String() != c.want:
			t.Errorf("%q: %q, want %q", c.address, u, c.want)
		}
	}
}

func TestFileName(t *testing.T) {
	for _, c := range []struct{ address, disposition, want string }{
		{"http://example.org/a/story.html", "", "story.html"},
		{"http://example.org/a/story%20two.pdf?x=y.txt", "", "story two.pdf"},
		{"http://example.org/a/", "", ""},
		{"http://example.org", "", ""},
		{"http://example.org/..", "", ""},
		{"http://example.org/get", `attachment; filename="story.docx"`, "story.docx"},
		{"http://example.org/get", `attachment; filename*=UTF-8''r%C3%A9sum%C3%A9.odt`, "résumé.odt"},
		{"http://example.org/get", `attachment; filename="../../etc/story.txt"`, "story.txt"},
		{"http://example.org/get", `attachment; filename="C:\\texts\\story.txt"`, "story.txt"},
		{"http://example.org/get.md", `attachment; filename=".."`, "get.md"},
		{"http://example.org/get.md", `attachment; filename="`, "get.md"},
		{"http://example.org/get.md", "inline", "get.md"},
		{"http://example.org/a%0Ab%1B%E2%80%AE.txt", "", "ab.txt"},
		{"http://example.org/a%2Fb%5Cc.txt", "", "c.txt"},
		{"http://example.org/" + strings.Repeat("é", 200) + ".epub", "", strings.Repeat("é", 97) + ".epub"},
	} {
		u, err := url.Parse(c.address)
		if err != nil {
			t.Fatal(err)
		}
		if got := fileName(u, c.disposition); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.address, c.disposition, got, c.want)
		}
	}
}

func TestNonPublic(t *testing.T) {
	for _, c := range []struct{ address, what string }{
		{"93.184.215.14", ""},
		{"8.8.8.8", ""},
		{"100.63.255.255", ""},
		{"100.128.0.0", ""},
		{"172.15.255.255", ""},
		{"172.32.0.0", ""},
		{"192.167.255.255", ""},
		{"223.255.255.255", ""},
		{"2606:2800:21f:cb07:6820:80da:af6b:8b2c", ""},
		{"::ffff:8.8.8.8", ""},
		{"64:ff9b::808:808", ""},
		{"2002:808:808::1", ""},

		{"127.0.0.1", "an address of this machine"},
		{"127.255.255.254", "an address of this machine"},
		{"0.0.0.0", "an address of this machine"},
		{"0.1.2.3", "an address of this machine"},
		{"::", "an address of this machine"},
		{"::1", "an address of this machine"},
		{"::1%eth0", "an address of this machine"},
		{"::ffff:127.0.0.1", "an address of this machine"},
		{"64:ff9b::7f00:1", "an address of this machine"},
		{"2002:7f00:1::", "an address of this machine"},
		{"10.1.2.3", "a private address"},
		{"100.64.0.1", "a private address"},
		{"100.127.255.255", "a private address"},
		{"172.16.0.1", "a private address"},
		{"172.31.255.255", "a private address"},
		{"192.168.1.1", "a private address"},
		{"::ffff:192.168.1.1", "a private address"},
		{"64:ff9b::a00:1", "a private address"},
		{"2002:c0a8:101::1", "a private address"},
		{"64:ff9b:1::a00:1", "a private address"},
		{"fc00::1", "a private address"},
		{"fdff::1", "a private address"},
		{"fec0::1", "a private address"},
		{"169.254.1.1", "a link-local address"},
		{"fe80::1", "a link-local address"},
		{"fe80::1%eth0", "a link-local address"},
		{"169.254.169.254", "the metadata service of a cloud"},
		{"::ffff:169.254.169.254", "the metadata service of a cloud"},
		{"64:ff9b::a9fe:a9fe", "the metadata service of a cloud"},
		{"100.100.100.200", "the metadata service of a cloud"},
		{"168.63.129.16", "the metadata service of a cloud"},
		{"fd00:ec2::254", "the metadata service of a cloud"},
		{"224.0.0.1", "a multicast address"},
		{"ff02::1", "a multicast address"},
		{"255.255.255.255", "a reserved address"},
		{"240.0.0.1", "a reserved address"},
		{"192.0.2.1", "a reserved address"},
		{"198.18.0.1", "a reserved address"},
		{"2001:0:7f00:1::", "a reserved address"},
		{"2001:db8::1", "a reserved address"},
		{"::7f00:1", "a reserved address"},
		{"100::1", "a reserved address"},
		{"4000::1", "a reserved address"},
		{"5f00::1", "a reserved address"},
	} {
		if got := nonPublic(netip.MustParseAddr(c.address)); got != c.what {
			t.Errorf("%s: %q, want %q", c.address, got, c.what)
		}
	}
}

func TestInnerName(t *testing.T) {
	for name, want := range map[string]bool{
		"localhost": true, "localhost.": true, "a.localhost": true, "printer": true, "printer.local": true,
		"metadata.google.internal": true, "router.home.arpa": true, "nas.lan": true, "localhost.localdomain": true,
		"example.org": false, "local.example.org": false, "notlocalhost.example": false, "example.org.": false,
	} {
		if got := isInnerName(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// FuzzAddress checks that what is taken for an address can be told from a file
// name alike everywhere, that parsing ends in one form, and that names and
// errors can be printed.
func FuzzAddress(f *testing.F) {
	for _, seed := range []string{
		"https://example.org/a/story.html?x#y", "http://user:pw@[::1%25eth0]:80/", `C:\story.txt`, "notes:today", "data:,x",
		"http://１２７.0.0.1/", "http://0x7f.1", "file:///x", "http://bücher.example/ä%00.txt", "http://a\u202e/", "http://xn--a/",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		scheme := Scheme(address)
		if scheme != strings.ToLower(scheme) || scheme != "" && !strings.EqualFold(address[:len(scheme)+1], scheme+":") {
			t.Fatalf("scheme %q", scheme)
		}
		u, err := parse(address)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\r\x1b") || len(err.Error()) > 3*maxShown {
				t.Fatalf("error %q", err)
			}
			return
		}
		if Scheme(address) == "" {
			t.Fatalf("it is fetched as %s, and taken for a file name", u)
		}
		again, err := parse(u.String())
		if err != nil || again.String() != u.String() {
			t.Fatalf("%s, parsed again: %v, error %v", u, again, err)
		}
		if a, err := netip.ParseAddr(u.Hostname()); err == nil {
			_ = nonPublic(a)
		}
		name := fileName(u, address)
		if len(name) > maxName || !utf8.ValidString(name) || strings.ContainsAny(name, `/\`) ||
			strings.IndexFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) >= 0 {
			t.Fatalf("name %q", name)
		}
	})
}
