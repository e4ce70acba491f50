import random
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.building.grids import drawn, whole
from tests.work import calls
from validator.facts.generic import read_tables
from validator.facts.lexicon import load_lexicon
from validator.facts.words import load_words
from validator.model.finding import Outcome, Severity
from validator.pipeline import check
from validator.rules.evaluate import Evaluated, judge
from validator.rules.load import load_ruleset
from validator.rules.relations import NAMES, known_names, relations
from validator.rules.source import shipped_directory

LEXICON = load_lexicon(shipped_directory() / "common" / "lexicon.yaml")
WORDS = load_words(shipped_directory() / "generic" / "words.yaml")
RULES = {kind: [rule for rule in load_ruleset().rules if rule.spec.for_each == kind] for kind in NAMES}


def checks(text: str, title: str = "") -> list[Evaluated]:
    """Evaluate the generic rules on a drawn table."""
    return [
        judge(rule, place, "zh", 0)
        for section in read_tables(whole(drawn(text)), LEXICON, WORDS, title=title)
        for kind, place in relations(section, WORDS)
        for rule in RULES[kind]
    ]


def faults(text: str, title: str = "") -> list[tuple[str, str]]:
    """Return rule and cell of each fault; what may be rounding is only worth knowing."""
    found = checks(text, title)
    assert not [e.check.reason for e in found if e.check.outcome is Outcome.CRASHED]
    return [(f.rule, f.primary.text) for e in found if (f := e.finding) is not None and f.severity is not Severity.INFO]


