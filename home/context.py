from django.http import HttpRequest


def site_frame(request: HttpRequest) -> dict[str, object]:
    return {}
