# One program a module, in TAP. A new test is one block at the end.
check_LIBRARIES += tests/unit/libtap.a
tests_unit_libtap_a_SOURCES = \
	tests/unit/hostile.c tests/unit/hostile.h \
	tests/unit/tap.c tests/unit/tap.h
UNIT_CPPFLAGS = $(AM_CPPFLAGS) -I$(srcdir)/tests/unit

# What tests use that write files.
SCRATCH = tests/unit/scratch.c tests/unit/scratch.h \
	tests/unit/scratch_system.h
if WINDOWS
SCRATCH += tests/unit/scratch_win32.c
else
SCRATCH += tests/unit/scratch_posix.c
endif

UNIT_TESTS =
check_PROGRAMS += $(UNIT_TESTS)
TESTS += $(UNIT_TESTS)

UNIT_TESTS += tests/unit/test-base
tests_unit_test_base_SOURCES = tests/unit/test-base.c
tests_unit_test_base_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_base_LDADD = tests/unit/libtap.a $(LIBS_BASE)

UNIT_TESTS += tests/unit/test-arena
tests_unit_test_arena_SOURCES = tests/unit/test-arena.c
tests_unit_test_arena_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_arena_LDADD = tests/unit/libtap.a $(LIBS_BASE)

# What every system does, and what one alone has: FIFOs, links and limits of a
# process there, locks, devices and long paths here.
LOOK = tests/unit/look.c tests/unit/look.h $(SCRATCH)
UNIT_TESTS += tests/unit/test-io
tests_unit_test_io_SOURCES = tests/unit/test-io.c $(LOOK)
tests_unit_test_io_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_io_LDADD = tests/unit/libtap.a $(LIBS_IO)

if WINDOWS
UNIT_TESTS += tests/unit/test-io-win32
else
UNIT_TESTS += tests/unit/test-io-posix
endif
tests_unit_test_io_posix_SOURCES = tests/unit/test-io-posix.c $(LOOK)
tests_unit_test_io_posix_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_io_posix_LDADD = tests/unit/libtap.a $(LIBS_IO)
tests_unit_test_io_win32_SOURCES = tests/unit/test-io-win32.c $(LOOK)
tests_unit_test_io_win32_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_io_win32_LDADD = tests/unit/libtap.a $(LIBS_IO)

if WINDOWS
UNIT_TESTS += tests/unit/test-output-win32
endif
tests_unit_test_output_win32_SOURCES = tests/unit/test-output-win32.c $(LOOK)
tests_unit_test_output_win32_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_output_win32_LDADD = tests/unit/libtap.a $(LIBS_IO)

# Not of a library, like the rest of its layer.
if WINDOWS
UNIT_TESTS += tests/unit/test-words-win32
endif
tests_unit_test_words_win32_SOURCES = tests/unit/test-words-win32.c \
	src/cmd/words_win32.c src/cmd/words_win32.h $(SCRATCH)
tests_unit_test_words_win32_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_words_win32_LDADD = tests/unit/libtap.a $(LIBS_IO) \
	-lshell32

UNIT_TESTS += tests/unit/test-link
tests_unit_test_link_SOURCES = tests/unit/test-link.c
tests_unit_test_link_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_link_LDADD = tests/unit/libtap.a $(LIBS_IO)

UNIT_TESTS += tests/unit/test-pe
tests_unit_test_pe_SOURCES = tests/unit/test-pe.c
tests_unit_test_pe_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_pe_LDADD = tests/unit/libtap.a $(LIBS_FORMATS)

UNIT_TESTS += tests/unit/test-xml
tests_unit_test_xml_SOURCES = tests/unit/test-xml.c
tests_unit_test_xml_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_xml_LDADD = tests/unit/libtap.a $(LIBS_CATALOGUE)

UNIT_TESTS += tests/unit/test-catalogue
tests_unit_test_catalogue_SOURCES = tests/unit/test-catalogue.c
tests_unit_test_catalogue_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_catalogue_LDADD = tests/unit/libtap.a $(LIBS_CATALOGUE)

UNIT_TESTS += tests/unit/test-way
tests_unit_test_way_SOURCES = tests/unit/test-way.c
tests_unit_test_way_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_way_LDADD = tests/unit/libtap.a $(LIBS_CATALOGUE)

