"""Every Japanese name of a figure."""

from __future__ import annotations

METRIC_NAMES = {
    "right": "正答（全問）",
    "accuracy": "正答（答えのある問い）",
    "direct": "冒頭で答えている",
    "cite_precision": "典拠の適合率",
    "cite_recall": "典拠の再現率",
    "grounded": "値が典拠にある",
    "tampering_caught": "数字を変えた答えを照合が落とした",
    "abstain_right": "正しく控えた（答えのない問い）",
    "abstain_wrong": "誤って控えた（少ないほどよい）",
    "conflict_recall": "食い違いを示した",
    "auroc": "確信度AUROC（正誤）",
    "auroc_abstain": "確信度AUROC（答えの有無）",
}
BASELINE_NAMES = {
    "always_abstain": "いつも控える",
    "passage": "最上位の箇所をそのまま示す",
    "bm25": "BM25だけの最上位の箇所をそのまま示す",
}
BASELINE_LABELS = {"always_abstain": "いつも控える", "passage": "最上位の箇所", "bm25": "BM25の最上位"}
LEG_NAMES = {"lexical": "BM25", "dense": "ベクトル", "fused": "統合", "reranked": "再順位", "read": "回答が読んだ順"}
STAGE_NAMES = {
    "error": "エラー",
    "search": "検索：正しいページを読んでいない",
    "abstained": "控え：読んだのに控えた",
    "choice": "選択：読んだのに別のページを示した",
    "extraction": "取り出し：正しいページから違う内容を答えた",
    "answered": "控えるべき問いに答えた",
}
KIND_NAMES = {
    "date": "日付", "number": "数", "money": "金額", "name": "名前", "list": "列挙", "table": "表", "compare": "比較", "calc": "計算",
    "definition": "定義", "reason": "理由", "conflict": "食い違い", "unanswerable": "答えなし", "followup": "続きの問い", "reading": "読解", "retrieval": "検索",
}  # fmt: skip
STYLE_NAMES = {
    "verbatim": "原文どおり", "paraphrase": "言い換え", "era": "和暦・西暦", "unit": "単位", "abbreviation": "略称", "typo": "表記ゆれ",
    "vague": "語だけ", "english": "英語",
}  # fmt: skip


def figure_name(path: str) -> str:
    """A figure's path (Summary.value) as a reader says it: retrieval.dense.recall@5 → 検索 ベクトル recall@5."""
    head, _, rest = path.partition(".")
    if head == "retrieval":
        leg, _, metric = rest.partition(".")
        return f"検索 {LEG_NAMES.get(leg, leg)} {metric}"
    if head in ("kind", "style") and rest:
        names = KIND_NAMES if head == "kind" else STYLE_NAMES
        return f"{names.get(rest, rest)}の問いの正答"
    return METRIC_NAMES.get(path, path)
