# The formats layer: see HACKING.md, "Layers".
noinst_LIBRARIES += src/librc-formats.a
src_librc_formats_a_SOURCES = \
	src/formats/pe.c src/formats/pe.h
LIBS_FORMATS = src/librc-formats.a $(LIBS_BASE)