UNIT_TESTS += tests/unit/test-standing
tests_unit_test_standing_SOURCES = tests/unit/test-standing.c
tests_unit_test_standing_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_standing_LDADD = tests/unit/libtap.a $(LIBS_ASSESSMENT)

UNIT_TESTS += tests/unit/test-overlay
tests_unit_test_overlay_SOURCES = tests/unit/test-overlay.c
tests_unit_test_overlay_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_overlay_LDADD = tests/unit/libtap.a $(LIBS_CATALOGUE)

UNIT_TESTS += tests/unit/test-host
tests_unit_test_host_SOURCES = tests/unit/test-host.c \
	$(SCRATCH)
tests_unit_test_host_CPPFLAGS = $(UNIT_CPPFLAGS) -I$(srcdir)/tests/fuzz
tests_unit_test_host_LDADD = tests/unit/libtap.a $(LIBS_HOST)

# What compilers do not see: the catalogue against its grammar and against
# the facts that it was made from.
CATALOGUE_TESTS = tests/unit/test-grammar.sh tests/unit/test-facts.py
dist_check_SCRIPTS += $(CATALOGUE_TESTS)
NATIVE_TESTS += $(CATALOGUE_TESTS)

UNIT_TESTS += tests/unit/test-regf
tests_unit_test_regf_SOURCES = tests/unit/test-regf.c
tests_unit_test_regf_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_regf_LDADD = tests/unit/libtap.a $(LIBS_FORMATS)

# The hive reader beside other readers of the same hives.
check_PROGRAMS += tests/tools/regfdump
tests_tools_regfdump_SOURCES = tests/tools/regfdump.c
tests_tools_regfdump_LDADD = $(LIBS_FORMATS)
dist_check_SCRIPTS += tests/unit/hivex-witness.py
NATIVE_TESTS += tests/unit/hivex-witness.py

# The writers of fixtures, looked at by other witnesses.
NATIVE_TESTS += tests/unit/test-tools.py
EXTRA_DIST += tests/unit/test-tools.py

UNIT_TESTS += tests/unit/test-inventory
tests_unit_test_inventory_SOURCES = tests/unit/test-inventory.c
tests_unit_test_inventory_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_inventory_LDADD = tests/unit/libtap.a $(LIBS_INVENTORY)

UNIT_TESTS += tests/unit/test-cfb
tests_unit_test_cfb_SOURCES = tests/unit/test-cfb.c
tests_unit_test_cfb_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_cfb_LDADD = tests/unit/libtap.a $(LIBS_FORMATS)

UNIT_TESTS += tests/unit/test-msi
tests_unit_test_msi_SOURCES = tests/unit/test-msi.c
tests_unit_test_msi_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_msi_LDADD = tests/unit/libtap.a $(LIBS_FORMATS)

UNIT_TESTS += tests/unit/test-cab
tests_unit_test_cab_SOURCES = tests/unit/test-cab.c
tests_unit_test_cab_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_cab_LDADD = tests/unit/libtap.a $(LIBS_FORMATS)

UNIT_TESTS += tests/unit/test-steady
tests_unit_test_steady_SOURCES = tests/unit/test-steady.c
tests_unit_test_steady_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_steady_LDADD = tests/unit/libtap.a $(LIBS_TRUST)

UNIT_TESTS += tests/unit/test-import
tests_unit_test_import_SOURCES = tests/unit/test-import.c
tests_unit_test_import_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_import_LDADD = tests/unit/libtap.a $(LIBS_CATALOGUE)

UNIT_TESTS += tests/unit/test-wsus
tests_unit_test_wsus_SOURCES = tests/unit/test-wsus.c
tests_unit_test_wsus_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_wsus_LDADD = tests/unit/libtap.a $(LIBS_CATALOGUE)

UNIT_TESTS += tests/unit/test-filekind
tests_unit_test_filekind_SOURCES = tests/unit/test-filekind.c
tests_unit_test_filekind_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_filekind_LDADD = tests/unit/libtap.a $(LIBS_FORMATS)
UNIT_TESTS += tests/unit/test-trust
tests_unit_test_trust_SOURCES = tests/unit/test-trust.c
tests_unit_test_trust_CPPFLAGS = $(UNIT_CPPFLAGS) $(CRYPTO_CFLAGS) \
	-I$(srcdir)/tests/fuzz
