"""The bank wants the holder of the card to confirm. Values: company, number, amount, date, link."""

TEXTS = {
    "en-US": (
        "Confirm your payment for invoice {number}",
        "Hello,\n\nyour bank asks you to confirm the payment of {amount} for {company}, invoice {number}. Please do so"
        " on this page:\n\n{link}\n",
    ),
    "zh-CN": (
        "请确认账单 {number} 的付款",
        "您好：\n\n您的银行要求您确认 {company} 的账单 {number}（{amount}）的付款。请在以下页面完成确认：\n\n{link}\n",
    ),
}
