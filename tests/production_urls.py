"""The product's addresses, and one that says what of a request arrives behind the proxy."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.urls import path

from careerplan.urls import urlpatterns as of_the_product


@login_not_required
def arrived(request):
    """The headers as the product sees them."""
    names = {name: value for name, value in request.META.items() if name.startswith(("HTTP_", "REMOTE_", "CONTENT_"))}
    return JsonResponse({"headers": names, "is_secure": request.is_secure(), "host": request.get_host()})


urlpatterns = [path("arrived/", arrived), *of_the_product]
