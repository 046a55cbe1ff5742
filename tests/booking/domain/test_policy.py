import pytest

from booking.domain.policy import BookingPolicy


@pytest.mark.parametrize(
    "wrong",
    [{"duration": 0}, {"step": 0}, {"buffer_before": -1}, {"buffer_after": -5}, {"notice": -1}, {"horizon_days": -1}],
)
def test_impossible_policies_are_refused(wrong):
    with pytest.raises(ValueError, match="must"):
        BookingPolicy(**({"duration": 60, "step": 30} | wrong))
