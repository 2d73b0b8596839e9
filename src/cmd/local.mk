bin_PROGRAMS += rollcall
rollcall_SOURCES = \
	src/cmd/main.c
rollcall_CPPFLAGS = $(AM_CPPFLAGS)
rollcall_LDADD = $(LIBS_BASE) $(LIBS_TRUST)
