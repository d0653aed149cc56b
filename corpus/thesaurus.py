"""Words of public administration that stand for each other in questions and documents, with their English.

General vocabulary only: no name, title or figure of any document belongs here.
"""

from __future__ import annotations

from functools import lru_cache

from corpus.fold import key
from corpus.tokenizer import content_terms

_PHRASE = 3  # characters from which on a compound is looked for

_GROUPS = """
設立 発足 創設 創立 設置 開設 結成 誕生 立ち上げる 立つ 併設 | founded established founding establish set launched inaugurated created
開始 始める 始まる スタート 着手 動き出す 開く | started start began begin launch
終了 完了 終わる 終える | ended end finished
会員 メンバー 加盟 加入 構成員 | member members membership
会員数 会員 | membership
企業 会社 事業者 事業所 メーカー 社 | company companies firm firms enterprises businesses manufacturers
従業員 従業 働く 職員 社員 雇用 労働者 就業 働き手 人員 | employees employee workers staff employment jobs workforce
予算 事業費 費用 経費 支出 | budget cost costs expenditure spending
収入 歳入 収入計 | income revenue
補助金 補助 助成 助成金 交付金 | subsidy subsidies grant grants
投資 出資 投入 | investment invest invested
資金 財源 カネ | funds funding money
資本金 資本 | capital
売上 売上高 売り上げ | sales turnover
出荷額 出荷 生産額 生産高 製造額 | shipments shipment production output value
目標 目指す 狙う ねらう 目的 ねらい 目指し | target goal aim aims objective purpose
計画 構想 プラン ビジョン 戦略 方針 | plan plans vision strategy initiative concept
策定 作る つくる 制定 定める まとめる 作成 | drew formulated adopted formulate enacted
増加 増える 増 伸びる 拡大 上昇 増やす 伸び | increase increased growth grew rise rose grow
減少 減る 減 縮小 低下 減 落ち込む 減り | decrease decreased decline declined fell fall drop down
割合 比率 率 占める 割 パーセント | percentage share ratio rate percent proportion
人口 住民 | population
面積 広さ | area
移転 引っ越す 引っ越し 移す 引越 | moved relocate relocated relocation move
高速道路 自動車道 高速 | highway highways expressway expressways motorway
開通 全通 繋がる 通る
資金繰り やりくり 金繰り
合併 統合 一緒 合わさる 合体 | merged merger
閉鎖 廃止 撤退 | closed closure abolished
操業 稼働 生産 操業開始 | operation operations operating production
工場 製作所 プラント 拠点 | factory plant plants works
建設 整備 新設 建てる 着工 竣工 建つ 造成 | built construction build constructed developed
開校 開所 開業 オープン | opened opening
名称 名前 呼称 名 呼ぶ 通称 | name called named
理由 原因 要因 背景 ため わけ | reason reasons why cause causes because factors
課題 問題 問題点 不都合 支障 | problem problems issue issues challenge challenges
効果 成果 結果 実績 | effect effects result results outcome achieved
支援 助ける 援助 後押し サポート | support supports supported assistance aid
連携 協力 提携 協働 共同 手を組む | cooperation collaborate collaborated collaborating partnership alliance
参加 参画 加わる 入る | participate participated joined participating join
採択 選定 指定 選ばれる 認定 | selected adopted designated chosen
実施 行う 取り組む 取組 推進 進める | implemented carried conducted promoted
調査 アンケート 研究 | survey study investigation research
回答 答える | responses responded answers
研究 開発 研究開発 | research development
人材 人 ヒト 人手 担い手 働き手 | human personnel talent people resources
育成 養成 育てる 教育 研修 | training train develop education
確保 集める 獲得 呼び込む | secure attract acquire
誘致 招く 呼び込む 立地 進出 | attracting attract locate
大学 高等教育機関 | university universities
自治体 市町村 県 地方公共団体 都道府県 | municipality municipalities prefecture local governments
国 政府 連邦 中央省庁 省庁 | national government federal state
地域 地方 エリア 圏 | region regions regional area areas
産業 工業 業界 業種 | industry industrial industries
集積 集まる クラスター 集中 | cluster clusters agglomeration concentration concentrated
製品 商品 上市 | product products
事業 プロジェクト 取組 プログラム 施策 | project projects program programme
組織 団体 機関 機構 | organization organisation body agency institution
本部 本社 所在地 | headquarters headquartered
代表 会長 社長 理事長 トップ 長 責任者 | chairman chair president head representative director
率いる 束ねる まとめ役 取りまとめ 統括 座長 委員長 議長 主査 幹事 会長 代表 トップ 会頭
期間 年間 スケジュール 行程 | period duration schedule
総額 合計 全体 計 合わせる | total overall
平均 | average
最大 最も 一番 最多 | largest most biggest highest maximum
最小 最少 最低 | smallest lowest least minimum
失業率 失業 | unemployment
定義 意味 とは | defined definition define means
特徴 特色 特長 | feature features characteristics
種類 類型 パターン タイプ 型 | type types pattern patterns category categories
段階 フェーズ ステップ 時期 | stage stages phase phases step steps
年度 年 | fiscal year
年次 毎年 | annual yearly
新規 新しい 新た | new newly
参入 進出 | entered entrants entry entry
医療 ヘルスケア | medical health healthcare
自動車 輸送用機械 輸送用機器 | automobile automotive car cars vehicle
震災 大震災 地震 | earthquake disaster
避難者 避難 | evacuees evacuated refugees
復興 復旧 再建 | recovery reconstruction
海外 国外 外国 | overseas abroad foreign
技術 テクノロジー | technology technologies technical
環境 | environment environmental
エネルギー 電力 | energy power
金融機関 銀行 信用金庫 | bank banks financial
基金 ファンド | fund
安い 安価 低価格 低コスト ローコスト 割安 | cheap cheaper inexpensive low-cost affordable
高い 高価 割高 | expensive costly
前年 前期 | previous last
変化 増減 変わる 推移 | change changed
教育 学校 学園 校 | school education
施設 センター 設備 | facility facilities center centre
憲章 宣言 | charter declaration
改称 改組 変更 改名 | renamed reorganized
国 国名 | country countries
時点 現在 | as current currently now
仕事 職業 職 雇用 就業 就労
土地 用地 敷地
買う 購入 取得 買収 買い入れる 買い入れ 買い取る 調達
売る 販売 売却 売り出す 発売
貸す 貸与 貸付 貸し付け 融資
返す 返還 返済 返却
払う 支払う 支払い 納める 納付
出す 拠出 支出 出資 支給
もらう 受ける 受け取る 受給 得る 獲得
応募 名乗る 申請 申し込む 申し込み 手を挙げる
膨らむ 増加 伸びる 拡大 増大
注ぐ 投入 投資 注ぎ込む 投じる 投下
輸出 国外向け 海外向け
金 資金 費用 財政 カネ
応援 支援 後援 助成 協賛 手を貸す
話し合う 協議 議論 検討 討議
会議 会合 集まり 集会
手伝う 手助け 協力 支援 補助
移る 移転 移動 転居 転出
住む 居住 住まい 住居 住宅
暮らし 生活 暮らす
学ぶ 学習 勉強 習う 修学
先生 教員 教師 講師 教授
専門家 有識者 研究者 識者
人作り 人づくり 人材育成 人材養成
旗振り リーダー 主導 牽引 先導 けん引 リーダーシップ
宣伝 広報 ＰＲ アピール 発信 周知
マスコット キャラクター
展示会 見本市 展示 フェア 博覧会
一緒 合同 共同 共催
お墨付き 認証 認定 承認 公認
題名 タイトル 名称 表題 書名
文書 報告書 資料 冊子 書類 報告
返事 返信 回答
完成 出来上がる 仕上がる
送る 送付 発送 配布
測る 計測 測定 評価
指標 指数 目安 尺度
戻る 回復 復旧 復興
壊れる 損壊 破損 倒壊 被災
沿い 沿線 沿う
エリア 区域 地区 範囲 地帯
辺り 周辺 付近 近辺
初 初めて 最初 先駆け
有名 著名 有力
若い 若者 若年 若手 青年
高齢 年寄り 老人 シニア
子供 児童 こども
勤める 勤務 働く 就業 就職
辞める 退職 離職 退任
雇う 採用 雇用
募集 公募 募る
選ぶ 選択 選定 選抜 採択
決める 決定 定める 決まる
認める 承認 認可 許可
調べる 調査 分析
分ける 分類 区分 類型 分かれる
比べる 比較 対比
違い 差 差異 相違 違う
相手 対象 取引先 相手先
頼む 依頼 委託 任せる 仕事を出す 外注 発注
運ぶ 輸送 運送 物流 運搬 移動 交通
鉄道 電車 路線
車 自動車 車両
飛行機 航空機 航空
電気 電力
薬 医薬品 くすり 薬品 製薬
病院 医療機関 診療所
医者 医師
手洗い トイレ 便所 洗面
機器 装置 設備 器具 機械
近頃 最近 近年
昔 かつて 以前 過去 従来
将来 今後 未来
見越す 見込む 予想 想定 見通す 予測
頼る 依存 依拠
自立 自律 独立
続ける 継続 持続 存続
やめる 中止 廃止 取りやめる
起きる 発生 起こる 生じる
催し イベント 行事 催事 祭り
店 店舗 商店
値段 価格 料金 単価 代金
給料 賃金 給与 報酬
役目 役割 任務 機能
仕組み 制度 体制 スキーム システム
決まり 規則 規程 ルール 規定 会則
場所 所在地 位置 会場 所在
切っ掛け 契機 発端 経緯
長所 利点 メリット 強み
見直し 改定 改訂 見直す 改正
視点 観点 着眼点
重視 重点 重き 力点
困る 課題 悩む 苦労
道筋 方向 方向性 筋道
自前 自立 自力
短所 欠点 デメリット 弱み
試す 試行 実証 試験
繋ぐ 結ぶ 連結 接続 結び付ける 結び付く 連携
繋がり ネットワーク 結び付き 関係
ものづくり 製造 製造業
高校 高等学校
小学校 小学
信金 信用金庫
開く 開催 開所 開設 開校 開始
起業 創業 ベンチャー スタートアップ
入居 インキュベーション
助成 補助 交付
合流 加わる 参加
教える 指導 講義
講演 講義 話
手を組む 提携 連携
役立つ 有用 有効 貢献
次 次期 次世代
外 外部
内 内部
新聞 紙 記事 掲載
""".strip()


