noinst_LIBRARIES += src/librc-base.a
src_librc_base_a_SOURCES = \
	src/base/alloc.c src/base/alloc.h \
	src/base/arena.c src/base/arena.h \
	src/base/buf.c src/base/buf.h \
	src/base/crew.c src/base/crew.h \
	src/base/guid.c src/base/guid.h \
	src/base/instant.c src/base/instant.h \
	src/base/limits.h \
	src/base/path.c src/base/path.h \
	src/base/slice.c src/base/slice.h \
	src/base/source.c src/base/source.h \
	src/base/status.c src/base/status.h \
	src/base/upcase_table.h \
	src/base/utf.c src/base/utf.h \
	src/base/version.c src/base/version.h
LIBS_BASE = src/librc-base.a
