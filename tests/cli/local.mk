# Golden tests: run-golden runs every tests/cli/NAME.sh and says how a case is
# written. The folder is distributed whole, so that a new case needs no entry
# here. A test that cannot be golden is tests/cli/test-NAME.sh (or .py), prints
# TAP, and is listed.
CLI_TESTS = \
	tests/cli/run-golden \
	tests/cli/test-run-golden.sh \
	tests/cli/test-catalogue-check.py \
	tests/cli/test-catalogue-list.py \
	tests/cli/test-deep-links.py \
	tests/cli/test-jobs.py \
	tests/cli/test-interrupt.py \
	tests/cli/test-progress.py \
	tests/cli/docs.py \
	tests/cli/test-terminal.py \
	tests/cli/test-which.py \
	tests/cli/test-replay.py \
	tests/cli/test-wsus.py

NATIVE_TESTS += $(CLI_TESTS)
EXTRA_DIST += tests/cli

# Write what comes out as what is expected; CASES="NAME..." for a few.
.PHONY: update-golden
update-golden: all $(nodist_check_DATA)
	@$(AM_TESTS_ENVIRONMENT) UPDATE_GOLDEN=1 \
	    $(SHELL) $(srcdir)/tests/cli/run-golden $(CASES)
# Synthetic Windows volumes: text in, folders out, one answer expected of each.
# A new volume is tests/cli/volumes/NAME.volume.txt (mkvolume.py says how it is
# written) and NAME.expect (test-volumes.py says how); it needs no entry here.
# They are built outside tests/cli, so that sources and products do not mix.
# The folder itself is named for what is taken away from it.
VOLUME_TEXTS = $(srcdir)/tests/cli/volumes \
	$(wildcard $(srcdir)/tests/cli/volumes/*.volume.txt)

VOLUME_WRITERS = \
	tests/tools/mkvolume.py \
	tests/tools/fixturetext.py \
	tests/tools/mkcfb.py \
	tests/tools/mkdirty.py \
	tests/tools/mkfleet.py \
	tests/tools/mkhive.py \
	tests/tools/mkmsp.py \
	tests/tools/mkpe.py \
	tests/tools/mksetuplog.py \
	tests/tools/mksign.py \
	tests/pki/der.py \
	tests/pki/pki.py

tests/volumes/stamp: $(VOLUME_TEXTS) $(VOLUME_WRITERS)
	@$(MKDIR_P) tests/volumes
	$(AM_V_GEN)$(PYTHON) $(srcdir)/tests/tools/mkvolume.py --all \
	    $(srcdir)/tests/cli/volumes tests/volumes && echo >$@

nodist_check_DATA += tests/volumes/stamp
SLOW_TESTS += tests/cli/test-histories.py tests/cli/test-judge.py \
	tests/cli/test-wsus-large.sh
EXTRA_DIST += $(VOLUME_WRITERS) tests/tools/histories.py

clean-local: clean-volumes
.PHONY: clean-volumes
clean-volumes:
	rm -rf tests/volumes

NATIVE_TESTS += tests/cli/test-volumes.py tests/cli/test-damage.py \
	tests/cli/test-ansible.py \
	tests/cli/test-fleet.py tests/cli/test-fleet-formats.py \
	tests/cli/test-histories.py \
	tests/cli/test-formats.py tests/cli/test-judge.py \
	tests/cli/test-html.py \
	tests/cli/test-catalogue-set.py \
	tests/cli/test-import.py \
	tests/cli/test-learn.py \
	tests/cli/test-oval.py \
	tests/cli/test-targets.py \
	tests/cli/test-overlays.py \
	tests/cli/test-big-log.py tests/cli/test-big-package.py
