"""What browsers are told of every answer beside the Content-Security-Policy: what no page uses, none may use."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Devices and powers of a browser; a photo of a paper comes through a field for files, which asks for none of them.
NEVER_USED = (
    "accelerometer",
    "autoplay",
    "bluetooth",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
HEADERS = {
    "Permissions-Policy": ", ".join(f"{name}=()" for name in NEVER_USED),
    # No page of another site embeds anything of ours, also no file.
    "Cross-Origin-Resource-Policy": "same-origin",
}


class HeadersMiddleware:
    """Stands before the files that everybody gets."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response
