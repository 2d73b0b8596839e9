# The io layer: see HACKING.md, "Layers".
noinst_LIBRARIES += src/librc-io.a
src_librc_io_a_SOURCES = \
	src/io/dynlib.h \
	src/io/file.c src/io/file.h \
	src/io/folder.c src/io/folder.h \
	src/io/link.c src/io/link.h \
	src/io/listing.c src/io/listing.h \
	src/io/lock.h \
	src/io/tempfile.c src/io/tempfile.h src/io/tempfile_system.h \
	src/io/sink.c src/io/sink.h \
	src/io/target.h \
	src/io/term.h \
	src/io/tree.c src/io/tree.h \
	src/io/walk.c src/io/walk.h
if WINDOWS
src_librc_io_a_SOURCES += \
	src/io/acl_win32.c src/io/acl_win32.h \
	src/io/file_win32.c src/io/file_win32.h \
	src/io/folder_win32.c \
	src/io/lock_win32.c \
	src/io/tempfile_win32.c \
	src/io/target_win32.c \
	src/io/term_win32.c src/io/term_win32.h \
	src/io/wide_win32.c src/io/wide_win32.h
else
src_librc_io_a_SOURCES += \
	src/io/dynlib_posix.c \
	src/io/file_posix.c src/io/file_posix.h \
	src/io/folder_posix.c \
	src/io/lock_posix.c \
	src/io/tempfile_posix.c \
	src/io/target_posix.c src/io/target_posix.h \
	src/io/term_posix.c
endif
LIBS_IO = src/librc-io.a $(LIBS_BASE)
if WINDOWS
LIBS_IO += -lntdll -ladvapi32
endif
