"""Reads the brat files that TestConsumers wrote: with brat's own reader, which
compares each passage with the text, with pybrat, and with arguebuf.

brat.py FOLDER
"""
import json
import pathlib
import sys
import warnings

warnings.simplefilter("ignore")

import arguebuf
import bratsubset.annotation as brat
import pybrat.parser
from bratsubset.message import Messager

folder = pathlib.Path(sys.argv[1])
# As brat reads under Python 2, for which it was made: line breaks as they are.
brat.open_textfile = lambda name, mode="r": open(name, mode, encoding="utf-8", errors="strict", newline="\n")


def check(got, want, what):
    if got != want:
        sys.exit(f"{what}: {got!r}, want {want!r}")


def spans(list_of_spans):
    return [(s["start"], s["end"]) for s in list_of_spans]


def pieces(text, start, end):
    """A passage as brat has it: no piece goes over the end of a line."""
    found, at = [], start
    for i in range(start, end + 1):
        if i == end or text[i] in "\r\n":
            if i > at:
                found.append((at, i))
            at = i + 1
    return found


def check_brat(name, path, data, text):
    complaints = []
    for level in ["error", "warning"]:
        setattr(Messager, level, staticmethod(lambda message, *_, **__: complaints.append(message)))
    try:
        document = brat.TextAnnotations(path, read_only=True)
    except brat.ProtocolError as e:
        sys.exit(f"{name}: brat refuses it: {e}")
    check((document.failed_lines, complaints), ([], []), f"{name}: lines that brat cannot read")
    kinds = {"claim": "Claim", "recommendation": "Recommendation"}
    terms = [t for t in document.get_textbounds() if t.type in kinds.values()]
    check([(t.type, t.spans, t.text) for t in terms],
          [(kinds[u["kind"]], p := pieces(text, u["start"], u["end"]), " ".join(text[a:b] for a, b in p)) for u in data["units"]],
          f"{name}: units in brat")
    names = {t.id: u["id"] for t, u in zip(terms, data["units"])}
    attributes = {(a.target, a.type): a.value for a in document.get_attributes()}
    for t, u in zip(terms, data["units"]):
        got = {k.lower(): v for (target, k), v in attributes.items() if target == t.id}
        check(got, {k: u[k] for k in ["type", "role", "strength"] if k in u}, f"{name}: attributes in brat")
    leaves = {r["id"]: r["from"] for r in data["relations"]}
    check([(names[r.arg1], r.type, names[r.arg2]) for r in document.get_relations()],
          [(r["from"], r["type"], leaves.get(r["to"], r["to"])) for r in data["relations"]], f"{name}: relations in brat")
    events = list(document.get_events())
    check(len(events), len(data["attributions"]), f"{name}: events in brat")
    for e, a in zip(events, data["attributions"]):
        check(e.type, "Attribution", f"{name}: event in brat")
        content = [p for s in spans(a["content"]) for p in pieces(text, *s)]
        check(document.get_ann_by_id(e.trigger).spans, content, f"{name}: content in brat")
        check([names[t] for role, t in e.args if role.startswith("Unit")], a["units"], f"{name}: units of an event in brat")
        notes = [n.get_text() for n in document.get_oneline_comments() if n.target == e.id]
        check([json.loads(n)["manner"] for n in notes], [a["manner"]], f"{name}: manner in brat")
        where = {role: document.get_ann_by_id(t).spans for role, t in e.args}
        for role in ["Source", "Cue"]:
            s = a.get(role.lower())
            check(where.get(role), s and pieces(text, s["start"], s["end"]), f"{name}: {role} in brat")


def check_pybrat(name, data, text):
    # It knows no attributes and no notes, and would have no two annotations of
    # one passage.
    example = pybrat.parser.BratParser(error="ignore").parse(folder / "one")[0]
    units = [e for e in example.entities if e.type in ("Claim", "Recommendation")]
    check([[(s.start, s.end) for s in e.spans] for e in units], [pieces(text, *s) for s in spans(data["units"])], f"{name}: units in pybrat")
    check(len(example.relations), len(data["relations"]), f"{name}: relations in pybrat")
    check(len(example.events), len(data["attributions"]), f"{name}: events in pybrat")


read = 0
(folder / "one").mkdir()
for gift in json.loads((folder / "maps.json").read_text(encoding="utf-8")):
    name = gift["name"]
    if gift["documents"] > 1:
        continue
    data = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    with open(folder / f"{name}.txt", encoding="utf-8", newline="") as f:
        text = f.read()
    passages = data["units"] + [s for p in data["sources"] for s in p["mentions"]]
    passages += [s for a in data["attributions"] for s in [*a["content"], a.get("source"), a.get("cue")] if s]
    if any(text[s["start"]:s["end"]].strip() == "" for s in passages):
        continue  # brat has no annotation without a word
    read += 1
    check_brat(name, str(folder / name), data, text)
    for ext in ["ann", "txt"]:
        (folder / "one" / f"map.{ext}").write_bytes((folder / f"{name}.{ext}").read_bytes())
    check_pybrat(name, data, text)
    if not name.startswith("odd"):  # to arguebuf a quotation mark opens a cell, be it of several lines
        graph = arguebuf.load.file(str(folder / f"{name}.ann"))
        words = {n.plain_text.replace('"', "") for n in graph.atom_nodes.values()}
        want = {" ".join(text[a:b] for a, b in pieces(text, u["start"], u["end"])).replace('"', "") for u in data["units"]}
        check(want - words, set(), f"{name}: brat in arguebuf")
check(read > 20, True, f"{read} maps read")
