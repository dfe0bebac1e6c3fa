"""The kinds of flow nodes, found by the name that documents use."""

from offhook.domain.ivr.node import Node
from offhook.domain.ivr.nodes.branch import BranchNode
from offhook.domain.ivr.nodes.collect import CollectNode
from offhook.domain.ivr.nodes.data_dip import DataDipNode
from offhook.domain.ivr.nodes.hang_up import HangUpNode
from offhook.domain.ivr.nodes.hours import HoursNode
from offhook.domain.ivr.nodes.menu import MenuNode
from offhook.domain.ivr.nodes.notice import NoticeNode
from offhook.domain.ivr.nodes.play import PlayNode
from offhook.domain.ivr.nodes.queue import QueueNode
from offhook.domain.ivr.nodes.say import SayNode
from offhook.domain.ivr.nodes.set import SetNode
from offhook.domain.ivr.nodes.survey import SurveyNode
from offhook.domain.ivr.nodes.transfer import TransferNode

NODE_TYPES: dict[str, type[Node]] = {
    kind.type: kind
    for kind in (
        SayNode, PlayNode, MenuNode, CollectNode, HoursNode, BranchNode, SetNode, NoticeNode, QueueNode, TransferNode,
        SurveyNode, HangUpNode, DataDipNode,
    )
}  # fmt: skip
