# House rules that a compiler does not check, and tests of the lint itself.
# bad/ holds one tree a rule that breaks it.
LINT_TESTS = tests/lint/check-tree.sh tests/lint/test-lint.py

dist_check_SCRIPTS += $(LINT_TESTS)
NATIVE_TESTS += $(LINT_TESTS)
EXTRA_DIST += tests/lint/lint.py tests/lint/calls.py tests/lint/circles.txt \
	tests/lint/bad

.PHONY: lint
lint:
	@$(LINT_ENVIRONMENT) $(PYTHON) $(srcdir)/tests/lint/lint.py \
	    --root $(srcdir)
