#!/usr/bin/env python3
"""Our own annotated texts: marked-up files, and back to gold records.

    texts.py check FILE...                 says what is wrong with marked-up texts, and what they hold
    texts.py show GOLD.jsonl DIR           writes the records of a gold file as marked-up texts
    texts.py standoff CORPORA FILE...      prints annotation of texts that stand in CORPORA, without the texts
    texts.py gather CORPORA OUT.jsonl      writes all of it as gold records (offsets: code points)

texts/ holds texts written for this project, standoff.jsonl annotation of texts that stay
where they are: a gold record a line, with the SHA-256 of its text in the text's place.

A unit is <u3 fact premise +5>words</u>: its number, type (recommendation, judgement,
fact, statistic, anecdote, prediction) and role (thesis, claim, premise), and, if it
bears on another unit, that unit's number after + (supports) or - (attacks). Spans of
attribution 2 are <s2>source</s2>, <c2>cue</c2>, <t2>content</t2>; they may lie across
units and each other, and a span in several parts is tagged several times.
"""
import argparse
import glob
import hashlib
import json
import os
import re
import sys

from corpus import KINDS, ROLES

TAG = re.compile(r"<(/?)(?:u(\d*)((?: [^<>]*)?)|([sct])(\d+))>")
SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\bMrs|\bSen|\bGov|\bRep|\bRev|\bGen)(?<!\b(?:Mr|Dr|Ms|St|vs))[.?!]['\"”’)]* +['\"“‘(]*[A-Z]")
PART = {"s": "source", "c": "cue", "t": "content"}


def parse(name, marked):
    """The gold record of a marked-up text, and what is wrong with it as a list of strings."""
    wrong, plain, units, spans, open_, last, size = [], [], [], {}, {}, 0, 0
    for m in TAG.finditer(marked):
        piece = marked[last:m.start()]
        plain.append(piece)
        size += len(piece)
        last = m.end()
        close, unit, rest, part, number = m.groups()
        key = "u" if part is None else part + number
        if close:
            if key not in open_:
                wrong.append("%s closed but not open, before %r" % (key, marked[last:last + 30]))
                continue
            start, head = open_.pop(key)
            if part is None:
                units.append((start, size, head))
            else:
                spans.setdefault(int(number), {}).setdefault(PART[part], []).append([start, size])
        elif key in open_:
            wrong.append("%s opened twice, before %r" % (key, marked[last:last + 30]))
        else:
            open_[key] = size, (unit, (rest or "").split())
    text = "".join(plain) + marked[last:]
    wrong += ["%s never closed" % k for k in open_]
    record = {"id": name, "corpus": "argmap-own", "text": text, "terms": "ours", "units": [], "relations": [], "attributions": []}
    for start, end, (number, head) in sorted(units):
        wrong += add_unit(record, start, end, number, head)
    wrong += check(record)
    for n, a in sorted(spans.items()):
        if "cue" not in a or "content" not in a:
            wrong.append("attribution %d lacks a cue or a content" % n)
        record["attributions"].append({"source": a.get("source", []), "cue": a.get("cue", []), "content": a.get("content", [])})
    return record, wrong


def add_unit(record, start, end, number, head):
    text = record["text"][start:end]
    if len(head) not in (2, 3) or head[0] not in KINDS or head[1] not in ROLES or not number:
        return ["unit %r has the head %r" % (text[:30], head)]
    recommendation = head[0] == "recommendation"
    record["units"].append({
        "id": "u" + number, "start": start, "end": end, "label": "recommendation" if recommendation else "claim",
        "kind": "recommendation" if recommendation else "claim", "type": None if recommendation else head[0], "role": head[1], "addressee": None})
    if len(head) == 3:
        if not re.fullmatch(r"[+-]\d+", head[2]):
            return ["unit u%s bears on %r" % (number, head[2])]
        record["relations"].append({"from": "u" + number, "to": "u" + head[2][1:], "label": "supports" if head[2][0] == "+" else "attacks"})
    wrong = []
    if text != text.strip() or "\n" in text or not text:
        wrong.append("unit u%s begins or ends with a space, or holds a line break" % number)
    if SENTENCE_END.search(text):
        wrong.append("unit u%s may cross a sentence end: %r" % (number, text[:60]))
    if text[-1:] in ".,;:!?" and not text.endswith(("etc.", "...")) and not re.search(r"\b\w\.$", text):
        wrong.append("unit u%s ends with %r" % (number, text[-8:]))
    return wrong


def check(record):
    """What is wrong with the structure of a record."""
    wrong = []
    units = {u["id"]: u for u in record["units"]}
    parent = {r["from"]: r["to"] for r in record["relations"]}
    if len(units) < len(record["units"]):
        wrong.append("a unit's number is used twice")
    wrong += ["%s bears on %s, which there is not" % (a, b) for a, b in parent.items() if b not in units]
    theses = [u["id"] for u in record["units"] if u["role"] == "thesis"]
    if len(theses) > 1:
        wrong.append("several theses: " + " ".join(theses))
    wrong += ["the thesis bears on " + parent[t] for t in theses if t in parent]
    for u in units:
        seen, at = {u}, u
        while at in parent:
            at = parent[at]
            if at in seen:
                wrong.append("a circle through " + u)
                break
            seen.add(at)
    for a, b in parent.items():
        if a in units and b in units:
            if units[a]["role"] == "claim" and units[b]["role"] != "thesis":
                wrong.append("claim %s bears on %s, which is not the thesis (make it a premise)" % (a, b))
            if units[a]["role"] == "premise" and units[b]["role"] == "thesis":
                wrong.append("premise %s bears on the thesis (make it a claim)" % a)
    for a, b in zip(record["units"], record["units"][1:]):
        if a["end"] > b["start"]:
            wrong.append("%s and %s overlap" % (a["id"], b["id"]))
    return wrong


