"""The trial is nearly over. Values: company, date, link."""

TEXTS = {
    "en-US": (
        "Your Offhook trial ends on {date}",
        "Hello,\n\nthe trial of {company} ends on {date}. Choose a plan before that day, and nothing stops:\n\n"
        "{link}\n",
    ),
    "zh-CN": (
        "您的 Offhook 试用将于 {date} 结束",
        "您好：\n\n{company} 的试用将于 {date} 结束。请在此之前选择套餐，以免服务中断：\n\n{link}\n",
    ),
}
