# src/fetch against servers on 127.0.0.1: nginx, and one that misbehaves
# (tests/tools/webserver.py).
FETCH_TESTS = \
	tests/fetch/test-import.py \
	tests/fetch/test-probe.py \
	tests/fetch/test-update.py
NATIVE_TESTS += $(FETCH_TESTS)
dist_check_SCRIPTS += $(FETCH_TESTS)
EXTRA_DIST += tests/fetch/kit.py tests/tools/webserver.py
