# Tests of rollcall.exe from Linux: configured for another system, "make
# check" runs programs under Wine. NATIVE_BUILD, a variable of configure, is a
# finished build of the same source for this machine, to compare with.
WINDOWS_TESTS = \
	tests/windows/test-console.py \
	tests/windows/test-exe.py \
	tests/windows/test-live.py \
	tests/windows/test-parity.py \
	tests/windows/test-refused.py \
	tests/windows/test-suites.py
dist_check_SCRIPTS += $(WINDOWS_TESTS) tests/windows/wine-run
EXTRA_DIST += tests/windows/imports-6.0.txt tests/windows/kit.py \
	tests/tools/mkreg.py
if WINDOWS
# One Wine prefix for all programs; test-live.py copies it.
WINE_PREFIX = $(abs_builddir)/tests/windows/prefix
WINE_ENVIRONMENT = \
	WINEPREFIX='$(WINE_PREFIX)'; export WINEPREFIX; \
	NATIVE_BUILD='$(NATIVE_BUILD)'; export NATIVE_BUILD; \
	OBJDUMP='$(host_alias)-objdump'; export OBJDUMP; \
	CROSS_CC='$(CC)'; export CROSS_CC;
LOG_COMPILER = $(SHELL) $(srcdir)/tests/windows/wine-run
nodist_check_DATA += tests/windows/prefix.stamp
tests/windows/prefix.stamp: $(srcdir)/tests/windows/wine-run
	$(AM_V_GEN)$(MKDIR_P) tests/windows && rm -rf '$(WINE_PREFIX)' \
	    '$(WINE_PREFIX).template' && \
	    WINEPREFIX='$(WINE_PREFIX)' $(SHELL) $< --set-up && touch $@
endif
clean-local: clean-wine
clean-wine:
	rm -rf tests/windows/prefix tests/windows/prefix.stamp \
	    tests/windows/prefix.template tests/windows/live \
	    tests/windows/box
.PHONY: clean-wine

if WINDOWS
check_PROGRAMS += tests/windows/hold-win32 tests/windows/unelevated-win32
endif
tests_windows_hold_win32_SOURCES = tests/windows/hold_win32.c
tests_windows_hold_win32_LDADD = $(LIBS_IO)
tests_windows_unelevated_win32_SOURCES = tests/windows/unelevated_win32.c
