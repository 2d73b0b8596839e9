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
	$(WINE_ENVIRONMENT) \
	PYTHONDONTWRITEBYTECODE=1; export PYTHONDONTWRITEBYTECODE; \
	$(SAN_ENVIRONMENT) $(LINT_ENVIRONMENT) \
	LC_ALL=C.UTF-8; export LC_ALL;

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

# Too long for "make check", or in need of what few machines have. With
# ROLLCALL_SLOW a test of "make check" does all that it samples there.
.PHONY: check-slow
check-slow: all
	ROLLCALL_SLOW=1 $(MAKE) $(AM_MAKEFLAGS) check TESTS='$(SLOW_TESTS)'
	ROLLCALL_SLOW=1 $(MAKE) $(AM_MAKEFLAGS) check \
		TESTS=tests/pki/test-oracle.py

# Programs run anywhere; what calls ./rollcall itself, here; and what calls
# rollcall.exe, under Wine.
if WINDOWS
TESTS += $(WINDOWS_TESTS)
else
TESTS += $(NATIVE_TESTS)
endif
