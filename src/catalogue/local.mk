# The catalogue layer: see HACKING.md, "Layers".
