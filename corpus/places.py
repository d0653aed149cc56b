"""Names of Japan's prefectures and some cities and countries: in Latin letters, for questions asked in English, and in kana."""

from __future__ import annotations

_PLACES = (
    "北海道 hokkaido 青森 aomori 岩手 iwate 宮城 miyagi 秋田 akita 山形 yamagata 福島 fukushima 茨城 ibaraki 栃木 tochigi 群馬 gunma "
    "埼玉 saitama 千葉 chiba 東京 tokyo 神奈川 kanagawa 新潟 niigata 富山 toyama 石川 ishikawa 福井 fukui 山梨 yamanashi 長野 nagano "
    "岐阜 gifu 静岡 shizuoka 愛知 aichi 三重 mie 滋賀 shiga 京都 kyoto 大阪 osaka 兵庫 hyogo 奈良 nara 和歌山 wakayama 鳥取 tottori "
    "島根 shimane 岡山 okayama 広島 hiroshima 山口 yamaguchi 徳島 tokushima 香川 kagawa 愛媛 ehime 高知 kochi 福岡 fukuoka 佐賀 saga "
    "長崎 nagasaki 熊本 kumamoto 大分 oita 宮崎 miyazaki 鹿児島 kagoshima 沖縄 okinawa 東北 tohoku 関東 kanto 九州 kyushu 四国 shikoku "
    "札幌 sapporo 仙台 sendai 横浜 yokohama 川崎 kawasaki 相模原 sagamihara 浜松 hamamatsu 名古屋 nagoya 堺 sakai 神戸 kobe 北九州 kitakyushu "
    "日本 japan アジア asia 欧州 europe 北米 america 米国 usa 英国 uk ドイツ germany フランス france イタリア italy スペイン spain スイス switzerland "
    "オランダ netherlands スウェーデン sweden フィンランド finland カナダ canada 韓国 korea 中国 china 台湾 taiwan インド india タイ thailand "
    "ベトナム vietnam シンガポール singapore オーストラリア australia"
).split()
_IN_KANA = (
    "北海道 ほっかいどう 青森 あおもり 岩手 いわて 宮城 みやぎ 秋田 あきた 山形 やまがた 福島 ふくしま 茨城 いばらき 栃木 とちぎ 群馬 ぐんま "
    "埼玉 さいたま 千葉 ちば 東京 とうきょう 神奈川 かながわ 新潟 にいがた 富山 とやま 石川 いしかわ 福井 ふくい 山梨 やまなし 長野 ながの "
    "岐阜 ぎふ 静岡 しずおか 愛知 あいち 三重 みえ 滋賀 しが 京都 きょうと 大阪 おおさか 兵庫 ひょうご 奈良 なら 和歌山 わかやま 鳥取 とっとり "
    "島根 しまね 岡山 おかやま 広島 ひろしま 山口 やまぐち 徳島 とくしま 香川 かがわ 愛媛 えひめ 高知 こうち 福岡 ふくおか 佐賀 さが "
    "長崎 ながさき 熊本 くまもと 大分 おおいた 宮崎 みやざき 鹿児島 かごしま 沖縄 おきなわ 東北 とうほく 関東 かんとう 関西 かんさい "
    "九州 きゅうしゅう 四国 しこく 札幌 さっぽろ 仙台 せんだい 横浜 よこはま 名古屋 なごや 神戸 こうべ"
).split()
_BY_KANJI = dict(zip(_IN_KANA[::2], _IN_KANA[1::2], strict=True))
_BY_LATIN = dict(zip(_PLACES[1::2], _PLACES[::2], strict=True))


def from_latin(word: str) -> str | None:
    """The Japanese name of a place in Latin letters (lower case): osaka → 大阪."""
    return _BY_LATIN.get(word)


def in_kana(name: str) -> str | None:
    """A place as organisations also write it: 岩手 → いわて (いわて産業振興センター). Not the other way: that name is theirs alone."""
    return _BY_KANJI.get(name)
