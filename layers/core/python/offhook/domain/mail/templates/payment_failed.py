"""A payment was declined. Values: company, number, amount, date, link."""

TEXTS = {
    "en-US": (
        "Payment failed for invoice {number}",
        "Hello,\n\n{amount} for {company}, invoice {number}, could not be collected. Please pay, or change your card,"
        " on this page:\n\n{link}\n\nWe try again from {date} on. Unpaid for two weeks, the account is suspended: calls"
        " are then answered with a notice.\n",
    ),
    "zh-CN": (
        "账单 {number} 付款失败",
        "您好：\n\n{company} 的账单 {number}（{amount}）未能扣款。请在以下页面付款或更换银行卡：\n\n{link}\n\n"
        "我们将于 {date} 起再次尝试。若两周内仍未付款，账户将被暂停，来电将只播放提示。\n",
    ),
}
