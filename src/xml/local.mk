# The xml layer: see HACKING.md, "Layers". The only user of libxml2, which is
# loaded when it is first needed, as it costs every start of the program more
# than all other libraries that are linked.
noinst_LIBRARIES += src/librc-xml.a
src_librc_xml_a_SOURCES = \
	src/xml/libxml.h \
	src/xml/node.h \
	src/xml/parser.c src/xml/parser.h \
	src/xml/plain.c \
	src/xml/validate.c \
	src/xml/xml.c src/xml/xml.h \
	src/xml/xmlout.c src/xml/xmlout.h \
	src/xml/xmlpull.c src/xml/xmlpull.h
if WINDOWS
src_librc_xml_a_SOURCES += src/xml/libxml_static.c
else
src_librc_xml_a_SOURCES += src/xml/libxml_load.c
endif
src_librc_xml_a_CPPFLAGS = $(AM_CPPFLAGS) $(XML_CFLAGS)
LIBS_XML = src/librc-xml.a $(LIBS_IO)
if WINDOWS
LIBS_XML += $(XML_LIBS)
endif
