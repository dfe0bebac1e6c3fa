"""Asks somebody to join a tenant. Values: company, inviter, link."""

TEXTS = {
    "en-US": (
        "{company} invites you to Offhook",
        "Hello,\n\n{inviter} invites you to work with {company} in Offhook. To accept, open this page within seven"
        " days:\n\n{link}\n\nIf you expect no invitation, do nothing: it ends by itself.\n",
    ),
    "zh-CN": (
        "{company} 邀请您加入 Offhook",
        "您好：\n\n{inviter} 邀请您在 Offhook 中加入 {company}。如需接受，请在七天内打开以下页面：\n\n{link}\n\n"
        "如果您没有预期收到此邀请，请忽略此邮件，邀请会自动失效。\n",
    ),
}
