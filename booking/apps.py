from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "booking"
    verbose_name = "Termine"

    def ready(self) -> None:
        # Models are loaded now, and the offices' pages may ask for what the booking knows.
        from booking.teasers import next_free_times
        from offices.sections import register_section

        register_section("booking/next_free_times.html", next_free_times)
