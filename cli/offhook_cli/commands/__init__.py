"""One command a module."""

import click

from offhook_cli.commands.agent import agent
from offhook_cli.commands.audit import audit
from offhook_cli.commands.call import call
from offhook_cli.commands.callbacks import callbacks, voicemails
from offhook_cli.commands.contact import contact
from offhook_cli.commands.contacts import contacts
from offhook_cli.commands.cost import cost
from offhook_cli.commands.dead_letters import dead_letters
from offhook_cli.commands.demo import demo
from offhook_cli.commands.doctor import doctor
from offhook_cli.commands.events import events
from offhook_cli.commands.evidence import evidence
from offhook_cli.commands.export import export
from offhook_cli.commands.floor import floor
from offhook_cli.commands.flow import flow
from offhook_cli.commands.lake import lake
from offhook_cli.commands.phone import phone
from offhook_cli.commands.recording import recording
from offhook_cli.commands.report import report
from offhook_cli.commands.status import status
from offhook_cli.commands.supervise import supervise
from offhook_cli.commands.tenant import tenant
from offhook_cli.commands.webhooks import webhooks
from offhook_cli.commands.why import why

ALL: tuple[click.Command, ...] = (
    agent, audit, call, callbacks, contact, contacts, cost, dead_letters, demo, doctor, events, evidence, export, floor,
    lake,
    flow, phone, recording, report, status, supervise, tenant, voicemails, webhooks, why,
)  # fmt: skip
