"""What the demo tenant consists of, as values."""

from dataclasses import dataclass, field, replace

from offhook.domain.customers.customer import Customer
from offhook.domain.ids import AgentId, CustomerId, ProfileId, QueueId, SurveyId
from offhook.domain.ivr.calendar import Calendar, Opening
from offhook.domain.routing.agent import Endpoint, EndpointKind
from offhook.domain.routing.contact import Requirement
from offhook.domain.routing.queues import AgentConfig, Queue, RoutingProfile
from offhook.domain.surveys.question import End, Question
from offhook.domain.surveys.survey import Survey

SALES, SERVICE = QueueId("sales"), QueueId("service")
SELLERS, HELPERS = ProfileId("sellers"), ProfileId("helpers")
FIRST_NAMES = ("Ada", "Ben", "Chen", "Dora", "Emil", "Fang", "Gita", "Hugo", "Iris", "Jun", "Kofi", "Lena")


def queues(wrap_up_s: float = 30.0, offer_s: float = 20.0, music_url: str = "") -> list[Queue]:
    """Sales needs English, service anybody."""
    sales = Queue(SALES, "Sales", requirements=(Requirement("english", 50),), max_wait_s=600)
    service = Queue(SERVICE, "Service", max_wait_s=900)
    codes = ("solved", "sold", "call_again")
    return [
        replace(
            queue,
            wrap_up_s=wrap_up_s,
            offer_s=offer_s,
            music_url=music_url,
            dispositions=codes,
            survey_id="satisfaction",
        )
        for queue in (sales, service)
    ]


def profiles() -> list[RoutingProfile]:
    """Sellers sell and help out; helpers only help."""
    return [
        RoutingProfile(SELLERS, "Sales and service", (SALES, SERVICE)),
        RoutingProfile(HELPERS, "Service", (SERVICE,)),
    ]


def people(count: int, domain: str = "demo.example", browser_every: int = 4) -> list[AgentConfig]:
    """Agents a_1, a_2 ...; every fourth works in the browser, the others on the telephone."""
    return [_person(n, domain, browser_every) for n in range(1, count + 1)]


def calendar() -> Calendar:
    """Always open."""
    return Calendar("office", "Office hours", "UTC", weekly=((Opening("00:00", "24:00"),),) * 7)


def survey() -> Survey:
    """Three questions; the first scale is good at its low end."""
    return Survey(
        SurveyId("satisfaction"),
        "Satisfaction",
        questions=(
            Question(
                "csat", "csat",
                {
                    "en-US": "How satisfied are you? 1 is very satisfied, 4 is dissatisfied.",
                    "zh-CN": "您对本次服务满意吗？1非常满意，4不满意。",
                },
                low=1, high=4, good=End.LOW,
            ),
            Question("resolved", "resolved", {
                "en-US": "Did we solve your request? Press 1 for yes, 2 for no.",
                "zh-CN": "您的问题解决了吗？是请按1，否请按2。",
            }, low=1, high=2, good=End.LOW),
            Question("nps", "nps", {
                "en-US": "How likely are you to recommend us, from 0 to 10?",
                "zh-CN": "您愿意推荐我们吗？请输入0到10。",
            }, low=0, high=10),
        ),
    )  # fmt: skip


def customers() -> list[Customer]:
    """One gold customer and one who speaks Chinese."""
    return [
        Customer(CustomerId("k_gold"), name="Grace Hopper", numbers=("+14155550123",), language="en-US", tier="gold"),
        Customer(CustomerId("k_chinese"), name="王芳", numbers=("+14155550188",), language="zh-CN", tags=("vip",)),
    ]


@dataclass(frozen=True, slots=True)
class Plan:
    """One demo tenant. name, number and account are its own; the rest is common."""

    tenant_id: str
    name: str
    number: str
    account_sid: str
    auth_token: str = field(repr=False)
    time_zone: str = "UTC"
    language: str = "en-US"
    agents: int = 8
    wrap_up_s: float = 30.0
    offer_s: float = 20.0
    music_url: str = ""


def _person(n: int, domain: str, browser_every: int) -> AgentConfig:
    name = FIRST_NAMES[(n - 1) % len(FIRST_NAMES)]
    browser = browser_every and n % browser_every == 0
    endpoint = (
        Endpoint(EndpointKind.BROWSER, f"client:a_{n}") if browser else Endpoint(EndpointKind.PHONE, f"+1415556{n:04d}")
    )
    return AgentConfig(
        AgentId(f"a_{n}"),
        name if n <= len(FIRST_NAMES) else f"{name} {n}",
        f"{name.lower()}{n}@{domain}",
        SELLERS if n % 3 else HELPERS,
        endpoint,
        skills={"english": 40 + 10 * (n % 7), "chinese": 80 if n % 2 else 0},
    )
