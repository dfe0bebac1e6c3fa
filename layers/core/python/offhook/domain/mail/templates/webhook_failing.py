"""Tells that an endpoint has been failing for days. Values: company, url, reason."""

TEXTS = {
    "en-US": (
        "A webhook of {company} is failing",
        "Hello,\n\nfor more than two days, nothing could be delivered to\n\n{url}\n\nWe go on trying. After five days"
        " of failures the endpoint is disabled; what it misses is kept for 30 days and can be replayed.\n",
    ),
    "zh-CN": (
        "{company} 的 Webhook 推送持续失败",
        "您好：\n\n过去两天多，以下地址一直无法接收推送：\n\n{url}\n\n我们会继续重试。连续失败五天后，该地址将被停用；"
        "未送达的事件会保留 30 天，可随时重新推送。\n",
    ),
}
