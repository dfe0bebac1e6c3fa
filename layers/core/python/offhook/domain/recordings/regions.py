"""Whether somebody must be told that a call is recorded, by the country they are in: a table with its sources.

It answers one question only and is no legal advice: countries that are not here are announced to, which is lawful
wherever recording is. The stricter of both ends holds. Countries count as a whole, because an area code does not prove
in which state of it somebody is. Reviewed 2026-11.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """What a country asks of whoever records. The later is the stricter."""

    FREE = "free"  # one party may record; a spoken notice is not asked for
    ANNOUNCE = "announce"  # the caller is told before the recording begins
    NEVER = "never"  # not recorded


@dataclass(frozen=True, slots=True)
class Region:
    """source: the law that says so."""

    rule: Rule
    source: str


_GDPR = "GDPR art. 13: told when personal data are obtained"
REGIONS: Mapping[str, Region] = {
    "AU": Region(Rule.ANNOUNCE, "Telecommunications (Interception and Access) Act 1979 s. 6-7; state acts"),
    "AT": Region(Rule.ANNOUNCE, f"StGB s. 120; {_GDPR}"),
    "BR": Region(Rule.ANNOUNCE, "LGPD (Lei 13.709/2018) art. 9"),
    "CA": Region(Rule.ANNOUNCE, "PIPEDA sched. 1, 4.3; Privacy Commissioner, recording of customer calls"),
    "CH": Region(Rule.ANNOUNCE, "StGB art. 179bis-179quinquies; DSG art. 19"),
    "CN": Region(Rule.ANNOUNCE, "Personal Information Protection Law art. 17"),
    "DE": Region(Rule.ANNOUNCE, f"StGB s. 201 (consent: by staying on the line after the notice); {_GDPR}"),
    "ES": Region(Rule.ANNOUNCE, _GDPR),
    "FR": Region(Rule.ANNOUNCE, f"Code penal art. 226-1; {_GDPR}"),
    "GB": Region(Rule.ANNOUNCE, "Investigatory Powers (Interception by Businesses) Regulations 2018; UK GDPR art. 13"),
    "HK": Region(Rule.ANNOUNCE, "Personal Data (Privacy) Ordinance, DPP 1(3)"),
    "IE": Region(Rule.ANNOUNCE, _GDPR),
    "IN": Region(Rule.ANNOUNCE, "Digital Personal Data Protection Act 2023 s. 5"),
    "IT": Region(Rule.ANNOUNCE, _GDPR),
    "JP": Region(Rule.FREE, "Supreme Court 2000-07-12 (a party may record); APPI art. 21: the purpose is published"),
    "NL": Region(Rule.ANNOUNCE, _GDPR),
    "NZ": Region(Rule.ANNOUNCE, "Crimes Act 1961 s. 216B (one party); Privacy Act 2020, principle 3: told"),
    "SG": Region(Rule.ANNOUNCE, "Personal Data Protection Act 2012 s. 20"),
    "US": Region(Rule.ANNOUNCE, "California Penal Code s. 632 and like states; 18 USC 2511(2)(d) alone would not"),
}
UNKNOWN = Region(Rule.ANNOUNCE, "not in the table: told")
_STRICTNESS = tuple(Rule)


def region_of(country: str) -> Region:
    """The country's row; UNKNOWN for one that has none, and for "" (withheld numbers)."""
    return REGIONS.get(country, UNKNOWN)


def rule_between(caller: str, tenant: str, own: Mapping[str, Rule]) -> Rule:
    """The stricter of both ends. caller, tenant: ISO countries; own: what the tenant asks of itself beyond the law."""
    ends = [region_of(country).rule for country in (caller, tenant)]
    ends += [own[country] for country in (caller, tenant) if country in own]
    return max(ends, key=_STRICTNESS.index)
