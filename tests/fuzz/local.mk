# A fuzz target NAME is tests/fuzz/fuzz-NAME.c and its seeds in
# tests/fuzz/corpus/NAME/. "make check" replays the seeds with any compiler;
# ./configure CC=clang --enable-fuzzing builds the libFuzzer program too.
# A new target adds its name to the two lists and its block at the end.
FUZZ_REPLAYS =
FUZZ_TARGETS =

check_PROGRAMS += $(FUZZ_REPLAYS)
TESTS += $(FUZZ_REPLAYS)
if FUZZING
noinst_PROGRAMS += $(FUZZ_TARGETS)
endif
FUZZ_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests/fuzz
EXTRA_DIST += tests/fuzz/corpus tests/fuzz/fuzz.h

# tests/fuzz/replay-NAME:
#	SOURCES  tests/fuzz/fuzz-NAME.c tests/fuzz/replay.c
#	CPPFLAGS $(FUZZ_CPPFLAGS) -DCORPUS='"NAME"'
# tests/fuzz/fuzz-NAME:
#	SOURCES  tests/fuzz/fuzz-NAME.c
#	CPPFLAGS $(FUZZ_CPPFLAGS)
#	LDFLAGS  $(AM_LDFLAGS) $(FUZZ_CFLAGS)
