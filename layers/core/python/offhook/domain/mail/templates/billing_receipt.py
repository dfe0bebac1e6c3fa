"""Thanks for a payment. Values: company, number, amount, date, link."""

TEXTS = {
    "en-US": (
        "Receipt for invoice {number}",
        "Hello,\n\nwe received {amount} for {company}, invoice {number}. The invoice is here:\n\n{link}\n\n"
        "Thank you.\n",
    ),
    "zh-CN": (
        "账单 {number} 的收据",
        "您好：\n\n我们已收到 {company} 的付款 {amount}（账单 {number}）。您可以在此查看账单：\n\n{link}\n\n"
        "感谢您的使用。\n",
    ),
}
