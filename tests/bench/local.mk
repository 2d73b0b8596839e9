# "make bench" measures rollcall beside yardsticks: rows.py says what.
# ROWS=TEXT picks rows by their name, SAVE=FILE saves the run as JSON, and
# COMPARE=FILE tells what changed since a saved one. The first run builds the
# data, which takes minutes and 2 GB; "make clean-bench" removes them. Nothing
# here is part of "check".
BENCH_HELPERS = tests/bench/nothing tests/bench/peak

EXTRA_PROGRAMS += $(BENCH_HELPERS)
CLEANFILES += $(BENCH_HELPERS)
EXTRA_DIST += \
	tests/bench/bench.py tests/bench/doubles.py tests/bench/kit.py \
	tests/bench/rows.py tests/bench/software.hive.txt tests/bench/wild.py

# What rollcall is linked to, wanted or not: the yardstick of start-up.
tests_bench_nothing_SOURCES = tests/bench/nothing.c
tests_bench_nothing_LDFLAGS = $(AM_LDFLAGS) -Wl,--no-as-needed
tests_bench_nothing_LDADD = $(CRYPTO_LIBS) $(MSPACK_LIBS) $(SECCOMP_LIBS)

tests_bench_peak_SOURCES = tests/bench/peak.c

.PHONY: bench clean-bench
bench: all $(BENCH_HELPERS)
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON) $(srcdir)/tests/bench/bench.py \
	    --src $(srcdir) --build $(builddir) $(ROWS:%=--rows '%') \
	    $(SAVE:%=--json '%') $(COMPARE:%=--compare '%')
clean-bench:
	rm -rf tests/bench/data
