# What is handed out: packages and what is in them, completion.
PACKAGING_TESTS = \
	tests/packaging/test-completion.py \
	tests/packaging/test-install.py \
	tests/packaging/test-sbom.py

NATIVE_TESTS += $(PACKAGING_TESTS)
SLOW_TESTS += tests/packaging/test-images.sh
dist_check_SCRIPTS += $(PACKAGING_TESTS) tests/packaging/test-images.sh
