# The catalogue of releases and its grammar; src/catalogue compiles both in.
dist_pkgdata_DATA += data/exchange.xml data/catalogue.rng \
	data/rollcall-result.schema.json
# The sample volume: "make sample" builds it, "rollcall scan sample" looks at
# it. See data/sample/README.
SAMPLE_TEXT = data/sample/sample.volume.txt
EXTRA_DIST += data/sample/README $(SAMPLE_TEXT)

.PHONY: sample
sample:
	$(AM_V_GEN)$(PYTHON) $(srcdir)/tests/tools/mkvolume.py \
	    $(srcdir)/$(SAMPLE_TEXT) sample

clean-local: clean-sample
.PHONY: clean-sample
clean-sample:
	rm -rf sample
