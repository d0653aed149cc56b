"""The README's tree, one line a file, written from the docstrings: `python scripts/readme_tree.py [--check]`."""

from __future__ import annotations

import ast
import sys
import unicodedata
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- tree -->\n", "<!-- /tree -->\n"
ROOMS = {
    "corpus": "文書が何を言っているか：読み込み、ページ、日本語、単位",
    "index": "どの箇所が合うか：埋め込み、Chroma、BM25、融合、索引の組み立てと切り替え",
    "assistant": "典拠つきの答え：設定、鎖、内蔵リーダー、言語モデル、照合、HTTP、コマンド",
    "ui": "画面：表示だけ、判断なし",
    "eval": "正確さを測る：データ、指標、実行",
    "benchmarks": "速さと検索の測定",
    "scripts": "保守の道具",
}
FOLDERS = {
    "corpus/documents": "同梱の要旨と manifest.toml",
    "docs": "画面の写真など",
    "tests": "各パッケージと同じ形：tests/<パッケージ>/test_<モジュール>.py",
}
OTHERS = {"ui/page.css": "The page's look.", "ui/page.js": "Markers, marks and keys in the browser."}


def summary(module: Path) -> str:
    """The first line of the module's docstring. Raises ValueError when it has none."""
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    if not docstring:
        raise ValueError(f"{module} has no docstring: say in one line what it is for")
    return docstring.splitlines()[0]


def _line(name: str, text: str, column: int) -> str:
    width = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in name)
    return f"{name}{' ' * max(1, column - width)}{text}\n"


def tree(repository: Path = REPOSITORY) -> str:
    """The block between the markers: rooms in the order of the imports, files by name."""
    lines = []
    for room, text in ROOMS.items():
        lines.append(_line(f"{room}/", text, 14))
        files = {m.name: summary(m) for m in (repository / room).glob("*.py") if m.name != "__init__.py"}
        files |= {Path(p).name: text for p, text in OTHERS.items() if p.startswith(f"{room}/")}
        lines.extend(_line(f"  {name}", files[name], 37) for name in sorted(files))
        lines.extend(_line(f"  {Path(p).name}/", text, 37) for p, text in FOLDERS.items() if p.startswith(f"{room}/"))
    lines.extend(_line(f"{p}/", text, 14) for p, text in FOLDERS.items() if "/" not in p)
    return f"```\n{''.join(lines)}```\n"


def with_tree(readme: str, block: str) -> str:
    """The README with the block between its markers. Raises ValueError when the markers are missing."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"README.md needs the lines {BEGIN.strip()} and {END.strip()}")
    return f"{before}{BEGIN}{block}{END}{after}"


def main() -> int:
    path = REPOSITORY / "README.md"
    old = path.read_text(encoding="utf-8")
    new = with_tree(old, tree())
    if "--check" in sys.argv[1:]:
        return int(new != old)
    if new != old:
        path.write_text(new, encoding="utf-8")
        print("README.md: tree written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