SOUND = {
    "numbered account": """
指标|金额（万元）
一、上年结余|100.50
二、收入合计|250.20
1、保费收入|200.00
2、利息收入|50.20
三、支出合计|240.40
1、待遇支出|200.30
2、其他支出|40.10
四、滚存结余|110.30
""",
    "numbered account with more": """
指标|金额（万元）
一、上年结余|100.50
二、收入合计|250.20
三、支出合计|240.40
四、上缴调剂金|20.00
五、滚存结余|90.30
""",
    "account after account": """
职工保险|
指标|金额（万元）
一、上年结余|100.50
二、收入合计|250.20
三、支出合计|240.40
四、滚存结余|110.30
居民保险|
指标|金额（万元）
一、上年结余|10.00
二、收入合计|30.00
三、支出合计|25.00
四、滚存结余|15.00
""",
    "list below its row": """
项目|上年数|本年数|增减情况|<
^|^|^|增减金额|增减幅度
合计|320|290|-30|-9.4%
1.公务接待费|90|80|-10|-11.1%
2.公务用车费|230|210|-20|-8.7%
其中：(1)公务用车购置费|30|0|-30|-100%
(2)公务用车运行费|200|210|10|5.0%
""",
    "list below its row, not all of it": """
项目|上年数|本年数
1.教育支出|500|600
其中：幼儿园|100|150
小学|200|200
2.卫生支出|300|400
其中：医院|100|200
卫生院|150|150
""",
    "numbered rows below others": """
项目|预算数|执行数|备注
一、人员经费|300.5|290.5|
1.工资|200.5|195.5|
2.津贴|100.0|95.0|
二、公用经费|80.0|70.0|
1.办公费|30.0|20.0|
2.差旅费|20.0|20.0|其余略
""",
    "account with its parts below 其中": """
项目|上年决算数|本年预算数|本年执行数
一、本年收入合计|300.10|320.00|331.25
其中：保险费收入|100.00|110.00|115.50
财政补贴收入|200.00|210.00|215.50
利息收入|0.10|0.00|0.25
二、本年支出合计|250.00|260.50|270.75
其中：待遇支出|200.00|205.50|212.50
大病保险支出|50.00|55.00|58.25
三、本年收支结余|50.10|59.50|60.50
""",
    "account with some of its parts below 其中": """
项目|上年决算数|本年预算数|本年执行数
一、本年收入合计|300.10|320.00|331.25
其中：保险费收入|100.00|110.00|115.50
利息收入|0.10|0.00|0.25
二、本年支出合计|250.00|260.50|270.75
其中：待遇支出|200.00|205.50|212.50
三、本年收支结余|50.10|59.50|60.50
""",
    "debts": """
项目|预算数|执行数
一、2030年末地方政府一般债务余额实际数|48.90|48.90
二、2031年末地方政府一般债务限额|90.00|90.00
三、2031年地方政府一般债务发行额|14.40|14.40
其中：外债|0.40|0.40
四、2031年地方政府一般债务还本支出|11.30|11.30
五、2031年末地方政府一般债务余额预计执行数|52.00|52.00
""",
    "debts of which some were written off": """
项目|预算数|执行数
一、2030年末地方政府一般债务余额实际数||48.90
三、2031年地方政府一般债务发行额||14.40
四、2031年地方政府一般债务还本额||11.30
五、2031年末地方政府一般债务余额预计执行数||51.20
""",
    "account side by side": """
项目|上年执行数|本年预算数|项目|上年执行数|本年预算数
一、保险费收入|270.00|280.00|一、待遇支出|700.00|705.00
其中：集体扶持|||其中：住院费用|590.00|595.00
二、财政补贴收入|500.00|490.00|二、大病保险支出|75.00|70.00
三、本年收入小计|770.00|770.00|三、本年支出小计|775.00|775.00
四、上级补助收入|20.00|25.00|四、上解上级支出|2.00|3.00
五、本年收入合计|790.00|795.00|五、本年支出合计|777.00|778.00
|||六、本年收支结余|13.00|17.00
六、上年结余|350.00|363.00|七、年末滚存结余|363.00|380.00
总计|1140.00|1158.00|总计|1140.00|1158.00
""",
    "numbered with a list below one": """
项目|预算数（万元）
合计|332
1.因公出国费用|29
2.公务接待费|123
3.公务用车费|180
其中：公务用车运行费|148
公务用车购置费|32
""",
    "numbered, and more behind": """
项目|预算数（万元）
合计|372
1.因公出国费用|29
2.公务接待费|123
3.公务用车费|180
会议费|40
""",
    "two halves of a list": """
县|户数|金额|县|户数|金额
甲县|10|20|丙县|30|50
乙县|20|25|丁县|0|60
总计|30|45|总计|30|110
""",
    "two years of numbered rows": """
项目|上年执行数|本年预算数
一、保险费收入|260.00|280.50
其中：集体扶持|20.00|30.00
二、财政补贴收入|500.00|490.00
其中：按标准补助|400.00|390.00
三、利息收入|10.00|10.00
四、本年收入小计|770.00|780.50
""",
    "structure": """
项目|计算单位|累计|结构(%)
税收收入合计|万元|1000|100
1、增值税|万元|500|50.00
2、所得税|万元|300|30.00
3、其他税|万元|200|20.00
""",
    "two budgets alike": """
项目|年初预算数|调整预算数|累计执行数|执行进度(%)
保费收入|200.00|200.00|120.00|60.00%
利息收入|40.00|40.00|10.00|25.00%
其他收入|50.00|50.00|40.00|80.00%
""",
    "part of the whole table": """
项目|金额
A项目|60
B项目|0
其中：省级资金|30
""",
    "ranking": """
2023年各市GDP排名
排名|城市|GDP(亿元)|增速
1|甲市|5012.3|6.1%
2|乙市|4801.7|5.8%
3|丙市|3320.0|4.9%
合计||13134.0|5.7%
""",
    "top ten of more": """
排名|城市|GDP(亿元)|人口(万人)
1|甲市|5012|900
2|乙市|4801|850
3|丙市|3320|640
全省合计||26134|7700
""",
    "schedule": """
时间|星期一|星期二|星期三
8:00-8:45|语文|数学|英语
9:00-9:45|数学|语文|体育
课时合计|2|2|2
""",
    "years as columns": """
指标|单位|2019年|2020年|2021年
户籍人口|万人|512.3|515.6|518.0
地区生产总值|亿元|1203.4|1250.1|1360.2
第一产业|亿元|120.1|125.3|130.2
第二产业|亿元|500.2|510.3|560.0
第三产业|亿元|583.1|614.5|670.0
城镇化率|%|51.2|52.3|53.1
合计|—|—|—|—
""",
    "phones": """
单位|联系人|电话
财政局|张三|13800138000
教育局|李四|13900139001
合计|2|
""",
    "prices": """
品名|规格|单位|单价|数量|金额
笔记本电脑|14寸|台|4999|10|49990
打印机|A4|台|1200.5|3|3601.5
复印纸|A4|箱|150|20|3000
合计|||| |56591.5
""",
    "percent not adding": """
问题|选择比例
服务态度|85%
办事效率|76.5%
环境设施|90.2%
合计|83.9%
""",
    "multi level": """
地区|单位|预算数|执行数
甲县|教育局|100.5|90.2
|卫健局|200|180.3
|小计|300.5|270.5
乙县|教育局|50|50
|卫健局|60.25|60
|小计|110.25|110
合计||410.75|380.5
""",
    "subtotal first": """
地区|预算数|执行数
合计|410.75|380.5
甲县小计|300.5|270.5
甲县教育局|100.5|90.2
甲县卫健局|200|180.3
乙县小计|110.25|110
乙县教育局|50|50
乙县卫健局|60.25|60
""",
    "among": """
项目|金额(万元)|人数
合计|300|30
工资|200|20
其中：基本工资|120|12
绩效工资|50|5
办公费|100|10
""",
    "two partitions": """
指标|2021年|2022年
总人口合计|1000|1100
男|520|570
女|480|530
城镇|600|680
乡村|400|420
""",
    "two partitions exact": """
指标|2021年
合计|1000
男|520
女|480
城镇|600
乡村|400
""",
    "hierarchy without marks": """
科目|预算|决算
税收收入|150|160
增值税|100|105
所得税|50|55
非税收入|40|42
收费|40|42
合计|190|202
""",
    "hierarchy single": """
科目|决算
税收收入|160
增值税|105
所得税|55
非税收入|42
收费|30
罚没|12
合计|202
""",
    "codes": """
单位：万元
科目编码|科目名称|合计|基本支出|项目支出
205|教育支出|120.50|100.25|20.25
20502|普通教育|110.50|95.25|15.25
2050201|学前教育|50.50|45.25|5.25
2050202|小学教育|60|50|10
20503|职业教育|10|5|5
208|社会保障和就业支出|30|30|
20805|行政事业单位养老支出|30|30|
合计||150.50|130.25|20.25
""",
    "codes three columns": """
类|款|项|科目名称|合计|基本支出|项目支出
205|||教育支出|120.50|100.25|20.25
205|02||普通教育|110.50|95.25|15.25
205|02|01|学前教育|50.50|45.25|5.25
205|02|02|小学教育|60|50|10
205|03||职业教育|10|5|5
208|||社会保障和就业支出|30|30|0
208|05||养老支出|30|30|0
||| 合计|150.50|130.25|20.25
""",
    "numbered": """
项目|本年数|上年数
一、工资福利支出|100|90
1.基本工资|60|55
2.津贴补贴|40|35
二、商品和服务支出|50|45
1.办公费|30|25
2.差旅费|20|20
合计|150|135
""",
    "side by side": """
镇街|户数|金额|镇街|户数|金额
甲镇|10|3.5|丁镇|8|2.8
乙镇|20|7|戊镇|6|2.1
丙镇|5|1.75|己镇|4|1.4
合计|35|12.25|合计|18|6.3
""",
    "side by side one total": """
镇街|户数|镇街|户数
甲镇|10|丁镇|8
乙镇|20|戊镇|6
丙镇|5|合计|49
""",
    "units per column": """
镇街|户数(户)|人数(人)|面积(亩)|补助资金(元)|合计
甲镇|10|30|12.5|1000|1000
乙镇|20|55|25.3|2000|2000
""",
    "units per column total": """
镇街|户数(户)|中央(万元)|省级(万元)|合计(万元)
甲镇|10|30|12.5|42.5
乙镇|20|55|25.3|80.3
合计|30|85|37.8|122.8
""",
    "no units, total of some": """
镇街|户数|人数|中央|省级|县级|合计
甲镇|10|31|30|12.5|1|43.5
乙镇|20|72|55|25.3|2|82.3
丙镇|20|70|50|25|2|77
合计|50|173|135|62.8|5|202.8
""",
    "blank totals": """
项目|预算|执行|执行率
甲|100|90|90%
乙|200|150|75%
合计|||
""",
    "some totals": """
姓名|年龄|工龄|工资|奖金
张三|35|10|5000|1000
李四|42|20|6000|2000
王五|28|3|4000|500
合计|||15000|3500
""",
    "average row": """
班级|人数|平均分|及格率
一班|50|85.2|95%
二班|48|82.1|92%
三班|52|88.0|98%
合计|150|85.1|95%
""",
    "nouns": """
类别|数量
医院|3
诊所|12
药店|20
床位|500
医生|120
机构合计|35
""",
    "months": """
月份|收入|支出|结余
1月|100|80|20
2月|120|130|-10
3月|90|70|20
合计|310|280|30
""",
    "opening": """
项目|职工|居民
上年结余|100|200
本年收入|50|60
本年支出|45|70
年末结余|105|190
""",
    "surplus with other items": """
项目|金额
上年结转|20
本年收入|100
财政拨款|80
事业收入|20
本年支出|110
结余分配|3
本年结余|-10
年末结余|7
""",
    "income statement": """
项目|本期金额|上期金额
一、营业收入|1000|900
减：营业成本|600|550
税金及附加|20|18
二、营业利润|380|332
加：营业外收入|5|3
三、利润总额|385|335
""",
    "balance sheet": """
资产|期末余额|年初余额|负债|期末余额|年初余额
货币资金|100|90|短期借款|50|40
应收账款|50|40|应付账款|30|30
流动资产合计|150|130|流动负债合计|80|70
固定资产原价|200|200|长期借款|70|60
减：累计折旧|50|40|实收资本|150|160
固定资产净值|150|160|负债合计|150|130
资产总计|300|290|负债和所有者权益总计|300|290
""",
    "growth": """
指标|本年(万元)|上年(万元)|增减额|增长率
税收|126|100|26|26.0%
非税|45.5|50|-4.5|-9.0%
基金|30|20|10|50%
合计|201.5|170|31.5|18.5%
""",
    "growth of cumulated": """
指标|本月|本年累计|上年同期累计|同比增长(%)
税收|10|126|100|26.0
非税|5|45.5|50|-9.0
基金|3|30|20|50.0
合计|18|201.5|170|18.5
""",
    "growth comparable prices": """
指标|2022年|2021年|增长(%)
第一产业|120|110|4.5
第二产业|300|280|5.0
第三产业|400|370|6.1
""",
    "shares": """
地区|金额(万元)|占比
甲|25|12.5%
乙|75|37.5%
丙|100|50%
合计|200|100%
""",
    "shares of something else": """
地区|参保人数|占比
甲|25|62.5%
乙|75|37.8%
丙|100|50%
合计|200|52.1%
""",
    "formula": """
项目|预算数(A)|执行数(B)|执行率(B/A×100%)
甲|320|261.75|81.80%
乙|100|100|100%
合计|420|361.75|86.13%
""",
    "completion": """
项目|上年决算数|本年预算数|本年决算数|完成预算%
会议费|20|25|18|72%
培训费|12|16|13.2|82.5%
差旅费|9|10|9.5|95%
合计|41|51|40.7|79.8%
""",
    "rate of the last year far off": """
项目|上年|计划|一季|二季|三季|四季|本年|人数|户数|村数|预算数为上年决算数的%
会议费|2000|2571|317|533|471|479|1800|41|23|17|90
培训费|1213|1637|348|427|431|128.3|1334.3|57|35|21|110
差旅费|1040|1093|211|377|219|181|988|93|19|37|95
""",
    "shares of a tax in its name": """
项目|年度计划|本期|同期|比上年增减额
1、增值税50%|48.5|26|15|11
2、营业税50%|25|22|30|-8
3、所得税40%|145|102|112|-10
国税部门|96|74|34|40
地税部门|49|28|78|-50
合计|218.5|150|157|-7
""",
    "columns that add up": """
序号|地区|全年补助|提前安排|此次安排|备注
|合计|12250|8863|3387|
1|东县|727|573|154|
2|西县|1091|834|257|
3|南县|1750|1169|581|
4|北县|1613|1173|440|
5|中县|4921|3459|1462|
6|江县|893|593|300|
7|河县|1255|1062|193|
""",
    "words in some cells": """
项目|预算|执行
合计|21.63|20.63
出国费|不需填列|不需填列
接待费|14.83|13.83
用车费|6.80|6.80
""",
    "merged price": """
镇|面积(亩)|每亩补助(元)|发放资金(元)
甲|10.5|18.5|194.25
乙|20|^|370
丙|30|^|555
合计|60.5||1119.25
""",
    "of which with totals in one row": """
单位|全年资金|其中：免学费补助|<|<|其中：助学金|<|<
^|^|小计|先下达|再下达|小计|先下达|再下达
青石中学|700|500|300|200|200|150|50
""",
    "numbering row": """
项目|年初数|本年增加|年末数
栏次|1|2|3=1+2
甲|100|20|120
乙|200.5|30|230.5
""",
    "circled": """
项目|①年初|②增加|③减少|④=①+②-③
甲|100|20|10|110
乙|200|30|0|230
合计|300|50|10|340
""",
    "stock quotes": """
代码|名称|开盘|收盘|涨跌幅
600000|浦发|10.12|10.20|0.79%
600036|招商|35.00|34.80|-0.57%
000001|平安|12.1|12.3|1.65%
""",
    "scores": """
指标|分值|得分
决策|20|18
过程|30|28
产出|30|30
效益|20|19
合计|100|95
""",
    "scores by unit": """
单位|得分|等级
甲|95|优
乙|88.5|良
丙|91|优
合计|91.5|
""",
    "distances": """
站点|里程(公里)|累计里程
甲|0|0
乙|12.5|12.5
丙|8|20.5
合计|20.5|20.5
""",
    "serial as total": """
序号|姓名|金额
1|张|100
2|李|200
3|王|300
合计|3人|600
""",
    "blank means nothing": """
项目|中央|省|县|合计
甲|10|||10
乙||5|2|7
丙|3||1|4
合计|13|5|3|21
""",
    "text header only": """
项目|说明
甲|很好
乙|一般
""",
    "one number": """
项目|金额
甲|3
""",
    "grand of totals": """
项目|人数|金额
甲|1|10
乙|2|20
合计|3|30
丙|4|40
丁|5|50
合计|9|90
总计|12|120
""",
    "total with exclusions": """
项目|金额
甲|10
乙|20
丙|30
合计(不含丙)|30
""",
    "running total": """
月份|当月|累计
1月|10|10
2月|20|30
3月|30|60
合计|60|60
""",
    "number of towns in the total row": """
县|镇数|村数|户均面积|最高海拔
甲|10|100|1.2|3000
乙|12|130|1.5|2500
合计|22|230|1.4|3000
""",
    "totals by kind": """
类别|来源|金额
甲|中央|10
|地方|20
乙|中央|5
|地方|6
合计|中央|15
|地方|26
""",
    "exam": """
姓名|语文|数学|英语|总分|平均|名次
张三|90|85|70|245|81.7|1
李四|80|75|60|215|71.7|2
王五|70|70|70|210|70|3
""",
    "election": """
候选人|票数|得票率
甲|120|40%
乙|100|33.3%
丙|80|26.7%
合计|300|100%
""",
    "mixed sections": """
项目|金额
一、收入|
税收|100
非税|50
收入合计|150
二、支出|
教育|80
卫生|60
支出合计|140
本年结余|10
""",
    "dash and slash": """
项目|中央|省级|合计
甲|—|5|5
乙|3|/|3
丙|2|2|4
合计|5|7|12
""",
    "wages": """
姓名|基本工资|绩效|应发合计|养老|医保|扣款合计|实发
张|3000|1000|4000|320|80|400|3600
李|3500|1200|4700|376|94|470|4230
王|2800|900|3700|296|74|370|3330
合计|9300|3100|12400|992|248|1240|11160
""",
    "plan and done": """
项目|计划数|完成数|完成率
甲|10|12|120%
乙|20|18|90%
合计|30|30|100%
""",
    "budget sources": """
项目|总投资|中央预算内投资|地方配套|银行贷款
甲|1000|600|300|100
乙|500|300|200|
合计|1500|900|500|100
""",
    "of which columns": """
单位|合计|其中：财政拨款|其中：自筹
甲|100|60|40
乙|200|150|30
合计|300|210|70
""",
    "of which header": """
单位|合计|其中|<
^|^|男|党员
甲|100|60|70
乙|200|150|30
合计|300|210|100
""",
    "three publics": """
部门|合计|因公出国(境)费|公务用车购置及运行费|<|<|公务接待费
^|^|^|小计|购置费|运行费|^
县本级|12.5|0|10|6|4|2.5
甲局|8.35|1|5.35|0|5.35|2
合计|20.85|1|15.35|6|9.35|4.5
""",
    "three publics one row": """
部门|合计|因公出国(境)费|公务用车购置及运行费|<|<|公务接待费
^|^|^|小计|购置费|运行费|^
县本级|12.5|0|10|6|4|2.5
""",
    "budget by code": """
单位：万元|<|<|<|<|<|<
科目编码|科目名称|合计|基本支出|<|<|项目支出
^|^|^|小计|人员经费|公用经费|^
|合计|1200.50|900.50|800|100.50|300
201|一般公共服务支出|1000|800|720|80|200
20101|人大事务|600|500|450|50|100
2010101|行政运行|500|500|450|50|
2010102|一般行政管理事务|100||||100
20102|政协事务|400|300|270|30|100
208|社会保障|200.50|100.50|80|20.50|100
""",
    "two-sided": """
单位：万元|<|<|<
收入|<|支出|<
项目|预算数|项目|预算数
一、财政拨款收入|100|一、本年支出|125
（一）一般公共预算|80|（一）教育支出|100
（二）政府性基金|20|（二）卫生支出|25
二、上年结转|25|二、结转下年|
收入总计|125|支出总计|125
""",
    "income table": """
部门|合计|上年结转|本年收入|<|<
^|^|^|小计|财政拨款|其他
甲|100|10|90|80|10
乙|50|5|45|40|5
""",
    "staff": """
年份|编制数|在职数|退休数|合计
2019|10|9|5|14
2020|10|9|6|15
2021|10|8|7|15
""",
    "survey": """
选项|人数|比例
满意|120|60.0%
基本满意|60|30.0%
不满意|20|10.0%
有效填写人次|200|
""",
    "multi-choice": """
选项|小计|比例
电视|80|80%
网络|90|90%
报纸|20|20%
本题有效填写人次|100|
""",
    "weather": """
月份|降水量|平均气温|日照时数
1月|12.3|2.1|120
2月|20.1|4.5|110
全年|32.4|3.3|230
""",
    "quarter": """
项目|一季度|二季度|上半年合计|三季度
甲|10|20|30|15
乙|11|21|32|16
""",
    "diff nouns across": """
村|户数|人口|劳动力|合计投资
甲|100|300|200|55.5
乙|120|350|220|60
丙|90|280|190|45.2
""",
    "total row is count of rows": """
序号|项目名称|总投资|年度投资
1|甲项目|1000|100
2|乙项目|2000|300
3|丙项目|500|50
合计|3个|3500|450
""",
    "formula with literal": """
姓名|基数(A)|比例(B)|应缴(A×B)
张|5000|8%|400
李|6000|8%|480
""",
    "max row": """
测点|最大值|最小值|合计
甲|10|5|15
乙|12|4|16
合计|12|4|16
""",
    "unit in cells": """
项目|数量|金额
甲|10台|3.5万元
乙|20台|7万元
合计|30台|10.5万元
""",
    "approximate": """
项目|金额
甲|约10万元
乙|20万元
合计|31万元
""",
    "rounded yi": """
项目|金额(亿元)
甲|10
乙|20
丙|30
合计|61
""",
    "deduct": """
项目|金额
应发|5000
奖金|500
减：扣款|300
合计|5200
""",
    "hospital": """
项目|本期|上期|增减|增减(%)
门诊人次|1200|1100|100|9.09
住院人次|300|280|20|7.14
药占比(%)|28.5|30.1|-1.6|
次均费用|210.5|200|10.5|5.25
""",
    "other total in label": """
指标名称|数值
土地总面积|100
耕地|40
林地|50
合计人口|2000
""",
    "votes": """
议题|同意|反对|弃权|合计
一|10|2|1|13
二|11|1|1|13
""",
    "percent col in money table": """
项目|合计|中央|省|中央占比
甲|100|60|40|60%
乙|50|20|30|40%
合计|150|80|70|53.3%
""",
    "prev year columns in groups": """
项目|2022年|<|<|2023年|<|<
^|合计|中央|地方|合计|中央|地方
甲|10|4|6|12|5|7
乙|20|8|12|22|10|12
合计|30|12|18|34|15|19
""",
    "group without merge": """
项目|2022年|||2023年||
|合计|中央|地方|合计|中央|地方
甲|10|4|6|12|5|7
乙|20|8|12|22|10|12
""",
    "months across": """
项目|1月|2月|3月|一季度小计|4月|5月|6月|二季度小计|上半年合计
甲|1|2|3|6|4|5|6|15|21
乙|2|2|2|6|1|1|1|3|9
丙|5|5|5|15|2|2|2|6|21
""",
}

