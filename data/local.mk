# The catalogue of releases and its grammar; src/catalogue compiles both in.
dist_pkgdata_DATA += data/exchange.xml data/catalogue.rng
