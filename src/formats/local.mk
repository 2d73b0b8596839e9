# The formats layer: see HACKING.md, "Layers".