BROKEN = [
    ("numbered account", "110.30", "101.30", {("GEN-007", "101.30")}),
    ("account after account", "结余|15.00", "结余|51.00", {("GEN-007", "51.00")}),
    ("list below its row", "-30|-9.4%", "-39|-9.4%", {("GEN-001", "-39"), ("GEN-006", "-39")}),
    ("list below its row", "200|210|10|5.0%", "200|219|10|5.0%", {("GEN-001", "210"), ("GEN-005", "5.0%"), ("GEN-006", "10")}),
    ("numbered rows below others", "100.0|95.0", "100.0|59.0", set()),
    ("account side by side", "结余|13.00", "结余|31.00", {("GEN-007", "31.00"), ("GEN-007", "363.00")}),
    ("account side by side", "363.00|380.00", "363.00|308.00", {("GEN-007", "308.00")}),
    ("numbered with a list below one", "332", "392", {("GEN-001", "392")}),
    ("account side by side", "总计|1140.00|1158.00\n", "总计|1140.00|1185.00\n", {("GEN-007", "1185.00")}),
    ("two years of numbered rows", "770.00|780.50", "770.00|708.50", {("GEN-001", "708.50")}),
    ("structure", "30.00", "33.00", {("GEN-003", "33.00"), ("GEN-004", "50.00")}),
    ("two budgets alike", "80.00%", "88.00%", {("GEN-011", "88.00%")}),
    (
        "list below its row, not all of it",
        "1.教育支出|500|600\n其中：幼儿园",
        "1.教育支出|0|0\n其中：教育支出补助",
        {("GEN-008", "100"), ("GEN-008", "150")},
    ),
    ("multi level", "|卫健局|200|180.3", "|卫健局|200|188.3", {("GEN-001", "270.5")}),
    ("multi level", "410.75", "401.75", {("GEN-001", "401.75")}),
    ("subtotal first", "乙县小计|110.25|110", "乙县小计|110.25|101", {("GEN-001", "101")}),
    ("codes", "合计||150.50|130.25|20.25", "合计||150.50|130.25|22.25", {("GEN-001", "150.50")}),
    ("numbered", "合计|150", "合计|160", {("GEN-001", "160")}),
    ("side by side", "18|6.3", "18|3.6", {("GEN-001", "3.6")}),
    ("side by side one total", "49", "94", {("GEN-001", "94")}),
    ("wages", "4700", "4070", {("GEN-001", "4070"), ("GEN-001", "12400")}),
    ("grand of totals", "总计|12|120", "总计|12|210", {("GEN-001", "210")}),
    ("units per column total", "25.3|80.3", "25.3|83.0", {("GEN-001", "83.0"), ("GEN-001", "122.8")}),
    ("scores", "100|95", "100|99", {("GEN-001", "99")}),
    ("votes", "二|11|1|1|13", "二|11|1|1|31", {("GEN-001", "31")}),
    ("exam", "215", "251", {("GEN-001", "251")}),
    ("three publics", "8.35|1|5.35", "8.35|1|3.55", {("GEN-001", "3.55"), ("GEN-001", "15.35")}),
    ("three publics one row", "10|6|4", "10|6|7", {("GEN-001", "10")}),
    ("budget by code", "1000|800|720", "1000|800|702", {("GEN-001", "800")}),
    ("prev year columns in groups", "|22|10", "|22|15", {("GEN-001", "22"), ("GEN-001", "15")}),
    ("formula", "81.80%", "81.08%", {("GEN-002", "81.08%")}),
    ("completion", "82.5%", "92.5%", {("GEN-011", "92.5%")}),
    ("numbering row", "230.5", "203.5", {("GEN-002", "203.5")}),
    ("circled", "0|230", "0|203", {("GEN-001", "340"), ("GEN-002", "203")}),
    ("shares", "37.5%", "35.7%", {("GEN-003", "35.7%"), ("GEN-004", "12.5%")}),
    ("growth", "-9.0%", "-6.0%", {("GEN-005", "-6.0%")}),
    ("growth", "-4.5", "-5.4", {("GEN-001", "31.5"), ("GEN-006", "-5.4")}),
    ("hospital", "|10.5|5.25", "|15.0|5.25", {("GEN-006", "15.0")}),
    ("months", "130|-10", "130|-1", {("GEN-001", "30"), ("GEN-007", "-1")}),
    ("opening", "190", "109", {("GEN-007", "109")}),
    ("two-sided", "支出总计|125", "支出总计|152", {("GEN-007", "152")}),
    ("of which columns", "甲|100|60", "甲|100|160", {("GEN-001", "210"), ("GEN-008", "160")}),
    ("rate of the last year far off", "110\n", "101\n", {("GEN-011", "101")}),
    ("shares of a tax in its name", "|-8", "|-18", {("GEN-001", "-7"), ("GEN-006", "-18")}),
    ("shares of a tax in its name", "96|74|34", "96|47|34", {("GEN-001", "102"), ("GEN-006", "40")}),
    ("columns that add up", "1255|1062|193", "1255|1026|193", {("GEN-001", "8863"), ("GEN-012", "1255")}),
    ("words in some cells", "20.63", "26.03", set()),
    ("merged price", "370", "307", {("GEN-001", "1119.25"), ("GEN-009", "307")}),
    ("of which with totals in one row", "500|300|200", "500|300|220", {("GEN-001", "500")}),
    ("prices", "49990", "49900", {("GEN-001", "56591.5"), ("GEN-009", "49900")}),
]


