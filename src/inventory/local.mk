# The inventory layer: what is there, as evidence.
noinst_LIBRARIES += src/librc-inventory.a
src_librc_inventory_a_SOURCES = \
	src/inventory/asked.c \
	src/inventory/collect.c src/inventory/collect.h \
	src/inventory/deep.c \
	src/inventory/deep_class.c src/inventory/deep_class.h \
	src/inventory/evidence.c \
	src/inventory/file_facts.c src/inventory/file_facts.h \
	src/inventory/files.c \
	src/inventory/fixes.c \
	src/inventory/hives.c \
	src/inventory/installer.c \
	src/inventory/inventory.c src/inventory/inventory.h \
	src/inventory/inventory_json.c src/inventory/inventory_json.h \
	src/inventory/json_certs.c \
	src/inventory/json_evidence.c \
	src/inventory/json_files.c \
	src/inventory/json_ids.c \
	src/inventory/json_logs.c \
	src/inventory/json_parts.h \
	src/inventory/json_tables.c \
	src/inventory/json_updates.c \
	src/inventory/kb.c \
	src/inventory/markers.c \
	src/inventory/msi.c \
	src/inventory/packages.c \
	src/inventory/pending.c \
	src/inventory/places.c \
	src/inventory/setup.c \
	src/inventory/setup_runs.c \
	src/inventory/system.c \
	src/inventory/traces.c \
	src/inventory/update_files.c \
	src/inventory/windows.c
LIBS_INVENTORY = src/librc-inventory.a $(LIBS_HOST) $(LIBS_CATALOGUE) $(LIBS_JSON)
