# The catalogue layer: see HACKING.md, "Layers". The catalogue and its
# grammar are compiled in, so that the program is one file.
noinst_LIBRARIES += src/librc-catalogue.a
src_librc_catalogue_a_SOURCES = \
	src/catalogue/advice.c src/catalogue/advice.h \
	src/catalogue/anchor.c src/catalogue/anchor.h \
	src/catalogue/answer.c src/catalogue/answer.h \
	src/catalogue/catalogue.h \
	src/catalogue/catalogue_find.c \
	src/catalogue/catalogue_load.c \
	src/catalogue/check.c src/catalogue/check.h \
	src/catalogue/check_advice.c \
	src/catalogue/check_anchors.c \
	src/catalogue/check_builds.c \
	src/catalogue/check_cycle.c \
	src/catalogue/check_dates.c \
	src/catalogue/check_kbs.c \
	src/catalogue/check_requires.c \
	src/catalogue/check_rules.h \
	src/catalogue/check_statements.c \
	src/catalogue/check_support.c \
	src/catalogue/checker.c src/catalogue/checker.h \
	src/catalogue/embedded.h \
	src/catalogue/errors.c \
	src/catalogue/import.c src/catalogue/import.h \
	src/catalogue/import_csaf.c \
	src/catalogue/import_lists.c src/catalogue/import_lists.h \
	src/catalogue/import_merge.c src/catalogue/import_merge.h \
	src/catalogue/import_place.c src/catalogue/import_place.h \
	src/catalogue/import_whole.c \
	src/catalogue/import_write.c src/catalogue/import_write.h \
	src/catalogue/lexer.c src/catalogue/lexer.h \
	src/catalogue/link.c \
	src/catalogue/model.h \
	src/catalogue/pasted.c src/catalogue/pasted.h \
	src/catalogue/pasted_mask.c src/catalogue/pasted_mask.h \
	src/catalogue/plain.c src/catalogue/plain.h \
	src/catalogue/query.c src/catalogue/query.h \
	src/catalogue/query_error.c src/catalogue/query_error.h \
	src/catalogue/query_find.c src/catalogue/query_find.h \
	src/catalogue/query_line.c src/catalogue/query_parts.h \
	src/catalogue/overlay.c \
	src/catalogue/read.c src/catalogue/read.h \
	src/catalogue/read_products.c \
	src/catalogue/read_requires.c \
	src/catalogue/read_tables.c \
	src/catalogue/relations.c \
	src/catalogue/require.c \
	src/catalogue/standing.c src/catalogue/standing.h \
	src/catalogue/terms.c src/catalogue/terms.h \
	src/catalogue/terms_fit.c \
	src/catalogue/way.c src/catalogue/way.h \
	src/catalogue/words.c src/catalogue/words.h \
	src/catalogue/wsus.c src/catalogue/wsus.h \
	src/catalogue/wsus_model.c src/catalogue/wsus_model.h \
	src/catalogue/wsus_package.c src/catalogue/wsus_package.h \
	src/catalogue/wsus_parts.c src/catalogue/wsus_parts.h
nodist_src_librc_catalogue_a_SOURCES = src/catalogue/embedded.c
LIBS_CATALOGUE = src/librc-catalogue.a $(LIBS_XML) $(LIBS_JSON) $(LIBS_TRUST)

CLEANFILES += src/catalogue/embedded.c
EXTRA_DIST += src/catalogue/embed.sh

src/catalogue/embedded.c: src/catalogue/embed.sh data/exchange.xml \
		data/catalogue.rng
	@$(MKDIR_P) $(@D)
	$(AM_V_GEN)EMBED_DIGEST=embedded_catalogue \
	    $(SHELL) $(srcdir)/src/catalogue/embed.sh \
	    embedded_catalogue $(srcdir)/data/exchange.xml \
	    embedded_grammar $(srcdir)/data/catalogue.rng > $@.tmp && \
	mv $@.tmp $@
