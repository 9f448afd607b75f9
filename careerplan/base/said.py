"""What is said on the next page ("The plan was saved"): kept in a cookie that belongs to this very host."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class OwnCookieStorage(CookieStorage):
    cookie_name = settings.MESSAGES_COOKIE_NAME


class Storage(FallbackStorage):
    """Django's own, under our name: what is too long for a cookie goes into the session."""

    storage_classes = (OwnCookieStorage, SessionStorage)
