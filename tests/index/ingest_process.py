"""An ingest in a process of its own, to be killed: `python ingest_process.py HOME FOLDER`."""

import sys
from pathlib import Path

from fakes import BigramEmbedder, ingest

if __name__ == "__main__":
    ingest(Path(sys.argv[1]), Path(sys.argv[2]), embedder=BigramEmbedder(seconds_a_text=0.002))
