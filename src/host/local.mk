# The host layer: see HACKING.md, "Layers".
