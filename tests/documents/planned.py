"""PDF documents of every layout about one invented prefecture, and a question to each with what is to be found and where."""

from __future__ import annotations

from dataclasses import dataclass

from .pdfs import SLIDE, Paper
from .tables import Drawn


@dataclass(frozen=True)
class Asked:
    """`answer` stands on page `page` of `document`; `words` of the quote are drawn in `box` (left, top, right, bottom in points)."""

    document: str
    question: str
    answer: str
    page: str
    words: str
    box: tuple[float, float, float, float]


def planned() -> tuple[dict[str, bytes], list[Asked]]:
    """File names with their bytes, and the questions."""
    files: dict[str, bytes] = {}
    asked: list[Asked] = []

    born = Paper(title="ほしの県産業計画")
    for n in range(6):
        if n in (0, 4):
            born.label("ARABIC" if n else "ROMAN_LOWER")
        born.text(72, 40, "ほしの県産業計画", 8)
        if n == 5:
            born.lines(
                72,
                120,
                [
                    "第２章　協議会",
                    "ほしの産業協議会は、平成21年5月12日に設立された。",
                    "初代会長には、ほしの商工大学の峰岸学長が就任した。",
                ],
                11,
            )
        else:
            born.lines(72, 120, [f"この頁は前書きの{n + 1}枚目である。", "計画のねらいを述べる。"], 11)
        born.next_page()
    files["hoshino-plan.pdf"] = born.data()
    asked.append(
        Asked(
            "hoshino-plan",
            "ほしの産業協議会はいつ設立されましたか？",
            "2009年",
            "2",
            "平成21年5月12日",
            (182, 127, 265, 141),
        )
    )

    columns = Paper(title="つきの町の観光")
    left = [
        "つきの町の観光は温泉を中心として発",
        "展してきた。町の旅館は現在では三十",
        "二軒を数え、川沿いに並んでいる。",
        "町は案内板の整備も進めている。",
    ]
    right = [
        "つきの町の年間の宿泊者数は、約４万",
        "８千人である。このうち海外からの客",
        "は一割ほどで、今後の伸びが見込まれ",
        "ている。",
    ]
    for n, (one, two) in enumerate(zip(left, right, strict=True)):
        columns.text(60, 100 + 18 * n, one).text(320, 100 + 18 * n, two)
    files["tsukino-kanko.pdf"] = columns.data()
    asked.append(
        Asked(
            "tsukino-kanko",
            "つきの町の年間の宿泊者数は何人ですか？",
            "４万８千人",
            "1",
            "つきの町の年間の宿泊者数",
            (320, 90, 446, 104),
        )
    )

    upright = Paper(title="はまの市の条例").vertical(500, 100, "はまの市みどり条例は、令和３年４月１日に", 12)
    upright.vertical(478, 100, "施行された。市はこの条例により公園を守る。", 12)
    files["hamano-jorei.pdf"] = upright.data()
    asked.append(
        Asked(
            "hamano-jorei",
            "はまの市みどり条例はいつ施行されましたか？",
            "2021年",
            "1",
            "令和３年４月１日",
            (493, 232, 507, 328),
        )
    )

    ruby = (
        Paper(title="もりの村の林業")
        .text(72, 100, "もりの村の", 12)
        .text(132, 100, "木質燃料組合", 12)
        .text(134, 88, "もくしつねんりょうくみあい", 5)
    )
    ruby.text(204, 100, "の組合員数は57人である。", 12).text(72, 120, "村の面積の八割は山林で占められている。", 12)
    files["morino-ringyo.pdf"] = ruby.data()
    asked.append(
        Asked(
            "morino-ringyo",
            "もりの村の木質燃料組合の組合員数は何人ですか？",
            "57人",
            "1",
            "木質燃料組合",
            (131, 88, 206, 103),
        )
    )

    slide = Paper(SLIDE, title="やまの郡の支援事業").text(40, 50, "やまの郡の支援事業", 26)
    grant = Drawn(
        [
            ("区分", "区分"),
            ("事業費（千円）", "計"),
            ("事業費（千円）", "うち補助金"),
            ("参加者（人）", "参加者（人）"),
        ],
        [["研修", "1,430", "620", "85"], ["展示会", "2,915", "1,110", "240"], ["相談窓口", "708", "304", "61"]],
        [110, 110, 110, 110],
        "thin areas",
        size=12,
    )
    grant.draw(slide, 60, 120)
    files["yamano-shien.pdf"] = slide.data()
    asked.append(
        Asked(
            "yamano-shien",
            "やまの郡の支援事業で、展示会の事業費のうち補助金はいくらですか？",
            "1,110",
            "1",
            "1,110",
            (350, 188, 392, 216),
        )
    )

    people = (
        Paper(title="かわの地方の人口")
        .text(60, 80, "かわの地方の市町村別の人口は、次の表のとおりである。")
        .text(400, 98, "（単位：人）")
    )
    for n, row in enumerate(
        [
            ("市町村", "2015年", "2020年"),
            ("あおば市", "52,345", "51,002"),
            ("いずみ町", "9,210", "8,764"),
            ("うめだ村", "1,987", "1,855"),
        ]
    ):
        people.text(80, 116 + 18 * n, row[0]).right(300, 116 + 18 * n, row[1]).right(400, 116 + 18 * n, row[2])
    files["kawano-jinko.pdf"] = people.data()
    asked.append(
        Asked("kawano-jinko", "いずみ町の2020年の人口は何人ですか？", "8,764", "1", "8,764", (370, 142, 401, 155))
    )

    radical = (
        Paper(title="そらの島の港")
        .text(72, 100, "そらの島の⻑⼤橋は、1987年に完成した。", 11)
        .text(72, 120, "橋の⻑さは640メートルである。", 11)
    )
    files["sorano-minato.pdf"] = radical.data()
    asked.append(
        Asked("sorano-minato", "そらの島の長大橋はいつ完成しましたか？", "1987年", "1", "⻑⼤橋", (127, 90, 161, 103))
    )
    return files, asked
