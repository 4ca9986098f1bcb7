"""Reads the four CSV tables that TestConsumers wrote with pandas, and compares
them with the JSON.

tables.py FOLDER
"""
import json
import pathlib
import sys

import pandas as pd

folder = pathlib.Path(sys.argv[1])


def check(got, want, what):
    if got != want:
        sys.exit(f"{what}: {got!r}, want {want!r}")


def read(name, table, sorts):
    """As anyone reads it, but that a passage "NA" is a passage. sorts are the
    columns that hold no text, and what pandas must take them for unasked."""
    frame = pd.read_csv(folder / f"{name}{table}.csv", keep_default_na=False, na_values={c: "" for c in sorts})
    for column, sort in sorts.items():
        values = frame[column]
        if values.isna().all():
            continue
        # A column of confidences that are 0 and 1 is one of integers to pandas,
        # and one of integers of which some are missing one of floats.
        may = "if" if sort == "float" or values.isna().any() else "i"
        check(values.dtype.kind in may, True, f"{name}{table} {column} is {values.dtype}")
    return frame


def rows(frame, columns):
    return [tuple(None if pd.isna(v) else v for v in row) for row in frame[columns].itertuples(index=False)]


def words(phrase):
    return phrase["text"] if phrase else ""


def rules(element):
    return "; ".join(dict.fromkeys(c["rule"] for c in element.get("cues", [])))


def check_units(name, maps):
    frame = read(name, "", {"start": "int", "end": "int", "confidence": "float"})
    columns = ["document", "id", "kind", "type", "role", "strength", "addressee", "start", "end", "confidence", "relation", "target",
               "text", "lead_in", "cues"]
    want = []
    for m in maps:
        leaving = {r["from"]: r for r in m["relations"]}
        for u in m["units"]:
            r = leaving.get(u["id"], {})
            want.append((m["document"]["uri"], u["id"], u["kind"], u.get("type", ""), u["role"], u.get("strength", ""),
                         words(u.get("addressee")), u["start"], u["end"], u["confidence"], r.get("type", ""), r.get("to", ""),
                         u["text"], words(u.get("lead_in")), rules(u)))
    check(rows(frame, columns), want, f"{name}.csv")
    return frame


def check_relations(name, maps):
    frame = read(name, ".relations", {"confidence": "float"})
    want = [(m["document"]["uri"], r["id"], r["type"], r["from"], r["to"], r["confidence"], rules(r))
            for m in maps for r in m["relations"]]
    check(rows(frame, ["document", "id", "type", "from", "to", "confidence", "cues"]), want, f"{name}.relations.csv")
    return frame


def check_sources(name, maps):
    frame = read(name, ".sources", {"mentions": "int", "attributions": "int"})
    want = []
    for m in maps:
        for s in m["sources"]:
            said = sum(a.get("source_id") == s["id"] for a in m["attributions"])
            want.append((m["document"]["uri"], s["id"], s["name"], s["kind"], s.get("description", ""), len(s["mentions"]), said))
    check(rows(frame, ["document", "id", "name", "kind", "description", "mentions", "attributions"]), want, f"{name}.sources.csv")
    return frame


def check_attributions(name, maps):
    numbers = [f"{what}_{end}" for what in ["source", "cue", "content"] for end in ["start", "end"]]
    frame = read(name, ".attributions", {"confidence": "float", **{n: "int" for n in numbers}})
    want = []
    for m in maps:
        names = {s["id"]: s["name"] for s in m["sources"]}
        for a in m["attributions"]:
            whole = {"start": a["content"][0]["start"], "end": a["content"][-1]["end"]}
            places = [s.get(end) for s in [a.get("source") or {}, a.get("cue") or {}, whole] for end in ["start", "end"]]
            for unit in a["units"] or [""]:
                source = a.get("source_id", "")
                want.append((m["document"]["uri"], a["id"], source, names.get(source, ""), unit, a["manner"], a["confidence"], *places))
    columns = ["document", "id", "source", "name", "unit", "manner", "confidence", *numbers]
    check(rows(frame, columns), want, f"{name}.attributions.csv")
    return frame


for gift in json.loads((folder / "maps.json").read_text(encoding="utf-8")):
    name = gift["name"]
    if gift["again"]:
        continue
    maps = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    maps = maps if isinstance(maps, list) else [maps]
    units, relations = check_units(name, maps), check_relations(name, maps)
    sources, said = check_sources(name, maps), check_attributions(name, maps)
    # The tables fit together.
    if len({m["document"]["uri"] for m in maps}) < len(maps):
        continue
    known = units.merge(relations, left_on=["document", "id"], right_on=["document", "from"])
    check(len(known), len(relations), f"{name}: units with relations")
    by_source = said[said["source"] != ""].merge(sources, left_on=["document", "source"], right_on=["document", "id"])
    check(list(by_source["name_x"]), list(by_source["name_y"]), f"{name}: names of sources")
    check(len(by_source), sum(said["source"] != ""), f"{name}: attributions with sources")

# And without a word to pandas.
units, relations = pd.read_csv(folder / "dispute.csv"), pd.read_csv(folder / "dispute.relations.csv")
check({c: units[c].dtype.kind for c in ["start", "end", "confidence"]}, {"start": "i", "end": "i", "confidence": "f"}, "dtypes")
check(list(units.merge(relations, left_on="id", right_on="from")["to"]), ["u1", "u1", "r2"], "CSV")
