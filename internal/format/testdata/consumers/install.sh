#!/bin/sh
# Installs the programs that TestConsumers hands argmap's files to, in pinned
# versions, into a folder: python (a virtual environment), node_modules and,
# where there are Java and Maven, gephi (its importers). pandoc is taken from
# the PATH, if it is there.
#
#   install.sh FOLDER && ARGMAP_CONSUMERS=FOLDER go test ./internal/format -run Consumers
set -eu
folder=${1:?usage: install.sh FOLDER}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$folder"

in_python() {
	"${PYTHON:-python3}" -m venv "$folder/python"
	"$folder/python/bin/python" -m pip install --quiet --disable-pip-version-check \
		networkx==3.6.1 pandas==3.1.1 lxml==5.4.0 arguebuf==2.7.2 xaif==0.3.6 igraph==1.0.0 pybrat==0.1.7
	# bratiaa carries brat's own reader, which needs none of what bratiaa does.
	"$folder/python/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps bratiaa==0.1.4
}

in_node() {
	npm install --silent --no-audit --no-fund --no-save --prefix "$folder" \
		@argdown/cli@1.7.5 mermaid@11.17.2 jsdom@29.1.1 cytoscape@3.35.0 ajv@8.20.0 ajv-formats@3.0.1 \
		jsonld@9.0.0 @apache-annotator/dom@0.2.0 @apache-annotator/selector@0.2.0 \
		@citation-js/core@0.9.0 @citation-js/plugin-bibtex@0.9.0 @citation-js/plugin-csl@0.9.0 \
		@microsoft/sarif-multitool@5.7.0 @microsoft/jest-sarif@1.0.0-beta.0
}

# Gephi has no small package, so its test may be without it.
in_java() {
	if ! command -v java >/dev/null || ! command -v mvn >/dev/null; then
		echo "no java and mvn: Gephi's importers are not installed"
		return 0
	fi
	mvn --quiet --batch-mode --file "$here/gephi.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
		-DoutputDirectory="$folder/gephi.part" && rm -rf "$folder/gephi" && mv "$folder/gephi.part" "$folder/gephi" ||
		echo "Gephi's importers cannot be installed here"
}

folder=$(cd "$folder" && pwd)
in_python & python=$!
in_java & java=$!
in_node
wait "$python"
wait "$java"
