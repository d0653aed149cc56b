"""English words of public administration, economy and statistics with the Japanese words that stand for them.

General vocabulary only: no name, title or figure of any document belongs here. Where the thesaurus has a word, too, both count.
"""

from __future__ import annotations

from functools import lru_cache

from corpus.english_economy import ECONOMY
from corpus.english_public import PUBLIC
from corpus.fold import key
from corpus.thesaurus import from_english
from corpus.tokenizer import content_terms

_STEM = 3  # letters that are left of a word without its ending
# Each line: English words (a plural in -s needs none of its own) | Japanese words, compounds allowed.
_WORDS = """
association | 協会 協議会 連合会 組合 団体
council | 協議会 評議会 委員会 審議会 会議
committee | 委員会 会議
commission | 委員会
ministry | 省
agency | 庁 機構 機関
bureau | 局
division section department | 課 部 部門 室
office secretariat | 事務局 事務所 オフィス
corporation incorporated | 法人 社団法人 株式会社
foundation | 財団 財団法人 設立
institute | 研究所 研究院 機構 大学
laboratory lab | 研究室 研究所 試験場
college | 大学 短期大学 カレッジ
governor | 知事
mayor | 市長 町長
minister | 大臣
official | 職員 公式
professor | 教授
researcher scientist | 研究者
engineer | 技術者 エンジニア
expert specialist | 専門家 有識者
coordinator | コーディネーター
manager | マネージャー 管理者 責任者
leader leadership | リーダー 主導 リーダーシップ
founder | 創設者 創業者 設立
owner | 所有者 所有
resident inhabitant | 住民 人口
citizen | 市民 住民
student | 学生 生徒 留学生
farmer | 農家 農業者
visitor tourist | 来訪者 観光客 旅行者 入込客
tourism sightseeing | 観光
guest lodging stay stayed accommodation | 宿泊 宿泊者 滞在
hotel inn | ホテル 旅館 宿
prefecture prefectural | 県
city municipal | 市
town | 町
village | 村
ward | 区
island | 島
port harbor harbour | 港 港湾
airport | 空港
road highway expressway | 道路 高速道路
railway rail train | 鉄道 線
station | 駅
bridge | 橋
river | 川 河川
sea ocean marine maritime | 海 海洋
fishery fisheries fishing fish | 漁業 水産 魚
seafood | 水産物 水産
agriculture agricultural farm farming | 農業 農
forest forestry timber wood | 林業 森林 木材
food | 食品 食料
rice | 米
tea | 茶
fruit | 果実 果物
vegetable | 野菜
beef cattle | 牛肉 和牛 牛
sake | 日本酒 清酒 酒
steel iron | 鉄鋼 鋼 鉄 粗鋼
crude | 粗鋼 原油
furnace | 炉 電炉 高炉
electric electricity electrical | 電気 電力 電炉
electronic electronics | 電子
semiconductor | 半導体
chemical chemistry | 化学
pharmaceutical drug medicine | 医薬品 製薬 薬 創薬
paper pulp | 紙 製紙 パルプ
textile fiber fibre fabric | 繊維 織物
plastic resin | 樹脂 プラスチック
material materials | 素材 材料
recycled recycling recycle | 再生 再生材 リサイクル 再資源化
waste | 廃棄物 ごみ
battery | 電池 バッテリー
solar | 太陽光
wind | 風力 風
hydrogen | 水素
renewable | 再生可能エネルギー 再エネ 再生可能
carbon decarbonized decarbonised decarbonization | 炭素 脱炭素 カーボン
emission emissions | 排出 排出量
climate | 気候
warming | 温暖化
water | 水
digital digitalization | デジタル
data | データ
software | ソフトウェア ソフト
network | ネットワーク
platform | 基盤 プラットフォーム
robot robotics | ロボット
machine machinery | 機械
equipment device instrument | 装置 機器 設備 器具
tool | 工具 道具 ツール
part component | 部品
vehicle | 車両 自動車
ship shipbuilding vessel | 船 造船 船舶
aircraft aerospace aviation | 航空 航空機 航空宇宙
engine | エンジン
house housing home | 住宅 住居
apartment | アパート マンション
hospital clinic | 病院 診療所
doctor physician | 医師
nurse nursing | 看護 介護
care | 介護 ケア
welfare | 福祉
childcare nursery | 保育 保育所 子育て
birth births | 出生 出産
marriage | 結婚 婚姻 成婚
death | 死亡
elderly aging ageing | 高齢 高齢者 高齢化
young youth | 若者 若年
woman women female | 女性 女
man men male | 男性 男
household | 世帯
family | 家族
tax | 税 税収
fee due dues | 会費 料金 手数料
wage salary pay | 賃金 給与
price | 価格 値段
profit | 利益 収益
loss | 損失 赤字
debt bond loan | 債務 債 借入 融資
deposit | 預金 預け
asset | 資産
reserve | 積立金 基金 準備
import imported | 輸入
export exported | 輸出
trade | 貿易 取引
market | 市場 販路
customer client user | 顧客 取引先 利用者
supplier supply | 供給 調達 発注
demand | 需要
order | 受注 発注
consumption consumer | 消費 消費者
startup startups venture | ベンチャー スタートアップ 創業 起業
entrepreneur entrepreneurship | 起業家 起業 創業
incubation incubator incubators | インキュベーション 創業支援
small medium sized smes sme | 中小 中小企業
large-scale large | 大規模 大企業 大きい
subsidiary | 子会社
contract contracts contracted commissioned | 契約 受託 委託
joint | 共同 合同
consortium | コンソーシアム 共同体 協議会
forum | フォーラム
symposium | シンポジウム
seminar workshop | セミナー 研修 講座
exhibition fair | 展示会 見本市
meeting | 会議 会合
conference | 会議
law act | 法 法律
ordinance | 条例
regulation | 規制 規則
deregulation | 規制緩和
zone | 特区 区域 ゾーン
district | 地区
park estate | 団地 公園 パーク
site location | 用地 場所 立地 敷地
land | 土地 用地
building | 建物 ビル 館
hall museum library | 館 会館 図書館
school | 学校 校
theme | テーマ
title | 題名 名称
slogan motto | スローガン 標語 キャッチフレーズ
mission | 使命 役割
role | 役割
function | 機能
service | サービス
measure measures | 施策 対策 措置
policy policies | 政策 施策
strategic | 戦略
basic | 基本
interim | 中間
final | 最終
report | 報告 報告書
study | 研究 研究会 調査
group | グループ 研究会 団体 会
panel | 研究会 検討会
working | 作業 部会 ワーキング
observer observers | オブザーバー
participant participants attendee | 参加者 出席者
participation | 参加 参画
partner | 連携 提携 パートナー
alliance | 連携 提携
competitiveness competitive competition | 競争力 競争
innovation innovative | イノベーション 革新
patent | 特許
intellectual property | 知的財産 知財
invention | 発明
commercialized commercialised commercialization commercialisation | 事業化 実用化 製品化
prototype | 試作
test testing trial experiment | 試験 実験 実証
demonstration | 実証
analysis | 分析
evaluation assessment | 評価
indicator index kpi | 指標 指数
statistic statistics | 統計
census | 国勢調査 センサス
table | 表
figure chart graph | 図 図表 グラフ
page | 頁 ページ
ratio proportion | 比率 割合 比
share | 割合 シェア 比率 占める
half | 半分 半数
double doubled | 倍 倍増
quarter | 四半期 四分の一
average | 平均
per capita | 一人当たり 人当たり
rank ranked ranking | 順位 位
first | 初 最初 第一 初めて
second | 第二 二番目
third | 第三 三番目
previous prior | 前 前回 前年
next | 次 来年
recent recently | 最近 近年
future | 将来 今後
past | 過去
former formerly | 旧 元 前身
predecessor | 前身
successor | 後継
original originally | 当初 もともと
initial initially | 当初 最初
end | 末 終了
beginning | 開始 初め 当初
early | 初期 早い
late | 後期 末
long-term | 長期
mid-term medium-term | 中期
frequency often | 頻度 間隔
every | 毎 ごと
once | 一度 回
identify identified | 特定 識別
confirm confirmed | 確認
estimate estimated | 推計 見込み 試算
forecast expected expect projected predicted | 予測 見込み 予想
receive received | 受ける 受領
provide provided | 提供 支給
introduce introduced | 導入
reach reached achieve achieved | 達成 達する 到達
exceed exceeded exceeding surpass surpassed | 超える 上回る
remain remained | 残る とどまる
consist consists comprise comprises composed | 構成 成る
include includes included including | 含む 含める
located | 所在 立地 位置
operate operated run runs | 運営 運用 操業
manage managed management | 管理 運営 経営
own owned | 所有 保有
host hosts hosted hosting | 開催 置く 設置 拠点
hold held | 開催 行う
open | 開設 開業 開く
close | 閉鎖 廃止
build | 建設 整備
produce produced | 生産 製造
manufacture manufactured manufacturing | 製造
sell sold | 販売 売る
buy bought purchase purchased | 購入 取得
export-oriented | 輸出
employ employs | 雇用 従業員
hire hired | 採用 雇用
graduate graduates | 卒業 卒業生
train trained | 育成 研修
award awarded prize | 賞 表彰 受賞
approve approved approval | 承認 同意 認可
register registered registration | 登録
apply applied application applications | 申請 応募
certify certified certification | 認証 認定
appoint appointed | 就任 任命
elect elected | 選出
retire retired | 退任
serve serves served | 務める 担う
merge merged merger | 合併 統合
split divided | 分割 分ける
withdraw withdrew | 撤退
damage damaged | 被害 損壊
tsunami | 津波
flood | 洪水 浸水
nuclear | 原子力 原発
shelter | 避難所
insurance | 保険
safety safe | 安全
security | 安全 安保 セキュリティ
peace | 平和
culture cultural | 文化
heritage | 遺産
history | 歴史 沿革 経緯
background | 背景 経緯
festival event | 祭り イベント 催し
anniversary | 周年
ceremony | 式典 式
sport sports | スポーツ
language | 言語 語
name-giver nickname | 愛称 通称
distance | 距離
length | 長さ 延長
height | 高さ
weight | 重さ 重量
speed | 速度
volume | 量 容量
capacity | 能力 容量 定員
size scale | 規模 大きさ
density | 密度
temperature | 気温 温度
cost | 費用 経費 コスト
route | 経路 路線 ルート
transport transportation logistics | 輸送 交通 物流
bus | バス
car | 車 自動車
ocean-going | 海洋
german | ドイツ
american | 米国 アメリカ
us | 米国 アメリカ
british | 英国 イギリス
french | フランス
italian | イタリア
chinese | 中国
korean | 韓国
canadian | カナダ
asian | アジア
european | 欧州 ヨーロッパ
eu | 欧州 連合
world-famous famous renowned known | 有名 世界的
international | 国際
global worldwide | 世界 グローバル
domestic | 国内
private | 民間 私
public | 公共 公的 官
industry-university university-industry academia academic | 産学 大学 学術
government-led | 国家主導 政府
""".strip()


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    terms: dict[str, set[str]] = {}
    compounds: dict[str, set[str]] = {}
    for entry in "\n".join((_WORDS, ECONOMY, PUBLIC)).replace(";", "\n").splitlines():
        english, _, japanese = entry.partition("|")
        for word in english.split():
            for other in japanese.split():
                whole = content_terms(other)
                if len(whole) == 1:
                    terms.setdefault(word, set()).add(whole[0])
                elif len(other) > 1:
                    compounds.setdefault(word, set()).add(key(other))
    return ({k: frozenset(v) for k, v in terms.items()}, {k: frozenset(v) for k, v in compounds.items()})