def show(record):
    """A record as a marked-up text."""
    number = {u["id"]: k + 1 for k, u in enumerate(sorted(record["units"], key=lambda u: u["start"]))}
    to = {r["from"]: "%s%d" % ("+" if r["label"] == "supports" else "-", number[r["to"]]) for r in record["relations"] if r["to"] in number}
    tags = []
    for u in record["units"]:
        kind = "recommendation" if u["kind"] == "recommendation" else u["type"]
        tags.append((u["start"], 1, "<u%d %s>" % (number[u["id"]], " ".join(x for x in (kind, u["role"], to.get(u["id"])) if x))))
        tags.append((u["end"], 0, "</u>"))
    for k, a in enumerate(record["attributions"]):
        for part, spans in (("s", a["source"]), ("c", a["cue"]), ("t", a["content"])):
            for s, e in spans:
                tags.append((s, 2, "<%s%d>" % (part, k + 1)))
                tags.append((e, -1, "</%s%d>" % (part, k + 1)))
    out, at = [], 0
    for where, _, tag in sorted(tags):
        out += [record["text"][at:where], tag]
        at = where
    return "".join(out) + record["text"][at:]


def gum(path):
    """The plain text of a GUM document, a paragraph a line with an empty one between."""
    out, paragraph, joined = "", False, range(0)
    for line in open(path, encoding="utf8"):
        if line.startswith("# newpar"):
            paragraph = True
        columns = line.rstrip("\n").split("\t")
        if len(columns) < 10 or "." in columns[0]:
            joined = joined if line.strip() else range(0)
            continue
        if "-" in columns[0]:
            first, last = map(int, columns[0].split("-"))
            joined = range(first, last + 1)
        elif int(columns[0]) in joined:
            continue
        if paragraph:
            out = out.rstrip(" ") + ("\n\n" if out else "")
            paragraph = False
        out += columns[1] + ("" if "SpaceAfter=No" in columns[9] else " ")
    return out.strip() + "\n"


def originals(corpora):
    """A function from an id to the text, and the gold attributions if there are any, that stand in the corpora."""
    records = {}
    for name in ("webis.train", "polnear.train"):
        for line in open(os.path.join(corpora, name + ".jsonl"), encoding="utf8"):
            r = json.loads(line)
            records[r["id"]] = r
    def find(name):
        if name.startswith("GUM_"):
            return gum(os.path.join(corpora, "gum", "train", name + ".conllu")), None
        return records[name]["text"], records[name].get("attributions")
    return find


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def standoff(corpora, paths):
    """Prints the annotation of marked-up texts whose plain text stands in the corpora; attributions that PolNeAR gives stay there."""
    find = originals(corpora)
    for path in paths:
        name = os.path.basename(path)[:-len(".txt")]
        text, attributions = find(name)
        record, wrong = parse(name, open(path, encoding="utf8").read())
        if record["text"].replace("\xa0", " ").rstrip() != text.replace("\xa0", " ").rstrip():
            raise SystemExit("%s is not the text in the corpora" % path)
        record["sha256"], record["terms"] = digest(text), "CC BY" if name.startswith("GUM_") else "publisher"
        del record["text"]
        if attributions is not None:
            del record["attributions"]
        print(json.dumps(record, ensure_ascii=False))


def gather(corpora):
    """Yields every text of ours and every text annotated by us, as gold records."""
    here = os.path.dirname(os.path.abspath(__file__))
    for path in sorted(glob.glob(os.path.join(here, "texts", "*.txt"))):
        yield parse("own-" + os.path.basename(path)[:-len(".txt")], open(path, encoding="utf8").read())[0]
    find = originals(corpora)
    for line in open(os.path.join(here, "standoff.jsonl"), encoding="utf8"):
        record = json.loads(line)
        text, attributions = find(record["id"])
        if digest(text) != record.pop("sha256"):
            raise SystemExit("%s is another text than the one annotated" % record["id"])
        yield {**record, "text": text, "attributions": record.get("attributions", attributions)}


def report(path):
    """Prints what a marked-up text holds and what is wrong with it; returns whether anything is."""
    record, wrong = parse(os.path.basename(path), open(path, encoding="utf8").read())
    units = record["units"]
    print("%s: %d words, %d units, %d recommendations, %d attacks, %d without a relation, %d attributions" % (
        record["id"], len(record["text"].split()), len(units), sum(u["kind"] == "recommendation" for u in units),
        sum(r["label"] == "attacks" for r in record["relations"]), len(units) - len(record["relations"]), len(record["attributions"])))
    for w in wrong:
        print("  " + w)
    return bool(wrong)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("check", "show", "standoff", "gather"))
    parser.add_argument("paths", nargs="+")
    args = parser.parse_args()
    if args.what == "check":
        return any([report(p) for p in args.paths])
    first, *rest = args.paths
    if args.what == "standoff":
        standoff(first, rest)
    elif args.what == "gather":
        with open(rest[0], "w", encoding="utf8") as f:
            f.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in gather(first))
    else:
        for line in open(first, encoding="utf8"):
            record = json.loads(line)
            with open(os.path.join(rest[0], record["id"] + ".txt"), "w", encoding="utf8") as f:
                f.write(show(record))


if __name__ == "__main__":
    sys.exit(main())
