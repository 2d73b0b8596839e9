# The assessment layer: judging, without a clock or a file.
noinst_LIBRARIES += src/librc-assessment.a
src_librc_assessment_a_SOURCES = \
	src/assessment/assessment.c src/assessment/assessment.h \
	src/assessment/component.c \
	src/assessment/currency.c \
	src/assessment/evidence.c \
	src/assessment/finding.c \
	src/assessment/fix.c \
	src/assessment/judge.h \
	src/assessment/packages.c \
	src/assessment/release.c \
	src/assessment/rerelease.c \
	src/assessment/rules.c src/assessment/rules.h \
	src/assessment/signatures.c \
	src/assessment/target.c \
	src/assessment/update.c \
	src/assessment/words.c
LIBS_ASSESSMENT = src/librc-assessment.a $(LIBS_INVENTORY)
