# Splintarr: the whole build. `make help` lists the targets.
# One directory per variant under build/: make B=release|debug|asan|tsan|cov|fuzz.

MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.SUFFIXES:
SHELL := /bin/bash

# ---- rooms and floors: who may use whom (include check, and the link of each room's tests) ----

USES_base   :=
USES_loop   := base
USES_model  := base
USES_store  := base model
USES_http   := base loop
USES_plan   := base store model
USES_arr    := base loop http model
USES_search := base model
USES_engine := base loop store model http plan arr search
USES_web    := base loop store model
USES_cli    := base loop store model http plan arr search engine web
USES_arrsim := base loop model http
ROOMS       := cli web engine arr plan search http store loop model base

# ---- variants ----

B   ?= release
OUT := build/$(B)
CC_fuzz := clang
CC      := $(or $(CC_$(B)),$(if $(filter default,$(origin CC)),gcc,$(CC)))

OPT_release := -O2 -D_FORTIFY_SOURCE=3
OPT_debug   := -O0 -g3 -DSPL_FAULTS
OPT_asan    := -O1 -g -DSPL_FAULTS -fsanitize=address,undefined -fno-sanitize-recover=all
OPT_tsan    := -O1 -g -DSPL_FAULTS -fsanitize=thread
OPT_cov     := -O0 -g -DSPL_FAULTS --coverage
OPT_fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
$(if $(OPT_$(B)),,$(error unknown variant B=$(B); use release debug asan tsan cov fuzz))

HARDEN := -fstack-protector-strong -fstack-clash-protection -fPIE -fno-strict-aliasing -fno-common \
          -fvisibility=hidden -fno-omit-frame-pointer
probe   = $(shell echo 'int x;' | $(CC) $(1) -Werror -x c -c -o /dev/null - 2>/dev/null && echo '$(1)')
HARDEN += $(call probe,-fcf-protection=full) $(call probe,-ftrivial-auto-var-init=zero) \
          $(call probe,-fstrict-flex-arrays=3)

WARN := -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion -Wformat=2 -Wundef -Wvla -Wstrict-prototypes \
        -Wmissing-prototypes -Wcast-qual -Wwrite-strings -Wpointer-arith -Wswitch-enum \
        -Wno-missing-field-initializers -Wno-override-init $(if $(findstring clang,$(CC)),-Wno-initializer-overrides,-Wno-format-truncation) \
        $(if $(WERROR),-Werror)

# ---- libraries ----

PKGS    := yaml-0.1 libcurl jansson libmicrohttpd libpcre2-8 libcrypto libsodium zlib
MISSING := $(if $(NO_DEPS_CHECK),,$(shell for p in $(PKGS); do pkg-config --exists $$p || echo $$p; done))
GOALS_WITHOUT_LIBS := help clean deps format format-check format-check-files install-build install-test
ifneq ($(filter-out $(GOALS_WITHOUT_LIBS),$(or $(MAKECMDGOALS),all)),)
$(if $(MISSING),$(error missing libraries: $(MISSING). On Debian: contrib/install build))
endif
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lm -lpthread

# A tarball (make dist) carries its version in a file.
VERSION := $(or $(file <VERSION),$(shell git describe --tags --always --dirty 2>/dev/null),unknown)

SPL_CFLAGS  = -std=gnu17 -D_GNU_SOURCE -Isrc -I$(OUT)/gen $(OPT_$(B)) $(HARDEN) $(WARN) \
              -ffile-prefix-map='$(CURDIR)'=. $(PKG_CFLAGS) $(CFLAGS)
SPL_LDFLAGS = -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code -Wl,--as-needed \
              $(filter -fsanitize=% --coverage,$(subst fuzzer-no-link,fuzzer,$(OPT_$(B)))) $(LDFLAGS)

ifdef V
say =
else
say = @printf '  %-6s %s\n' '$(1)' '$(2)';
MAKEFLAGS += --no-print-directory
endif

# ---- SQLCipher: the amalgamation from npm, compiled once for every variant ----

