"""Text to document: well-formedness, root, size, nesting, attributes."""

from xml.etree.ElementTree import Element, ParseError, fromstring

from local.carrier.twiml.build import BUILDERS, BadDocument
from local.carrier.twiml.read import Reader
from local.carrier.twiml.schema import RULES
from local.carrier.twiml.verbs import Document, Verb, Warned

MAX_BYTES = 64 * 1024
XML_TYPES = frozenset({"text/xml", "application/xml", "text/html"})


def parse(text: str) -> Document:
    """Read a document; broken rules of nesting and attributes become warnings, the rest raises BadDocument."""
    root = _root(text)
    warnings: list[Warned] = []
    _prune(root, warnings)
    verbs = tuple(_build(element, warnings) for element in root)
    return Document(verbs, tuple(warnings))


def parse_answer(content_type: str, text: str) -> Document:
    """Read an HTTP answer by its content type; audio is played, plain text is read aloud unless it is TwiML."""
    if not text.strip():
        return Document()
    if content_type in XML_TYPES or not content_type:
        return parse(text)
    if content_type.startswith("audio/"):
        return parse("<Response><Play>audio</Play></Response>")
    if content_type == "text/plain":
        return _plain(text)
    raise BadDocument(12300, f"Invalid Content-Type: {content_type}")


def _plain(text: str) -> Document:
    try:
        return parse(text)
    except BadDocument:
        root = Element("Say")
        root.text = text
        return Document((BUILDERS["Say"](Reader(root)),))


def _root(text: str) -> Element:
    if len(text.encode()) > MAX_BYTES:
        raise BadDocument(11750, "TwiML response body too large")
    try:
        root = fromstring(text.strip())
    except ParseError as error:
        raise BadDocument(12100, f"Document parse failure: {error}") from error
    if root.tag != "Response":
        raise BadDocument(12102, f"The root element must be Response, not {root.tag}")
    return root


def _prune(element: Element, warnings: list[Warned]) -> None:
    """Drop what the rules do not know, as the carrier does after warning."""
    rule = RULES.get(element.tag)
    if rule is None:
        return
    for name in [name for name in element.attrib if name not in rule.attributes]:
        warnings.append(Warned(12200, f"Schema validation warning: attribute {name} is not allowed in {element.tag}"))
        del element.attrib[name]
    for child in list(element):
        if child.tag in rule.children:
            _prune(child, warnings)
        else:
            warnings.append(Warned(12200, f"Schema validation warning: {child.tag} is not allowed in {element.tag}"))
            element.remove(child)


def _build(element: Element, warnings: list[Warned]) -> Verb:
    return BUILDERS[element.tag](Reader(element, warnings))
