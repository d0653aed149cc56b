"""The gate of CI rests on nothing of the developer's."""

from pathlib import Path

import pytest

from assistant.settings import BUNDLED_DOCUMENTS, Settings
from eval.bundled import DATASETS, bundled_settings
from eval.dataset import read_items, require_unique


def test_the_settings_are_the_defaults_whatever_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("TENKYO_LLM=openai:x\n", encoding="utf-8")
    monkeypatch.setenv("TENKYO_DOCUMENTS", "/elsewhere")
    monkeypatch.setenv("TENKYO_RERANKER", "x")
    found = bundled_settings(tmp_path / "home")
    assert found.documents == BUNDLED_DOCUMENTS
    assert found.model_dump(exclude={"home"}) == {
        name: field.get_default(call_default_factory=True)
        for name, field in Settings.model_fields.items()
        if name != "home"
    }


def test_two_hundred_questions_and_more_are_bundled_each_once() -> None:
    items = [item for path in sorted(DATASETS.glob("*.jsonl")) for item in read_items(path)]
    require_unique(items)
    assert len(items) >= 200
    assert {"date", "number", "money"} <= {item.kind for item in items}