class TestSoundTables:
    @pytest.mark.parametrize("name", SOUND)
    def test_give_no_fault(self, name: str) -> None:
        assert faults(SOUND[name]) == []

    @pytest.mark.parametrize(
        ("name", "kind", "count"),
        [
            ("multi level", "total", 6),
            ("budget by code", "total", 18),
            ("months across", "total", 9),
            ("mixed sections", "total", 2),
            ("mixed sections", "balance", 1),
            ("formula", "formula", 3),
            ("shares", "share", 4),
            ("growth", "growth", 4),
            ("growth", "difference", 4),
            ("prices", "product", 3),
            ("of which columns", "part", 6),
        ],
    )
    def test_show_their_relations(self, name: str, kind: str, count: int) -> None:
        found = [
            place
            for section in read_tables(whole(drawn(SOUND[name])), LEXICON, WORDS)
            for found_kind, place in relations(section, WORDS)
            if found_kind == f"table.{kind}"
        ]

        assert len(found) == count


ACCOUNT = "account with its parts below 其中"
BROKEN_ACCOUNTS = [
    ("|331.25", "|332.25", {("GEN-001", "332.25"), ("GEN-007", "60.50")}),
    ("|320.00", "|0", {("GEN-001", "0"), ("GEN-007", "59.50")}),
    ("财政补贴收入|200.00|210.00|215.50", "财政补贴收入|200.00|210.00|251.50", {("GEN-001", "331.25")}),
    ("大病保险支出|50.00", "大病保险支出|5.00", {("GEN-001", "250.00")}),
]


