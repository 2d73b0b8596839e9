# Programs that tests call; none is installed.
check_PROGRAMS += tests/tools/sigdump
tests_tools_sigdump_SOURCES = tests/tools/sigdump.c \
	tests/unit/sigtext.c tests/unit/sigtext.h
tests_tools_sigdump_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_tools_sigdump_LDADD = $(LIBS_TRUST)

# What more than one suite in Python imports.
EXTRA_DIST += tests/tools/tap.py tests/tools/witness.py \
	tests/tools/browser.py

# Small faults for .ci/slow.
EXTRA_DIST += tests/tools/mutants.py

# Two thousand servers that do not exist, for who tries out what the README
# says of many.
.PHONY: fleet
fleet: all tests/volumes/stamp
	$(AM_V_GEN)$(AM_TESTS_ENVIRONMENT) $(PYTHON) \
	    $(srcdir)/tests/cli/fleets.py fleet 2000
clean-local: clean-fleet
.PHONY: clean-fleet
clean-fleet:
	rm -rf fleet

# The picture of the README, where Chromium is installed.
EXTRA_DIST += tests/tools/picture.py
.PHONY: picture
picture: all tests/volumes/stamp
	$(AM_V_GEN)$(AM_TESTS_ENVIRONMENT) $(PYTHON) \
	    $(srcdir)/tests/tools/picture.py $(srcdir)/data/fleet.png

# What comes of a wsusscn2.cab; such files are written by mkwsus.py.
check_PROGRAMS += tests/tools/wsusdump
tests_tools_wsusdump_SOURCES = tests/tools/wsusdump.c
tests_tools_wsusdump_LDADD = $(LIBS_CATALOGUE)
EXTRA_DIST += tests/tools/mkwsus.py
