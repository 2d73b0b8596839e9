# The xml layer: see HACKING.md, "Layers".
