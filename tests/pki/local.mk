# Signatures: a public key infrastructure made at check time, and real ones.
# The tables of cases and their verdicts are tests/pki/cases.txt and matrix.txt.
PKI_TESTS = \
	tests/pki/test-cache.py \
	tests/pki/test-inspect.py \
	tests/pki/test-keys.py \
	tests/pki/test-large.py \
	tests/pki/test-odd.py \
	tests/pki/test-oracle.py \
	tests/pki/test-pki.py \
	tests/pki/test-policy.py \
	tests/pki/test-real.py \
	tests/pki/test-stamps.py

NATIVE_TESTS += $(PKI_TESTS)
SLOW_TESTS += tests/pki/test-oracle.py
EXTRA_DIST += $(PKI_TESTS) tests/pki/cases.txt tests/pki/der.py \
	tests/pki/maker.py tests/pki/matrix.txt tests/pki/mkseeds.py tests/pki/odd.py \
	tests/pki/pki.py
