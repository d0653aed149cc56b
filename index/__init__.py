"""Which passages match: embedding, Chroma, BM25, fusion, building and swapping the index."""
