"""What a new tenant starts with: a queue, its hours, a survey and a flow with a menu, in the tenant's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from offhook.domain.ids import ProfileId, QueueId, SurveyId
from offhook.domain.ivr.calendar import Calendar, Opening
from offhook.domain.routing.queues import Queue, RoutingProfile
from offhook.domain.surveys.question import Question
from offhook.domain.surveys.survey import Survey

QUEUE, PROFILE, CALENDAR, SURVEY, FLOW = "main", "main", "office", "satisfaction", "f_main"
Week = tuple[tuple[tuple[str, str], ...], ...]  # Monday first; what is left out is closed


@dataclass(frozen=True, slots=True)
class Words:
    """One language of a starter. {company} is filled in; about: what key 2 tells; opening: what key 3 tells."""

    queue: str
    calendar: str
    greeting: str
    menu: str
    about: str
    opening: str
    closed: str


@dataclass(frozen=True, slots=True)
class Common:
    """What every starter says in one language."""

    survey: str
    satisfied: str
    resolved: str
    nobody: str
    sorry: str
    goodbye: str
    flow: str
    incident: str  # what a scripted test posts


COMMON: Mapping[str, Common] = {
    "en-US": Common(
        "Satisfaction",
        "How satisfied are you with this call? 1 is dissatisfied, 5 is very satisfied.",
        "Did we solve your request? Press 1 for yes, 2 for no.",
        "We are sorry, nobody can take your call at the moment. Please call again later. Goodbye.",
        "We are sorry, something went wrong. Please call again. Goodbye.",
        "Thank you for your call. Goodbye.",
        "Main menu",
        "We know of a problem and are working on it.",
    ),
    "zh-CN": Common(
        "满意度调查",
        "您对本次服务满意吗？1为不满意，5为非常满意。",
        "您的问题解决了吗？是请按1，否请按2。",
        "很抱歉，目前没有人员可以接听，请稍后再拨。再见。",
        "很抱歉，系统出现问题，请再次来电。再见。",
        "感谢您的来电，再见。",
        "主菜单",
        "我们已知悉故障，正在处理。",
    ),
}


@dataclass(frozen=True, slots=True)
class Starter:
    """One industry. dispositions: what an agent may note as the result of a contact."""

    week: Week
    dispositions: tuple[str, ...]
    words: Mapping[str, Words]

    def queue(self, language: str, music_url: str = "") -> Queue:
        """The one queue."""
        return Queue(
            QueueId(QUEUE),
            self.words[language].queue,
            max_wait_s=900,
            music_url=music_url,
            dispositions=self.dispositions,
            survey_id=SURVEY,
        )

    def profile(self, language: str) -> RoutingProfile:
        """Serves the queue."""
        return RoutingProfile(ProfileId(PROFILE), self.words[language].queue, (QueueId(QUEUE),))

    def calendar(self, language: str, time_zone: str) -> Calendar:
        """The hours."""
        weekly = tuple(tuple(Opening(*hours) for hours in day) for day in self.week)
        return Calendar(CALENDAR, self.words[language].calendar, time_zone, weekly=weekly)

    def survey(self, language: str) -> Survey:
        """Two questions."""
        common = COMMON[language]
        questions = (
            Question("csat", "csat", {language: common.satisfied}, low=1, high=5),
            Question("resolved", "resolved", {language: common.resolved}, low=1, high=2),
        )
        return Survey(SurveyId(SURVEY), common.survey, questions=questions, language=language)

    def flow(self, language: str, company: str) -> dict[str, Any]:
        """The document of the flow: screening, hours, greeting, incidents, recording notice, menu, queue, survey."""
        words, common = self.words[language], COMMON[language]

        def text(words: str) -> dict[str, str]:
            return {language: words.replace("{company}", company)}

        def ending(words: str) -> dict[str, Any]:
            return {"type": "hang_up", "prompt": [{"say": text(words)}]}

        def telling(words: str) -> dict[str, Any]:
            return {"type": "say", "text": text(words), "next": "menu"}

        exits = {"connected": "survey", "nobody_signed_in": "nobody", "overflow": "nobody", "failed": "sorry"}
        return {
            "languages": [language],
            "start": "screen",
            "person": "queue",
            "fallback_queue": QUEUE,
            "nodes": {
                "screen": {"type": "screen", "next": "hours"},
                "hours": {"type": "hours", "calendar": CALENDAR, "open": "greeting", "closed": "closed"},
                "greeting": {"type": "say", "text": text(words.greeting), "next": "incidents"},
                "incidents": {"type": "incident_notice", "queue": QUEUE, "next": "notice"},
                "notice": {"type": "recording_notice", "next": "menu"},
                "menu": {
                    "type": "menu",
                    "prompt": [{"say": text(words.menu)}],
                    "choices": {"1": "queue", "2": "about", "3": "opening"},
                    "invalid": "queue",
                    "timeout": "queue",
                },
                "about": telling(words.about),
                "opening": telling(words.opening),
                "queue": {"type": "queue", "queue": QUEUE, "exits": exits},
                "survey": {"type": "survey", "survey": SURVEY, "next": "goodbye"},
                "nobody": ending(common.nobody),
                "closed": ending(words.closed),
                "sorry": ending(common.sorry),
                "goodbye": ending(common.goodbye),
            },
            "tests": _tests(language),
        }


def _tests(language: str) -> list[dict[str, Any]]:
    """What every starter's flow must do, to begin with; a tenant changes them with the flow."""
    greeted = {"path": ["screen", "hours", "greeting", "incidents", "notice", "menu"]}
    waiting = {"path": ["queue"], "queue": QUEUE}
    over = {"exit": "survey", "path": ["goodbye"], "ends": "flow_ended"}
    silent = {"press": "", "path": []}
    is_open = {CALENDAR: "open"}
    return [
        {
            "name": "1 leads to a person, then to the survey",
            "calendars": is_open,
            "steps": [greeted, {"press": "1", **waiting}, {"exit": "connected", "path": ["survey"]}, over],
        },
        {"name": "0 leads to a person", "calendars": is_open, "steps": [greeted, {"press": "0", **waiting}]},
        {
            "name": "Who presses nothing reaches a person",
            "calendars": is_open,
            "steps": [greeted, silent, silent, {"press": "", **waiting}],
        },
        {
            "name": "2 and 3 are answered and lead back to the menu",
            "calendars": is_open,
            "steps": [greeted, {"press": "2", "path": ["about", "menu"]}, {"press": "3", "path": ["opening", "menu"]}],
        },
        {
            "name": "Nobody is there",
            "calendars": is_open,
            "steps": [greeted, {"press": "1"}, {"exit": "nobody_signed_in", "path": ["nobody"], "ends": "flow_ended"}],
        },
        {
            "name": "Closed",
            "calendars": {CALENDAR: "closed"},
            "steps": [{"path": ["screen", "hours", "closed"], "ends": "flow_ended"}],
        },
        {
            "name": "A known incident is told before the menu",
            "calendars": is_open,
            "incident": {language: COMMON[language].incident},
            "steps": [{**greeted, "says": [COMMON[language].incident]}],
        },
        {
            "name": "A number on the block list is refused",
            "caller": {"listed": "block"},
            "steps": [{"ends": "blocked", "attributes": {"screened": "block_list"}}],
        },
    ]
