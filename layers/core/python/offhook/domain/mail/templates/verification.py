"""Asks somebody who signs a business up to prove that the address is theirs. Values: company, link, hours."""

TEXTS = {
    "en-US": (
        "Confirm your e-mail address for Offhook",
        "Hello,\n\nsomebody signed {company} up for Offhook with this address. To go on, open this page within {hours}"
        " hours:\n\n{link}\n\nIf it was not you, do nothing: the request ends by itself.\n",
    ),
    "zh-CN": (
        "请确认您的 Offhook 邮箱地址",
        "您好：\n\n有人用此邮箱为 {company} 注册了 Offhook。如需继续，请在 {hours} 小时内打开以下页面：\n\n{link}\n\n"
        "如果不是您本人操作，请忽略此邮件，该请求会自动失效。\n",
    ),
}
