# The io layer: see HACKING.md, "Layers".
noinst_LIBRARIES += src/librc-io.a
src_librc_io_a_SOURCES = \
	src/io/beneath.c src/io/beneath.h \
	src/io/file.c src/io/file.h src/io/file_fd.h \
	src/io/link.c src/io/link.h \
	src/io/listing.c src/io/listing.h \
	src/io/sink.c src/io/sink.h \
	src/io/tree.c src/io/tree.h \
	src/io/walk.c src/io/walk.h
if WINDOWS
src_librc_io_a_SOURCES += src/io/wide_win32.c src/io/wide_win32.h
endif
LIBS_IO = src/librc-io.a $(LIBS_BASE)
