"""Reads the files that TestConsumers wrote with the programs they are for.

check.py FOLDER checks dispute.* in FOLDER and writes what those programs make
of them as back.*, for argmap to read again.
"""
import json
import pathlib
import sys
import warnings

warnings.simplefilter("ignore")

import arguebuf
import networkx as nx
import xaif

folder = pathlib.Path(sys.argv[1])


def path(name):
    return str(folder / name)


def load(name):
    return json.loads((folder / name).read_text(encoding="utf-8"))


def check(got, want, what):
    if got != want:
        sys.exit(f"{what}: {got!r}, want {want!r}")


def check_graph(g, what):
    units = {n: d for n, d in g.nodes(data=True) if d["node_type"] == "unit"}
    check(sorted(units), ["u1", "u2", "u3", "u4", "u5"], what)
    check(units["u1"]["start"], 20, what)
    check(units["u1"]["confidence"], 0.9, what)
    check("[closed since May] // see {annex_2}. 🏊 שלום" in units["u4"]["text"], True, what)
    edges = {(a, b): d["type"] for a, b, d in g.edges(data=True)}
    check(edges[("u2", "u1")], "supports", what)
    check(edges[("u3", "u1")], "attacks", what)
    check(edges[("u4", "r2-step")], "undercuts", what)
    check(edges[("p1", "u3")], "says", what)
    check(sorted(nx.ancestors(g, "u1")), ["p1", "r2-step", "u2", "u3", "u4"], what)


graph = nx.read_graphml(path("dispute.graphml"))
check_graph(graph, "GraphML")
nx.write_graphml(graph, path("back.graphml"))
check_graph(nx.read_gexf(path("dispute.gexf")), "GEXF")
graph = nx.node_link_graph(load("dispute.nodelink.json"))
check_graph(graph, "node-link")
(folder / "back.nodelink.json").write_text(json.dumps(nx.node_link_data(graph)), encoding="utf-8")
check_graph(nx.cytoscape_graph(load("dispute.cyjs")), "Cytoscape")

for name in ["dispute.aif.json", "dispute.arguebuf.json"]:
    graph = arguebuf.load.file(path(name))
    check(len(graph.atom_nodes), 5, name)
    check(sorted(type(s.scheme).__name__ for s in graph.scheme_nodes.values()), ["Attack", "Attack", "Support"], name)
    check(len(graph.edges), 6, name)
graph = arguebuf.load.file(path("dispute.arguebuf.json"))
check(graph.major_claim.plain_text, "The pool must stay open", "Arguebuf")
check([n.participant.name for n in graph.atom_nodes.values() if n.participant], ["Inês Duarte"], "Arguebuf")
check([r.title for r in graph.resources.values()], ["Keep the pool open"], "Arguebuf")
arguebuf.dump.file(graph, folder / "back.arguebuf.json")
(folder / "back.aif.json").write_text(json.dumps(arguebuf.dump.aif(graph)), encoding="utf-8")
(folder / "back.xaif.json").write_text(json.dumps(arguebuf.dump.xaif(graph)), encoding="utf-8")
check(len(arguebuf.load.xaif(load("dispute.xaif.json")).atom_nodes), 5, "xAIF in arguebuf")

data = load("dispute.xaif.json")
turn = xaif.AIF(data)
check(turn.is_valid_json_aif(), True, "xAIF")
check(turn.get_speaker(data["AIF"]["locutions"][0]["nodeID"])[0], "Inês Duarte", "xAIF")
turn.add_component("argument_relation", relation_type="RA", iNode_ID1="5", iNode_ID2="1")
(folder / "more.xaif.json").write_text(json.dumps(turn.xaif), encoding="utf-8")

# The same of any map: what arguebuf and xaif have of it.
schemes = {"supports": "Support", "attacks": "Attack", "undercuts": "Attack"}


def called(node):
    return type(node.scheme).__name__ if isinstance(node, arguebuf.SchemeNode) else node.plain_text


def joined(graph):
    return sorted((called(e.source), called(e.target)) for e in graph.edges.values())


def steps(data):
    """The edges that a map's relations are, by the words at their ends."""
    words = {u["id"]: u["text"] for u in data["units"]} | {r["id"]: schemes[r["type"]] for r in data["relations"]}
    return sorted(e for r in data["relations"] for e in [(words[r["from"]], words[r["id"]]), (words[r["id"]], words[r["to"]])])


for gift in load("maps.json"):
    if gift["documents"] > 1:
        continue
    name, data = gift["name"], load(gift["name"] + ".json")
    for ext in [".aif.json", ".arguebuf.json", ".xaif.json"]:
        file = name + ext
        graph = arguebuf.load.xaif(load(file)) if ext == ".xaif.json" else arguebuf.load.file(path(file))
        check(sorted(n.plain_text for n in graph.atom_nodes.values()), sorted(u["text"] for u in data["units"]), file)
        check(sorted(type(s.scheme).__name__ for s in graph.scheme_nodes.values()), sorted(schemes[r["type"]] for r in data["relations"]), file)
        check(joined(graph), steps(data), file)
    check(xaif.AIF(load(name + ".xaif.json")).is_valid_json_aif(), True, f"{name}: xAIF")
