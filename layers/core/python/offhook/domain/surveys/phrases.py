"""What the product says when a survey has no words of its own for it."""

from offhook.domain.surveys.survey import in_language

_THANKS = {
    "en-US": "Thank you for your answers.",
    "de-DE": "Vielen Dank für Ihre Antworten.",
    "es-ES": "Gracias por sus respuestas.",
    "fr-FR": "Merci pour vos réponses.",
    "zh-CN": "感谢您的评价。",
}


def thanks(language: str) -> tuple[str, str]:
    """Thanks in the language, or in English, and which it is."""
    return in_language(_THANKS, language, "en-US") or (_THANKS["en-US"], "en-US")
