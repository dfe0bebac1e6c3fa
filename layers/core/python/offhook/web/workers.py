"""Handlers of queues, streams and schedules: one tenant's scope per record, one line per failure, the rest goes on."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from functools import wraps
from typing import TYPE_CHECKING, Any
from zlib import crc32

from chalice.app import CloudWatchEvent, DynamoDBEvent, KinesisEvent, SQSEvent

from offhook import wiring
from offhook.adapters.guard import platform_scope
from offhook.domain.ids import TenantId
from offhook.domain.messages import Message, Outgoing, Topic
from offhook.domain.tenants.lifecycle import TenantStatus
from offhook.stores.directory import Directory
from offhook.usecases.deps import Deps
from offhook.web import tenancy
from offhook.web.metering import attribute, unrecorded
from offhook.web.observability import count, invocation, log, metered, named

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

GOING = (TenantStatus.ERASING, TenantStatus.ERASED)
LOGGED = "This was logged."
NIGHT_S = 900  # over which hints are spread that nobody waits for; a message is put off no longer
POLLS = 2  # requests for a batch of messages: Lambda takes it from the queue, and removes it
PartialFailure = dict[str, list[dict[str, str]]]
Records = Sequence[Mapping[str, Any]]


def queue_worker(
    handle: Callable[[Deps, Message], None], before: Callable[[], None] = lambda: None
) -> Callable[[SQSEvent], PartialFailure]:
    """An SQS handler that gets each message with the stores of its tenant; what raises is delivered again."""

    @wraps(handle)
    def handler(event: SQSEvent) -> PartialFailure:
        from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response

        if not event.to_dict()["Records"]:  # the process is warmed
            return {"batchItemFailures": []}
        polled = POLLS / len(event.to_dict()["Records"])

        def each(record: "SQSRecord") -> None:
            before()
            _logged(lambda: _handled(handle, record.body, polled))

        processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
        with invocation(handle.__name__, event.context):
            answer = process_partial_response(event.to_dict(), each, processor)
        failed = [str(one["itemIdentifier"]) for one in answer["batchItemFailures"]]
        return {"batchItemFailures": [{"itemIdentifier": one} for one in failed]}

    return handler


def careful_queue_worker(handle: Callable[[Deps, Message], None]) -> Callable[[SQSEvent], PartialFailure]:
    """A queue worker that remembers no configuration from before a message, because it changes what is remembered."""
    return queue_worker(handle, before=wiring.forget)


def stream_worker(
    handle: Callable[[Records], PartialFailure | None],
) -> Callable[[DynamoDBEvent | KinesisEvent], PartialFailure]:
    """A DynamoDB or Kinesis stream handler that gets the records as they came and says which failed.

    It runs on the platform's behalf; the handler enters `for_tenant(id)` for each tenant's part. What it raises has
    the whole batch delivered again. Consumers of Kinesis leave no usage records, because those travel there.
    """

    @wraps(handle)
    def handler(event: DynamoDBEvent | KinesisEvent) -> PartialFailure:
        quiet = unrecorded() if isinstance(event, KinesisEvent) else nullcontext()
        with quiet, invocation(handle.__name__, event.context), platform_scope():
            return _logged(lambda: handle(event.to_dict()["Records"])) or {"batchItemFailures": []}

    return handler


def schedule_worker(handle: Callable[[], object]) -> Callable[[CloudWatchEvent], None]:
    """A scheduled handler; it enters `for_tenant(id)` for each tenant's part. What raises is tried again by Lambda."""

    @wraps(handle)
    def handler(event: CloudWatchEvent) -> None:
        with invocation(handle.__name__, event.context), platform_scope():
            _logged(handle)

    return handler


def hint_each_tenant(
    topic: Topic, entity: str = "", spread_s: int = 0, queue: Callable[[], Outgoing] = wiring.outgoing
) -> None:
    """One hint for each tenant of the directory: none waits for another's work, and none for another's failure.

    spread_s: over how long, up to NIGHT_S, so that what all of them ask of somebody else is not asked at once.
    """
    sending = queue()
    for tenant in Directory(wiring.edge_items()).tenants():
        sending.send(Message(tenant, topic, entity), crc32(tenant.encode()) % (spread_s + 1))


def for_tenant(
    tenant_id: TenantId,
    work: Callable[[Deps], object],
    contact_id: str = "",
    counted: Mapping[str, float] | None = None,
) -> None:
    """Do one tenant's part of a batch: in its scope, named on every line, metered on its account.

    counted: what is known to be used already, by counter.

    What is done for a tenant that is being erased is the platform's: else its erasure, whose every page would leave a
    fact of the tenant on the event stream, would never find that nothing is left.
    """
    tenant = tenancy.context(tenant_id)
    with tenancy.scope(tenant), metered(counted), named(tenant_id, contact_id):
        if tenant.status in GOING:
            attribute("", "")
        _logged(lambda: work(tenancy.deps(tenant)))


def _handled(handle: Callable[[Deps, Message], None], body: str, polled: float) -> None:
    from offhook.adapters.sqs import message_of

    message = message_of(body)
    contact_id = message.entity if message.entity.startswith("c_") else ""
    for_tenant(message.tenant_id, lambda deps: handle(deps, message), contact_id, {"sqs_polls": polled})


def _logged(work: Callable[[], Any]) -> Any:
    """What the work returns; what it raises is logged where it is first seen, which knows the tenant best."""
    try:
        return work()
    except Exception as error:
        if LOGGED not in getattr(error, "__notes__", ()):
            log().exception("work failed")
            count("WorkFailed")
            error.add_note(LOGGED)
        raise
