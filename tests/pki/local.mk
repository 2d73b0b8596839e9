# Signatures: a public key infrastructure made at check time, and real ones.
# The table of cases and their verdicts is tests/pki/cases.txt.
PKI_TESTS = \
	tests/pki/test-odd.py \
	tests/pki/test-pki.py \
	tests/pki/test-policy.py \
	tests/pki/test-real.py

TESTS += $(PKI_TESTS)
EXTRA_DIST += $(PKI_TESTS) tests/pki/cases.txt tests/pki/der.py \
	tests/pki/mkseeds.py tests/pki/pki.py
