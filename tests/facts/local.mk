# Tables of what is known about releases, with where each fact is from, that
# tests/unit/test-facts.py holds data/exchange.xml to. One row a fact, tab
# separated, a header line, no quoting.
EXTRA_DIST += \
	tests/facts/exchange-file-sha256.tsv \
	tests/facts/exchange-releases.tsv \
	tests/facts/exsetup-hashes.tsv \
	tests/facts/known-issues.tsv \
	tests/facts/package-hashes.tsv \
	tests/facts/package-hashes-2.tsv \
	tests/facts/prerequisites.tsv \
	tests/facts/re-release-reasons.tsv \
	tests/facts/releases-2026-autumn.tsv
