# Damage never earns: evidence that is damaged never makes a verdict better.
# Some hundred cases in "make check", 20000 in "make check-slow".
if !WINDOWS
check_PROGRAMS += tests/damage/damage
TESTS += tests/damage/damage
SLOW_TESTS += tests/damage/damage
endif
tests_damage_damage_SOURCES = \
	tests/damage/damage.c \
	tests/damage/hive.c tests/damage/hive.h \
	tests/damage/record.c tests/damage/record.h \
	tests/damage/rng.h \
	tests/damage/state.c tests/damage/state.h \
	tests/damage/wrap.c tests/damage/wrap.h \
	$(SCRATCH)
tests_damage_damage_CPPFLAGS = $(UNIT_CPPFLAGS) -I$(srcdir)/tests/damage
tests_damage_damage_LDADD = tests/unit/libtap.a $(LIBS_ASSESSMENT)
