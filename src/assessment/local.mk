# The assessment layer: see HACKING.md, "Layers".
