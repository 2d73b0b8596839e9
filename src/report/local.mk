# The report layer: see HACKING.md, "Layers".
