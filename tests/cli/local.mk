# Golden tests: run-golden runs every tests/cli/NAME.sh and says how a case is
# written. The folder is distributed whole, so that a new case needs no entry
# here. A test that cannot be golden is tests/cli/test-NAME.sh (or .py), prints
# TAP, and is listed.
CLI_TESTS = \
	tests/cli/run-golden \
	tests/cli/test-run-golden.sh \
	tests/cli/test-catalogue-check.py \
	tests/cli/test-catalogue-list.py \
	tests/cli/test-interrupt.py \
	tests/cli/docs.py \
	tests/cli/test-terminal.py \
	tests/cli/test-which.py \
	tests/cli/test-replay.py

NATIVE_TESTS += $(CLI_TESTS)
EXTRA_DIST += tests/cli

# Write what comes out as what is expected; CASES="NAME..." for a few.
.PHONY: update-golden
update-golden: all $(nodist_check_DATA)
	@$(AM_TESTS_ENVIRONMENT) UPDATE_GOLDEN=1 \
	    $(SHELL) $(srcdir)/tests/cli/run-golden $(CASES)
# Synthetic Windows volumes: text in, folders out, one answer expected of each.
# A new volume is tests/cli/volumes/NAME.volume.txt (mkvolume.py says how it is
# written) and NAME.expect (test-volumes.py says how), and a line in each list.
# They are built outside tests/cli, so that sources and products do not mix.
VOLUME_TEXTS = \
	tests/cli/volumes/2003-unfixed.volume.txt \
	tests/cli/volumes/2007-ru3-v1.volume.txt \
	tests/cli/volumes/2007-ru3-v2.volume.txt \
	tests/cli/volumes/2007-ru8-v1.volume.txt \
	tests/cli/volumes/2007-ru8-v2.volume.txt \
	tests/cli/volumes/2007-ru8-v3.volume.txt \
	tests/cli/volumes/2007-tools-x86.volume.txt \
	tests/cli/volumes/2007-v80-setup.volume.txt \
	tests/cli/volumes/2012-fixed.volume.txt \
	tests/cli/volumes/2012-unfixed.volume.txt \
	tests/cli/volumes/2013-cu1-aug13su-v2.volume.txt \
	tests/cli/volumes/2013-cu2-aug13su-v2.volume.txt \
	tests/cli/volumes/2013-cu2-v1.volume.txt \
	tests/cli/volumes/2013-cu2-v2.volume.txt \
	tests/cli/volumes/2013-five-markers.volume.txt \
	tests/cli/volumes/2016-aug23su-v1.volume.txt \
	tests/cli/volumes/2016-nov24su-v1.volume.txt \
	tests/cli/volumes/2016-nov24su-v2.volume.txt \
	tests/cli/volumes/2019-aug23su-v2.volume.txt \
	tests/cli/volumes/2019-cu13-cu12-markers.volume.txt \
	tests/cli/volumes/2019-nov24su-v2.volume.txt \
	tests/cli/volumes/2019-unknown-build.volume.txt \
	tests/cli/volumes/2025-no-marks.volume.txt \
	tests/cli/volumes/admin-tools.volume.txt \
	tests/cli/volumes/both-applied.volume.txt \
	tests/cli/volumes/conflict-v1-v2.volume.txt \
	tests/cli/volumes/conflict-v2-v1.volume.txt \
	tests/cli/volumes/controlset.volume.txt \
	tests/cli/volumes/deep.volume.txt \
	tests/cli/volumes/drive-d.volume.txt \
	tests/cli/volumes/edge.volume.txt \
	tests/cli/volumes/empty-folder.volume.txt \
	tests/cli/volumes/exchange-2003.volume.txt \
	tests/cli/volumes/expand-path.volume.txt \
	tests/cli/volumes/exsetup-damaged.volume.txt \
	tests/cli/volumes/exsetup-flipped.volume.txt \
	tests/cli/volumes/exsetup-missing.volume.txt \
	tests/cli/volumes/exsetup-string.volume.txt \
	tests/cli/volumes/exsetup-unsigned.volume.txt \
	tests/cli/volumes/half-v1.volume.txt \
	tests/cli/volumes/half-v2.volume.txt \
	tests/cli/volumes/hotfix-called-interim.volume.txt \
	tests/cli/volumes/installed-too-early.volume.txt \
	tests/cli/volumes/installeddate-locale.volume.txt \
	tests/cli/volumes/interim-value.volume.txt \
	tests/cli/volumes/kb-superseded.volume.txt \
	tests/cli/volumes/kb-without-marks.volume.txt \
	tests/cli/volumes/link-inside.volume.txt \
	tests/cli/volumes/link-outside.volume.txt \
	tests/cli/volumes/localised-name.volume.txt \
	tests/cli/volumes/log-conflict.volume.txt \
	tests/cli/volumes/log-foreign-agreed.volume.txt \
	tests/cli/volumes/log-foreign.volume.txt \
	tests/cli/volumes/log-newer.volume.txt \
	tests/cli/volumes/log-only-su-v2.volume.txt \
	tests/cli/volumes/log-only-v2.volume.txt \
	tests/cli/volumes/log-system.volume.txt \
	tests/cli/volumes/lower-case.volume.txt \
	tests/cli/volumes/mailbox-only.volume.txt \
	tests/cli/volumes/marks-without-kb.volume.txt \
	tests/cli/volumes/msi-unsigned-2008.volume.txt \
	tests/cli/volumes/msi-unsigned-2008r2.volume.txt \
	tests/cli/volumes/nameless-patch.volume.txt \
	tests/cli/volumes/newer-than-catalogue.volume.txt \
	tests/cli/volumes/no-exchange-fixed.volume.txt \
	tests/cli/volumes/no-exchange.volume.txt \
	tests/cli/volumes/no-windows.volume.txt \
	tests/cli/volumes/outlook-client.volume.txt \
	tests/cli/volumes/owa-digest.volume.txt \
	tests/cli/volumes/package-bad-clean-files.volume.txt \
	tests/cli/volumes/package-both.volume.txt \
	tests/cli/volumes/package-clean-bad-file.volume.txt \
	tests/cli/volumes/package-clean-v1.volume.txt \
	tests/cli/volumes/package-flipped.volume.txt \
	tests/cli/volumes/package-missing-msi.volume.txt \
	tests/cli/volumes/package-missing-superseded.volume.txt \
	tests/cli/volumes/package-missing.volume.txt \
	tests/cli/volumes/package-nonsense.volume.txt \
	tests/cli/volumes/package-other-bytes.volume.txt \
	tests/cli/volumes/package-other-release.volume.txt \
	tests/cli/volumes/package-stranger.volume.txt \
	tests/cli/volumes/package-swapped.volume.txt \
	tests/cli/volumes/package-unsigned.volume.txt \
	tests/cli/volumes/package-v1-fixed.volume.txt \
	tests/cli/volumes/package-v1-no-wintrust.volume.txt \
	tests/cli/volumes/package-v1.volume.txt \
	tests/cli/volumes/package-v2.volume.txt \
	tests/cli/volumes/path-elsewhere.volume.txt \
	tests/cli/volumes/removed.volume.txt \
	tests/cli/volumes/ru4-v1-fixed.volume.txt \
	tests/cli/volumes/ru4-v1.volume.txt \
	tests/cli/volumes/ru4-v2-fixed.volume.txt \
	tests/cli/volumes/ru4-v2-transcoding.volume.txt \
	tests/cli/volumes/ru4-v2.volume.txt \
	tests/cli/volumes/ru5-uninstalled.volume.txt \
	tests/cli/volumes/ru5-v1.volume.txt \
	tests/cli/volumes/ru5-v2-after-ru4.volume.txt \
	tests/cli/volumes/setup-key-lost.volume.txt \
	tests/cli/volumes/software-dirty-stale.volume.txt \
	tests/cli/volumes/software-dirty.volume.txt \
	tests/cli/volumes/software-empty.volume.txt \
	tests/cli/volumes/software-missing.volume.txt \
	tests/cli/volumes/software-text.volume.txt \
	tests/cli/volumes/software-truncated.volume.txt \
	tests/cli/volumes/sp-path.volume.txt \
	tests/cli/volumes/sp1-ru3-v1.volume.txt \
	tests/cli/volumes/sp1-ru3-v3.volume.txt \
	tests/cli/volumes/sp1-ru4-interim.volume.txt \
	tests/cli/volumes/sp1-ru4-v1.volume.txt \
	tests/cli/volumes/sp1-ru4-v2.volume.txt \
	tests/cli/volumes/sp1-ru7-v1.volume.txt \
	tests/cli/volumes/sp1-ru7-v2.volume.txt \
	tests/cli/volumes/sp1-ru7-v3.volume.txt \
	tests/cli/volumes/sp2-plain-fixed.volume.txt \
	tests/cli/volumes/sp2-plain.volume.txt \
	tests/cli/volumes/sp2-ru3-fixed.volume.txt \
	tests/cli/volumes/sp2-ru3.volume.txt \
	tests/cli/volumes/sp3-over-ru4.volume.txt \
	tests/cli/volumes/sp3-ru7.volume.txt \
	tests/cli/volumes/sp3-ru8-v1.volume.txt \
	tests/cli/volumes/sp3-ru8-v2.volume.txt \
	tests/cli/volumes/state-obsoleted.volume.txt \
	tests/cli/volumes/state-registered.volume.txt \
	tests/cli/volumes/state-superseded.volume.txt \
	tests/cli/volumes/state-unknown.volume.txt \
	tests/cli/volumes/system-missing.volume.txt \
	tests/cli/volumes/target-expired.volume.txt \
	tests/cli/volumes/target-flipped.volume.txt \
	tests/cli/volumes/target-no-patch.volume.txt \
	tests/cli/volumes/target-other-bytes.volume.txt \
	tests/cli/volumes/target-other-cu.volume.txt \
	tests/cli/volumes/target-other-product-code.volume.txt \
	tests/cli/volumes/target-other-sp-package.volume.txt \
	tests/cli/volumes/target-ready.volume.txt \
	tests/cli/volumes/target-stranger.volume.txt \
	tests/cli/volumes/target-unknown-package.volume.txt \
	tests/cli/volumes/target-unsigned.volume.txt \
	tests/cli/volumes/target-x64-package.volume.txt \
	tests/cli/volumes/target-x86.volume.txt \
	tests/cli/volumes/two-products.volume.txt \
	tests/cli/volumes/um-language-pack.volume.txt \
	tests/cli/volumes/unfinished-action.volume.txt \
	tests/cli/volumes/unfinished-unpacked.volume.txt \
	tests/cli/volumes/unknown-build.volume.txt \
	tests/cli/volumes/upper-case.volume.txt \
	tests/cli/volumes/windows-is-file.volume.txt \
	tests/cli/volumes/wintrust-gone-affected.volume.txt \
	tests/cli/volumes/wintrust-gone.volume.txt \
	tests/cli/volumes/wow64-differs.volume.txt \
	tests/cli/volumes/xp-fixed.volume.txt

