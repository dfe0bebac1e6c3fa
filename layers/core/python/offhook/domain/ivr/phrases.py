"""What the product itself says to callers, in every language it speaks; a tenant's own prompts come from its flows."""

DEFAULT_LANGUAGE = "en-US"
SPOKEN_POSITION_LIMIT = 50

_CATALOGUE: dict[str, dict[str, str]] = {
    "en-US": {
        "apology": "We are sorry, something went wrong on our side. Please call again in a few minutes. Goodbye.",
        "apology_queue": "We are sorry, something went wrong on our side. We will connect you with a person.",
        "goodbye": "Thank you for your call. Goodbye.",
        "invalid": "Sorry, that is not one of the choices.",
        "timeout": "Sorry, we did not receive a key.",
        "unheard": "Sorry, we did not understand you. You may say your choice or press a key.",
        "recording_notice": "This call may be recorded for quality and training purposes.",
        "position_next": "You are next in line.",
        "position": "You are number {position} in line.",
        "position_beyond": "There are more than fifty callers ahead of you.",
        "wait_below_minute": "The estimated waiting time is less than one minute.",
        "wait_one_minute": "The estimated waiting time is about one minute.",
        "wait_minutes": "The estimated waiting time is about {minutes} minutes.",
        "wait_long": "The estimated waiting time is more than one hour.",
        "comfort": "Thank you for waiting. We will be with you as soon as we can.",
        "returned": "We are sorry, the connection was lost. You keep your place at the front of the line.",
        "connecting": "We are connecting you now.",
        "leave_key": "Press {key} if you do not want to wait.",
        "unavailable": "We are sorry, nobody can take your call at the moment. Please call again later. Goodbye.",
        "callback_offer": "To keep your place and be called back on this number, press {key}.",
        "callback_offer_other": "To be called back on another number, press {key}.",
        "callback_enter": "Please enter the number with its area code, then press hash.",
        "callback_read_back": "You entered {number}. To be called back there, press 1. To enter it again, press 2.",
        "callback_refused": "We are sorry, we cannot call this number.",
        "callback_promised": "You keep your place in line. We will call you back. Goodbye.",
        "callback_hello": "Hello, this is {business}. You asked us to call back. This call may be recorded.",
        "callback_hello_wait": "Hello, this is {business}. You asked us to call back. This call may be recorded."
        " Please hold, we are connecting you.",
        "callback_message": "Hello, this is {business}. You asked us to call back and we could not reach you."
        " Please call us again. Goodbye.",
        "voicemail_greeting": "Please leave a message after the tone. When you are done, press any key or hang up.",
        "voicemail_thanks": "Thank you, your message was recorded.",
        "voicemail_offer": "To leave a message, press {key}.",
        "not_in_service": "We are sorry, this number is not in service. Goodbye.",
        "refused": "We are sorry, we cannot take this call. Goodbye.",
        "customer_name": "dear customer",
    },
    "zh-CN": {
        "apology": "非常抱歉，我们的系统出现了问题，请稍后再拨。再见。",
        "apology_queue": "非常抱歉，我们的系统出现了问题，现在为您转接人工服务。",
        "goodbye": "感谢您的来电，再见。",
        "invalid": "对不起，您的输入有误。",
        "timeout": "对不起，我们没有收到您的按键。",
        "unheard": "对不起，没有听清。您可以说出您的需求，也可以按键选择。",
        "recording_notice": "为保证服务质量，本次通话可能会被录音。",
        "position_next": "您是下一位。",
        "position": "您目前排在第{position}位。",
        "position_beyond": "您前面还有五十位以上的来电者在等候。",
        "wait_below_minute": "预计等候时间不到一分钟。",
        "wait_one_minute": "预计等候时间约为一分钟。",
        "wait_minutes": "预计等候时间约为{minutes}分钟。",
        "wait_long": "预计等候时间超过一小时。",
        "comfort": "感谢您的耐心等候，我们会尽快为您服务。",
        "returned": "非常抱歉，连接中断了。您仍排在队伍的最前面。",
        "connecting": "正在为您接通。",
        "leave_key": "如果您不想继续等候，请按{key}。",
        "unavailable": "非常抱歉，目前无人能接听您的电话，请稍后再拨。再见。",
        "callback_offer": "如需保留排队位置并由我们回拨此号码，请按{key}。",
        "callback_offer_other": "如需回拨其他号码，请按{key}。",
        "callback_enter": "请输入带区号的电话号码，按井号键结束。",
        "callback_read_back": "您输入的号码是{number}。确认请按1，重新输入请按2。",
        "callback_refused": "对不起，我们无法拨打这个号码。",
        "callback_promised": "您的排队位置已保留，我们会给您回电。再见。",
        "callback_hello": "您好，这里是{business}，您要求我们回电。本次通话可能会被录音。",
        "callback_hello_wait": "您好，这里是{business}，您要求我们回电。本次通话可能会被录音。请稍候，正在为您接通。",
        "callback_message": "您好，这里是{business}。您要求我们回电，但未能联系到您，请再次来电。再见。",
        "voicemail_greeting": "请在提示音后留言，完成后按任意键或挂断。",
        "voicemail_thanks": "谢谢，您的留言已录制。",
        "voicemail_offer": "如需留言，请按{key}。",
        "not_in_service": "对不起，您拨打的号码不在服务中。再见。",
        "refused": "非常抱歉，我们无法接听您的电话。再见。",
        "customer_name": "尊敬的客户",
    },
}


def languages() -> tuple[str, ...]:
    """The languages the product speaks."""
    return tuple(_CATALOGUE)


def spoken_language(language: str) -> str:
    """The nearest language that has phrases: itself, one of the same tongue, or the default."""
    if language in _CATALOGUE:
        return language
    tongue = language.partition("-")[0]
    return next((known for known in _CATALOGUE if known.partition("-")[0] == tongue), DEFAULT_LANGUAGE)


def phrase(name: str, language: str, **values: object) -> str:
    """The words of a phrase in the nearest language."""
    return _CATALOGUE[spoken_language(language)][name].format(**values)


def position_phrase(position: int | None, language: str) -> str:
    """Where the caller is in the line; exact to fifty, None = beyond."""
    if position is None or position > SPOKEN_POSITION_LIMIT:
        return phrase("position_beyond", language)
    return phrase("position_next", language) if position <= 1 else phrase("position", language, position=position)


def wait_phrase(estimated_s: float, language: str) -> str:
    """The estimated waiting time, in minutes as exact as an estimate can be."""
    from offhook.domain.routing.estimate import spoken_minutes  # only where callers wait

    if estimated_s < 60:
        return phrase("wait_below_minute", language)
    if estimated_s > 3600:
        return phrase("wait_long", language)
    minutes = spoken_minutes(estimated_s)
    return phrase("wait_one_minute", language) if minutes <= 1 else phrase("wait_minutes", language, minutes=minutes)
