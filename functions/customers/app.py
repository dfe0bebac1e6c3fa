"""The customers function: routes only."""

from chalice.app import Response
from msgspec import Struct
from offhook.domain.customers.customer import Customer
from offhook.domain.ids import CustomerId
from offhook.domain.tenants.permissions import Permission
from offhook.usecases.customers import edit, listing
from offhook.usecases.customers.edit import CustomerDraft
from offhook.usecases.customers.history import history
from offhook.usecases.erasure import person
from offhook.web.app import OffhookApp
from offhook.web.responses import accepted, created, ok

app = OffhookApp("customers")


class Erasing(Struct):
    """The person is being forgotten."""

    customer: str
    status: str


@app.public("/health", methods=["GET"])
def health() -> dict[str, str]:
    """Says that the function is packaged and answers."""
    return {"function": "customers"}


@app.api("/", methods=["POST"], permission=Permission.CUSTOMERS_WRITE)
def create_customer() -> Response:
    """A new customer; one only for requests of the same Idempotency-Key."""

    def create() -> Response:
        customer = edit.create(app.deps(), app.body(CustomerDraft))
        return created(customer, f"/v1/customers/{customer.id}", version=customer.version)

    return app.once(create)


@app.api("/", methods=["GET"], permission=Permission.CUSTOMERS_READ)
def find_customer() -> Response:
    """Whose number the query names: ?number=."""
    customer = edit.by_number(app.deps(), app.query().get("number", ""))
    return ok(customer, version=customer.version)


@app.api("/search", methods=["GET"], permission=Permission.CUSTOMERS_READ)
def search_customers() -> Response:
    """Those whose names begin so, in order of names: ?name=&limit=&cursor=; without a name everybody."""
    query, cursors = app.query(), app.cursors()
    page = cursors.page(query)
    found = listing.by_name(app.deps(), query.get("name", ""), page.limit, page.after)
    return ok(cursors.answer(found.data, found.next_after))


@app.api("/{customer_id}", methods=["GET"], permission=Permission.CUSTOMERS_READ)
def get_customer(customer_id: str) -> Response:
    """The customer."""
    return _shown(app.deps().customers.get(CustomerId(customer_id)))


@app.api("/{customer_id}", methods=["PUT"], permission=Permission.CUSTOMERS_WRITE)
def change_customer(customer_id: str) -> Response:
    """The customer as the body says; needs If-Match."""
    draft, version = app.body(CustomerDraft), app.expected_version()
    customer = edit.change(app.deps(), CustomerId(customer_id), version, draft)
    return ok(customer, version=customer.version)


@app.api("/{customer_id}/erasure", methods=["POST"], permission=Permission.PERSON_ERASE)
def erase_customer(customer_id: str) -> Response:
    """202: profile, numbers, notes and recordings go; facts of contacts stay without the person."""

    def erase() -> Response:
        person.begin(app.deps(), CustomerId(customer_id), app.identity().user_id)
        return accepted(Erasing(customer_id, "erasing"))

    return app.once(erase)


@app.api("/{customer_id}/export", permission=Permission.PERSON_ERASE)
def export_customer(customer_id: str) -> Response:
    """Everything that is kept of the person, up to their last 1,000 contacts."""
    return ok(person.exported(app.deps(), CustomerId(customer_id)))


@app.api("/{customer_id}/contacts", methods=["GET"], permission=Permission.CUSTOMERS_READ)
def get_timeline(customer_id: str) -> Response:
    """Past contacts, newest first: ?limit=&cursor=."""
    cursors = app.cursors()
    page = cursors.page(app.query())
    found = history(app.deps(), CustomerId(customer_id), page.limit, page.after)
    return ok(cursors.answer(found.data, found.next_after))


def _shown(customer: Customer) -> Response:
    return ok(customer, version=customer.version)