VOLUME_EXPECTS = \
	tests/cli/volumes/2003-unfixed.expect \
	tests/cli/volumes/2007-ru3-v1.expect \
	tests/cli/volumes/2007-ru3-v2.expect \
	tests/cli/volumes/2007-ru8-v1.expect \
	tests/cli/volumes/2007-ru8-v2-later.expect \
	tests/cli/volumes/2007-ru8-v2.expect \
	tests/cli/volumes/2007-ru8-v3.expect \
	tests/cli/volumes/2007-tools-x86.expect \
	tests/cli/volumes/2007-v80-setup.expect \
	tests/cli/volumes/2012-fixed.expect \
	tests/cli/volumes/2012-unfixed.expect \
	tests/cli/volumes/2013-cu1-aug13su-v2.expect \
	tests/cli/volumes/2013-cu2-aug13su-v2.expect \
	tests/cli/volumes/2013-cu2-v1.expect \
	tests/cli/volumes/2013-cu2-v2.expect \
	tests/cli/volumes/2013-five-markers.expect \
	tests/cli/volumes/2016-aug23su-v1.expect \
	tests/cli/volumes/2016-nov24su-v1.expect \
	tests/cli/volumes/2016-nov24su-v2.expect \
	tests/cli/volumes/2019-aug23su-v2.expect \
	tests/cli/volumes/2019-cu13-cu12-markers.expect \
	tests/cli/volumes/2019-nov24su-v2.expect \
	tests/cli/volumes/2019-unknown-build.expect \
	tests/cli/volumes/2025-no-marks.expect \
	tests/cli/volumes/admin-tools.expect \
	tests/cli/volumes/both-applied.expect \
	tests/cli/volumes/conflict-v1-v2.expect \
	tests/cli/volumes/conflict-v2-v1.expect \
	tests/cli/volumes/controlset.expect \
	tests/cli/volumes/deep-expired.expect \
	tests/cli/volumes/deep-jobs.expect \
	tests/cli/volumes/deep-not-asked.expect \
	tests/cli/volumes/deep.expect \
	tests/cli/volumes/drive-d-unmapped.expect \
	tests/cli/volumes/drive-d.expect \
	tests/cli/volumes/edge.expect \
	tests/cli/volumes/empty-folder.expect \
	tests/cli/volumes/exchange-2003.expect \
	tests/cli/volumes/expand-path.expect \
	tests/cli/volumes/exsetup-damaged.expect \
	tests/cli/volumes/exsetup-flipped.expect \
	tests/cli/volumes/exsetup-missing.expect \
	tests/cli/volumes/exsetup-string.expect \
	tests/cli/volumes/exsetup-unsigned.expect \
	tests/cli/volumes/half-v1.expect \
	tests/cli/volumes/half-v2.expect \
	tests/cli/volumes/hotfix-called-interim.expect \
	tests/cli/volumes/installed-too-early.expect \
	tests/cli/volumes/installeddate-locale.expect \
	tests/cli/volumes/interim-value.expect \
	tests/cli/volumes/kb-superseded.expect \
	tests/cli/volumes/kb-without-marks.expect \
	tests/cli/volumes/link-inside.expect \
	tests/cli/volumes/link-outside.expect \
	tests/cli/volumes/localised-name.expect \
	tests/cli/volumes/log-conflict.expect \
	tests/cli/volumes/log-foreign-agreed.expect \
	tests/cli/volumes/log-foreign.expect \
	tests/cli/volumes/log-newer-no-replay.expect \
	tests/cli/volumes/log-newer.expect \
	tests/cli/volumes/log-only-su-v2.expect \
	tests/cli/volumes/log-only-v2-no-replay.expect \
	tests/cli/volumes/log-only-v2.expect \
	tests/cli/volumes/log-system.expect \
	tests/cli/volumes/lower-case.expect \
	tests/cli/volumes/mailbox-only.expect \
	tests/cli/volumes/marks-without-kb.expect \
	tests/cli/volumes/msi-unsigned-2008.expect \
	tests/cli/volumes/msi-unsigned-2008r2.expect \
	tests/cli/volumes/nameless-patch.expect \
	tests/cli/volumes/newer-than-catalogue.expect \
	tests/cli/volumes/no-exchange-fixed.expect \
	tests/cli/volumes/no-exchange.expect \
	tests/cli/volumes/no-folder.expect \
	tests/cli/volumes/no-windows.expect \
	tests/cli/volumes/outlook-client.expect \
	tests/cli/volumes/owa-digest-no-packages.expect \
	tests/cli/volumes/owa-digest.expect \
	tests/cli/volumes/package-bad-clean-files.expect \
	tests/cli/volumes/package-both.expect \
	tests/cli/volumes/package-clean-bad-file.expect \
	tests/cli/volumes/package-clean-v1.expect \
	tests/cli/volumes/package-flipped.expect \
	tests/cli/volumes/package-missing-msi.expect \
	tests/cli/volumes/package-missing-superseded.expect \
	tests/cli/volumes/package-missing.expect \
	tests/cli/volumes/package-no-packages.expect \
	tests/cli/volumes/package-nonsense.expect \
	tests/cli/volumes/package-other-bytes.expect \
	tests/cli/volumes/package-other-release.expect \
	tests/cli/volumes/package-stranger.expect \
	tests/cli/volumes/package-swapped.expect \
	tests/cli/volumes/package-unsigned.expect \
	tests/cli/volumes/package-v1-expired.expect \
	tests/cli/volumes/package-v1-first-second.expect \
	tests/cli/volumes/package-v1-fixed.expect \
	tests/cli/volumes/package-v1-last-second.expect \
	tests/cli/volumes/package-v1-no-wintrust.expect \
	tests/cli/volumes/package-v1.expect \
	tests/cli/volumes/package-v2.expect \
	tests/cli/volumes/path-elsewhere.expect \
	tests/cli/volumes/removed.expect \
	tests/cli/volumes/ru4-v1-2013.expect \
	tests/cli/volumes/ru4-v1-2026.expect \
	tests/cli/volumes/ru4-v1-fixed.expect \
	tests/cli/volumes/ru4-v1-nagios.expect \
	tests/cli/volumes/ru4-v1-zero.expect \
	tests/cli/volumes/ru4-v1.expect \
	tests/cli/volumes/ru4-v2-current.expect \
	tests/cli/volumes/ru4-v2-fixed.expect \
	tests/cli/volumes/ru4-v2-old-file.expect \
	tests/cli/volumes/ru4-v2-older.expect \
	tests/cli/volumes/ru4-v2-transcoding.expect \
	tests/cli/volumes/ru4-v2.expect \
	tests/cli/volumes/ru5-uninstalled.expect \
	tests/cli/volumes/ru5-v1.expect \
	tests/cli/volumes/ru5-v2-after-ru4.expect \
	tests/cli/volumes/setup-key-lost.expect \
	tests/cli/volumes/software-dirty-stale.expect \
	tests/cli/volumes/software-dirty.expect \
	tests/cli/volumes/software-empty.expect \
	tests/cli/volumes/software-missing.expect \
	tests/cli/volumes/software-text.expect \
	tests/cli/volumes/software-truncated.expect \
	tests/cli/volumes/sp-path.expect \
	tests/cli/volumes/sp1-ru3-v1.expect \
	tests/cli/volumes/sp1-ru3-v3.expect \
	tests/cli/volumes/sp1-ru4-interim.expect \
	tests/cli/volumes/sp1-ru4-v1.expect \
	tests/cli/volumes/sp1-ru4-v2.expect \
	tests/cli/volumes/sp1-ru7-v1.expect \
	tests/cli/volumes/sp1-ru7-v2-later.expect \
	tests/cli/volumes/sp1-ru7-v2.expect \
	tests/cli/volumes/sp1-ru7-v3.expect \
	tests/cli/volumes/sp2-plain-current.expect \
	tests/cli/volumes/sp2-plain-fixed.expect \
	tests/cli/volumes/sp2-plain.expect \
	tests/cli/volumes/sp2-ru3-fixed.expect \
	tests/cli/volumes/sp2-ru3.expect \
	tests/cli/volumes/sp3-over-ru4.expect \
	tests/cli/volumes/sp3-ru7.expect \
	tests/cli/volumes/sp3-ru8-v1.expect \
	tests/cli/volumes/sp3-ru8-v2.expect \
	tests/cli/volumes/state-obsoleted.expect \
	tests/cli/volumes/state-registered.expect \
	tests/cli/volumes/state-superseded.expect \
	tests/cli/volumes/state-unknown.expect \
	tests/cli/volumes/system-missing.expect \
	tests/cli/volumes/target-cache-flipped.expect \
	tests/cli/volumes/target-conflict.expect \
	tests/cli/volumes/target-expired.expect \
	tests/cli/volumes/target-flipped.expect \
	tests/cli/volumes/target-installed.expect \
	tests/cli/volumes/target-interim.expect \
	tests/cli/volumes/target-missing-msi.expect \
	tests/cli/volumes/target-missing-patch.expect \
	tests/cli/volumes/target-missing-superseded.expect \
	tests/cli/volumes/target-newer-revision.expect \
	tests/cli/volumes/target-no-exchange.expect \
	tests/cli/volumes/target-no-patch.expect \
	tests/cli/volumes/target-no-registry.expect \
	tests/cli/volumes/target-no-such.expect \
	tests/cli/volumes/target-older.expect \
	tests/cli/volumes/target-original.expect \
	tests/cli/volumes/target-other-bytes.expect \
	tests/cli/volumes/target-other-cu.expect \
	tests/cli/volumes/target-other-product-code.expect \
	tests/cli/volumes/target-other-product.expect \
	tests/cli/volumes/target-other-sp-package.expect \
	tests/cli/volumes/target-other-sp.expect \
	tests/cli/volumes/target-plain.expect \
	tests/cli/volumes/target-ready-build.expect \
	tests/cli/volumes/target-ready-id.expect \
	tests/cli/volumes/target-ready-kb.expect \
	tests/cli/volumes/target-ready.expect \
	tests/cli/volumes/target-recalled.expect \
	tests/cli/volumes/target-same-kb.expect \
	tests/cli/volumes/target-stranger.expect \
	tests/cli/volumes/target-swapped.expect \
	tests/cli/volumes/target-unfinished.expect \
	tests/cli/volumes/target-unknown-build.expect \
	tests/cli/volumes/target-unknown-installed.expect \
	tests/cli/volumes/target-unknown-package.expect \
	tests/cli/volumes/target-unsigned.expect \
	tests/cli/volumes/target-x64-package.expect \
	tests/cli/volumes/target-x64.expect \
	tests/cli/volumes/target-x86.expect \
	tests/cli/volumes/two-products.expect \
	tests/cli/volumes/um-language-pack.expect \
	tests/cli/volumes/unfinished-action.expect \
	tests/cli/volumes/unfinished-unpacked.expect \
	tests/cli/volumes/unknown-build.expect \
	tests/cli/volumes/upper-case.expect \
	tests/cli/volumes/windows-is-file.expect \
	tests/cli/volumes/wintrust-gone-affected.expect \
	tests/cli/volumes/wintrust-gone.expect \
	tests/cli/volumes/wow64-differs.expect \
	tests/cli/volumes/xp-fixed.expect

VOLUME_WRITERS = \
	tests/tools/mkvolume.py \
	tests/tools/mkdirty.py \
	tests/tools/mkhive.py \
	tests/tools/mkmsp.py \
	tests/tools/mkpe.py \
	tests/tools/mksign.py

tests/volumes/stamp: $(VOLUME_TEXTS) $(VOLUME_WRITERS)
	@$(MKDIR_P) tests/volumes
	$(AM_V_GEN)$(PYTHON) $(srcdir)/tests/tools/mkvolume.py --all \
	    $(srcdir)/tests/cli/volumes tests/volumes && echo >$@

nodist_check_DATA += tests/volumes/stamp
EXTRA_DIST += $(VOLUME_TEXTS) $(VOLUME_EXPECTS) $(VOLUME_WRITERS)

clean-local: clean-volumes
.PHONY: clean-volumes
clean-volumes:
	rm -rf tests/volumes

NATIVE_TESTS += tests/cli/test-volumes.py tests/cli/test-damage.py \
	tests/cli/test-formats.py tests/cli/test-learn.py \
	tests/cli/test-overlays.py \
	tests/cli/test-big-package.py
EXTRA_DIST += tests/cli/test-volumes.py
