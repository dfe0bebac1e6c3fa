"""Says that everything is set up. Values: company, number, link, days."""

TEXTS = {
    "en-US": (
        "{company} can take calls now",
        "Hello,\n\n{company} is set up. Your number is {number}: call it and hear your greeting. Sign in here to take"
        " the call:\n\n{link}\n\nYou can try everything for {days} days.\n",
    ),
    "zh-CN": (
        "{company} 现在可以接听电话了",
        "您好：\n\n{company} 已设置完成。您的号码是 {number}，请拨打它试听您的问候语，"
        "并在此登录接听来电：\n\n{link}\n\n您可以免费试用 {days} 天。\n",
    ),
}
