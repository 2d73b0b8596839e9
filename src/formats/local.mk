# The formats layer: see HACKING.md, "Layers".
noinst_LIBRARIES += src/librc-formats.a
src_librc_formats_a_SOURCES = \
	src/formats/cab.c src/formats/cab.h \
	src/formats/cab_unpack.h \
	src/formats/cfb.c src/formats/cfb.h \
	src/formats/codepage.c src/formats/codepage.h \
	src/formats/csvfile.c src/formats/csvfile.h \
	src/formats/filekind.c src/formats/filekind.h \
	src/formats/mail.c src/formats/mail.h \
	src/formats/msi.c src/formats/msi.h \
	src/formats/msi_files.c src/formats/msi_files.h \
	src/formats/msi_name.c src/formats/msi_name.h \
	src/formats/msi_pool.c src/formats/msi_pool.h \
	src/formats/msi_summary.c src/formats/msi_table.c \
	src/formats/marvin32.c src/formats/marvin32.h \
	src/formats/pe.c src/formats/pe.h \
	src/formats/regf.c src/formats/regf.h \
	src/formats/regf_bins.c src/formats/regf_bins.h \
	src/formats/regf_impl.h \
	src/formats/regf_index.c src/formats/regf_index.h \
	src/formats/regf_key.c \
	src/formats/regf_log.c src/formats/regf_log.h \
	src/formats/regf_log_impl.h \
	src/formats/regf_log_new.c \
	src/formats/regf_log_old.c \
	src/formats/regf_overlay.c src/formats/regf_overlay.h \
	src/formats/regf_units.c \
	src/formats/regf_value.c \
	src/formats/regf_walk.c src/formats/regf_walk.h \
	src/formats/setuplog.c src/formats/setuplog.h \
	src/formats/textfile.c src/formats/textfile.h \
	src/formats/textlines.c src/formats/textlines.h
if WITH_MSPACK
src_librc_formats_a_SOURCES += src/formats/cab_unpack.c
else
src_librc_formats_a_SOURCES += src/formats/cab_unpack_none.c
endif
src_librc_formats_a_CPPFLAGS = $(AM_CPPFLAGS) $(MSPACK_CFLAGS)
LIBS_FORMATS = src/librc-formats.a $(LIBS_BASE) $(MSPACK_LIBS)
