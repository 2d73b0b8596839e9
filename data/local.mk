# What programs of others need to understand ours. The catalogue itself, which
# is compiled in with its grammar, is documentation: see dist_doc_DATA.
dist_pkgdata_DATA += data/catalogue.rng data/rollcall-result.schema.json
# The sample volume: "make sample" builds it and sample.xml, an overlay that
# knows who signed it; "rollcall scan --overlay sample.xml sample" looks at it.
# See data/sample/README.
SAMPLE_TEXT = data/sample/sample.volume.txt
EXTRA_DIST += data/sample/README $(SAMPLE_TEXT)

.PHONY: sample
sample:
	$(AM_V_GEN)$(PYTHON) $(srcdir)/tests/tools/mkvolume.py \
	    $(srcdir)/$(SAMPLE_TEXT) sample sample.xml

clean-local: clean-sample
.PHONY: clean-sample
clean-sample:
	rm -rf sample sample.xml

# Shown by the README; "make picture" makes it.
EXTRA_DIST += data/fleet.png
