package fetch

import (
	"fmt"
	"net/netip"
	"strings"
	"syscall"
)

// special are the addresses that are not public, after the registries of
// special-purpose addresses of IANA (RFC 6890 and its successors), with the
// services that clouds have at others. The first row that holds names one.
var special = []struct {
	prefix netip.Prefix
	what   string
}{
	{netip.MustParsePrefix("169.254.169.254/32"), "the metadata service of a cloud"},
	{netip.MustParsePrefix("100.100.100.200/32"), "the metadata service of a cloud"},
	{netip.MustParsePrefix("192.0.0.192/32"), "the metadata service of a cloud"},
	{netip.MustParsePrefix("168.63.129.16/32"), "the metadata service of a cloud"},
	{netip.MustParsePrefix("fd00:ec2::254/128"), "the metadata service of a cloud"},
	{netip.MustParsePrefix("0.0.0.0/8"), "an address of this machine"},
	{netip.MustParsePrefix("127.0.0.0/8"), "an address of this machine"},
	{netip.MustParsePrefix("::/128"), "an address of this machine"},
	{netip.MustParsePrefix("::1/128"), "an address of this machine"},
	{netip.MustParsePrefix("10.0.0.0/8"), "a private address"},
	{netip.MustParsePrefix("100.64.0.0/10"), "a private address"},
	{netip.MustParsePrefix("172.16.0.0/12"), "a private address"},
	{netip.MustParsePrefix("192.168.0.0/16"), "a private address"},
	{netip.MustParsePrefix("fc00::/7"), "a private address"},
	{netip.MustParsePrefix("fec0::/10"), "a private address"},
	{netip.MustParsePrefix("64:ff9b:1::/48"), "a private address"},
	{netip.MustParsePrefix("169.254.0.0/16"), "a link-local address"},
	{netip.MustParsePrefix("fe80::/10"), "a link-local address"},
	{netip.MustParsePrefix("224.0.0.0/4"), "a multicast address"},
	{netip.MustParsePrefix("ff00::/8"), "a multicast address"},
	{netip.MustParsePrefix("192.0.0.0/24"), "a reserved address"},
	{netip.MustParsePrefix("192.0.2.0/24"), "a reserved address"},
	{netip.MustParsePrefix("192.88.99.0/24"), "a reserved address"},
	{netip.MustParsePrefix("198.18.0.0/15"), "a reserved address"},
	{netip.MustParsePrefix("198.51.100.0/24"), "a reserved address"},
	{netip.MustParsePrefix("203.0.113.0/24"), "a reserved address"},
	{netip.MustParsePrefix("240.0.0.0/4"), "a reserved address"},
	{netip.MustParsePrefix("2001::/23"), "a reserved address"}, // Teredo among them
	{netip.MustParsePrefix("2001:db8::/32"), "a reserved address"},
	{netip.MustParsePrefix("3fff::/20"), "a reserved address"},
}

// public is all that has been given out of IPv6.
var public = netip.MustParsePrefix("2000::/3")

// embedding are the IPv6 networks that carry an IPv4 address, which begins at
// byte at: NAT64 (RFC 6052) and 6to4. The NAT64 networks that operators choose
// for themselves cannot be known.
var embedding = []struct {
	prefix netip.Prefix
	at     int
}{
	{netip.MustParsePrefix("64:ff9b::/96"), 12},
	{netip.MustParsePrefix("2002::/16"), 2},
}

// nonPublic says what a is if it is no public address, and "" if it is one.
func nonPublic(a netip.Addr) string {
	a = a.WithZone("").Unmap()
	for _, s := range special {
		if s.prefix.Contains(a) {
			return s.what
		}
	}
	if a.Is4() {
		return ""
	}
	for _, e := range embedding {
		if e.prefix.Contains(a) {
			b := a.As16()
			return nonPublic(netip.AddrFrom4([4]byte(b[e.at : e.at+4])))
		}
	}
	if !public.Contains(a) {
		return "a reserved address"
	}
	return ""
}

// innerNames are the last parts of names that only machines of one network
// know: those of RFC 6761, 6762, 8375 and what ICANN has set aside.
var innerNames = []string{"localhost", "localdomain", "local", "internal", "intranet", "lan", "home.arpa"}

// isInnerName reports whether host is known to this machine or its network
// alone. A name without a dot is.
func isInnerName(host string) bool {
	host = strings.TrimSuffix(host, ".")
	for _, name := range innerNames {
		if host == name || strings.HasSuffix(host, "."+name) {
			return true
		}
	}
	return !strings.Contains(host, ".")
}

// refuse is the error for an address or a name that is not public.
func refuse(host, what string) error {
	return &Error{Kind: ErrPrivate, Text: fmt.Sprintf("%s is %s; only public addresses are fetched from", host, what)}
}

// dialPublic is the Control of a [net.Dialer]: it sees every address that a name
// has resolved to right before it is connected to.
func (o Options) dialPublic(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return refuse(shown(address), "no address")
	}
	if what := nonPublic(to.Addr()); what != "" && (o.permit == nil || !o.permit(to)) {
		return refuse(to.Addr().String(), what)
	}
	return nil
}
