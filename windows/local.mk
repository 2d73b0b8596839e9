# What rollcall.exe carries besides code: its version and its manifest.
EXTRA_DIST += windows/rollcall.manifest
if WINDOWS
windows/rollcall.res.o: windows/rollcall.rc $(srcdir)/windows/rollcall.manifest
	$(AM_V_GEN)$(WINDRES) -I $(srcdir) -O coff windows/rollcall.rc $@
CLEANFILES += windows/rollcall.res.o
endif

# What is handed out: the program, what it is made of, how it is used. The
# libraries that it was linked with were built by build-aux/windows-libraries.
EXTRA_DIST += windows/README.txt windows/scan-servers.ps1 \
	windows/detect-remediation.ps1 windows/detect-application.ps1
.PHONY: dist-windows
if WINDOWS
WINDOWS_ZIP = $(PACKAGE)-$(VERSION)-win64.zip
dist-windows: rollcall$(EXEEXT)
	$(AM_V_GEN)$(PYTHON) $(srcdir)/build-aux/mkzip.py \
	    --version '$(VERSION)' --address '$(PACKAGE_BUGREPORT)' \
	    --source $(srcdir) --exe rollcall$(EXEEXT) \
	    --prefix '$(PKG_CONFIG_LIBDIR)/../..' $(WINDOWS_ZIP)
CLEANFILES += $(WINDOWS_ZIP)
endif
