# One static library a layer; a layer may use what stands above it here.
# Later libraries in LAYERS need earlier ones to the right when linking.
include src/base/local.mk
include src/io/local.mk
include src/formats/local.mk
include src/trust/local.mk
include src/xml/local.mk
include src/json/local.mk
include src/catalogue/local.mk
include src/host/local.mk
include src/inventory/local.mk
include src/assessment/local.mk
include src/report/local.mk
include src/fetch/local.mk
include src/cmd/local.mk
