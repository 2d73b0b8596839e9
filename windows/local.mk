# What rollcall.exe carries besides code: its version and its manifest.
EXTRA_DIST += windows/rollcall.manifest
if WINDOWS
windows/rollcall.res.o: windows/rollcall.rc $(srcdir)/windows/rollcall.manifest
	$(AM_V_GEN)$(WINDRES) -I $(srcdir) -O coff windows/rollcall.rc $@
CLEANFILES += windows/rollcall.res.o
endif
