"""Tells that an endpoint was disabled. Values: company, url, reason."""

TEXTS = {
    "en-US": (
        "A webhook of {company} was disabled",
        "Hello,\n\nthe endpoint\n\n{url}\n\nwas disabled, because it answered that it is gone or failed for five days."
        " Nothing is lost: what it misses is kept for 30 days. When it works again, enable it and choose to replay what"
        " was missed.\n",
    ),
    "zh-CN": (
        "{company} 的 Webhook 已被停用",
        "您好：\n\n以下地址\n\n{url}\n\n已被停用：它返回“已不存在”，或连续五天推送失败。事件不会丢失，"
        "会保留 30 天。恢复后请重新启用，并选择重新推送错过的事件。\n",
    ),
}
