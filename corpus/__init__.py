"""What the documents say: loaders, pages, Japanese text, units and chunks."""
