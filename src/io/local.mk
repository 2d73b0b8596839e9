# The io layer: see HACKING.md, "Layers".
