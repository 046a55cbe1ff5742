from booking.domain.fairness import fair_order


def test_who_has_least_to_do_comes_first_then_the_lower_number():
    assert fair_order([3, 1, 2, 2], {1: 4, 3: 1}) == [2, 3, 1]
