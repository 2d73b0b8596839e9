# The trust layer: see HACKING.md, "Layers".
