# What is handed out: packages and what is in them, completion.
PACKAGING_TESTS = \
	tests/packaging/test-completion.py \
	tests/packaging/test-hardened.py \
	tests/packaging/test-install.py \
	tests/packaging/test-libraries.sh \
	tests/packaging/test-release.sh \
	tests/packaging/test-sbom.py

# Those that need root, a network or another build are steps of .ci/slow.
NATIVE_TESTS += $(PACKAGING_TESTS)
SLOW_TESTS += tests/packaging/test-images.sh
dist_check_SCRIPTS += $(PACKAGING_TESTS) tests/packaging/test-images.sh \
	tests/packaging/test-powershell \
	tests/packaging/test-debian tests/packaging/test-zip