def _known(word: str) -> bool:
    return any(word in table for table in _tables()) or bool(from_english(word))


def _forms(word: str) -> tuple[str, ...]:
    """The word and what it may be the plural of; of a word that no table has so, what it may be an inflection of."""
    singular = word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
    forms = tuple(dict.fromkeys((word, singular, word.removesuffix("es"))))
    return forms if any(map(_known, forms)) else tuple(filter(_known, _stems(word)))


def _stems(word: str) -> tuple[str, ...]:
    """What an -ing, -ed, -er or -ly may have been added to: planning → plan, used → use, applied → apply."""
    for ending in ("ing", "ied", "ed", "er", "ers", "ly"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _STEM:
            single = stem[:-1] if stem[-1] == stem[-2] else stem
            return (f"{stem}y",) if ending == "ied" else (stem, f"{stem}e", single)
    return ()


def is_phrase(words: str) -> bool:
    """Do several English words, joined by `_`, stand for one thing: labor_share, public_comment?"""
    return any(form in table for form in _forms(words) for table in _tables())


def japanese_terms(word: str) -> frozenset[str]:
    """Terms (normalised forms) for an English word in lower case, whatever its ending; the thesaurus' words among them."""
    forms = _forms(word)
    own = (_tables()[0].get(form, frozenset()) for form in forms)
    return frozenset().union(*own, *map(from_english, forms))


def japanese_compounds(word: str) -> frozenset[str]:
    """Compounds, as search keys, for an English word in lower case, whatever its ending."""
    return frozenset().union(*(_tables()[1].get(form, frozenset()) for form in _forms(word)))
