"""The kinds of flow nodes, found by the name that documents use; each is imported when the first flow has one."""

from collections.abc import Iterator, Mapping
from importlib import import_module

from offhook.domain.ivr.node import Node

_PLACES = {
    "branch": "branch.BranchNode",
    "callback": "callback.CallbackNode",
    "collect": "collect.CollectNode",
    "data_dip": "data_dip.DataDipNode",
    "hang_up": "hang_up.HangUpNode",
    "hours": "hours.HoursNode",
    "incident_notice": "incident_notice.IncidentNoticeNode",
    "menu": "menu.MenuNode",
    "play": "play.PlayNode",
    "queue": "queue.QueueNode",
    "recording_notice": "notice.NoticeNode",
    "return": "return_.ReturnNode",
    "say": "say.SayNode",
    "screen": "screen.ScreenNode",
    "set": "set.SetNode",
    "sub_flow": "sub_flow.SubFlowNode",
    "survey": "survey.SurveyNode",
    "transfer": "transfer.TransferNode",
    "voicemail": "voicemail.VoicemailNode",
}


class _Kinds(Mapping[str, type[Node]]):
    def __init__(self) -> None:
        self._known: dict[str, type[Node]] = {}

    def __getitem__(self, name: str) -> type[Node]:
        if name not in self._known:
            module, _, kind = _PLACES[name].partition(".")
            self._known[name] = getattr(import_module(f"{__name__}.{module}"), kind)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_PLACES)

    def __len__(self) -> int:
        return len(_PLACES)


NODE_TYPES: Mapping[str, type[Node]] = _Kinds()
