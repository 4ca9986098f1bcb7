package cli

import (
	"runtime"
	"runtime/debug"
	"testing"
)

func TestVersionLine(t *testing.T) {
	system := runtime.Version() + ", " + runtime.GOOS + "/" + runtime.GOARCH
	settings := func(pairs ...string) []debug.BuildSetting {
		var list []debug.BuildSetting
		for i := 0; i < len(pairs); i += 2 {
			list = append(list, debug.BuildSetting{Key: pairs[i], Value: pairs[i+1]})
		}
		return list
	}
	for _, c := range []struct {
		info *debug.BuildInfo
		want string
	}{
		{nil, "argmap unknown (" + system + ")\n"},
		{&debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}}, "argmap v1.2.3 (" + system + ")\n"},
		{&debug.BuildInfo{Main: debug.Module{Version: "(devel)"}, Settings: settings("vcs.revision", "abc", "vcs.modified", "false")},
			"argmap (devel) (commit abc, " + system + ")\n"},
		{&debug.BuildInfo{Main: debug.Module{Version: "v1.2.3"}, Settings: settings("vcs.revision", "abc", "vcs.modified", "true")},
			"argmap v1.2.3 (commit abc with changes, " + system + ")\n"},
	} {
		if got := versionLine(c.info); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
