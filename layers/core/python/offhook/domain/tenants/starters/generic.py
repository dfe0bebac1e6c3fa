"""A business of any kind: open on weekdays."""

from offhook.domain.tenants.starters.starter import Starter, Words

STARTER = Starter(
    week=((("09:00", "18:00"),),) * 5,
    dispositions=("solved", "call_again", "complaint"),
    words={
        "en-US": Words(
            "Service",
            "Opening hours",
            "Welcome to {company}.",
            "To talk to us, press 1. For what we can do on the telephone, press 2. For our opening hours, press 3.",
            "We answer your questions, take orders and note what you need.",
            "We are here from Monday to Friday, nine to six.",
            "{company} is closed at the moment. We are here from Monday to Friday, nine to six. Goodbye.",
        ),
        "zh-CN": Words(
            "客户服务",
            "营业时间",
            "您好，欢迎致电{company}。",
            "转接人工服务请按1，了解电话服务内容请按2，查询营业时间请按3。",
            "我们可以为您解答问题、受理订单并记录您的需求。",
            "我们的营业时间是周一至周五，九点到十八点。",
            "{company}现在是非营业时间，营业时间为周一至周五九点到十八点。再见。",
        ),
    },
)
