"""Every word that the page shows, in both languages. Rendering and layout take a `Words` and hold no text of their own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language. Fields with `{…}` are filled by `str.format`; values must be escaped by whoever fills them."""

    lang: str
    title: str
    tagline: str
    status: str
    other_language: str
    other_language_path: str
    conversation: str
    question: str
    placeholder: str
    keys: str
    send: str
    new: str
    welcome: str
    welcome_how: str
    welcome_limits: str
    examples: str
    searching: str
    reading: str
    abstained: str
    nearest: str
    conflict: str
    failed: str
    unexpected: str
    sources: str
    show_source: str
    considered: str
    considered_note: str
    built_in: str
    language_model: str
    seconds: str
    checked: str
    checked_note: str
    unchecked: str
    unchecked_note: str
    dropped_note: str
    source: str
    source_empty: str
    source_how: str
    marked: str
    place: str
    position: str
    note: str
    previous: str
    next: str
    back: str
    no_text: str
    documents: str
    documents_none: str
    pages: str
    date: str
    month: str
    control: str


JA = Words(
    lang="ja",
    title="tenkyo 典拠",
    tagline="政策文書の問いに、根拠のページを添えて答えます",
    status="文書 {documents}件・{reader}",
    other_language="English",
    other_language_path="./en/",
    conversation="会話",
    question="質問",
    placeholder="文書について質問する",
    keys="Enterで送信、Shift＋Enterで改行",
    send="質問する",
    new="新しい会話",
    welcome="文書に書いてあることだけを、根拠とともにお答えします。",
    welcome_how="文末の番号を押すと、根拠となったページが開き、その語句に印が付きます。",
    welcome_limits="文書に書かれていないことは、「記載なし」とお答えします。",
    examples="質問の例",
    searching="文書を探しています…",
    reading="候補{count}か所を読んでいます…",
    abstained="文書に記載なし",
    nearest="近い内容のページ",
    conflict="文書により内容が異なります",
    failed="お答えできませんでした",
    unexpected="予期しない問題が起きました。もう一度お試しください。続くときは、管理者にお知らせください。",
    sources="典拠",
    show_source="典拠{marker}を表示：{title}、{place}",
    considered="検討した候補（{count}件）",
    considered_note="回答を組み立てる際に読んだ箇所を、関連の高い順に示します。",
    built_in="内蔵リーダー",
    language_model="言語モデル {name}",
    seconds="{seconds}秒",
    checked="照合済み",
    checked_note="回答の数値・日付・金額・固有名詞が、典拠とした語句にあることを確かめました。",
    unchecked="照合できない箇所があります",
    unchecked_note="次の語句は、典拠の中に見つかりませんでした。原文をお確かめください。",
    dropped_note="根拠を確かめられなかったため、次の文を回答から除きました。",
    source="典拠のページ",
    source_empty="ここに典拠のページを表示します",
    source_how="回答の番号を押すと、根拠となった語句に印を付けて表示します。",
    marked="根拠の語句",
    place="{locator} {label}",
    position="ファイル内 {number}／{count}",
    note="注記",
    previous="前へ",
    next="次へ",
    back="回答に戻る",
    no_text="このページには文字がありません。",
    documents="文書一覧（{count}件）",
    documents_none="登録された文書がありません。`tenkyo ingest` で登録してください。",
    pages="全{count}{locator}",
    date="{year}年{month}月{day}日",
    month="{year}年{month}月",
    control="制御文字 {code}",
)

EN = Words(
    lang="en",
    title="tenkyo 典拠",
    tagline="Answers about policy documents, each with the page it stands on",
    status="{documents} documents · {reader}",
    other_language="日本語",
    other_language_path="../",
    conversation="Conversation",
    question="Question",
    placeholder="Ask about the documents",
    keys="Enter sends, Shift+Enter breaks the line",
    send="Ask",
    new="New conversation",
    welcome="Answers only what the documents say, and shows where they say it.",
    welcome_how="Press a number at the end of a sentence to open the page it stands on, with the words marked.",
    welcome_limits="What the documents do not say is answered with “not in the documents”.",
    examples="For example",
    searching="Searching the documents…",
    reading="Reading {count} candidate passages…",
    abstained="Not in the documents",
    nearest="Nearest pages",
    conflict="The documents disagree",
    failed="No answer",
    unexpected="Something unexpected went wrong. Please try again, and tell the maintainer if it stays.",
    sources="Sources",
    show_source="Show source {marker}: {title}, {place}",
    considered="Passages considered ({count})",
    considered_note="What was read to put the answer together, the most relevant first.",
    built_in="built-in reader",
    language_model="language model {name}",
    seconds="{seconds} s",
    checked="Checked",
    checked_note="Every number, date, amount and name of the answer was found in the words that it cites.",
    unchecked="Not everything could be checked",
    unchecked_note="These words were not found in the sources. Please read the original.",
    dropped_note="These sentences were left out, because no evidence held them.",
    source="Source page",
    source_empty="The source page appears here",
    source_how="Press a number in an answer to see the page with the words marked.",
    marked="Words that the answer stands on",
    place="{locator} {label}",
    position="{number} of {count} in the file",
    note="Note",
    previous="Previous",
    next="Next",
    back="Back to the answer",
    no_text="This page holds no text.",
    documents="Documents ({count})",
    documents_none="No documents are indexed. Add some with `tenkyo ingest`.",
    pages="{count} × {locator}",
    date="{year}-{month:0>2}-{day:0>2}",
    month="{year}-{month:0>2}",
    control="control character {code}",
)
