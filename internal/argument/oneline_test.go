package argument

import "testing"

func TestOneLine(t *testing.T) {
	for text, want := range map[string]string{
		" a\n b\tc\u00a0d ":                   "a b c d",
		"red \x1b[31malert\u009b0m\x00":       "red �[31malert�0m�",
		"left \u202eright\u2066 and\u2069 on": "left �right� and� on",
		"a\u0085b":                            "a b",
		"Žofie 😀 says: “no”":                  "Žofie 😀 says: “no”",
		"":                                    "",
	} {
		if got := OneLine(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
