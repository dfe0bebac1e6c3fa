"""A restaurant: open for lunch and dinner, closed on Mondays."""

from offhook.domain.tenants.starters.starter import Starter, Words

_MEALS = (("11:30", "14:30"), ("17:30", "23:00"))

STARTER = Starter(
    week=((), *((_MEALS,) * 6)),
    dispositions=("table_booked", "take_away", "cancelled", "call_again"),
    words={
        "en-US": Words(
            "Bookings",
            "Kitchen hours",
            "Welcome to {company}.",
            "To book a table or order, press 1. For our address and menu, press 2. For our opening hours, press 3.",
            "You find our menu and our address on our web page. Groups above eight are welcome after a call.",
            "We are open from Tuesday to Sunday, half past eleven to half past two, and half past five to eleven.",
            "{company} is closed at the moment. We are open from Tuesday to Sunday for lunch and dinner. Goodbye.",
        ),
        "zh-CN": Words(
            "订位",
            "营业时间",
            "您好，欢迎致电{company}。",
            "订位或点餐请按1，了解地址与菜单请按2，查询营业时间请按3。",
            "菜单和地址请见我们的网页。八人以上请电话预订。",
            "营业时间为周二至周日，十一点半到十四点半，十七点半到二十三点。",
            "{company}现在是非营业时间，周二至周日供应午餐和晚餐。再见。",
        ),
    },
)