DEPS       ?= build/deps
AMALG      := node_modules/@journeyapps/sqlcipher/deps/sqlcipher-amalgamation
SQLITE_SUM := 2ba87bbc92caf02c0ac640198c537c24bdda899a18bbba289f3d3f44d56795e4
SQLITE_DEF := -DSQLITE_HAS_CODEC -DSQLITE_TEMP_STORE=3 -DSQLITE_THREADSAFE=1 \
  -DSQLITE_EXTRA_INIT=sqlcipher_extra_init -DSQLITE_EXTRA_SHUTDOWN=sqlcipher_extra_shutdown -DHAVE_STDINT_H=1 \
  -DSQLCIPHER_CRYPTO_OPENSSL -DNDEBUG -DSQLCIPHER_OMIT_DEFAULT_LOGGING -DSQLITE_DEFAULT_FOREIGN_KEYS=1 \
  -DSQLITE_DQS=0 -DSQLITE_DEFAULT_MEMSTATUS=0 -DSQLITE_LIKE_DOESNT_MATCH_BLOBS -DSQLITE_MAX_EXPR_DEPTH=200 \
  -DSQLITE_OMIT_DEPRECATED -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_OMIT_SHARED_CACHE -DSQLITE_SECURE_DELETE \
  -DSQLITE_ENABLE_STAT4 -DSQLITE_ENABLE_DBSTAT_VTAB -DSQLITE_TRUSTED_SCHEMA=0 -DSQLITE_USE_URI=0 \
  -DSQLITE_STRICT_SUBTYPE=1 -DHAVE_USLEEP=1 -DHAVE_FDATASYNC=1 -DHAVE_MALLOC_USABLE_SIZE=1

ifeq ($(SQLCIPHER),system)
$(if $(shell pkg-config --atleast-version=3.46 sqlcipher && echo ok),,$(error SQLCIPHER=system needs sqlcipher 4.6 or later))
SQLITE_H :=
SQLITE_O :=
SQLITE_CFLAGS := $(shell pkg-config --cflags sqlcipher) -DSQLITE_HAS_CODEC
SQLITE_LIBS   := $(shell pkg-config --libs sqlcipher)
else
SQLITE_H := $(DEPS)/sqlite3.h
SQLITE_O := $(DEPS)/sqlite3.o
SQLITE_CFLAGS := -isystem $(DEPS) -DSQLITE_HAS_CODEC
SQLITE_LIBS   := $(SQLITE_O)
endif

# ---- sources: by wildcard inside the rooms, sorted ----

