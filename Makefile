# Everything that is done to argmap from the command line; "make help" lists it.

SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# The program is built without cgo, so that one file runs everywhere, and
# without paths, so that the same source gives the same bytes.
export CGO_ENABLED := 0
GO    ?= go
BUILD := $(GO) build -trimpath -ldflags '-s -w'

BIN       := bin/argmap
ARTICLE   := testdata/articles/op-ed.txt
PICTURES  := testdata/pictures
PLATFORMS := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64

# What takes the picture of the interactive page.
BROWSER   ?= chromium

# Where the annotated texts are that weights are fitted on.
CORPORA ?= corpora

# What trains the encoder, and how: see internal/weights/MODEL.md.
PYTHON       ?= python3
ENCODERFLAGS ?= --bf16

# How long each fuzz target runs, and the whole of the tests at most.
FUZZTIME ?= 20s
TIMEOUT  ?= 15m

QEMU_ARM64 ?= qemu-aarch64-static

LINT_VERSION := v2.15.0
LINT         := bin/tools/golangci-lint-$(LINT_VERSION)

.PHONY: help build demo test lint bench fuzz arm page page-check train train-encoder pictures cross install clean

help: ## list these targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

build: ## build bin/argmap
	$(BUILD) -o $(BIN) ./cmd/argmap

demo: build ## show the argument of an article, as an outline and as a picture
	@echo; $(BIN) extract $(ARTICLE)
	@$(BIN) graph --svg -o bin/demo.svg $(ARTICLE)
	@echo; echo "The same as a picture: bin/demo.svg"

test: ## vet and run all tests, with the race detector where there is a C compiler
	$(GO) vet ./...
	@if command -v "$$($(GO) env CC)" >/dev/null; then \
		echo "$(GO) test -race -timeout $(TIMEOUT) ./..."; \
		CGO_ENABLED=1 $(GO) test -race -timeout $(TIMEOUT) ./...; \
		echo "what that detector makes too slow, without it:"; \
		names=$$(grep -rh --include='*_test.go' -B1 'raced\.Skip(t)' internal | sed -nE 's/^func (Test[A-Za-z0-9_]+).*/\1/p' | paste -sd'|' -); \
		$(GO) test -run "^($$names)\$$" $$(grep -rl --include='*_test.go' 'raced\.Skip(t)' internal | xargs -n1 dirname | sort -u | sed 's|^|./|'); \
	else \
		echo "no C compiler, so without the race detector:"; \
		echo "$(GO) test -timeout $(TIMEOUT) ./..."; \
		$(GO) test -timeout $(TIMEOUT) ./...; \
	fi

lint: $(LINT) ## check format, style and who imports whom
	@unformatted=$$(gofmt -l cmd internal); \
	if [[ -n $$unformatted ]]; then echo "not formatted with gofmt:"; echo "$$unformatted"; exit 1; fi
	$(LINT) run ./...

# The linter stands in a folder of ours, so that no other version is touched.
$(LINT):
	GOBIN=$(CURDIR)/bin/tools GOFLAGS= $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	mv bin/tools/golangci-lint $@

bench: ## run all benchmarks
	$(GO) test -run '^$$' -bench . -benchmem ./...

