# The xml layer: see HACKING.md, "Layers".
noinst_LIBRARIES += src/librc-xml.a
src_librc_xml_a_SOURCES = \
	src/xml/node.h \
	src/xml/parser.c src/xml/parser.h \
	src/xml/plain.c \
	src/xml/validate.c \
	src/xml/xml.c src/xml/xml.h \
	src/xml/xmlout.c src/xml/xmlout.h \
	src/xml/xmlpull.c src/xml/xmlpull.h
src_librc_xml_a_CPPFLAGS = $(AM_CPPFLAGS) $(XML_CFLAGS)
LIBS_XML = src/librc-xml.a $(LIBS_IO) $(XML_LIBS)
