"""Who calls in the story of three people at three shells, and what each of them does: the same in virtual time."""

CUSTOMER, HASTY, PATIENT, WRITER = "+14155570101", "+14155570102", "+14155570103", "+14155570104"
ACCEPTS, PICKS_UP = "answer after 1 s, press 1", "answer after 1 s"
SURVEYED = "press 1, press 1, press 1, press 9"
CALLS_BACK = "press 4, press 1"
WAITS = "press 2, press 1, press 1, press 8"
LEAVES_A_MESSAGE = 'press 5, say "It is about order 12, please call me back", hang up after 9 s'