# Go runs one fuzz target at a time. Shrinking what it finds interesting could
# take all of the time, and keeps its files small only. On a busy machine it
# takes a worker that has not ended in time for a failure: then it runs again.
fuzz: ## run every fuzz target for FUZZTIME
	@found=$$(grep -rnoE --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' cmd internal | sort); \
	if [[ -z $$found ]]; then echo "no fuzz target found"; exit 1; fi; \
	while IFS=: read -r file _ target; do \
		echo "$$(dirname $$file) $${target#func } for $(FUZZTIME)"; \
		run() { $(GO) test "./$$(dirname $$file)" -run '^$$' -fuzz "^$${target#func }\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x 2>&1 | tee bin/fuzz.log; }; \
		mkdir -p bin; \
		run || { grep -q 'context deadline exceeded' bin/fuzz.log && ! grep -q 'Failing input' bin/fuzz.log && run; } || exit 1; \
	done <<<"$$found"

# A product fused with a sum would give other bits on ARM than elsewhere.
arm: ## test the arithmetic as a 64-bit ARM processor does it, emulated by QEMU
	@listing=$$(GOARCH=arm64 $(GO) build -gcflags=-S ./internal/tensor ./internal/encoder 2>&1) || { tail -20 <<<"$$listing"; exit 1; }; \
	if grep -E '[[:space:]]FN?M(ADD|SUB)[SD][[:space:]]' <<<"$$listing"; then \
		echo "fused multiply-adds; convert the products: float32(a*b) + c" >&2; exit 1; \
	fi
	GOARCH=arm64 $(GO) test -exec $(QEMU_ARM64) -timeout $(TIMEOUT) ./internal/tensor

page: ## bundle the code of the interactive page again (needs npm)
	cd internal/draw/page && npm ci --silent
	$(GO) generate ./internal/draw

page-check: ## tell whether the bundled code is current
	$(GO) run -C internal/draw/page/bundle . -check

# Each stage is compiled with the weights of the one before it.
train: ## fit all weights but the encoder's again on the gold files in CORPORA
	@for stage in 1 2 3 4 5 6 7 8 9; do $(GO) run ./cmd/argmap-train -corpora $(CORPORA) -stage $$stage; done

# Needs what internal/weights/train/requirements.txt pins; bfloat16 is for
# processors that multiply it (avx512_bf16, amx_bf16) and for accelerators.
train-encoder: ## train the encoder again on CORPORA and our own texts (two hours on two cores)
	@mkdir -p bin
	$(PYTHON) internal/weights/train/train.py --corpora $(CORPORA) --save bin/gold.pt --passes argmap=8,polnear=3,webis=2,cdcp=4 $(ENCODERFLAGS)
	$(PYTHON) internal/weights/train/train.py --corpora $(CORPORA) --save bin/own.pt --passes argmap=8,own=5,polnear=3,webis=2,cdcp=4 $(ENCODERFLAGS)
	$(PYTHON) internal/weights/train/export.py --corpora $(CORPORA) --net bin/gold.pt bin/own.pt --out internal/weights/encoder.bin

pictures: build ## draw the pictures of the README again
	@mkdir -p $(PICTURES)
	$(BIN) graph $(ARTICLE) -o $(PICTURES)/op-ed.svg
	$(BIN) graph --theme dark testdata/articles/essay.txt -o $(PICTURES)/essay-dark.svg
	$(BIN) graph --theme print --collapse testdata/articles/policy-brief.md -o $(PICTURES)/brief-print.svg
	cd testdata && { ../$(BIN) diff drafts/rebuttal.txt articles/rebuttal.txt --max-units 25 -o ../$(PICTURES)/changes.svg || [[ $$? == 1 ]]; }
	$(BIN) graph $(ARTICLE) -o bin/page.html
	$(BROWSER) --headless=new --no-sandbox --hide-scrollbars --window-size=1320,820 --virtual-time-budget=3000 \
		--screenshot=$(PICTURES)/page.png file://$(CURDIR)/bin/page.html#u51 2>/dev/null

cross: ## build for every platform into dist
	@for platform in $(PLATFORMS); do \
		os=$${platform%/*}; arch=$${platform#*/}; ext=; \
		if [[ $$os == windows ]]; then ext=.exe; fi; \
		echo "dist/argmap-$$os-$$arch$$ext"; \
		GOOS=$$os GOARCH=$$arch $(BUILD) -o "dist/argmap-$$os-$$arch$$ext" ./cmd/argmap; \
	done

install: ## install argmap where go installs programs
	$(GO) install -trimpath -ldflags '-s -w' ./cmd/argmap

clean: ## remove what was built, but for the linter
	rm -rf $(BIN) bin/demo.svg dist coverage.out
