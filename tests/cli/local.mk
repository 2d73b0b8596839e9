# Golden tests: run-golden runs every tests/cli/NAME.sh and says how a case is
# written. The folder is distributed whole, so that a new case needs no entry
# here. A test that cannot be golden is tests/cli/test-NAME.sh (or .py), prints
# TAP, and is listed.
CLI_TESTS = \
	tests/cli/run-golden \
	tests/cli/test-run-golden.sh

TESTS += $(CLI_TESTS)
EXTRA_DIST += tests/cli

# Write what comes out as what is expected; CASES="NAME..." for a few.
.PHONY: update-golden
update-golden: all $(nodist_check_DATA)
	@$(AM_TESTS_ENVIRONMENT) UPDATE_GOLDEN=1 \
	    $(SHELL) $(srcdir)/tests/cli/run-golden $(CASES)
