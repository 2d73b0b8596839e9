# The report layer: one file an output format.
noinst_LIBRARIES += src/librc-report.a
src_librc_report_a_SOURCES = \
	src/report/answered.h \
	src/report/answered_json.c \
	src/report/answered_text.c \
	src/report/changes.c src/report/changes.h \
	src/report/complaints.c src/report/complaints.h \
	src/report/csv.c src/report/csv.h \
	src/report/fleet.c src/report/fleet.h \
	src/report/fleet_accept.c src/report/fleet_accept.h \
	src/report/fleet_csv.c \
	src/report/fleet_html.c \
	src/report/fleet_json.c \
	src/report/fleet_nagios.c \
	src/report/fleet_prometheus.c \
	src/report/fleet_report.c src/report/fleet_report.h \
	src/report/fleet_row.c \
	src/report/fleet_text.c \
	src/report/fleet_words.c src/report/fleet_words.h \
	src/report/imported.c src/report/imported.h \
	src/report/inspection.c src/report/inspection.h \
	src/report/inspection_csv.c \
	src/report/inspection_html.c \
	src/report/inspection_json.c \
	src/report/inspection_text.c \
	src/report/json_result.c src/report/json_result.h \
	src/report/laid_over.c src/report/laid_over.h \
	src/report/layout.c src/report/layout.h \
	src/report/learned.c src/report/learned.h \
	src/report/nagios.c src/report/nagios.h \
	src/report/oval.c src/report/oval.h \
	src/report/page.c src/report/page.h \
	src/report/probe.h \
	src/report/probe_csv.c \
	src/report/probe_json.c \
	src/report/probe_nagios.c \
	src/report/probe_text.c \
	src/report/registry.c src/report/registry.h \
	src/report/registry_json.c \
	src/report/registry_text.c \
	src/report/releases.c src/report/releases.h \
	src/report/releases_csv.c \
	src/report/releases_json.c \
	src/report/releases_text.c \
	src/report/renewal.c src/report/renewal.h \
	src/report/report.h \
	src/report/report_format.c src/report/report_format.h \
	src/report/report_html.c \
	src/report/report_json.c \
	src/report/report_oval.c \
	src/report/report_text.c \
	src/report/style.h \
	src/report/summary.c src/report/summary.h \
	src/report/upkeep.c src/report/upkeep.h \
	src/report/which.h \
	src/report/which_csv.c \
	src/report/which_json.c \
	src/report/which_text.c
LIBS_REPORT = src/librc-report.a $(LIBS_JSON) $(LIBS_ASSESSMENT)

# Style and script of pages.
nodist_src_librc_report_a_SOURCES = src/report/page_parts.c
CLEANFILES += src/report/page_parts.c
EXTRA_DIST += src/report/page.css src/report/page.js

src/report/page_parts.c: src/catalogue/embed.sh src/report/page.css \
		src/report/page.js
	@$(MKDIR_P) $(@D)
	$(AM_V_GEN)EMBED_HEADER=report/page.h \
	    $(SHELL) $(srcdir)/src/catalogue/embed.sh \
	    page_css $(srcdir)/src/report/page.css \
	    page_js $(srcdir)/src/report/page.js > $@.tmp && mv $@.tmp $@
