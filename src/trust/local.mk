# The trust layer: what a signature is worth. The only user of OpenSSL.
noinst_LIBRARIES += src/librc-trust.a
src_librc_trust_a_SOURCES = \
	src/trust/anchor_check.h \
	src/trust/anchors.c src/trust/anchors.h \
	src/trust/authenticode.c src/trust/authenticode.h \
	src/trust/cache.c src/trust/cache.h \
	src/trust/cert.c src/trust/cert.h \
	src/trust/cert_facts.c src/trust/cert_facts.h \
	src/trust/chain.c src/trust/chain.h \
	src/trust/collect.c src/trust/collect.h \
	src/trust/crypto.c src/trust/crypto.h \
	src/trust/der.c src/trust/der.h \
	src/trust/digest.c src/trust/digest.h \
	src/trust/facts.c src/trust/facts.h \
	src/trust/judge.c src/trust/judge.h \
	src/trust/minisign.c src/trust/minisign.h \
	src/trust/paths.c src/trust/paths.h \
	src/trust/pkcs7.c src/trust/pkcs7.h \
	src/trust/pss.c src/trust/pss.h \
	src/trust/purposes.c src/trust/purposes.h \
	src/trust/reason.c src/trust/reason.h \
	src/trust/signature.c src/trust/signature.h \
	src/trust/stamper.c src/trust/stamper.h \
	src/trust/steady.c src/trust/steady.h \
	src/trust/timestamp.c src/trust/timestamp.h \
	src/trust/verdict.c src/trust/verdict.h
src_librc_trust_a_CFLAGS = $(AM_CFLAGS) $(CRYPTO_CFLAGS)
LIBS_TRUST = src/librc-trust.a $(LIBS_FORMATS) $(CRYPTO_LIBS)
