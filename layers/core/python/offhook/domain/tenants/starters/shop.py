"""A shop: open six days a week."""

from offhook.domain.tenants.starters.starter import Starter, Words

STARTER = Starter(
    week=((("09:00", "20:00"),),) * 6,
    dispositions=("sold", "order_status", "return", "complaint", "call_again"),
    words={
        "en-US": Words(
            "Orders and service",
            "Shop hours",
            "Welcome to {company}.",
            "For orders and service, press 1. For deliveries and returns, press 2. For our shop hours, press 3.",
            "We deliver within three working days. You may return what you do not like within thirty days.",
            "Our shop is open from Monday to Saturday, nine to eight.",
            "{company} is closed at the moment. We are here from Monday to Saturday, nine to eight. Goodbye.",
        ),
        "zh-CN": Words(
            "订单与售后",
            "营业时间",
            "您好，欢迎致电{company}。",
            "订单与售后请按1，配送与退货请按2，查询营业时间请按3。",
            "我们在三个工作日内发货，三十天内可以退货。",
            "本店营业时间为周一至周六，九点到二十点。",
            "{company}现在是非营业时间，营业时间为周一至周六九点到二十点。再见。",
        ),
    },
)
