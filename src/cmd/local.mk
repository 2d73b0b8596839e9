# The cmd layer: options, commands, exit codes.
bin_PROGRAMS += rollcall
rollcall_SOURCES = \
	src/cmd/cmd_catalogue.c \
	src/cmd/cmd_catalogue_check.c \
	src/cmd/cmd_catalogue_diff.c \
	src/cmd/cmd_catalogue_import.c \
	src/cmd/cmd_catalogue_learn.c \
	src/cmd/cmd_catalogue_list.c \
	src/cmd/cmd_catalogue_show.c \
	src/cmd/cmd_catalogue_status.c \
	src/cmd/cmd_catalogue_update.c \
	src/cmd/cmd_inspect.c \
	src/cmd/cmd_judge.c \
	src/cmd/cmd_probe.c \
	src/cmd/cmd_registry.c \
	src/cmd/cmd_scan.c \
	src/cmd/cmd_which.c \
	src/cmd/command.h \
	src/cmd/commands.c \
	src/cmd/completion.c src/cmd/completion.h \
	src/cmd/confine.h \
	src/cmd/detect.c src/cmd/detect.h \
	src/cmd/exit_codes.c src/cmd/exit_codes.h \
	src/cmd/fleet_lists.c src/cmd/fleet_lists.h \
	src/cmd/help.c src/cmd/help.h \
	src/cmd/image.c src/cmd/image.h \
	src/cmd/import_cabinet.c src/cmd/import_cabinet.h \
	src/cmd/import_sources.c src/cmd/import_sources.h \
	src/cmd/instants.c src/cmd/instants.h \
	src/cmd/main.c src/cmd/main.h \
	src/cmd/judging.c src/cmd/judging.h \
	src/cmd/meant.c src/cmd/meant.h \
	src/cmd/numbers.c src/cmd/numbers.h \
	src/cmd/open_catalogue.c src/cmd/open_catalogue.h \
	src/cmd/open_policy.c src/cmd/open_policy.h \
	src/cmd/options.c src/cmd/options.h \
	src/cmd/output.c src/cmd/output.h \
	src/cmd/progress.c src/cmd/progress.h \
	src/cmd/refreshed.c src/cmd/refreshed.h \
	src/cmd/system.h \
	src/cmd/tell.c src/cmd/tell.h \
	src/cmd/version.c src/cmd/version.h
if WINDOWS
rollcall_SOURCES += src/cmd/late_win32.c \
	src/cmd/main_win32.c src/cmd/system_win32.c \
	src/cmd/words_win32.c src/cmd/words_win32.h
else
rollcall_SOURCES += src/cmd/main_posix.c src/cmd/system_posix.c
endif
if LINUX_CONFINE
rollcall_SOURCES += src/cmd/confine_linux.c src/cmd/confine_try_linux.c
else
rollcall_SOURCES += src/cmd/confine_none.c
endif
rollcall_CPPFLAGS = $(AM_CPPFLAGS) $(SECCOMP_CFLAGS) \
	-DLOCALSTATEDIR='"$(localstatedir)"'
rollcall_LDADD = $(LIBS_FETCH) $(LIBS_REPORT) $(SECCOMP_LIBS)

if WINDOWS
# wmain() gets its arguments in UTF-16. Stripped: one file to copy about.
rollcall_LDFLAGS = $(AM_LDFLAGS) -municode -s
rollcall_LDADD += windows/rollcall.res.o
rollcall_LDADD += -lshell32
else
rollcall_LDFLAGS = $(AM_LDFLAGS)
endif

# Completion for shells, which the program itself writes: not where it cannot
# run. Sanitizers have tests to complain in.
if !CROSS
bashcompletiondir = $(datadir)/bash-completion/completions
zshcompletiondir = $(datadir)/zsh/site-functions
nodist_bashcompletion_DATA = data/completion/rollcall
nodist_zshcompletion_DATA = data/completion/_rollcall
nodist_pkgdata_DATA = data/completion/rollcall.ps1
COMPLETE = $(MKDIR_P) data/completion && ASAN_OPTIONS=detect_leaks=0 \
	./rollcall$(EXEEXT) completion
data/completion/rollcall: rollcall$(EXEEXT)
	$(AM_V_GEN)$(COMPLETE) bash >$@.tmp && mv $@.tmp $@
data/completion/_rollcall: rollcall$(EXEEXT)
	$(AM_V_GEN)$(COMPLETE) zsh >$@.tmp && mv $@.tmp $@
data/completion/rollcall.ps1: rollcall$(EXEEXT)
	$(AM_V_GEN)$(COMPLETE) powershell >$@.tmp && mv $@.tmp $@
CLEANFILES += $(nodist_bashcompletion_DATA) $(nodist_zshcompletion_DATA) \
	$(nodist_pkgdata_DATA)
endif
