"""Reads the graphs that TestConsumers wrote, with networkx and igraph.

graphs.py FOLDER writes what each program has of FILE as FILE.PROGRAM.dump.json,
which TestConsumers compares with what it wrote.
"""
import json
import math
import pathlib
import sys
import warnings

warnings.simplefilter("ignore")

import igraph
import networkx as nx

folder = pathlib.Path(sys.argv[1])


def save(path, program, nodes, edges):
    """Nodes are (id, label, attributes); edges are (from, to, label, attributes)."""
    dump = {
        "nodes": [{"id": n, "label": label, "attributes": a} for n, label, a in nodes],
        "edges": [{"from": f, "to": t, "label": label, "attributes": a} for f, t, label, a in edges],
    }
    pathlib.Path(f"{path}.{program}.dump.json").write_text(json.dumps(dump), encoding="utf-8")


def without(attributes, *names):
    return {k: v for k, v in attributes.items() if k not in names}


def from_networkx(path, graph, own_of_nodes=(), own_of_edges=()):
    """The attributes that are the format's own and not the map's are left out."""
    if not graph.is_directed():
        sys.exit(f"{path}: not directed")
    save(
        path, "networkx",
        [(n, d.get("label", ""), without(d, *own_of_nodes)) for n, d in graph.nodes(data=True)],
        [(f, t, d.get("label", ""), without(d, *own_of_edges)) for f, t, d in graph.edges(data=True)],
    )


def with_labels(graph):
    """Cytoscape's file says name and interaction where others say label; only sources have a name of their own."""
    for _, d in graph.nodes(data=True):
        d["label"] = d["name"] if d["node_type"] == "source" else d.pop("name")
    for _, _, d in graph.edges(data=True):
        d["label"] = d["interaction"]
    return graph


def from_igraph(path):
    graph = igraph.Graph.Read_GraphML(str(path))
    if not graph.is_directed():
        sys.exit(f"{path}: not directed")

    def there(element):  # a column is as long as there are nodes, filled with NaN or ""
        return {k: v for k, v in element.attributes().items() if not (isinstance(v, float) and math.isnan(v))}

    save(
        path, "igraph",
        [(v["id"], "", without(there(v), "id")) for v in graph.vs],
        [(graph.vs[e.source]["id"], graph.vs[e.target]["id"], "", without(there(e), "id")) for e in graph.es],
    )

def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


for gift in load(folder / "maps.json"):
    if gift["again"]:
        continue
    file = {ext: folder / (gift["name"] + ext) for ext in [".graphml", ".gexf", ".nodelink.json", ".cyjs"]}
    from_networkx(file[".graphml"], nx.read_graphml(file[".graphml"], force_multigraph=True), (), ("id",))
    from_networkx(file[".gexf"], nx.read_gexf(file[".gexf"]), ("label",), ("id", "label"))
    from_networkx(file[".nodelink.json"], nx.node_link_graph(load(file[".nodelink.json"])))
    from_networkx(file[".cyjs"], with_labels(nx.cytoscape_graph(load(file[".cyjs"]))), ("id", "value", "label"),
                  ("id", "key", "source", "target", "interaction", "label"))
    from_igraph(file[".graphml"])
