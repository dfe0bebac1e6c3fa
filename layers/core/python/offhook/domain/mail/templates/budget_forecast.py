"""Tells that a month is expected to reach a part of the budget. Values: as budget_actual."""

TEXTS = {
    "en-US": (
        "{company}: {month} is expected to reach {percent} % of the budget",
        "Hello,\n\nat its present pace, the usage of {company} in {month} comes to about {expected} {currency}:"
        " {percent} % or more of the budget of {budget} {currency}. So far it is {used} {currency}.\n",
    ),
    "zh-CN": (
        "{company}：预计 {month} 将达到预算的 {percent}%",
        "您好：\n\n按目前速度，{company} 在 {month} 的用量预计约为 {expected} {currency}，"
        "达到预算 {budget} {currency} 的 {percent}% 或以上。目前已使用 {used} {currency}。\n",
    ),
}
