package draw

import (
	"cmp"
	"container/heap"

	"github.com/argmap/argmap/internal/argument"
)

// forest is the units of a map by what bears on what, as places in m.Units. A
// unit that undercuts a relation counts to the unit that the relation leaves.
type forest struct {
	m     *argument.Map
	place map[string]int
	up    []int   // what the unit bears on, or -1
	down  [][]int // what bears on the unit
	via   []argument.RelationType
	depth []int // steps up from the unit
	said  []bool
}

func newForest(m *argument.Map) *forest {
	n := len(m.Units)
	f := &forest{
		m: m, place: make(map[string]int, n), up: make([]int, n), down: make([][]int, n),
		via: make([]argument.RelationType, n), depth: make([]int, n), said: make([]bool, n),
	}
	for i := range m.Units {
		f.place[m.Units[i].ID] = i
		f.up[i] = -1
	}
	leaves := map[string]string{} // relation → the unit that it leaves
	for _, r := range m.Relations {
		leaves[r.ID] = r.From
	}
	for _, r := range m.Relations {
		to := r.To
		if r.Type == argument.Undercuts {
			to = leaves[to]
		}
		f.attach(r, to)
	}
	for i := range f.up {
		f.depth[i] = f.steps(i)
	}
	for _, a := range m.Attributions {
		for _, id := range a.Units {
			if i, ok := f.place[id]; ok {
				f.said[i] = true
			}
		}
	}
	return f
}

// attach puts the unit that r leaves below the unit to, unless it has a place
// already or that would make a circle: saved maps may hold anything.
func (f *forest) attach(r argument.Relation, to string) {
	i, ok := f.place[r.From]
	j, known := f.place[to]
	if !ok || !known || f.up[i] >= 0 {
		return
	}
	for k := j; k >= 0; k = f.up[k] {
		if k == i {
			return
		}
	}
	f.up[i], f.via[i] = j, r.Type
	f.down[j] = append(f.down[j], i)
}

// steps is how far the unit is from where the way up from it ends.
func (f *forest) steps(i int) int {
	n := 0
	for ; f.up[i] >= 0; i = f.up[i] {
		n++
	}
	return n
}

// all is a selection of every unit.
func (f *forest) all() []bool {
	shown := make([]bool, len(f.up))
	for i := range shown {
		shown[i] = true
	}
	return shown
}

// around selects unit i, what it bears on and what bears on it, as many steps
// each way.
func (f *forest) around(i, steps int) []bool {
	shown := make([]bool, len(f.up))
	shown[i] = true
	for j, n := f.up[i], 0; j >= 0 && n < steps; j, n = f.up[j], n+1 {
		shown[j] = true
	}
	for level, n := f.down[i], 0; len(level) > 0 && n < steps; n++ {
		var next []int
		for _, j := range level {
			shown[j] = true
			next = append(next, f.down[j]...)
		}
		level = next
	}
	return shown
}

// recommendations selects the recommendations with what bears directly on them
// and what they bear on.
func (f *forest) recommendations() []bool {
	shown := make([]bool, len(f.up))
	for i := range f.m.Units {
		if f.m.Units[i].Kind != argument.Recommendation {
			continue
		}
		for _, j := range append([]int{i, f.up[i]}, f.down[i]...) {
			if j >= 0 {
				shown[j] = true
			}
		}
	}
	return shown
}

// fold hides leaves, and what becomes a leaf by that, in the order of their rank
// until at most limit units are left; a rank below 0 keeps a unit. Of one rank
// those farthest up the chain of reasons go first, then the least sure, then
// what stands last.
func (f *forest) fold(shown []bool, limit int, rank func(i int) int) {
	left := 0
	kids := make([]int, len(shown))
	for i := range shown {
		if !shown[i] {
			continue
		}
		left++
		if j := f.up[i]; j >= 0 {
			kids[j]++
		}
	}
	q := &leaves{f: f, rank: make([]int, len(shown))}
	for i := range shown {
		q.rank[i] = rank(i)
		if shown[i] && kids[i] == 0 && q.rank[i] >= 0 {
			q.units = append(q.units, i)
		}
	}
	heap.Init(q)
	for ; left > limit && len(q.units) > 0; left-- {
		i := heap.Pop(q).(int)
		shown[i] = false
		if j := f.up[i]; j >= 0 {
			if kids[j]--; kids[j] == 0 && shown[j] && q.rank[j] >= 0 {
				heap.Push(q, j)
			}
		}
	}
}

// leaves is a heap of units, that first which is to be hidden first.
type leaves struct {
	f     *forest
	rank  []int
	units []int
}

func (q *leaves) Len() int      { return len(q.units) }
func (q *leaves) Swap(a, b int) { q.units[a], q.units[b] = q.units[b], q.units[a] }
func (q *leaves) Push(x any)    { q.units = append(q.units, x.(int)) }

func (q *leaves) Pop() any {
	last := q.units[len(q.units)-1]
	q.units = q.units[:len(q.units)-1]
	return last
}

func (q *leaves) Less(a, b int) bool {
	i, j := q.units[a], q.units[b]
	return cmp.Or(
		cmp.Compare(q.rank[i], q.rank[j]),
		cmp.Compare(q.f.depth[j], q.f.depth[i]),
		cmp.Compare(q.f.m.Units[i].Confidence, q.f.m.Units[j].Confidence),
		cmp.Compare(j, i),
	) < 0
}

// tallies counts the hidden units at those shown that they bear on in the end.
func (f *forest) tallies(shown []bool) map[string]tally {
	folded := map[string]tally{}
	for i := range shown {
		if shown[i] {
			continue
		}
		if j := f.host(i, shown); j >= 0 {
			t := folded[f.m.Units[j].ID]
			t.add(&f.m.Units[i], f.via[i])
			folded[f.m.Units[j].ID] = t
		}
	}
	return folded
}

// host is the nearest unit shown that the hidden unit i bears on, or -1.
func (f *forest) host(i int, shown []bool) int {
	j := f.up[i]
	for j >= 0 && !shown[j] {
		j = f.up[j]
	}
	return j
}
