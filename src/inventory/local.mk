# The inventory layer: see HACKING.md, "Layers".