class TestBrokenTables:
    @pytest.mark.parametrize(("old", "new", "expected"), BROKEN_ACCOUNTS)
    def test_the_parts_of_an_account_may_begin_below_among(self, old: str, new: str, expected: set[tuple[str, str]]) -> None:
        assert old in SOUND[ACCOUNT]
        assert set(faults(SOUND[ACCOUNT].replace(old, new))) == expected

    @pytest.mark.parametrize(("name", "old", "new", "expected"), BROKEN)
    def test_give_the_fault_at_its_cell(self, name: str, old: str, new: str, expected: set[tuple[str, str]]) -> None:
        assert old in SOUND[name]
        assert set(faults(SOUND[name].replace(old, new))) == expected

    def test_a_transposed_total_in_the_only_column_is_a_fault(self) -> None:
        assert faults("月份|收入\n1月|100\n2月|120\n3月|90\n合计|301") == [("GEN-001", "301")]

    def test_a_surplus_in_the_only_column_is_a_fault(self) -> None:
        assert faults("项目|金额\n本年收入|100.5\n本年支出|90.2\n本年收支结余|13.0") == [("GEN-007", "13.0")]


TASKS = """
镇街|任务(户)|<|<|第一批已拨付(万元)|<|本次应拨付(万元)|<|<
^|小计|C级|D级|C级|D级|小计|C级|D级
甲街道|8|1|7|0.75|0|24.5|0|24.5
乙街道|6|1|5|0.75|7|10.5|0|10.5
丙镇|3|2|1|1.5|0|3.5|0|3.5
丁镇|5|3|2|2.25|3.5|3.5|0|3.5
戊镇|4|1|3|0|7|4.25|0.75|3.5
己镇|9|5|4|2.25|14|1.5|1.5|0
"""