@lru_cache(maxsize=1)
def _phrases() -> dict[str, frozenset[str]]:
    """Compounds of the groups (高等学校, 人材育成) by the single words that may stand for them; folded as `key` does."""
    found: dict[str, set[str]] = {}
    for line in _GROUPS.splitlines():
        words = line.partition("|")[0].split()
        compounds = {key(word) for word in words if not _whole(word) and len(word) >= _PHRASE}
        for term in {term for word in words for term in _whole(word)}:
            found.setdefault(term, set()).update(compounds)
    return {term: frozenset(compounds) for term, compounds in found.items() if compounds}


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    japanese: dict[str, set[str]] = {}
    english: dict[str, set[str]] = {}
    for line in _GROUPS.splitlines():
        left, _, right = line.partition("|")
        terms = {term for word in left.split() for term in _whole(word)}
        for term in terms:
            japanese.setdefault(term, set()).update(terms - {term})
        for word in right.split():
            english.setdefault(word, set()).update(terms)
    return {k: frozenset(v) for k, v in japanese.items()}, {k: frozenset(v) for k, v in english.items()}


def _whole(word: str) -> tuple[str, ...]:
    """The terms of a word that mode A leaves whole; compounds are left out, their parts would match too much."""
    terms = content_terms(word)
    return terms if len(terms) == 1 else ()


def synonyms(term: str) -> frozenset[str]:
    """Terms (normalised forms) that may stand for a Japanese term, itself left out."""
    return _tables()[0].get(term, frozenset())


def compounds(term: str) -> frozenset[str]:
    """Compound words, as search keys, that may stand for a Japanese term: they are looked for as strings."""
    return _phrases().get(term, frozenset())


def from_english(word: str) -> frozenset[str]:
    """Japanese terms for an English word in lower case."""
    return _tables()[1].get(word, frozenset())
