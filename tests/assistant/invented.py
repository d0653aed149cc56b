"""Three invented documents, and a place that holds them with their index."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from assistant.settings import Settings

PLAN = {
    "i": "みなみ広域ものづくり推進計画\n\nみなみ県産業労働部\n",
    "ii": "はじめに\n\n　本計画は、みなみ県の製造業の競争力を高めるため、平成22年3月に策定した。\n　計画の期間は、平成22年度から平成26年度までの５年間とする。\n",
    "1": (
        "第１章　協議会の設立\n\n　みなみ広域ものづくり協議会は、平成20年7月14日に設立された。\n"
        "　初代会長には、みなみ工科大学の早瀬岳人学長が就任した。\n　事務局は、みなみ県庁の産業振興課に置かれている。\n\n"
        "　みなみ広域ものづくり協議会の発足時の会員数は１２０であり、うち企業会員は８５社である。\n\n"
        "■ 会費\n　・企業会員の年会費　３万円\n"
    ),
    "2": (
        "第２章　予算\n\n　協議会の予算は、次の表のとおりである。\n\n表１　協議会の予算の推移（単位：千円）\n\n"
        "| 年度 | 予算額 | うち県補助金 |\n|---|---|---|\n| 平成20年度 | 12,500 | 6,000 |\n| 平成21年度 | 18,340 | 8,200 |\n"
        "| 平成22年度 | 25,010 | 9,900 |\n"
    ),
    "4": (
        "第３章　数値目標\n\n　平成26年度までに、製造品出荷額を２兆円とする。\n"
        "　新製品の開発件数は、年間４５件を目標とする。\n　支援機関とは、企業の研究開発を助ける大学や公設試験場をいう。\n"
    ),
    "別表1": "別表１　部会の一覧\n\n　・医療機器部会（部会長：大河原製作所）\n　・航空機部会（部会長：桐生精機）\n　・食品機械部会（部会長：みなみ冷機）\n",
    "参考1/2": "参考資料\n\n　みなみ県の面積は、4,321平方キロメートルである。\n",
}
CASES = (
    "事例１　きた湾水産加工クラスター\n\n　きた湾水産加工協同組合は、昭和58年4月に設立された。\n　組合員数は46社、従業員数は1,280人である。\n",
    "事例２　ひがし木材活用会議\n\n　ひがし木材活用会議は、2011年に発足した。\n　木質バイオマス発電の出力は5,700キロワットである。\n",
)
REPORT = (
    "みなみ県ものづくり白書\n\n　みなみ広域ものづくり協議会の発足時の会員数は125である。\n　県内の製造業の事業所数は3,204か所である。\n",
)
MANIFEST = """
[[document]]
file = "minami-plan.txt"
title = "みなみ広域ものづくり推進計画"
publisher = "みなみ県産業労働部"
published = "2010-03"
page_labels = ["i", "ii", "1", "2", "4", "別表1", "参考1/2"]
note = "3頁は欠けている"

[[document]]
file = "kita-cases.txt"
title = "地域産業の取組事例集"
publisher = "きた県"
published = "2012"
locator = "スライド"

[[document]]
file = "minami-report.txt"
title = "みなみ県ものづくり白書"
published = "2011"
"""
MEMBERS = "みなみ広域ものづくり協議会の発足時の会員数はいくつですか？"
FOUNDED = "みなみ広域ものづくり協議会はいつ設立されましたか？"
NOT_HELD = "おきなわ鉄道の運賃はいくらですか？"
MAINTAINER, READER = "geheim-maintainer", "geheim-reader"


def write_documents(folder: Path) -> Path:
    """The three documents and their manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "minami-plan.txt").write_text("\f".join(PLAN.values()), encoding="utf-8")
    (folder / "kita-cases.txt").write_text("\f".join(CASES), encoding="utf-8")
    (folder / "minami-report.txt").write_text("\f".join(REPORT), encoding="utf-8")
    (folder / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    return folder


def make_settings(home: Path, documents: Path, **others: str) -> Settings:
    return Settings(_env_file=None, home=home, documents=documents, **others)  # type: ignore[arg-type,call-arg]


def link_model(home: Path, e5_folder: Path) -> None:
    """Puts the built-in model under `home` without copying its bytes."""
    (home / "models").mkdir(parents=True)
    (home / "models" / e5_folder.name).symlink_to(e5_folder.resolve())


@dataclass(frozen=True)
class Place:
    """A home and a folder of documents."""

    home: Path
    documents: Path

    @property
    def settings(self) -> Settings:
        return make_settings(self.home, self.documents)

    def run(self, *arguments: str, prefix: tuple[str, ...] = (), **names: str) -> subprocess.CompletedProcess[str]:
        """`tenkyo …` in a process of its own, in a folder without `.env`."""
        known = {"TENKYO_HOME": str(self.home), "TENKYO_DOCUMENTS": str(self.documents)}
        return subprocess.run(
            [*prefix, sys.executable, "-m", "assistant.cli", *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            cwd=self.documents.parent,
            env={n: v for n, v in os.environ.items() if not n.startswith("TENKYO_")} | known | names,
        )
