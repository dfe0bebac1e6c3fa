"""Numbers of emergency services: never called through us unless the tenant decided so."""

# Short numbers of police, fire and ambulance: ITU-T E.161.1 (112, 911), and those of countries beside them.
_SHORT = """
000 100 101 102 103 104 108 110 111 112 113 114 115 117 118 119 120 122 123 125 128 133 144 150 155 158 166 190 191
192 193 194 195 197 198 199 911 933 988 991 993 994 995 996 997 998 999
"""
EMERGENCY = frozenset(_SHORT.split())


def is_emergency(number: str) -> bool:
    """It is a short number of an emergency service, however it is written: 112, +112, 9-1-1."""
    return "".join(c for c in number if c.isdecimal()) in EMERGENCY