class TestInferredPrice:
    def test_holds_where_amounts_follow_the_numbers(self) -> None:
        assert faults(TASKS) == []

    def test_an_amount_that_slipped_into_the_next_column_is_seen(self) -> None:
        assert faults(TASKS.replace("丙镇|3|2|1|1.5|0|3.5|0|3.5", "丙镇|3|2|1|1.5|3.5|3.5|0|3.5")) == [("GEN-010", "1")]

    def test_is_not_guessed_from_few_rows(self) -> None:
        rows = TASKS.strip().split("\n")

        assert faults("\n".join(rows[:6]).replace("3|2|1|1.5|0|3.5", "3|2|1|1.5|3.5|3.5")) == []


APPORTIONED = """
地区|全年补助|提前安排|此次安排|调减|备注
东县|727|573|154||
西县|1091|834|257||
南县|1750|1169|581||
北县|1613|1173|440||
中县|4921|3459|1462||
江县|1193|893|300||
河县|1255|1026|193||
"""


class TestTextThatEnds:
    TABLE = "项目 | 金额 |\n合计 | 3381 |\n接待费 | 1372 |\n培训费 | 1946 |\n会议费 | 12 |\n"

    def faults(self, text: str) -> list[tuple[str, str]]:
        found = check(("单位：万元\n" + text).encode(), name="a.txt").findings
        return [(f.rule, f.primary.text) for f in found if f.severity is not Severity.INFO]

    @pytest.mark.parametrize("behind", ["", "办公", "办公费 | 2"])
    def test_below_a_total_may_have_lost_its_last_rows(self, behind: str) -> None:
        assert self.faults(self.TABLE + behind) == []

    @pytest.mark.parametrize("behind", ["注：含下属单位。", "填表人：张三"])
    def test_and_goes_on_has_lost_none(self, behind: str) -> None:
        assert self.faults(self.TABLE + behind) == [("GEN-001", "3381")]

    def test_behind_a_total_has_lost_none_of_its_parts(self) -> None:
        rows = self.TABLE.replace("合计 | 3381 |\n", "") + "合计 | 3381 |\n"
        assert self.faults(rows) == [("GEN-001", "3381")]


class TestOtherBasis:
    @pytest.mark.parametrize(("head", "note"), [("增长%", "注：税收按同口径计算||||"), ("同口径增长%", "")])
    def test_rates_on_other_figures_are_not_held_to_those_of_the_table(self, head: str, note: str) -> None:
        table = f"项目|上年数|本年数|备注|{head}\n税收|200|260||12\n非税|100|150||50\n基金|400|300||-25\n债务|80|100||25\n"

        assert ("GEN-005", "12") in faults(table.replace("同口径", ""))
        assert faults(table + note) == []


