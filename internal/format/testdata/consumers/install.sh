#!/bin/sh
# Installs the programs that TestConsumers hands argmap's files to, in pinned
# versions, into a folder: python (a virtual environment) and node_modules.
#
#   install.sh FOLDER && ARGMAP_CONSUMERS=FOLDER go test ./internal/format -run Consumers
set -eu
folder=${1:?usage: install.sh FOLDER}
mkdir -p "$folder"
"${PYTHON:-python3}" -m venv "$folder/python"
"$folder/python/bin/python" -m pip install --quiet --disable-pip-version-check \
	networkx==3.6.1 pandas==3.1.1 lxml==5.4.0 arguebuf==2.7.2 xaif==0.3.6
npm install --silent --no-audit --no-fund --no-save --prefix "$folder" \
	@argdown/cli@1.7.5 mermaid@11.17.2 jsdom@29.1.1 cytoscape@3.35.0
