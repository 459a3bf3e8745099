"""Words that mean much the same in front of a counter: what somebody says, and what the matters call it.

They are words of the language, not of a place; words of a place are the dialect and the sayings of its pack. A word may
stand in several rows.
"""

from collections import defaultdict
from typing import Final

_ROWS: Final = (
    "钱 款 费 补贴 补助 津贴 救济 待遇 补偿 资助",
    "没钱 付不起 交不起 出不起 钱不够 不够钱 缺钱 欠债 借钱 负担 太贵 穷 没收入",
    "困难 穷 贫 揭不开锅 没收入 低收入 过不下去 吃不上 吃不饱 难过 日子",
    "看病 医院 住院 医药 医疗 门诊 手术 治病 药 生病 病 大病 重病 开刀 医生",
    "急 突然 一下子 出事 意外 车祸 火烧 着火 急难",
    "转院 外地 异地 上海 宁波 杭州 省外 出省 大医院",
    "报销 发票 票据 单子 垫付 自费 收据 先付",
    "老人 老年 高龄 老头 老太 爷爷 奶奶 年纪大 老伴 寿 八十 九十 百岁",
    "年龄 年纪 岁数 到龄 退休 六十",
    "独居 一个人住 没人照顾 照顾 照料 护理 上门 保姆 送饭 做饭 助餐 食堂 洗澡 摔 扶手",
    "孤寡 孤老 无儿无女 没儿没女 没有儿女 没有子女 没人养 敬老院 养老院 福利院 五保 特困",
    "去世 过世 死 人没了 老人没了 走了 丧葬 葬 火化 骨灰 墓 抚恤 遗属 身后",
    "注销 销户 去掉户口 死亡",
    "孩子 小孩 儿子 女儿 孙子 婴儿 新生儿 娃 宝宝 出生 生了 生孩子 怀孕",
    "读书 上学 学费 学生 大学 幼儿园 助学 念书 学校 教育",
    "残疾 残 瘫 瞎 聋 哑 手断 轮椅 失明 看不见 精神病 智力 评残 手断了 眼睛",
    "工作 失业 下岗 就业 没活 打工 找活 岗位 招工 转产 上岸 关了 倒闭",
    "工资 工钱 欠薪 老板 工伤 劳动 讨薪",
    "官司 律师 起诉 法院 打官司 赔偿 法律 告 仲裁 被骗",
    "吵架 吵 纠纷 相争 打架 闹 矛盾 调解 评理 骂 欠账 邻居 婆媳 分家",
    "房子 屋 房 住房 漏雨 漏 危房 裂缝 塌 公租房 没地方住",
    "台风 受灾 灾 淹 浸水 刮 冲走 暴雨 大水 倒了",
    "丢 掉了 遗失 不见 找不到 补办 补领",
    "过期 到期 换证 换发 换领 期满 失效 续",
    "户口 迁移 迁入 迁出 迁 落户 分户 户籍",
    "渔船 渔业 打鱼 捕鱼 捕捞 下网 渔民 网具 钓鱼",
    "出海 下海 船民 上船 下船",
    "船员 船长 轮机 大副 水手 船上",
    "检验 年检 验船 船检 检船 修船",
    "船票 坐船 客轮 轮渡 渡轮 航班 班次 船班 航线 客船",
    "油 柴油 油价 油补 休渔 禁渔 伏休 养护",
    "认证 刷脸 人脸 资格 生存 活着 年审",
    "停了 停发 没到账 没发 断了 没收到 没到",
    "医保 参保 农保 社保 保险 缴费 合作医疗",
    "养老 退休金 养老金 社保",
    "慢病 慢性病 高血压 糖尿病 肿瘤 癌 尿毒症 白血病 透析 化疗 特殊病 特病",
    "投诉 反映 不公平 没人管 领导 书记 上访 政府 说法 推来推去 信访 求决",
    "停水 停电 路 垃圾 臭 噪音 自来水 征地 沙滩 没人管",
    "举报 贪污 告状 检举 账目 账 私用 回扣 挪用 骗 干部 村委 控告",
    "建议 意见 希望 提议 最好",
    "不满意 不服 答复 回复 复查 再查",
    "最后 终结 复核 再不服 还不服",
    "帮我 代办 代跑 跑腿 不会 不知道 问一下 咨询 帮帮",
    "进度 办到 几天 多久 什么时候 办好",
    "优惠 打折 便宜 半价 免费 免票",
)
_SENSES: Final[dict[str, list[tuple[str, str]]]] = defaultdict(list)
for _row, _words in enumerate(_ROWS):
    for _word in _words.split():
        _SENSES[_word[0]].append((_word, f"sense{_row}"))


def senses(text: str) -> frozenset[str]:
    """The rows whose words are in ``text``, each as one piece to compare texts by."""
    return frozenset(
        sense
        for place, first in enumerate(text)
        for word, sense in _SENSES.get(first, ())
        if text.startswith(word, place)
    )
