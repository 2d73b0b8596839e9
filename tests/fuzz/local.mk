# A fuzz target NAME is tests/fuzz/fuzz-NAME.c and its seeds in
# tests/fuzz/corpus/NAME/. "make check" replays the seeds with any compiler;
# ./configure CC=clang --enable-fuzzing builds the libFuzzer program too.
# A new target is one block at the end.
FUZZ_REPLAYS =
FUZZ_TARGETS =

# Readers of bytes do the same on every system: replayed on one.
if !WINDOWS
check_PROGRAMS += $(FUZZ_REPLAYS)
TESTS += $(FUZZ_REPLAYS)
endif
if FUZZING
noinst_PROGRAMS += $(FUZZ_TARGETS)
endif
# Each target for so many seconds, two at a time. What is found stays in
# tests/fuzz/found; an input that takes too long or too much is a finding too.
FUZZ_SECONDS = 20
FUZZ_JOBS = 2
fuzz-ci: $(FUZZ_TARGETS)
	$(AM_V_at)if test -z '$(FUZZ_CFLAGS)'; then \
	    echo 'fuzz-ci: configure with CC=clang --enable-fuzzing' >&2; \
	    exit 1; \
	fi
	$(AM_V_at)for target in $(FUZZ_TARGETS); do \
	    echo $${target#tests/fuzz/fuzz-}; \
	done | xargs -P $(FUZZ_JOBS) -I '{}' $(srcdir)/tests/fuzz/fuzz-one \
	    '{}' $(srcdir)/tests/fuzz/corpus/'{}' $(FUZZ_SECONDS)
.PHONY: fuzz-ci
FUZZ_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests/fuzz
EXTRA_DIST += tests/fuzz/corpus tests/fuzz/fuzz-one tests/fuzz/fuzz.h
FUZZ_LIVE = tests/fuzz/live.c
FUZZ_REPLAY = tests/fuzz/replay.c $(FUZZ_LIVE)

# tests/fuzz/replay-NAME:
#	SOURCES  tests/fuzz/fuzz-NAME.c $(FUZZ_REPLAY)
#	CPPFLAGS $(FUZZ_CPPFLAGS) -DCORPUS='"NAME"'
# tests/fuzz/fuzz-NAME:
#	SOURCES  tests/fuzz/fuzz-NAME.c $(FUZZ_LIVE)
#	CPPFLAGS $(FUZZ_CPPFLAGS)
#	LDFLAGS  $(AM_LDFLAGS) $(FUZZ_CFLAGS)

FUZZ_REPLAYS += tests/fuzz/replay-pe
FUZZ_TARGETS += tests/fuzz/fuzz-pe
tests_fuzz_replay_pe_SOURCES = tests/fuzz/fuzz-pe.c $(FUZZ_REPLAY)
tests_fuzz_replay_pe_CPPFLAGS = $(FUZZ_CPPFLAGS) -DCORPUS='"pe"'
tests_fuzz_replay_pe_LDADD = $(LIBS_FORMATS)
tests_fuzz_fuzz_pe_SOURCES = tests/fuzz/fuzz-pe.c $(FUZZ_LIVE)
tests_fuzz_fuzz_pe_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_pe_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_pe_LDADD = $(LIBS_FORMATS)

FUZZ_REPLAYS += tests/fuzz/replay-catalogue
FUZZ_TARGETS += tests/fuzz/fuzz-catalogue
tests_fuzz_replay_catalogue_SOURCES = tests/fuzz/fuzz-catalogue.c \
	$(FUZZ_REPLAY)
tests_fuzz_replay_catalogue_CPPFLAGS = $(FUZZ_CPPFLAGS) \
	-DCORPUS='"catalogue"'
tests_fuzz_replay_catalogue_LDADD = $(LIBS_CATALOGUE)
tests_fuzz_fuzz_catalogue_SOURCES = tests/fuzz/fuzz-catalogue.c $(FUZZ_LIVE)
tests_fuzz_fuzz_catalogue_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_catalogue_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_catalogue_LDADD = $(LIBS_CATALOGUE)

FUZZ_REPLAYS += tests/fuzz/replay-import
FUZZ_TARGETS += tests/fuzz/fuzz-import
tests_fuzz_replay_import_SOURCES = tests/fuzz/fuzz-import.c \
	$(FUZZ_REPLAY)
tests_fuzz_replay_import_CPPFLAGS = $(FUZZ_CPPFLAGS) \
	-DCORPUS='"import"'
tests_fuzz_replay_import_LDADD = $(LIBS_CATALOGUE)
tests_fuzz_fuzz_import_SOURCES = tests/fuzz/fuzz-import.c $(FUZZ_LIVE)
tests_fuzz_fuzz_import_CPPFLAGS = $(FUZZ_CPPFLAGS) -DSETTLE_ONE_IN=16
tests_fuzz_fuzz_import_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_import_LDADD = $(LIBS_CATALOGUE)

FUZZ_REPLAYS += tests/fuzz/replay-overlay
FUZZ_TARGETS += tests/fuzz/fuzz-overlay
tests_fuzz_replay_overlay_SOURCES = tests/fuzz/fuzz-overlay.c \
	$(FUZZ_REPLAY)
tests_fuzz_replay_overlay_CPPFLAGS = $(FUZZ_CPPFLAGS) \
	-DCORPUS='"overlay"'
tests_fuzz_replay_overlay_LDADD = $(LIBS_CATALOGUE)
tests_fuzz_fuzz_overlay_SOURCES = tests/fuzz/fuzz-overlay.c $(FUZZ_LIVE)
tests_fuzz_fuzz_overlay_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_overlay_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_overlay_LDADD = $(LIBS_CATALOGUE)

FUZZ_REPLAYS += tests/fuzz/replay-regf
FUZZ_TARGETS += tests/fuzz/fuzz-regf
tests_fuzz_replay_regf_SOURCES = tests/fuzz/fuzz-regf.c $(FUZZ_REPLAY)
tests_fuzz_replay_regf_CPPFLAGS = $(FUZZ_CPPFLAGS) -DCORPUS='"regf"'
tests_fuzz_replay_regf_LDADD = $(LIBS_FORMATS)
tests_fuzz_fuzz_regf_SOURCES = tests/fuzz/fuzz-regf.c $(FUZZ_LIVE)
tests_fuzz_fuzz_regf_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_regf_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_regf_LDADD = $(LIBS_FORMATS)

FUZZ_REPLAYS += tests/fuzz/replay-cfb
FUZZ_TARGETS += tests/fuzz/fuzz-cfb
tests_fuzz_replay_cfb_SOURCES = tests/fuzz/fuzz-cfb.c $(FUZZ_REPLAY)
tests_fuzz_replay_cfb_CPPFLAGS = $(FUZZ_CPPFLAGS) -DCORPUS='"cfb"'
tests_fuzz_replay_cfb_LDADD = $(LIBS_FORMATS)
tests_fuzz_fuzz_cfb_SOURCES = tests/fuzz/fuzz-cfb.c $(FUZZ_LIVE)
tests_fuzz_fuzz_cfb_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_cfb_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_cfb_LDADD = $(LIBS_FORMATS)

FUZZ_REPLAYS += tests/fuzz/replay-msi
FUZZ_TARGETS += tests/fuzz/fuzz-msi
tests_fuzz_replay_msi_SOURCES = tests/fuzz/fuzz-msi.c $(FUZZ_REPLAY)
tests_fuzz_replay_msi_CPPFLAGS = $(FUZZ_CPPFLAGS) -DCORPUS='"msi"'
tests_fuzz_replay_msi_LDADD = $(LIBS_FORMATS)
tests_fuzz_fuzz_msi_SOURCES = tests/fuzz/fuzz-msi.c $(FUZZ_LIVE)
tests_fuzz_fuzz_msi_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_msi_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_msi_LDADD = $(LIBS_FORMATS)

FUZZ_REPLAYS += tests/fuzz/replay-cab
FUZZ_TARGETS += tests/fuzz/fuzz-cab
tests_fuzz_replay_cab_SOURCES = tests/fuzz/fuzz-cab.c $(FUZZ_REPLAY)
tests_fuzz_replay_cab_CPPFLAGS = $(FUZZ_CPPFLAGS) -DCORPUS='"cab"'
tests_fuzz_replay_cab_LDADD = $(LIBS_FORMATS)
tests_fuzz_fuzz_cab_SOURCES = tests/fuzz/fuzz-cab.c $(FUZZ_LIVE)
tests_fuzz_fuzz_cab_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_cab_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_cab_LDADD = $(LIBS_FORMATS)

FUZZ_REPLAYS += tests/fuzz/replay-filekind
FUZZ_TARGETS += tests/fuzz/fuzz-filekind
tests_fuzz_replay_filekind_SOURCES = tests/fuzz/fuzz-filekind.c $(FUZZ_REPLAY)
tests_fuzz_replay_filekind_CPPFLAGS = $(FUZZ_CPPFLAGS) -DCORPUS='"filekind"'
tests_fuzz_replay_filekind_LDADD = $(LIBS_FORMATS)
tests_fuzz_fuzz_filekind_SOURCES = tests/fuzz/fuzz-filekind.c $(FUZZ_LIVE)
tests_fuzz_fuzz_filekind_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_filekind_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_filekind_LDADD = $(LIBS_FORMATS)
FUZZ_REPLAYS += tests/fuzz/replay-authenticode
FUZZ_TARGETS += tests/fuzz/fuzz-authenticode
EXTRA_DIST += tests/fuzz/authenticode.h
tests_fuzz_replay_authenticode_SOURCES = tests/fuzz/fuzz-authenticode.c \
	$(FUZZ_REPLAY)
tests_fuzz_replay_authenticode_CPPFLAGS = $(FUZZ_CPPFLAGS) \
	-DCORPUS='"authenticode"'
tests_fuzz_replay_authenticode_LDADD = $(LIBS_TRUST)
tests_fuzz_fuzz_authenticode_SOURCES = tests/fuzz/fuzz-authenticode.c $(FUZZ_LIVE)
tests_fuzz_fuzz_authenticode_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_authenticode_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_authenticode_LDADD = $(LIBS_TRUST)

FUZZ_REPLAYS += tests/fuzz/replay-minisign
FUZZ_TARGETS += tests/fuzz/fuzz-minisign
tests_fuzz_replay_minisign_SOURCES = tests/fuzz/fuzz-minisign.c \
	$(FUZZ_REPLAY)
tests_fuzz_replay_minisign_CPPFLAGS = $(FUZZ_CPPFLAGS) -DCORPUS='"minisign"'
tests_fuzz_replay_minisign_LDADD = $(LIBS_TRUST)
tests_fuzz_fuzz_minisign_SOURCES = tests/fuzz/fuzz-minisign.c $(FUZZ_LIVE)
tests_fuzz_fuzz_minisign_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_minisign_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_minisign_LDADD = $(LIBS_TRUST)

FUZZ_REPLAYS += tests/fuzz/replay-owa
FUZZ_TARGETS += tests/fuzz/fuzz-owa
tests_fuzz_replay_owa_SOURCES = tests/fuzz/fuzz-owa.c $(FUZZ_REPLAY)
tests_fuzz_replay_owa_CPPFLAGS = $(FUZZ_CPPFLAGS) -DCORPUS='"owa"'
tests_fuzz_replay_owa_LDADD = $(LIBS_FETCH)
tests_fuzz_fuzz_owa_SOURCES = tests/fuzz/fuzz-owa.c $(FUZZ_LIVE)
tests_fuzz_fuzz_owa_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_owa_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_owa_LDADD = $(LIBS_FETCH)

FUZZ_REPLAYS += tests/fuzz/replay-csvfile
FUZZ_TARGETS += tests/fuzz/fuzz-csvfile
tests_fuzz_replay_csvfile_SOURCES = tests/fuzz/fuzz-csvfile.c $(FUZZ_REPLAY)
tests_fuzz_replay_csvfile_CPPFLAGS = $(FUZZ_CPPFLAGS) -DCORPUS='"csvfile"'
tests_fuzz_replay_csvfile_LDADD = $(LIBS_FORMATS)
tests_fuzz_fuzz_csvfile_SOURCES = tests/fuzz/fuzz-csvfile.c $(FUZZ_LIVE)
tests_fuzz_fuzz_csvfile_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_csvfile_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_csvfile_LDADD = $(LIBS_FORMATS)
FUZZ_REPLAYS += tests/fuzz/replay-mail
FUZZ_TARGETS += tests/fuzz/fuzz-mail
tests_fuzz_replay_mail_SOURCES = tests/fuzz/fuzz-mail.c $(FUZZ_REPLAY)
tests_fuzz_replay_mail_CPPFLAGS = $(FUZZ_CPPFLAGS) -DCORPUS='"mail"'
tests_fuzz_replay_mail_LDADD = $(LIBS_FORMATS)
tests_fuzz_fuzz_mail_SOURCES = tests/fuzz/fuzz-mail.c $(FUZZ_LIVE)
tests_fuzz_fuzz_mail_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_mail_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_mail_LDADD = $(LIBS_FORMATS)
FUZZ_REPLAYS += tests/fuzz/replay-regf-log
FUZZ_TARGETS += tests/fuzz/fuzz-regf-log
EXTRA_DIST += tests/fuzz/packed.h
tests_fuzz_replay_regf_log_SOURCES = tests/fuzz/fuzz-regf-log.c \
	$(FUZZ_REPLAY)
tests_fuzz_replay_regf_log_CPPFLAGS = $(FUZZ_CPPFLAGS) \
	-DCORPUS='"regf-log"'
tests_fuzz_replay_regf_log_LDADD = $(LIBS_FORMATS)
tests_fuzz_fuzz_regf_log_SOURCES = tests/fuzz/fuzz-regf-log.c $(FUZZ_LIVE)
tests_fuzz_fuzz_regf_log_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_regf_log_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_regf_log_LDADD = $(LIBS_FORMATS)

FUZZ_REPLAYS += tests/fuzz/replay-link
FUZZ_TARGETS += tests/fuzz/fuzz-link
tests_fuzz_replay_link_SOURCES = tests/fuzz/fuzz-link.c $(FUZZ_REPLAY)
tests_fuzz_replay_link_CPPFLAGS = $(FUZZ_CPPFLAGS) -DCORPUS='"link"'
tests_fuzz_replay_link_LDADD = $(LIBS_IO)
tests_fuzz_fuzz_link_SOURCES = tests/fuzz/fuzz-link.c $(FUZZ_LIVE)
tests_fuzz_fuzz_link_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_link_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_link_LDADD = $(LIBS_IO)

FUZZ_REPLAYS += tests/fuzz/replay-jsonin
FUZZ_TARGETS += tests/fuzz/fuzz-jsonin
tests_fuzz_replay_jsonin_SOURCES = tests/fuzz/fuzz-jsonin.c $(FUZZ_REPLAY)
tests_fuzz_replay_jsonin_CPPFLAGS = $(FUZZ_CPPFLAGS) -DCORPUS='"jsonin"'
tests_fuzz_replay_jsonin_LDADD = $(LIBS_JSON)
tests_fuzz_fuzz_jsonin_SOURCES = tests/fuzz/fuzz-jsonin.c $(FUZZ_LIVE)
tests_fuzz_fuzz_jsonin_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_jsonin_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_jsonin_LDADD = $(LIBS_JSON)

FUZZ_REPLAYS += tests/fuzz/replay-inventory
FUZZ_TARGETS += tests/fuzz/fuzz-inventory
tests_fuzz_replay_inventory_SOURCES = tests/fuzz/fuzz-inventory.c \
	$(FUZZ_REPLAY)
tests_fuzz_replay_inventory_CPPFLAGS = $(FUZZ_CPPFLAGS) \
	-DCORPUS='"inventory"'
tests_fuzz_replay_inventory_LDADD = $(LIBS_INVENTORY)
tests_fuzz_fuzz_inventory_SOURCES = tests/fuzz/fuzz-inventory.c $(FUZZ_LIVE)
tests_fuzz_fuzz_inventory_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_inventory_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_inventory_LDADD = $(LIBS_INVENTORY)

FUZZ_REPLAYS += tests/fuzz/replay-setuplog
FUZZ_TARGETS += tests/fuzz/fuzz-setuplog
tests_fuzz_replay_setuplog_SOURCES = tests/fuzz/fuzz-setuplog.c \
	$(FUZZ_REPLAY)
tests_fuzz_replay_setuplog_CPPFLAGS = $(FUZZ_CPPFLAGS) \
	-DCORPUS='"setuplog"'
tests_fuzz_replay_setuplog_LDADD = $(LIBS_FORMATS)
tests_fuzz_fuzz_setuplog_SOURCES = tests/fuzz/fuzz-setuplog.c $(FUZZ_LIVE)
tests_fuzz_fuzz_setuplog_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_setuplog_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_setuplog_LDADD = $(LIBS_FORMATS)

FUZZ_REPLAYS += tests/fuzz/replay-wsus
FUZZ_TARGETS += tests/fuzz/fuzz-wsus
tests_fuzz_replay_wsus_SOURCES = tests/fuzz/fuzz-wsus.c $(FUZZ_REPLAY)
tests_fuzz_replay_wsus_CPPFLAGS = $(FUZZ_CPPFLAGS) -DCORPUS='"wsus"'
tests_fuzz_replay_wsus_LDADD = $(LIBS_CATALOGUE)
tests_fuzz_fuzz_wsus_SOURCES = tests/fuzz/fuzz-wsus.c $(FUZZ_LIVE)
tests_fuzz_fuzz_wsus_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_wsus_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_wsus_LDADD = $(LIBS_CATALOGUE)

FUZZ_REPLAYS += tests/fuzz/replay-query
FUZZ_TARGETS += tests/fuzz/fuzz-query
tests_fuzz_replay_query_SOURCES = tests/fuzz/fuzz-query.c $(FUZZ_REPLAY)
tests_fuzz_replay_query_CPPFLAGS = $(FUZZ_CPPFLAGS) -DCORPUS='"query"'
tests_fuzz_replay_query_LDADD = $(LIBS_CATALOGUE)
tests_fuzz_fuzz_query_SOURCES = tests/fuzz/fuzz-query.c $(FUZZ_LIVE)
tests_fuzz_fuzz_query_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_query_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_query_LDADD = $(LIBS_CATALOGUE)

FUZZ_REPLAYS += tests/fuzz/replay-store
FUZZ_TARGETS += tests/fuzz/fuzz-store
tests_fuzz_replay_store_SOURCES = tests/fuzz/fuzz-store.c $(FUZZ_REPLAY)
tests_fuzz_replay_store_CPPFLAGS = $(FUZZ_CPPFLAGS) -DCORPUS='"store"'
tests_fuzz_replay_store_LDADD = $(LIBS_FETCH)
tests_fuzz_fuzz_store_SOURCES = tests/fuzz/fuzz-store.c $(FUZZ_LIVE)
tests_fuzz_fuzz_store_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_store_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_store_LDADD = $(LIBS_FETCH)

FUZZ_REPLAYS += tests/fuzz/replay-conf
FUZZ_TARGETS += tests/fuzz/fuzz-conf
tests_fuzz_replay_conf_SOURCES = tests/fuzz/fuzz-conf.c $(FUZZ_REPLAY)
tests_fuzz_replay_conf_CPPFLAGS = $(FUZZ_CPPFLAGS) -DCORPUS='"conf"'
tests_fuzz_replay_conf_LDADD = $(LIBS_FETCH)
tests_fuzz_fuzz_conf_SOURCES = tests/fuzz/fuzz-conf.c $(FUZZ_LIVE)
tests_fuzz_fuzz_conf_CPPFLAGS = $(FUZZ_CPPFLAGS)
tests_fuzz_fuzz_conf_LDFLAGS = $(AM_LDFLAGS) $(FUZZ_CFLAGS)
tests_fuzz_fuzz_conf_LDADD = $(LIBS_FETCH)
