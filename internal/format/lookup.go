package format

import "github.com/argmap/argmap/internal/argument"

// What several writers look up in a map.

// sourceNames are the names of the sources by their ids.
func sourceNames(m *argument.Map) map[string]string {
	names := make(map[string]string, len(m.Sources))
	for _, p := range m.Sources {
		names[p.ID] = p.Name
	}
	return names
}

// statementCounts is how many attributions each source has, by its id.
func statementCounts(m *argument.Map) map[string]int {
	said := map[string]int{}
	for _, a := range m.Attributions {
		said[a.SourceID]++
	}
	return said
}

// unitsBySection lists the units of each section by its id, in text order;
// those in none are under "".
func unitsBySection(m *argument.Map) map[string][]*argument.Unit {
	units := map[string][]*argument.Unit{}
	for i := range m.Units {
		u := &m.Units[i]
		units[u.Section] = append(units[u.Section], u)
	}
	return units
}

// origins are the units that relations leave, by the ids of the relations.
func origins(list []argument.Relation) map[string]string {
	from := make(map[string]string, len(list))
	for _, r := range list {
		from[r.ID] = r.From
	}
	return from
}

// undercut is the set of the relations that an undercut bears on.
func undercut(list []argument.Relation) map[string]bool {
	questioned := map[string]bool{}
	for _, r := range list {
		if r.Type == argument.Undercuts {
			questioned[r.To] = true
		}
	}
	return questioned
}
