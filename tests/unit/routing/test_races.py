"""Small twins of bench/races.py and bench/two_class.py."""

from bench import races, two_class


def test_matchers_that_race_make_no_invalid_and_no_double_assignment():
    floor = races.race(3000)
    assert floor.committed > 500 and floor.lost > 100
    assert floor.invalid == 0


def test_without_a_race_nobody_is_passed_over_in_line():
    floor = races.race(3000, overlap=0.0)
    assert floor.committed > 500
    assert (floor.lost, floor.inverted) == (0, 0)


def test_the_states_of_the_exact_optimum_leave_nobody_free_beside_a_caller():
    for state in two_class.states():
        for line in (0, 1):
            free = [team for team in range(3) if line in two_class.SERVES[team] and state[team] < two_class.TEAMS[team]]
            assert not (free and state[3 + line])