tests_unit_test_trust_LDADD = tests/unit/libtap.a $(LIBS_TRUST)

UNIT_TESTS += tests/unit/test-sigfacts
tests_unit_test_sigfacts_SOURCES = tests/unit/test-sigfacts.c \
	tests/unit/sigtext.c tests/unit/sigtext.h
tests_unit_test_sigfacts_CPPFLAGS = $(UNIT_CPPFLAGS) $(CRYPTO_CFLAGS) \
	-I$(srcdir)/tests/fuzz
tests_unit_test_sigfacts_LDADD = tests/unit/libtap.a $(LIBS_TRUST)

UNIT_TESTS += tests/unit/test-fleet
tests_unit_test_fleet_SOURCES = tests/unit/test-fleet.c
tests_unit_test_fleet_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_fleet_LDADD = tests/unit/libtap.a $(LIBS_REPORT)

UNIT_TESTS += tests/unit/test-report
tests_unit_test_report_SOURCES = tests/unit/test-report.c \
	$(SCRATCH)
tests_unit_test_report_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_report_LDADD = tests/unit/libtap.a $(LIBS_REPORT)

# Judging, on servers that are put together by hand.
MADE = tests/unit/made.c tests/unit/made.h
UNIT_TESTS += tests/unit/test-assessment
tests_unit_test_assessment_SOURCES = tests/unit/test-assessment.c $(MADE)
tests_unit_test_assessment_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_assessment_LDADD = tests/unit/libtap.a $(LIBS_ASSESSMENT)

UNIT_TESTS += tests/unit/test-minisign
tests_unit_test_minisign_SOURCES = tests/unit/test-minisign.c
tests_unit_test_minisign_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_minisign_LDADD = tests/unit/libtap.a $(LIBS_TRUST)

UNIT_TESTS += tests/unit/test-exit-codes
tests_unit_test_exit_codes_SOURCES = tests/unit/test-exit-codes.c \
	src/cmd/exit_codes.c src/cmd/exit_codes.h
tests_unit_test_exit_codes_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_exit_codes_LDADD = tests/unit/libtap.a $(LIBS_BASE)

UNIT_TESTS += tests/unit/test-owa
tests_unit_test_owa_SOURCES = tests/unit/test-owa.c
tests_unit_test_owa_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_owa_LDADD = tests/unit/libtap.a $(LIBS_FETCH)

# With a libcurl of its own, whose failures it chooses.
if WITH_CURL
UNIT_TESTS += tests/unit/test-http
endif
tests_unit_test_http_SOURCES = tests/unit/test-http.c
tests_unit_test_http_CPPFLAGS = $(UNIT_CPPFLAGS) $(CURL_CFLAGS)
tests_unit_test_http_LDADD = tests/unit/libtap.a $(LIBS_FETCH)

UNIT_TESTS += tests/unit/test-jsonin
tests_unit_test_jsonin_SOURCES = tests/unit/test-jsonin.c $(SCRATCH)
tests_unit_test_jsonin_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_jsonin_LDADD = tests/unit/libtap.a $(LIBS_JSON)

UNIT_TESTS += tests/unit/test-jsondocs
tests_unit_test_jsondocs_SOURCES = tests/unit/test-jsondocs.c
tests_unit_test_jsondocs_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_jsondocs_LDADD = tests/unit/libtap.a $(LIBS_JSON)

UNIT_TESTS += tests/unit/test-jsonout
tests_unit_test_jsonout_SOURCES = tests/unit/test-jsonout.c $(SCRATCH)
tests_unit_test_jsonout_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_jsonout_LDADD = tests/unit/libtap.a $(LIBS_JSON)

UNIT_TESTS += tests/unit/test-csvfile
tests_unit_test_csvfile_SOURCES = tests/unit/test-csvfile.c
tests_unit_test_csvfile_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_csvfile_LDADD = tests/unit/libtap.a $(LIBS_FORMATS)

UNIT_TESTS += tests/unit/test-mail
tests_unit_test_mail_SOURCES = tests/unit/test-mail.c
tests_unit_test_mail_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_mail_LDADD = tests/unit/libtap.a $(LIBS_FORMATS)