class TestColumnsThatAddUp:
    def test_accuse_the_one_row_that_does_not(self) -> None:
        assert faults(APPORTIONED) == [("GEN-012", "1255")]

    @pytest.mark.parametrize(
        "row",
        [
            "河县|1255|1026|193|36|",
            "河县|1255|1026|193||含上年结转",
            "河县|1255||193||",
        ],
    )
    def test_accuse_no_row_in_which_something_else_may_explain_it(self, row: str) -> None:
        assert faults(APPORTIONED.replace("河县|1255|1026|193||", row)) == []

    def test_are_not_guessed_from_few_rows(self) -> None:
        assert faults(APPORTIONED.replace("东县|727|573|154||\n", "").replace("西县|1091|834|257||\n", "")) == []

    def test_are_shown_where_few_rows_do_so_without_exception(self) -> None:
        rows = "镇|集中户数|分散户数|保障户数\n甲|16|65|81\n乙|11|62|73\n丙|21|125|146\n"

        assert [(e.check.rule, e.check.outcome) for e in checks(rows) if e.check.rule == "GEN-012"] == [
            ("GEN-012", Outcome.PASS)
        ] * 3
        assert checks(rows.replace("146", "147")) == []

    def test_are_not_guessed_where_two_rows_do_not(self) -> None:
        assert faults(APPORTIONED.replace("江县|1193|893|300", "江县|1193|893|30")) == []


class TestNotARelation:
    def test_an_unlabelled_last_row_is_a_total_only_if_it_is_one(self) -> None:
        table = "单位|上半年|下半年\n甲|10.5|20\n乙|30|40\n|40.5|60"

        assert sum(e.check.outcome is Outcome.PASS for e in checks(table)) == 2
        assert checks(table.replace("40.5", "41.5")) == []

    def test_a_formula_that_fails_everywhere_is_not_understood(self) -> None:
        assert checks("项目|甲(A)|乙(B)|丙(A+B)\n一|1|2|10\n二|3|4|20\n三|5|6|30") == []

    @pytest.mark.parametrize(
        ("label", "values", "understood"),
        [
            ("丙（1+2）", "14.00 12.00 99.00", True),
            ("丙（1-2）", "6.00 6.00 99.00", False),
            ("丙（1/2）", "2.50 3.00 9.90", False),
            ("丙（3=1-2）", "6.00 6.00 99.00", True),
            ("丙（3=1/2）", "2.50 3.00 9.90", True),
            ("丙（1+2月）", "14.00 12.00 99.00", False),
            ("丙（3=1+4）", "14.00 12.00 99.00", False),
        ],
    )
    def test_numbers_that_may_be_months_or_pages_are_no_formula(self, label: str, values: str, *, understood: bool) -> None:
        one, two, three = values.split()
        table = f"地区|甲（1）|乙（2）|{label}\n东区|10.00|4.00|{one}\n西区|9.00|3.00|{two}\n南区|8.00|5.00|{three}"

        assert (("GEN-002", three) in faults(table)) is understood

    def test_empty_cells_may_hide_what_is_missing(self) -> None:
        found = checks("单位：万元||\n项目|预算|执行\n甲|10.5|20\n乙|30.5|\n丙|1|3\n合计|42|60")

        assert [e.check.outcome for e in found] == [Outcome.PASS, Outcome.UNDETERMINED]

    def test_a_mark_for_nothing_hides_nothing(self) -> None:
        assert faults("单位：万元||\n项目|预算|执行\n甲|10.5|20\n乙|30.5|—\n丙|1|3\n合计|42|60") == [("GEN-001", "60")]


class TestNames:
    def test_every_place_binds_what_it_promises(self) -> None:
        for text in SOUND.values():
            for section in read_tables(whole(drawn(text)), LEXICON, WORDS):
                for kind, place in relations(section, WORDS):
                    promised = known_names(kind)
                    assert promised is not None
                    for names in place.readings:
                        assert set(names) >= set(promised) - {"computed", "计算数"}, kind

    def test_unknown_places_have_no_names(self) -> None:
        assert known_names("table.nothing") is None


def consistent(
    rng: random.Random, places: int, groups: int, columns: int, *, least: int, subs: bool, first: bool, side: str
) -> list[list[str]]:
    """Return a table whose true values add up, each written with these places: header, rows, 小计, 合计."""
    figures = [
        [[Decimal(rng.randint(least, 10**6)) / 1000 for _ in range(columns)] for _ in range(rng.randint(2, 5))]
        for _ in range(groups)
    ]

    def row(label: str, values: list[Decimal]) -> list[str]:
        cells = [f"{value:.{places}f}" for value in values]
        total = [f"{sum(values):.{places}f}"]
        return [label, *(total if side == "first" else []), *cells, *(total if side == "last" else [])]

    def added(rows: list[list[Decimal]]) -> list[Decimal]:
        return [sum((r[n] for r in rows), Decimal(0)) for n in range(columns)]

    body: list[list[str]] = []
    for g, group in enumerate(figures):
        lines = [row(f"{'甲乙丙'[g]}县第{'一二三四五'[n]}中学", values) for n, values in enumerate(group)]
        sub = [row("小计", added(group))] if subs else []
        body += [*sub, *lines] if first else [*lines, *sub]
    total = row("合计", added([r for group in figures for r in group]))
    heads = [f"{'东南西北'[n]}区" for n in range(columns)]
    head = ["项目", *(["合计"] if side == "first" else []), *heads, *(["合计"] if side == "last" else [])]
    return [head, total, *body] if first else [head, *body, total]


def written(grid: list[list[str]]) -> str:
    return "\n".join("|".join(row) for row in grid)


@st.composite
def consistent_tables(draw: st.DrawFn, *, columns: int = 1, least: int = 0) -> list[list[str]]:
    groups = draw(st.integers(1, 3))
    return consistent(
        random.Random(draw(st.integers(0, 10**6))),  # figures as they come: with equal ones, any sum may be any other
        draw(st.integers(0, 3)),
        groups,
        draw(st.integers(columns, 4)),
        least=least,
        subs=groups > 1 and draw(st.booleans()),
        first=draw(st.booleans()),
        side=draw(st.sampled_from(["", "first", "last"])) if columns > 1 else "",
    )


