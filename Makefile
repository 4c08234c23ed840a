# Two commands: `make run` and `make test`. Both do all set-up themselves.
.PHONY: run test build desktop bench bench-board bench-overlay soak shots ui packages-build packages-desktop packages-test \
        bench-usersig toolchain test-rust test-ui test-e2e test-golden test-xss test-sdk test-compat test-usersig test-rest test-desktop test-obs lint clean

CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/surtitle
TARGET := $(or $(CARGO_TARGET_DIR),target)
DISPLAYED := $(or $(DISPLAY),$(WAYLAND_DISPLAY),$(filter Darwin Windows_NT,$(shell uname -s)$(OS)))
export SURTITLE_TOOLS := $(CACHE)/tools
export SURTITLE_PYTHON := $(CACHE)/python

# Opens the windows where there is a display, else serves headless and says so.
ifdef DISPLAYED
run: desktop
	$(TARGET)/release/surtitle $(ARGS)
else
run: build
	$(TARGET)/release/surtitle $(ARGS)
endif

# The pages and the headless program.
build: packages-build toolchain ui
	cargo build --release --locked

# The program with windows.
desktop: packages-build packages-desktop toolchain ui
	cargo build --release --locked --features gui,custom-protocol

packages-build:
	@.make/packages.sh build
packages-desktop:
	@.make/packages.sh desktop
packages-test:
	@.make/packages.sh test

toolchain: packages-build
	@.make/toolchain.sh

# --- pages

ui/node_modules/.ready: ui/package-lock.json
	cd ui && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

UI_SOURCES := $(shell find ui -name node_modules -prune -o -name dist -prune -o -type f -print 2>/dev/null)

ui/dist/.built: ui/node_modules/.ready $(UI_SOURCES)
	cd ui && npm run --silent build
	@touch $@

ui: toolchain
	@$(MAKE) --no-print-directory ui/dist/.built

# --- tests

test: packages-build packages-desktop packages-test toolchain ui
	$(MAKE) --no-print-directory lint test-ui test-rust test-compat test-e2e test-golden test-xss test-sdk test-usersig test-rest test-obs test-desktop

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cargo clippy --locked --features gui --all-targets -- -D warnings

test-ui:
	cd ui && npm run --silent check && npm run --silent test

test-rust:
	cargo test --workspace --locked --features surtitle-core/ts

tests/node_modules/.ready: tests/package-lock.json
	cd tests && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

test-e2e: tests/node_modules/.ready
	cargo build --locked
	cd tests && npm run --silent e2e

# Every card in every theme beside the pictures that were looked at; SURTITLE_UPDATE=1 keeps new ones. A minute and a half.
test-golden: tests/node_modules/.ready
	cargo build --locked
	cd tests && npm run --silent golden

# Hostile text in every field of every page. A sample of the payloads; XSS_ALL=1 takes all.
test-xss: tests/node_modules/.ready
	cargo build --locked
	cd tests && npm run --silent xss

# Unmodified SDKs of the vendor, pinned, against the program.
test-sdk: tests/node_modules/.ready
	cargo build --locked
	cd tests && npm run --silent sdk

# What docs/compatibility says beside what there is: nothing is started for it.
test-compat: tests/node_modules/.ready
	cd tests && npm run --silent compat

$(SURTITLE_PYTHON)/.ready: tests/requirements.txt
	python3 -m venv --clear $(SURTITLE_PYTHON)
	$(SURTITLE_PYTHON)/bin/pip install --quiet --disable-pip-version-check --requirement tests/requirements.txt
	@touch $@

# Signatures of the vendor's own libraries here, and ours there.
test-usersig: tests/node_modules/.ready $(SURTITLE_PYTHON)/.ready
	cargo build --locked
	cd tests && npm run --silent usersig

# The REST API, put through what its description allows and does not; 75 s at most.
test-rest: $(SURTITLE_PYTHON)/.ready
	cargo build --locked
	$(SURTITLE_PYTHON)/bin/python tests/rest/fuzz.py

$(SURTITLE_TOOLS)/bin/tauri-driver:
	cargo install tauri-driver --version '^2' --locked --root $(SURTITLE_TOOLS) --target-dir $(CACHE)/tauri-driver-target

test-desktop: tests/node_modules/.ready $(SURTITLE_TOOLS)/bin/tauri-driver
	cargo test --locked --features gui -p surtitle --lib
	cargo build --locked --features gui
	cp $(TARGET)/debug/surtitle $(TARGET)/debug/surtitle-desktop
	SURTITLE_BIN=$(abspath $(TARGET))/debug/surtitle-desktop tests/desktop/run.sh

# The real OBS, in a network of its own; one quiet minute here, five when tests/obs/run.sh is run by hand.
test-obs: tests/node_modules/.ready
	cargo build --locked
	SURTITLE_BIN=$(abspath $(TARGET))/debug/surtitle SURTITLE_OBS_QUIET=1 tests/obs/run.sh

# --- measuring and looking

bench: build tests/node_modules/.ready
	cargo bench --locked --bench fanout

# What a signature costs that is refused, beside a good one.
bench-usersig: packages-build toolchain
	cargo bench --locked -p surtitle-tim --bench usersig

# What flying comments cost beside another engine, in Chromium and in the desktop program's window; ten minutes on a quiet machine.
bench-overlay: desktop packages-test tests/node_modules/.ready $(SURTITLE_TOOLS)/bin/tauri-driver
	cd tests && SURTITLE_BIN=$(abspath $(TARGET))/release/surtitle TAURI_DRIVER=$(SURTITLE_TOOLS)/bin/tauri-driver \
	  npm run --silent bench-overlay

# From the pointer to the overlay, and 20,000 strokes to a page that comes late; two minutes on a quiet machine.
bench-board: build packages-test tests/node_modules/.ready
	cd tests && SURTITLE_BIN=$(abspath $(TARGET))/release/surtitle npm run --silent bench-board

# Hours on air: 20 real minutes, then 12 hours by a virtual clock (about 20); SOAK_MINUTES=2 SOAK_HOURS=1 is a short form, SOAK_LEAK=1 the control.
soak: ui tests/node_modules/.ready
	cargo build --locked
	cd tests && SURTITLE_BIN=$(abspath $(TARGET))/debug/surtitle npm run --silent soak

# The pictures of the README and docs, taken from the running program.
shots: build packages-test tests/node_modules/.ready
	cd tests && SURTITLE_BIN=$(abspath $(TARGET))/release/surtitle npm run --silent shots

clean:
	rm -rf ui/dist ui/node_modules tests/node_modules tests/out
	cargo clean
