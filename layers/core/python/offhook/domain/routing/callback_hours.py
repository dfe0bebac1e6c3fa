"""When a customer may be rung: on their own clock, and while the queue is open."""

from datetime import UTC, datetime

from offhook.domain.ids import DAY, MINUTE, Instant
from offhook.domain.ivr.calendar import Calendar, is_open
from offhook.domain.numbers.countries import country_of
from offhook.domain.routing.callbacks import CallbackPolicy

STEP = 15 * MINUTE
HORIZON = 14 * DAY
CLOSED, QUIET = "closed", "quiet_hours"

# The first and the last clock of a country to reach an hour; a number does not say where in it the customer is.
# Overseas territories have countries of their own here. Others: the tenant's own clock.
_ZONES = """
US America/New_York,Pacific/Honolulu CA America/St_Johns,America/Vancouver MX America/Cancun,America/Tijuana
BR America/Noronha,America/Rio_Branco AU Australia/Sydney,Australia/Perth RU Asia/Kamchatka,Europe/Kaliningrad
ID Asia/Jayapura,Asia/Jakarta KZ Asia/Almaty CL America/Santiago,Pacific/Easter CD Africa/Lubumbashi,Africa/Kinshasa
MN Asia/Ulaanbaatar,Asia/Hovd ES Europe/Madrid,Atlantic/Canary PT Europe/Lisbon,Atlantic/Azores
EC America/Guayaquil,Pacific/Galapagos NZ Pacific/Auckland GB Europe/London IE Europe/Dublin FR Europe/Paris
DE Europe/Berlin IT Europe/Rome NL Europe/Amsterdam BE Europe/Brussels LU Europe/Luxembourg CH Europe/Zurich
AT Europe/Vienna DK Europe/Copenhagen SE Europe/Stockholm NO Europe/Oslo FI Europe/Helsinki PL Europe/Warsaw
CZ Europe/Prague SK Europe/Bratislava HU Europe/Budapest RO Europe/Bucharest BG Europe/Sofia GR Europe/Athens
HR Europe/Zagreb SI Europe/Ljubljana RS Europe/Belgrade UA Europe/Kyiv TR Europe/Istanbul IS Atlantic/Reykjavik
EE Europe/Tallinn LV Europe/Riga LT Europe/Vilnius CN Asia/Shanghai HK Asia/Hong_Kong MO Asia/Macau TW Asia/Taipei
JP Asia/Tokyo KR Asia/Seoul SG Asia/Singapore MY Asia/Kuala_Lumpur TH Asia/Bangkok VN Asia/Ho_Chi_Minh
PH Asia/Manila IN Asia/Kolkata PK Asia/Karachi BD Asia/Dhaka LK Asia/Colombo AE Asia/Dubai SA Asia/Riyadh
IL Asia/Jerusalem EG Africa/Cairo ZA Africa/Johannesburg NG Africa/Lagos KE Africa/Nairobi MA Africa/Casablanca
AR America/Argentina/Buenos_Aires CO America/Bogota PE America/Lima VE America/Caracas UY America/Montevideo
CR America/Costa_Rica PA America/Panama PR America/Puerto_Rico DO America/Santo_Domingo JM America/Jamaica
"""


def zones_of(number: str, otherwise: str) -> tuple[str, ...]:
    """The clocks that the customer may live by."""
    words = _ZONES.split()
    return tuple(dict(zip(words[::2], words[1::2], strict=True)).get(country_of(number), otherwise).split(","))


def why_not(zones: tuple[str, ...], policy: CallbackPolicy, calendar: Calendar | None, now: Instant) -> str:
    """Why the customer may not be rung now: quiet_hours or closed; "" = they may.

    zones: of the customer; with several the hour must be right in each.
    """
    if not all(policy.from_hour <= _hour(zone, now) < policy.until_hour for zone in zones):
        return QUIET
    return CLOSED if calendar is not None and not is_open(calendar, now) else ""


def next_time(zones: tuple[str, ...], policy: CallbackPolicy, calendar: Calendar | None, now: Instant) -> Instant:
    """The first quarter of an hour from now on when the customer may be rung; `now` itself when that is one.

    Looks two weeks ahead; when nothing is found, the end of them.
    """
    if not why_not(zones, policy, calendar, now):
        return now
    first = now - now % STEP + STEP
    quarters = range(first, now + HORIZON, STEP)
    return next((at for at in quarters if not why_not(zones, policy, calendar, at)), now + HORIZON)


def _hour(zone: str, now: Instant) -> int:
    from zoneinfo import ZoneInfo

    return datetime.fromtimestamp(now / 1000, UTC).astimezone(ZoneInfo(zone)).hour
