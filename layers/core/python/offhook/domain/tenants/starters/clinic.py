"""A clinic or practice: consulting hours in the morning and the afternoon."""

from offhook.domain.tenants.starters.starter import Starter, Words

_DAY = (("08:00", "12:00"), ("14:00", "18:00"))

STARTER = Starter(
    week=(_DAY, _DAY, (("08:00", "12:00"),), _DAY, (("08:00", "14:00"),)),
    dispositions=("appointment_made", "appointment_moved", "prescription", "test_result", "call_again"),
    words={
        "en-US": Words(
            "Reception",
            "Consulting hours",
            "This is {company}. In an emergency, please hang up and call your emergency number.",
            "For appointments, press 1. For prescriptions, press 2. For our consulting hours, press 3.",
            "Prescriptions are ready on the next working day. Please have your insurance card at hand.",
            "Our consulting hours are from eight to twelve and from two to six, on Wednesdays and Fridays shorter.",
            "{company} is closed at the moment. In an emergency, please call your emergency number. Goodbye.",
        ),
        "zh-CN": Words(
            "前台",
            "门诊时间",
            "您好，这里是{company}。如遇紧急情况，请挂机并拨打急救电话。",
            "预约或转接前台请按1，开具处方请按2，查询门诊时间请按3。",
            "处方将在下一个工作日准备好，请携带您的医保卡。",
            "门诊时间为八点到十二点，十四点到十八点，周三和周五提前结束。",
            "{company}现在不在门诊时间。如遇紧急情况，请拨打急救电话。再见。",
        ),
    },
)
