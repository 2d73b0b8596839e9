# The json layer: see HACKING.md, "Layers".
noinst_LIBRARIES += src/librc-json.a
src_librc_json_a_SOURCES = \
	src/json/jsondocs.c src/json/jsondocs.h \
	src/json/jsonin.c src/json/jsonin.h \
	src/json/jsonout.c src/json/jsonout.h \
	src/json/jsonshape.c src/json/jsonshape.h \
	src/json/jsontape.c src/json/jsontape.h
LIBS_JSON = src/librc-json.a $(LIBS_IO)
