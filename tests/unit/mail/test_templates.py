"""Every mail has its words in every language, filled in with the same values; and what a mailbox shows of them."""

from string import Formatter

import pytest
from offhook.adapters.ses import filled_in
from offhook.domain.mail.message import Mail
from offhook.domain.mail.templates import TABLE
from offhook.domain.tenants.starters import LANGUAGES

from local.mailbox import mails, page

ANSWER = {
    "messages": {
        "000000000000": [
            {"MessageId": "1", "Timestamp": 1.0, "Source": "a@x.test", "To": ["Ada@x.test"], "Subject": "Old",
             "BodyText": "one"},
            {"MessageId": "2", "Timestamp": 2.0, "Source": "a@x.test", "To": ["ben@x.test"], "Subject": "<b>New</b>",
             "BodyText": "see https://x.test/?a=1&b=2 <script>alert(1)</script>"},
        ]
    }
}  # fmt: skip


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("template", TABLE)
def test_a_mail_says_the_same_in_every_language(template: str) -> None:
    texts = TABLE[template]
    assert set(texts) == set(LANGUAGES)
    values = [names(subject + text) for subject, text in texts.values()]
    assert all(one == values[0] for one in values)


@pytest.mark.parametrize("template", TABLE)
@pytest.mark.parametrize("language", [*LANGUAGES, "tlh"])
def test_a_mail_is_filled_in_whole(template: str, language: str) -> None:
    wanted = {name: f"<{name}>" for name in names("".join(TABLE[template]["en-US"]))}
    subject, text = filled_in(Mail("x@example.com", template, language, "m", wanted))
    assert all(value in subject + text for value in wanted.values())
    assert 0 < len(subject) <= 120
    assert "{" not in subject + text


def test_a_mailbox_lists_the_newest_first_and_narrows_to_an_address() -> None:
    assert [mail.id for mail in mails.read(ANSWER)] == ["2", "1"]
    assert [mail.id for mail in mails.read(ANSWER, "ada@X.test")] == ["1"]


def test_the_page_links_addresses_and_nothing_else_of_a_text_is_markup() -> None:
    shown = page.render(mails.read(ANSWER))
    assert '<a href="https://x.test/?a=1&amp;b=2">' in shown
    assert "<script>" not in shown
    assert "<b>New" not in shown
