"""English words of economy, industry, work and money with the Japanese words that stand for them: more of `corpus.english`'s table.

General vocabulary only. Entries end in a semicolon or a line end: English words, `_` joining those of a phrase | Japanese words.
"""

ECONOMY = """
economy economic | 経済 景気; business | ビジネス 事業 企業 経営; commerce commercial | 商業 商工 商工業; industrialization | 工業化 産業化
chamber_commerce | 商工会議所 商工会; trading | 商社 貿易 取引; retail retailer | 小売 小売業 小売店; wholesale wholesaler | 卸売 問屋
distribution | 流通 物流 配分; dealer | 販売店 商社; shop store | 店 店舗; restaurant | 飲食店 飲食; brand branding | ブランド; niche | ニッチ
sales_channel market_development | 販路 販路開拓; marketing | マーケティング 販路; advertising publicity | 宣伝 広報 PR
supply_chain | サプライチェーン 供給網; subcontract subcontractor subcontracting | 下請 下請け 外注 委託; outsourcing | 外注 委託
joint_order joint_orders | 受注 共同受注; procurement procure | 調達; local_procurement | 現地調達 現調率 地元調達
competitor rival | 競合 競争相手; growth | 成長 伸び 増加; boom | 好況 ブーム; recession slump downturn depression | 不況 後退 低迷 不振
crisis | 危機 不況; bubble | バブル; inflation | 物価 物価高騰; soaring surge surged | 高騰 急増 急騰; stable stability | 安定
gross_domestic_product gdp | 国内総生産 GDP; prefectural_product gross_product | 県内総生産 総生産; output | 生産 産出額 出力
agricultural_output | 農業産出額; value-added value_added added_value | 付加価値 付加価値額; productivity | 生産性 生産効率; efficiency efficient | 効率
per_person | 一人当たり 1人当たり; per_employee | 従業員一人当たり 従業者1人当たり; unit_price | 単価; growth_rate | 伸び率 増加率 増減率 成長率
labor labour | 労働 雇用 労務; labor_share labour_share | 労働分配率; labor_force labour_force | 労働力; labor_shortage labour_shortage | 人手不足 労働力不足
shortage short | 不足 人手不足; worker_shortage | 人手不足; job_offers | 求人; openings-to-applicants job_openings openings | 有効求人倍率 求人
job | 雇用 仕事 職 求人 就職 職業; jobseeker | 求職 求職者; recruit recruitment recruiting | 採用 募集 求人; turnover_rate | 離職率 転職率
wages | 賃金 給与 賃上げ; wage_increase wage_hike raise_wages pay_raise | 賃上げ 賃金引上げ; minimum_wage | 最低賃金; bonus | 賞与 ボーナス
overtime | 残業 時間外; side_job secondary_job | 副業 兼業; part-time part_time | パート 短時間 非常勤; full-time full_time | 常勤 正規 専任
regular | 正規 定期 常用; non-regular | 非正規; temporary | 仮設 一時 臨時; permanent | 恒久 常設 正規; dispatch dispatched | 派遣 出向
career | キャリア 職歴; skill skilled | 技能 スキル 熟練; technician | 技術者 技能者; craftsman artisan | 職人; apprentice trainee | 研修生 実習生 訓練
internship intern | インターンシップ 研修; vocational | 職業 職業訓練; graduate | 卒業 卒業生 院生 大学院; new_graduates | 新卒 新卒者
foreign_worker foreign_workers | 外国人労働者 外国人材; foreigner foreigners foreign | 外国人 外国 海外; nationality | 国籍; manpower | 人手 人材 労働力
parental_leave childcare_leave | 育児休業 育休; work-style | 働き方; telework teleworking remote remote_work | テレワーク リモート 遠隔; commute commuting | 通勤
enterprise | 企業 事業者 会社; sme smes | 中小企業; small-scale micro | 小規模 零細; medium-sized mid-sized | 中規模 中堅 中小; large_company large_companies | 大企業
major | 大手 主要 大企業; core | 中核 核 基幹; leading | 主導 有力 先導 大手 牽引; prominent | 有力 著名; family-owned | 同族; listed_company | 上場
establishment establishments | 事業所 設立 創設; branch | 支店 支社 支部; plant_manager | 工場長; shareholder stockholder | 株主; share_capital | 資本金
ceo | 社長 代表取締役; executive executives | 役員 執行役員 取締役; director-general | 局長 部長; managing_director | 専務 常務 専務取締役
section_chief section_manager section_head | 課長; department_head department_manager | 部長; deputy deputy_director | 次長 副 補佐; successor business_successor | 後継者 後継
business_succession succession | 事業承継 承継; bankruptcy bankrupt | 倒産 破産; dissolution dissolved | 解散; go_business closure_rate | 廃業 廃業率
exit_rate | 廃業率; start-up_rate startup_rate start_up_rate entry_rate opening_rate | 開業率; start-up start_up start-ups | 創業 起業 ベンチャー スタートアップ 開業
start-up_company new_business new_businesses | 新事業 創業 起業 開業; spin-off spinoff spin_off | スピンオフ 分社 独立; independent independence | 独立 自立 自主
university_startup university_venture university-launched | 大学発ベンチャー; venture_capital | ベンチャーキャピタル VC; angel | エンジェル; investor | 投資家 出資者
capital_investment equipment_investment | 設備投資; fixed_asset | 固定資産; shareholding equity | 株式 出資; interest | 金利 利子 関心; loan loans lending | 融資 貸付 ローン
credit_union shinkin credit_bank | 信用金庫 信金; cooperative cooperatives co-op | 組合 協同組合 農協 漁協; finance financing | 金融 融資 財政 資金調達
cash_flow cash | 資金繰り 現金; balance | 残高 収支; fiscal_balance revenue_expenditure | 収支; guarantee | 保証 信用保証; repay repayment | 返済 償還 返還
surplus | 黒字 余剰 剰余; deficit | 赤字 債務超過; profitable profitability | 黒字 収益性 採算; royalty royalties license_fee | 実施料 ロイヤルティ 使用料
expense expenses | 経費 費用; eligible | 対象 補助対象 適格; ineligible not_eligible | 対象外 対象とならない; subsidy_rate subsidized | 補助率 補助
upper_limit ceiling cap limit | 上限 限度 限度額 上限額; maximum_subsidy maximum_amount | 上限額 限度額 補助上限; minimum | 最低 下限 最少; amount | 額 金額 量
tax_incentive tax_break tax_reduction | 税制 減税 税額控除 優遇税制; deduction tax_credit | 控除 税額控除; exemption exempt | 免除 免税; incentive | 優遇 奨励 インセンティブ
national_treasury treasury | 国費 国庫; national_expenditure | 国費; prefectural_expenditure | 県費; general_account | 一般会計; special_account | 特別会計
initial_budget original_budget | 当初予算; supplementary_budget | 補正予算 補正; settlement settled_accounts | 決算; local_allocation | 地方交付税; bonds | 債 市債 起債
city_tax municipal_tax | 市税; resident_tax | 住民税 市民税; property_tax | 固定資産税; hometown_tax furusato | ふるさと納税; donation donate donated donations | 寄附 寄付 義援金
grant-in-aid grants | 交付金 補助金 助成金; lump-sum | 一時金; reward prize_money | 報酬 賞金 謝金; scholarship | 奨学金; allowance | 手当; compensation | 補償 賠償
purchase_cost price_pass-through pass-through pass_costs | 価格転嫁 転嫁; raw_material raw_materials | 原材料 原料 原材料費; ingredient | 原料 成分 材料
foodstuff beverage | 食品 飲料; soft_drink alcohol alcoholic liquor | 酒 アルコール 酒類; brewery brewing brewer | 酒蔵 醸造 酒造; fermentation fermented | 発酵
livestock | 畜産 家畜; calf calves | 子牛; pig pork | 豚 豚肉; chicken poultry | 鶏 鶏肉; dairy milk | 酪農 牛乳; crop crops | 作物 農作物; harvest | 収穫
planted cultivation cultivated planting | 作付 栽培 作付面積; organic | 有機; fishermen fisherman | 漁師 漁業者; aquaculture farmed | 養殖; scallop | ほたて; oyster | かき 牡蠣
weaving weaver loom | 織物 機屋 織; silk | 絹 シルク; dyeing dye | 染色; garment apparel clothing | 衣料 アパレル 衣服; leather | 革 皮革; ceramics ceramic pottery | 陶磁器 セラミック 窯業
glass | ガラス; cement | セメント; aluminum aluminium | アルミ アルミニウム; copper | 銅; metal metalworking metals | 金属 金属加工; nonferrous non-ferrous | 非鉄 非鉄金属
scrap | スクラップ; casting castings cast | 鋳造 鋳物 鋳造品; forging | 鍛造; mold mould die dies | 金型 型; press pressing stamping | プレス; plating | めっき メッキ
welding | 溶接; cutting | 切削; machining processing process processed | 加工 工程 処理; surface_treatment | 表面処理; heat_treatment | 熱処理; precision | 精密
assembly assemble | 組立 組立て; finished_vehicle complete_vehicle | 完成車; electric_vehicle electric_vehicles ev evs | 電気自動車 EV 電動車; fuel_cell | 燃料電池; motor | モーター 電動機
hybrid | ハイブリッド; truck | トラック; tire tyre | タイヤ; bearing | 軸受 ベアリング; sensor sensors | センサー センサ; optical optics | 光学 光; laser | レーザー
display displays lcd liquid_crystal | ディスプレイ 液晶; panel_display | パネル; chip | チップ 半導体; circuit | 回路; device | デバイス 装置 機器; communication communications telecommunication | 通信
wireless | 無線; internet web | インターネット ネット; website homepage | ホームページ サイト ウェブ; online | オンライン; information it | 情報 IT; artificial_intelligence ai | 人工知能 AI
quantum | 量子; space | 宇宙 空間; satellite | 衛星; drone | ドローン; autonomous self-driving autonomous_driving | 自動運転 自律; automation automated | 自動化 省力化; labor-saving labour-saving | 省力化
biotechnology biotech bio | バイオ バイオテクノロジー; gene genetic genome | 遺伝子 ゲノム; life_science life_sciences | ライフサイエンス 生命科学; cell | 細胞 電池; regenerative | 再生医療
medical_device medical_devices medical_equipment | 医療機器; pharmaceuticals | 医薬品 製薬; vaccine | ワクチン; cosmetic cosmetics | 化粧品; nanotechnology nano | ナノテク ナノ; chemical_plant | コンビナート 化学工場
petroleum oil | 石油 油; petrochemical | 石油化学; gas | ガス; natural_gas | 天然ガス; coal | 石炭; fuel | 燃料; boiler | ボイラー; thermal | 熱 火力; generator generation | 発電 世代; power_generation | 発電
power_plant | 発電所; offshore offshore_wind | 洋上 洋上風力; storage_battery storage_batteries | 蓄電池; storage | 貯蔵 蓄電 保管; solar_panel photovoltaic | 太陽光 太陽光発電; installed_capacity installed | 設置 導入量 設備容量 導入容量
energy-saving energy_saving | 省エネ 省エネルギー; smart | スマート; grid microgrid | グリッド 系統; greenhouse greenhouse_gas | 温室効果ガス; co2 | 二酸化炭素 CO2; carbon_neutral carbon-neutral neutrality | カーボンニュートラル 脱炭素
circular circulation | 循環; resource resources | 資源; reuse | リユース 再利用; sorting sort | 選別 分別; used second-hand second_hand | 中古 使用済 使用済み; scrapped end-of-life | 使用済 廃; sheet | 板 展伸材 シート
quality | 品質 質; quality_standard quality_standards | 品質基準; standard standards standardization | 標準 基準 規格; specification | 仕様 規格; performance | 性能 成果; lightweight lighter weight_reduction | 軽量 軽量化
defect | 不良 欠陥; maintenance | 保守 維持 整備 保全; repair | 修理 補修; mass_production mass-produced | 量産 大量生産; production_capacity | 生産能力 年産; pilot | 試験 実証 パイロット 試行; lot | ロット
shipment_value value_shipments shipped | 出荷額 製造品出荷額; manufactured_goods | 製造品; goods | 品 物資 製品; article | 記事 条 品; merchandise | 商品; product_development | 製品開発 商品開発; new_product new_products | 新製品 新商品
""".strip()
