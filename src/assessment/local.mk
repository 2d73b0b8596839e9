# The assessment layer: judging, without a clock or a file.
noinst_LIBRARIES += src/librc-assessment.a
src_librc_assessment_a_SOURCES = \
	src/assessment/answer.c \
	src/assessment/asked.c \
	src/assessment/ask.c src/assessment/ask.h \
	src/assessment/assessment.c src/assessment/assessment.h \
	src/assessment/complete.c \
	src/assessment/component.c \
	src/assessment/currency.c src/assessment/currency.h \
	src/assessment/evidence.c \
	src/assessment/finding.c \
	src/assessment/fix.c \
	src/assessment/genuine.c \
	src/assessment/inspect_identity.c \
	src/assessment/inspect_policy.c src/assessment/inspect_policy.h \
	src/assessment/inspected.c src/assessment/inspected.h \
	src/assessment/rests.c src/assessment/rests.h \
	src/assessment/installed.c \
	src/assessment/judge.h \
	src/assessment/obligations.c src/assessment/obligations.h \
	src/assessment/packages.c \
	src/assessment/question.c src/assessment/question.h \
	src/assessment/release.c \
	src/assessment/rerelease.c \
	src/assessment/rules.c src/assessment/rules.h \
	src/assessment/scene.c src/assessment/scene.h \
	src/assessment/scene_asked.c \
	src/assessment/scene_deep.c \
	src/assessment/scene_find.c \
	src/assessment/setup_runs.c \
	src/assessment/services.c \
	src/assessment/severity.c src/assessment/severity.h \
	src/assessment/signatures.c \
	src/assessment/site.c src/assessment/site.h \
	src/assessment/ready.c src/assessment/ready.h \
	src/assessment/target.c \
	src/assessment/target_cache.c \
	src/assessment/target_needs.c \
	src/assessment/target_way.c \
	src/assessment/install_words.c \
	src/assessment/update.c \
	src/assessment/update_files.c \
	src/assessment/words.c
LIBS_ASSESSMENT = src/librc-assessment.a $(LIBS_INVENTORY)
