# The fetch layer: the catalogue from a server, builds from web answers. The
# only user of libcurl, which is loaded when it is first needed: linking it
# would cost every start of the program more than all other libraries.
noinst_LIBRARIES += src/librc-fetch.a
src_librc_fetch_a_SOURCES = \
	src/fetch/answer.c \
	src/fetch/conf.c src/fetch/conf.h \
	src/fetch/http.h \
	src/fetch/owa.c src/fetch/owa.h \
	src/fetch/owa_probe.c src/fetch/owa_probe.h \
	src/fetch/refresh.c src/fetch/refresh.h \
	src/fetch/shown.c \
	src/fetch/store.c src/fetch/store.h
if WITH_CURL
src_librc_fetch_a_SOURCES += \
	src/fetch/curl_load.h \
	src/fetch/http.c
if WINDOWS
src_librc_fetch_a_SOURCES += src/fetch/curl_static.c
else
src_librc_fetch_a_SOURCES += src/fetch/curl_load.c
endif
else
src_librc_fetch_a_SOURCES += src/fetch/http_none.c
endif
src_librc_fetch_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURL_CFLAGS)
LIBS_FETCH = src/librc-fetch.a $(LIBS_CATALOGUE) $(LIBS_XML) \
	$(LIBS_TRUST) $(LIBS_IO)
if WINDOWS
LIBS_FETCH += $(CURL_LIBS)
endif