@given(consistent_tables() | consistent_tables(columns=2), st.booleans(), st.sampled_from(["", "单位：万元"]))
def test_true_values_rounded_anyhow_give_no_fault(grid: list[list[str]], turned: bool, title: str) -> None:
    assert faults(written([list(line) for line in zip(*grid, strict=True)] if turned else grid), title) == []


@given(consistent_tables(columns=3, least=2000), st.booleans(), st.data())
def test_a_figure_moved_beyond_rounding_is_seen(grid: list[list[str]], turned: bool, data: st.DataObject) -> None:
    row, col = data.draw(st.integers(1, len(grid) - 1)), data.draw(st.integers(1, len(grid[0]) - 1))
    figure = grid[row][col]
    grid[row][col] = f"{Decimal(figure) + data.draw(st.integers(100, 5000)):.{len(figure.partition('.')[2])}f}"

    assert faults(written([list(line) for line in zip(*grid, strict=True)] if turned else grid), "单位：万元")


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "合计",
                    "小计",
                    "其中：",
                    "项目",
                    "12",
                    "3.5",
                    "85%",
                    "",
                    "—",
                    "收入",
                    "支出",
                    "结余",
                    "占比",
                    "增长率",
                    "(A)",
                    "C=A-B",
                ]
            ),
            min_size=2,
            max_size=6,
        ),
        min_size=2,
        max_size=9,
    )
)
def test_any_grid_gives_verdicts_and_never_a_crash(rows: list[list[str]]) -> None:
    assert all(e.check.outcome is not Outcome.CRASHED for e in checks(written(rows)))


def test_many_totals_take_work_in_proportion() -> None:
    def table(totals: int) -> bytes:
        rows = ["项目,金额（万元）"]
        for n in range(totals):
            rows += [f"合计,{n + 30}", f"甲{n},{n + 10}", f"乙{n},20"]
        return "\n".join(rows).encode()

    check(table(30), name="a.csv")
    few, many = (calls(partial(check, table(totals), name="a.csv")) for totals in (60, 240))

    assert many < 6 * few


class TestNumberedRowsBelowARowWithoutANumber:
    REPORT = "指标|数量|上期\n低保支出|222.8|192.7\n（1）低保金|206.5|176.4\n（2）临时补助|16.3|16.3\n人数|75.6|75.9\n"

    def test_are_its_parts_where_they_add_up(self) -> None:
        assert [(e.check.rule, e.check.stated.text) for e in checks(self.REPORT) if e.check.stated is not None] == [
            ("GEN-001", "222.8"),
            ("GEN-001", "192.7"),
        ]

    def test_are_not_held_to_it_where_they_do_not(self) -> None:
        assert checks(self.REPORT.replace("222.8", "232.8").replace("192.7", "182.7")) == []


class TestAnAccountWithOneColumnOfAmounts:
    TABLE = """项目|金额
一、拨款收入|440.55
二、上级补助收入|10.00
三、事业收入|
四、其他收入|1.60
本年收入合计|452.15
使用非财政拨款结余|
年初结转和结余|12.00
其中：项目结转|5.00
总计|464.15
"""

    def test_that_adds_up_is_accused_of_nothing(self) -> None:
        assert faults(self.TABLE) == []

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (("452.15", "425.15"), "425.15"),
            (("10.00", "100.00"), "452.15"),
            (("464.15", "464.51"), "464.51"),
            (("12.00", "21.00"), "464.15"),
        ],
    )
    def test_is_held_to_its_whole_numbering_and_to_the_total_above_the_grand_one(
        self, change: tuple[str, str], told: str
    ) -> None:
        assert faults(self.TABLE.replace(*change)) == [("GEN-001", told)]

    @pytest.mark.parametrize(
        "change",
        [
            ("三、事业收入|\n", ""),
            ("二、上级补助收入", "上级补助收入"),
            ("三、事业收入|", "三、小计|"),
            ("本年收入合计", "五、支出合计"),
            ("一、拨款收入", "一、年初结余|425.00\n二、本年收入|452.15\n1、拨款收入"),
        ],
        ids=[
            "a number left out",
            "a row without a number",
            "a subtotal among them",
            "a numbered total",
            "numbers in two levels",
        ],
    )
    def test_is_not_accused_where_rows_may_be_missing_or_stand_apart(self, change: tuple[str, str]) -> None:
        assert ("GEN-001", "425.15") not in faults(self.TABLE.replace("452.15", "425.15").replace(*change))

    def test_a_grand_total_may_leave_out_rows_between(self) -> None:
        assert (
            faults(self.TABLE.replace("年初结转和结余|12.00", "年初结转和结余|7.00\n其他结余|5.00").replace("464.15", "457.15"))
            == []
        )

    def test_is_not_accused_of_a_grand_total_with_several_totals_above(self) -> None:
        two = self.TABLE.replace("使用非财政拨款结余|", "补助小计|30.00").replace("464.15", "499.15")
        assert ("GEN-001", "499.15") not in faults(two)


class TestATotalBesideAListOfParts:
    TABLE = "项目|预算数\n合计|44.16\n出国费|1.70\n接待费|17.78\n用车费|24.68\n其中：运行费|16.80\n购置费|7.88\n"

    def test_that_adds_up_is_accused_of_nothing(self) -> None:
        assert faults(self.TABLE) == []

    @pytest.mark.parametrize("change", [("44.16", "47.16"), ("17.78", "71.78"), ("24.68", "26.48")])
    def test_is_accused_where_the_list_bears_it_out(self, change: tuple[str, str]) -> None:
        total = change[1] if change[0] == "44.16" else "44.16"
        assert ("GEN-001", total) in faults(self.TABLE.replace(*change))

    @pytest.mark.parametrize("change", [("7.88", "6.88"), ("16.80", "约16.8")])
    def test_is_not_accused_where_the_list_is_not_complete(self, change: tuple[str, str]) -> None:
        assert ("GEN-001", "47.16") not in faults(self.TABLE.replace("44.16", "47.16").replace(*change))
