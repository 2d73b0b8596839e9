# The host layer: see HACKING.md, "Layers".
noinst_LIBRARIES += src/librc-host.a
src_librc_host_a_SOURCES = \
	src/host/collected.c src/host/collected.h \
	src/host/expand.c src/host/expand.h \
	src/host/hive.c src/host/hive.h \
	src/host/hive_logs.c src/host/hive_logs.h \
	src/host/host.c src/host/host.h src/host/host_new.h \
	src/host/host_volume.c \
	src/host/winpath.c src/host/winpath.h
if WINDOWS
src_librc_host_a_SOURCES += src/host/host_win32.c
else
src_librc_host_a_SOURCES += src/host/host_live_none.c
endif
LIBS_HOST = src/librc-host.a $(LIBS_IO) $(LIBS_FORMATS)