srcs_of  = $(sort $(wildcard src/$(1)/*.c))
objs_of  = $(patsubst src/%.c,$(OUT)/%.o,$(call srcs_of,$(1)))
lib_of   = $(OUT)/lib$(1).a
libs_of  = $(call lib_of,$(1)) $(foreach r,$(filter $(USES_$(1)),$(ROOMS)),$(call lib_of,$(r)))
ALL_LIBS = $(foreach r,$(ROOMS),$(call lib_of,$(r)))
PROGRAM := $(OUT)/splintarr

.PHONY: all FORCE help
all: $(PROGRAM) ## the program, into build/release (B=debug, asan, tsan, cov, fuzz for other variants)

$(PROGRAM): $(OUT)/main.o $(ALL_LIBS) $(SQLITE_O)
	$(call say,LINK,$@)$(CC) $(SPL_LDFLAGS) -o $@ $(OUT)/main.o -Wl,--start-group $(ALL_LIBS) -Wl,--end-group \
	  $(SQLITE_LIBS) $(PKG_LIBS)

define room
$(call lib_of,$(1)): $(call objs_of,$(1))
	$$(call say,AR,$$@)rm -f $$@; ar rcsD $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room,$(r))))

# The schema travels inside the program: state/*.sql, in order, by .incbin.
MIGRATIONS := $(sort $(wildcard state/*.sql))
$(call lib_of,store): $(OUT)/gen/migrations.o
$(OUT)/tools/%: src/tools/%.c $(OUT)/.flags
	@mkdir -p $(@D)
	$(call say,TOOL,$@)$(CC) -std=gnu17 -D_GNU_SOURCE -O1 $(WARN) -o $@ $<
$(OUT)/gen/migrations.s: $(OUT)/tools/embed $(MIGRATIONS)
	@mkdir -p $(@D)
	@$< embedded_migrations $(MIGRATIONS) >$@
$(OUT)/gen/%.o: $(OUT)/gen/%.s
	$(call say,AS,$@)$(CC) -c -o $@ $<

$(OUT)/store/%.o: SPL_CFLAGS += $(SQLITE_CFLAGS)
$(OUT)/unit/test_store_%: private SPL_CFLAGS += $(SQLITE_CFLAGS)
$(call objs_of,store): | $(SQLITE_H)
$(OUT)/cli/cmd_version.o: SPL_CFLAGS += -DSPL_VERSION='"$(VERSION)"'

$(OUT)/%.o: src/%.c $(OUT)/.flags
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(SPL_CFLAGS) -MMD -MP -c -o $@ $<

# Rebuild this variant when its flags change, and only then.
$(OUT)/.flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(subst ','\'',$(SPL_CFLAGS))' | cmp -s - $@ || echo '$(CC) $(subst ','\'',$(SPL_CFLAGS))' > $@

# ---- what comes from npm ----

.PHONY: deps
deps: $(SQLITE_H) $(SQLITE_O) ## fetch the SQLCipher amalgamation, check its sum, compile it once

$(DEPS)/sqlite3.c: contrib/deps/package-lock.json
	@mkdir -p $(DEPS)
	$(call say,NPM,SQLCipher amalgamation)cp contrib/deps/package.json contrib/deps/package-lock.json $(DEPS)/ \
	  && cd $(DEPS) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >npm.log 2>&1 || { cat npm.log; exit 1; }
	@echo '$(SQLITE_SUM)  $(DEPS)/$(AMALG)/sqlite3.c' | sha256sum --quiet --strict -c - \
	  || { echo 'sqlite3.c is not the file that was reviewed; refusing to build it' >&2; exit 1; }
	@cp $(DEPS)/$(AMALG)/sqlite3.h $(DEPS)/sqlite3.h && cp $(DEPS)/$(AMALG)/sqlite3.c $@
# A test only: an independent judge of the schema.
TEST_DEPS := $(DEPS)/test
$(TEST_DEPS)/node_modules: contrib/deps/test/package-lock.json
	@mkdir -p $(TEST_DEPS)
	$(call say,NPM,ajv and yaml)cp contrib/deps/test/package.json $< $(TEST_DEPS)/ && cd $(TEST_DEPS) \
	  && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >npm.log 2>&1 && touch node_modules

$(DEPS)/sqlite3.h: $(DEPS)/sqlite3.c
	@touch $@
$(DEPS)/sqlite3.o: $(DEPS)/sqlite3.c
	$(call say,CC,sqlite3.c (about 40 s, once))$(or $(DEPS_CC),gcc) -std=gnu11 -O2 -fPIE -w $(SQLITE_DEF) -ffile-prefix-map='$(CURDIR)'=. -c -o $@ $<

# ---- the simulated Sonarr and Radarr: libarrsim.a inside test programs, arrsim as a server ----

ARRSIM_OBJS := $(patsubst %.c,$(OUT)/%.o,$(filter-out tests/arrsim/server.c,$(sort $(wildcard tests/arrsim/*.c))))
$(call lib_of,arrsim): $(ARRSIM_OBJS)
	$(call say,AR,$@)rm -f $@; ar rcsD $@ $^

$(OUT)/tests/%.o: tests/%.c $(OUT)/.flags
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(SPL_CFLAGS) -Itests -MMD -MP -c -o $@ $<

.PHONY: arrsim
arrsim: $(OUT)/arrsim ## the simulated Sonarr and Radarr as a server, for the demo and e2e tests
$(OUT)/arrsim: $(OUT)/tests/arrsim/server.o $(call libs_of,arrsim)
	$(call say,LINK,$@)$(CC) $(SPL_LDFLAGS) -o $@ $< -Wl,--start-group $(call libs_of,arrsim) -Wl,--end-group $(PKG_LIBS)

# ---- tests: tests/unit/test_ROOM[_topic].c links ROOM and what it may use, nothing else ----
# ---- (test_ROOM_sim*.c: the simulator besides) ----

UNIT_SRCS := $(sort $(wildcard tests/unit/test_*.c))
UNIT_BINS := $(patsubst tests/unit/%.c,$(OUT)/unit/%,$(UNIT_SRCS))
room_of_test = $(word 2,$(subst _, ,$(basename $(notdir $(1)))))
libs_of_test = $(call libs_of,$(call room_of_test,$(1))) $(if $(findstring _sim,$(1)),$(call lib_of,arrsim))

define unit
$(patsubst tests/unit/%.c,$(OUT)/unit/%,$(1)): $(1) $(OUT)/.flags $(call libs_of_test,$(1)) $(SQLITE_O)
	@mkdir -p $$(@D)
	$$(call say,TEST,$$@)$(CC) $$(SPL_CFLAGS) -Itests $$(SPL_LDFLAGS) -MMD -MP -o $$@ $(1) -Wl,--start-group \
	  $(call libs_of_test,$(1)) -Wl,--end-group $(if $(filter store,$(call room_of_test,$(1)) $(USES_$(call room_of_test,$(1)))),$(SQLITE_LIBS)) $(PKG_LIBS) -lcmocka
endef
$(foreach t,$(UNIT_SRCS),$(eval $(call unit,$(t))))

# ---- scenarios: the whole program on a virtual clock against the simulator ----

SCENARIO_OBJS := $(patsubst %.c,$(OUT)/%.o,$(addprefix tests/scenario/,stage.c stage_events.c script.c steps.c steps_season.c steps_world.c \
                   older.c))
MONTH_OBJS    := $(OUT)/tests/scenario/month_judge.o
TORTURE_OBJS  := $(OUT)/tests/scenario/torture_judge.o
SCENARIO_LIBS := $(call lib_of,arrsim) $(filter-out $(call lib_of,cli),$(ALL_LIBS))
SCENARIOS     := $(sort $(wildcard tests/scenario/*.sc))
TORTURE_POINTS ?= 6
# Where states that live for seconds are kept: in memory, where there is room, for nobody waits for a disk.
SCRATCH := $(shell [ -w /dev/shm ] && echo /dev/shm || echo /tmp)

$(OUT)/month: $(MONTH_OBJS)
$(OUT)/torture: $(TORTURE_OBJS)
$(OUT)/scenarios $(OUT)/torture $(OUT)/month: $(OUT)/%: $(OUT)/tests/scenario/%.o $(SCENARIO_OBJS) $(SCENARIO_LIBS) $(SQLITE_O)
	$(call say,LINK,$@)$(CC) $(SPL_LDFLAGS) -o $@ $< $(SCENARIO_OBJS) $(filter $(MONTH_OBJS) $(TORTURE_OBJS),$^) -Wl,--start-group $(SCENARIO_LIBS) -Wl,--end-group \
	  $(SQLITE_LIBS) $(PKG_LIBS)

.PHONY: check-scenario torture
check-scenario: $(OUT)/scenarios ## every scenario (one alone: build/release/scenarios FILE)
	@TZ=Asia/Kathmandu TMPDIR=$(SCRATCH) $(OUT)/scenarios $(SCENARIOS)
.PHONY: check-month
check-month: $(OUT)/month ## thirty days left running, held against the servers' own record (MONTH_TITLES= a server)
	@TZ=Asia/Kathmandu TMPDIR=$(SCRATCH) $(OUT)/month $(MONTH_TITLES)
torture: ## the program dies at its fault points and starts again (TORTURE_POINTS= a scenario)
	@$(MAKE) B=debug build/debug/torture && TMPDIR=$(SCRATCH) contrib/run-torture build/debug/torture $(TORTURE_POINTS) $(SCENARIOS)

WORLDS_OBJS := $(patsubst %,$(OUT)/tests/bench/%.o,worlds contest world)
$(OUT)/worlds: $(WORLDS_OBJS) $(call libs_of,search)
	$(call say,LINK,$@)$(CC) $(SPL_LDFLAGS) -o $@ $(WORLDS_OBJS) -Wl,--start-group $(call libs_of,search) -Wl,--end-group $(PKG_LIBS)

BENCH_OBJS := $(filter-out $(WORLDS_OBJS),$(patsubst %.c,$(OUT)/%.o,$(sort $(wildcard tests/bench/*.c))))
$(OUT)/bench: $(BENCH_OBJS) $(filter-out $(call lib_of,cli),$(ALL_LIBS)) $(SQLITE_O)
	$(call say,LINK,$@)$(CC) $(SPL_LDFLAGS) -o $@ $(BENCH_OBJS) -Wl,--start-group $(filter-out $(call lib_of,cli),$(ALL_LIBS)) -Wl,--end-group \
	  $(SQLITE_LIBS) $(PKG_LIBS)

.PHONY: bench bench-worlds
bench-worlds: $(OUT)/worlds ## finds per query of every order of search, in five made-up worlds (about a minute)
	@$(OUT)/worlds
.PHONY: check-worlds
check-worlds: $(OUT)/worlds ## the same with fewer seeds: smart holds its aims
	@$(OUT)/worlds 3 >$(OUT)/worlds.txt || { cat $(OUT)/worlds.txt; exit 1; }
bench: $(PROGRAM) $(OUT)/bench $(OUT)/arrsim bench-worlds ## what things cost and what orders find, as ratios and counts
	@contrib/run-bench $(PROGRAM) $(OUT)/bench $(OUT)/arrsim

# ---- the real binary over HTTP ----

.PHONY: demo check-e2e
demo: $(PROGRAM) $(OUT)/arrsim ## the main job against a simulated Sonarr and Radarr
	@contrib/run-demo $(PROGRAM) $(OUT)/arrsim
check-e2e: $(PROGRAM) $(OUT)/arrsim ## the real binary against simulated servers
	@$(MAKE) B=debug all
	@$(MAKE) $(TEST_DEPS)/node_modules || echo 'npm could not install ajv and yaml: a test will be skipped'
	@SPL_TEST_DEPS=$(TEST_DEPS) tests/e2e/run $(PROGRAM) $(OUT)/arrsim build/debug/splintarr

CROWD_SECONDS ?= 90
.PHONY: check-crowd
check-crowd: $(PROGRAM) $(OUT)/arrsim ## ten healthy servers beside twelve hostile ones (CROWD_SECONDS=90)
	@CROWD_SECONDS=$(CROWD_SECONDS) tests/e2e/run $(PROGRAM) $(OUT)/arrsim $(PROGRAM) tests/e2e/test_crowd.sh

.PHONY: check-container
check-container: $(PROGRAM) ## the Dockerfile, built and started read-only and without privileges (minutes; root)
	@[ "$$(id -u)" -ne 0 ] || contrib/install container || true
	@tests/e2e/run $(PROGRAM) $(PROGRAM) $(PROGRAM) tests/e2e/container/test_container.sh

# ---- the same under sanitizers, and fuzzing ----

# A small quarantine: what was freed would count as memory of a daemon that is to stay flat.
.PHONY: check-e2e-asan
check-e2e-asan: export ASAN_OPTIONS := quarantine_size_mb=1:thread_local_quarantine_size_kb=64
check-e2e-asan: ## the end-to-end tests under the address and undefined-behaviour sanitizers
	@$(MAKE) B=asan WERROR= check-e2e

FUZZ_SECONDS ?= 10
FUZZ_SRCS := $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZ_BINS := $(patsubst tests/fuzz/%.c,$(OUT)/%,$(FUZZ_SRCS))
$(FUZZ_BINS): $(OUT)/%: $(OUT)/tests/fuzz/%.o $(filter-out $(call lib_of,cli),$(ALL_LIBS)) $(SQLITE_O)
	$(call say,LINK,$@)$(CC) $(SPL_LDFLAGS) -o $@ $< -Wl,--start-group $(filter-out $(call lib_of,cli),$(ALL_LIBS)) -Wl,--end-group \
	  $(SQLITE_LIBS) $(PKG_LIBS)

.PHONY: fuzz-build fuzz check-asan check-tsan
fuzz-build: $(FUZZ_BINS)
fuzz: ## each fuzzer for FUZZ_SECONDS, from its kept corpus
	@$(MAKE) B=fuzz WERROR= fuzz-build && contrib/run-fuzz $(FUZZ_SECONDS) $(FUZZ_SRCS)
check-asan: ## unit tests and scenarios under the address and undefined-behaviour sanitizers
	@$(MAKE) B=asan WERROR= check-unit check-scenario
check-tsan: ## unit tests and scenarios under the thread sanitizer
	@$(MAKE) B=tsan WERROR= check-unit check-scenario

.PHONY: check-unit
check-unit: $(UNIT_BINS) ## the unit tests of every room
	@contrib/run-unit $(UNIT_BINS)

.PHONY: check-golden golden
check-golden: $(PROGRAM) ## commands print what tests/golden says; examples apply; no secret is printed
	@tests/golden/run $(PROGRAM)
	@tests/golden/examples.sh $(PROGRAM)
	@tests/golden/secrets.sh $(PROGRAM)
golden: $(PROGRAM) ## rewrite tests/golden from what the program prints; review the difference
	@tests/golden/run --rewrite $(PROGRAM)

.PHONY: cov
cov: ## lines and branches the tests run, by room
	@rm -rf build/cov/*.gcda build/cov/*/*.gcda
	@$(MAKE) B=cov WERROR= check-unit check-scenario check-golden check-e2e
	@contrib/run-cov build/cov

.PHONY: reproducible
reproducible: $(SQLITE_H) $(SQLITE_O) ## the program built in two directories is the same bytes
	@MAKE='$(MAKE)' contrib/check-reproducible $(DEPS)

# ---- everything, as contrib/check runs it ----

CHECKS := layers headers banned behaviours format-check all tidy fanalyzer cppcheck shellcheck schema-check check-unit check-worlds check-golden check-scenario check-month check-e2e torture \
          check-asan check-tsan fuzz reproducible

.PHONY: check check-all
check: export WERROR := 1
check: export FUZZ_SEED := 1
check: ## every test; ends with N passed, N failed, N skipped
	@MAKE='$(MAKE)' contrib/run-suites $(CHECKS)
check-all: export WERROR := 1
check-all: ## the same, and what takes long: clang's analyzer, the image, all kills, e2e under a sanitizer
	@MAKE='$(MAKE)' contrib/run-suites $(CHECKS) analyze check-container 'torture TORTURE_POINTS=1000' check-e2e-asan

# ---- lint: what reads the sources without running them ----

LINT_SRCS  := $(foreach r,$(ROOMS),$(call srcs_of,$(r)))
LINT_FLAGS  = -std=gnu17 -D_GNU_SOURCE -O1 -Isrc $(SQLITE_CFLAGS) $(PKG_CFLAGS)
lint_of     = $(patsubst src/%.c,$(OUT)/lint/%.$(1),$(LINT_SRCS))
with_tool   = @+if contrib/lint/tool $(1) $(2); then $(MAKE) --no-print-directory $(3); fi

.PHONY: lint layers headers banned behaviours tidy analyze fanalyzer cppcheck shellcheck format format-check
lint: layers headers banned behaviours tidy analyze fanalyzer cppcheck shellcheck ## all that reads the sources (make -j2 lint)

layers: ## nobody includes a room it may not use
	@contrib/layers $(foreach r,$(ROOMS),'$(r): $(r) $(USES_$(r))')

headers: $(SQLITE_H) ## every header compiles alone
	@for h in $(sort $(wildcard src/*/*.h)); do \
	  $(CC) $(SPL_CFLAGS) $(SQLITE_CFLAGS) -Werror -fsyntax-only -x c $$h || exit 1; done

banned: ## calls the house style forbids
	@contrib/banned
behaviours: ## each behaviour of real servers is shown by a test
	@contrib/behaviours

tidy: ## clang-tidy with .clang-tidy, without its analyzer
	$(call with_tool,clang-tidy,14,tidy-files)
analyze: ## the analyzer of clang-tidy: minutes, not in `make check`
	$(call with_tool,clang-tidy,14,analyze-files)
fanalyzer: ## the analyzer of gcc
	$(call with_tool,gcc,12,fanalyzer-files)
cppcheck: ## cppcheck, less what contrib/lint/cppcheck.txt explains away
	$(call with_tool,cppcheck,2.10,cppcheck-files)
shellcheck: ## every script
	$(call with_tool,shellcheck,0,shellcheck-files)

# A file is looked at again when its object is made again: the same headers count.
.PHONY: tidy-files analyze-files fanalyzer-files cppcheck-files shellcheck-files
tidy-files: $(call lint_of,tidy)
analyze-files: $(call lint_of,analyze)
fanalyzer-files: $(call lint_of,fanalyzer)
$(OUT)/lint/%.tidy: src/%.c $(OUT)/%.o .clang-tidy
	@mkdir -p $(@D)
	$(call say,TIDY,$<)clang-tidy --quiet --checks='-clang-analyzer-*' $< -- $(LINT_FLAGS) 2>/dev/null && touch $@
$(OUT)/lint/%.analyze: src/%.c $(OUT)/%.o .clang-tidy contrib/lint/analyzer.h
	@mkdir -p $(@D)
	$(call say,ANALYZ,$<)clang-tidy --quiet --checks='-bugprone-*,-cert-*,-misc-*' $< -- $(LINT_FLAGS) \
	  -include contrib/lint/analyzer.h $(if $(filter %/err.c,$<),-DSPL_LINT_IS_ERR_C) 2>/dev/null && touch $@
$(OUT)/lint/%.fanalyzer: src/%.c $(OUT)/%.o
	@mkdir -p $(@D)
	$(call say,FANALY,$<)$(CC) $(LINT_FLAGS) -fanalyzer -Wnull-dereference -Werror -c -o $@ $<
cppcheck-files:
	@cppcheck -q -j2 --std=c11 --enable=warning,performance,portability --error-exitcode=1 -Isrc -Itests -D_GNU_SOURCE \
	  --library=contrib/lint/cppcheck.cfg --suppressions-list=contrib/lint/cppcheck.txt src tests/arrsim tests/scenario
shellcheck-files:
	@shellcheck -S warning $$(git grep -lE '^#!/bin/(ba)?sh' -- contrib tests .ci) $$(git ls-files 'tests/*.sh')

format: ## clang-format over what git tracks
	clang-format -i $$(git ls-files 'src/*.[ch]' 'tests/*.[ch]')
format-check: ## layout, by the clang-format the house uses; others differ in details
	$(call with_tool,clang-format,14,format-check-files)
.PHONY: format-check-files
format-check-files:
	@git ls-files 'src/*.[ch]' 'tests/*.[ch]' | xargs clang-format --dry-run -Werror

-include $(shell find $(OUT) -name '*.d' 2>/dev/null)

# ---- schema/: made from the tables, kept, compared ----

.PHONY: schema schema-check
schema: $(PROGRAM) ## write schema/ anew from the tables
	@mkdir -p schema
	$(PROGRAM) schema >schema/splintarr.schema.json
	$(PROGRAM) schema --manual >schema/manual.md
schema-check: $(PROGRAM) ## schema/ says what the tables say
	@$(PROGRAM) schema | diff -u schema/splintarr.schema.json - && $(PROGRAM) schema --manual | diff -u schema/manual.md - \
	  || { echo 'schema/ is out of date: make schema'; exit 1; }

PREFIX ?= /usr/local
.PHONY: install
install: $(PROGRAM) ## the program, its man pages, completion and systemd unit into PREFIX (/usr/local), below DESTDIR
	install -D -m 0755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/splintarr
	install -d $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man5 $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	$(PROGRAM) help --man >$(DESTDIR)$(PREFIX)/share/man/man1/splintarr.1
	$(PROGRAM) schema --man >$(DESTDIR)$(PREFIX)/share/man/man5/splintarr.yaml.5
	$(PROGRAM) completion bash >$(DESTDIR)$(PREFIX)/share/bash-completion/completions/splintarr
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/system
	sed 's|/usr/local/bin/|$(PREFIX)/bin/|' contrib/systemd/splintarr.service >$(DESTDIR)$(PREFIX)/lib/systemd/system/splintarr.service

# git dates every file of a commit's tarball by the commit, so that it is the same bytes wherever it is made.
DIST := splintarr-$(patsubst v%,%,$(VERSION))
.PHONY: dist
dist: ## build/splintarr-VERSION.tar.gz of HEAD, with its sum
	@mkdir -p build
	@git diff --quiet HEAD -- || { echo 'the tree differs from HEAD: commit first' >&2; exit 1; }
	@git archive --prefix=$(DIST)/ --add-virtual-file='$(DIST)/VERSION:$(VERSION)' -o build/$(DIST).tar HEAD
	@gzip -9nf build/$(DIST).tar
	@cd build && sha256sum $(DIST).tar.gz | tee $(DIST).tar.gz.sha256

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed 's/:.*## /\t/' | expand -t 16

clean: ## remove everything built, except what came from npm
	rm -rf $(filter-out build/deps,$(wildcard build/*))
