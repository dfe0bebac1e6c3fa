"""Tells that usage reached a part of the budget. Values: company, month, percent, budget, used, expected, currency."""

TEXTS = {
    "en-US": (
        "{company}: {percent} % of the budget for {month} is used",
        "Hello,\n\nthe usage of {company} in {month} has come to {used} {currency}, which is {percent} % or more of the"
        " budget of {budget} {currency}. At this pace the month ends at about {expected} {currency}.\n\nCalls that come"
        " in are never stopped. If a hard cap is set, outbound calls, messages and AI stop when it is reached.\n",
    ),
    "zh-CN": (
        "{company}：{month} 的预算已使用 {percent}%",
        "您好：\n\n{company} 在 {month} 的用量已达 {used} {currency}，达到预算 {budget} {currency} 的 "
        "{percent}% 或以上。按目前速度，本月预计约为 {expected} {currency}。\n\n呼入电话永远不会被停止。"
        "如已设置硬性上限，达到后将停止外呼、短信和 AI。\n",
    ),
}