UNIT_TESTS += tests/unit/test-query
tests_unit_test_query_SOURCES = tests/unit/test-query.c
tests_unit_test_query_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_query_LDADD = tests/unit/libtap.a $(LIBS_CATALOGUE)
UNIT_TESTS += tests/unit/test-regf-log
tests_unit_test_regf_log_SOURCES = tests/unit/test-regf-log.c
tests_unit_test_regf_log_CPPFLAGS = $(UNIT_CPPFLAGS) -I$(srcdir)/tests/fuzz
tests_unit_test_regf_log_LDADD = tests/unit/libtap.a $(LIBS_FORMATS)

UNIT_TESTS += tests/unit/test-inspect
tests_unit_test_inspect_SOURCES = tests/unit/test-inspect.c
tests_unit_test_inspect_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_inspect_LDADD = tests/unit/libtap.a $(LIBS_ASSESSMENT)

UNIT_TESTS += tests/unit/test-crew
tests_unit_test_crew_SOURCES = tests/unit/test-crew.c \
	$(SCRATCH)
tests_unit_test_crew_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_crew_LDADD = tests/unit/libtap.a $(LIBS_IO)

# The live machine: keys are written with Windows' own calls.
if WINDOWS
UNIT_TESTS += tests/unit/test-host-win32
endif
tests_unit_test_host_win32_SOURCES = tests/unit/test-host-win32.c \
	$(SCRATCH)
tests_unit_test_host_win32_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_host_win32_LDADD = tests/unit/libtap.a $(LIBS_HOST)

UNIT_TESTS += tests/unit/test-refused
tests_unit_test_refused_SOURCES = tests/unit/test-refused.c
tests_unit_test_refused_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_refused_LDADD = tests/unit/libtap.a $(LIBS_REPORT)

UNIT_TESTS += tests/unit/test-deep
tests_unit_test_deep_SOURCES = tests/unit/test-deep.c
tests_unit_test_deep_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_deep_LDADD = tests/unit/libtap.a $(LIBS_INVENTORY)

UNIT_TESTS += tests/unit/test-question
tests_unit_test_question_SOURCES = tests/unit/test-question.c $(MADE)
tests_unit_test_question_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_question_LDADD = tests/unit/libtap.a $(LIBS_ASSESSMENT)

UNIT_TESTS += tests/unit/test-obligations
tests_unit_test_obligations_SOURCES = tests/unit/test-obligations.c $(MADE)
tests_unit_test_obligations_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_obligations_LDADD = tests/unit/libtap.a $(LIBS_ASSESSMENT)

UNIT_TESTS += tests/unit/test-branches
tests_unit_test_branches_SOURCES = tests/unit/test-branches.c $(MADE)
tests_unit_test_branches_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_branches_LDADD = tests/unit/libtap.a $(LIBS_ASSESSMENT)

UNIT_TESTS += tests/unit/test-inventory-json
tests_unit_test_inventory_json_SOURCES = tests/unit/test-inventory-json.c \
	tests/unit/facts.c tests/unit/facts.h $(SCRATCH)
tests_unit_test_inventory_json_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_inventory_json_LDADD = tests/unit/libtap.a $(LIBS_INVENTORY)

# What is written, beside the JSON Schema.
check_PROGRAMS += tests/tools/inventory-json
tests_tools_inventory_json_SOURCES = tests/tools/inventory-json.c \
	tests/unit/facts.c tests/unit/facts.h
tests_tools_inventory_json_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_tools_inventory_json_LDADD = $(LIBS_INVENTORY)
dist_check_SCRIPTS += tests/unit/inventory-schema.py
NATIVE_TESTS += tests/unit/inventory-schema.py

UNIT_TESTS += tests/unit/test-setuplog
tests_unit_test_setuplog_SOURCES = tests/unit/test-setuplog.c
tests_unit_test_setuplog_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_setuplog_LDADD = tests/unit/libtap.a $(LIBS_FORMATS)

UNIT_TESTS += tests/unit/test-msi-files
tests_unit_test_msi_files_SOURCES = tests/unit/test-msi-files.c
tests_unit_test_msi_files_CPPFLAGS = $(UNIT_CPPFLAGS)
tests_unit_test_msi_files_LDADD = tests/unit/libtap.a $(LIBS_FORMATS)
