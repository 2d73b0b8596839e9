# Everything that "make check" runs. Tests get these variables:
#   ROLLCALL            the program under test
#   ROLLCALL_FIXTURES   fixtures built from text by tests/tools/mk*
#   ROLLCALL_VOLUMES    synthetic Windows volumes, NAME/c is drive C:
#   ROLLCALL_CATALOGUE_DIR  a folder that is not there: what the machine has
#                       fetched is not for tests
#   ROLLCALL_SRC        the source tree (read only in distcheck)
#   ROLLCALL_REAL       real files that are never part of the project; tests
#                       that need them say "skipped" without
AM_TESTS_ENVIRONMENT = \
	ROLLCALL='$(abs_builddir)/rollcall$(EXEEXT)'; export ROLLCALL; \
	ROLLCALL_FIXTURES='$(abs_builddir)/tests/fixtures'; \
	export ROLLCALL_FIXTURES; \
	ROLLCALL_VOLUMES='$(abs_builddir)/tests/volumes'; \
	export ROLLCALL_VOLUMES; \
	ROLLCALL_SRC='$(abs_srcdir)'; export ROLLCALL_SRC; \
	ROLLCALL_CATALOGUE_DIR='$(abs_builddir)/tests/no-catalogue'; \
	export ROLLCALL_CATALOGUE_DIR; \
	PYTHON='$(PYTHON)'; export PYTHON; \
	ROLLCALL_ONE_IN="$${ROLLCALL_ONE_IN:-$(ONE_IN)}"; \
	export ROLLCALL_ONE_IN; \
	$(WINE_ENVIRONMENT) \
	PYTHONDONTWRITEBYTECODE=1; export PYTHONDONTWRITEBYTECODE; \
	$(SAN_ENVIRONMENT) $(LINT_ENVIRONMENT) \
	LC_ALL=C.UTF-8; export LC_ALL;

# "make check" is for the while between two thoughts: it takes one case in so
# many of the long suites. Tests that are named, "./bootstrap check" and
# check-slow take all, and so does ROLLCALL_ONE_IN=1.
ONE_IN = $(if $(filter command,$(origin TESTS)),1,60)

check-local: tell-sample
.PHONY: tell-sample
tell-sample:
	@echo "# cases of long suites: one in $${ROLLCALL_ONE_IN:-$(ONE_IN)}" \
	    "(ROLLCALL_ONE_IN), of seed $${ROLLCALL_SEED:-0} (ROLLCALL_SEED)"

# Those that take part of their cases: "sampled" and its kin in tap.py.
LONG_TESTS = \
	tests/cli/run-golden \
	tests/cli/test-ansible.py \
	tests/cli/test-big-log.py \
	tests/cli/test-big-package.py \
	tests/cli/test-catalogue-check.py \
	tests/cli/test-catalogue-list.py \
	tests/cli/test-catalogue-set.py \
	tests/cli/test-damage.py \
	tests/cli/test-fleet-formats.py \
	tests/cli/test-fleet.py \
	tests/cli/test-formats.py \
	tests/cli/test-html.py \
	tests/cli/test-import.py \
	tests/cli/test-judge.py \
	tests/cli/test-oval.py \
	tests/cli/test-overlays.py \
	tests/cli/test-progress.py \
	tests/cli/test-replay.py \
	tests/cli/test-run-golden.sh \
	tests/cli/test-targets.py \
	tests/cli/test-volumes.py \
	tests/cli/test-which.py \
	tests/cli/test-wsus.py \
	tests/fetch/test-import.py \
	tests/fetch/test-probe.py \
	tests/fetch/test-update.py \
	tests/lint/check-tree.sh \
	tests/packaging/test-release.sh \
	tests/packaging/test-completion.py \
	tests/packaging/test-install.py \
	tests/packaging/test-sbom.py \
	tests/pki/test-cache.py \
	tests/pki/test-inspect.py \
	tests/pki/test-keys.py \
	tests/pki/test-large.py \
	tests/pki/test-odd.py \
	tests/pki/test-pki.py \
	tests/pki/test-policy.py \
	tests/pki/test-stamps.py \
	tests/unit/test-tools.py

# The compiler that tests/lint tries the headers with.
LINT_ENVIRONMENT = \
	LINT_CC='$(CC) $(CRYPTO_CFLAGS) $(CURL_CFLAGS) \
	    $(XML_CFLAGS)'; export LINT_CC;

# A leak fails a test too, where LeakSanitizer can run (see configure.ac). A
# sanitizer's complaint must not look like one of rollcall's exit codes.
SAN_ENVIRONMENT = \
	ASAN_OPTIONS=detect_leaks=$(DETECT_LEAKS):exitcode=99; \
	export ASAN_OPTIONS; \
	UBSAN_OPTIONS=print_stacktrace=1:exitcode=99; export UBSAN_OPTIONS;

TEST_EXTENSIONS = .sh .py
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) \
	$(top_srcdir)/build-aux/tap-driver.sh
SH_LOG_DRIVER = $(LOG_DRIVER)
SH_LOG_COMPILER = $(SHELL)
PY_LOG_DRIVER = $(LOG_DRIVER)
PY_LOG_COMPILER = $(PYTHON)

include tests/tools/local.mk
include tests/facts/local.mk
include tests/unit/local.mk
include tests/pki/local.mk
include tests/fixtures/local.mk
include tests/fuzz/local.mk
include tests/cli/local.mk
include tests/damage/local.mk
include tests/fetch/local.mk
include tests/lint/local.mk
include tests/bench/local.mk
include tests/packaging/local.mk
include tests/windows/local.mk

# All cases of what "make check" takes a part of; what is too long for it, or
# in need of what few machines have. With ROLLCALL_SLOW those of SLOW_TESTS do
# more than anywhere else.
.PHONY: check-slow
check-slow: all
	ROLLCALL_SLOW=1 $(MAKE) $(AM_MAKEFLAGS) check \
		TESTS='$(LONG_TESTS) $(SLOW_TESTS)'

# Programs run anywhere; what calls ./rollcall itself, here; and what calls
# rollcall.exe, under Wine.
if WINDOWS
TESTS += $(WINDOWS_TESTS)
else
TESTS += $(NATIVE_TESTS)
endif
