"""Redis as a cache that may be down: then it is an empty one, and pages go on.

Sessions are read from the database until Redis answers again; tries to sign in are counted there in any case.
"""

import json
import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import RedisError

# After a failure Redis is left alone for a while, so that a page waits once and not for every look into the cache.
REST_SECONDS = 5

logger = logging.getLogger(__name__)


class JSONSerializer:
    """How a value stands in Redis: as text. Who writes into Redis could run code here if it were pickled."""

    def dumps(self, value: Any) -> bytes:
        return json.dumps(value, separators=(",", ":")).encode()

    def loads(self, data: bytes) -> Any:
        """Raises ValueError where it is no JSON."""
        return json.loads(data)


class Client(RedisCacheClient):
    """Django's makes an object of redis-py for each look into the cache, which costs as much as the look."""

    _client: Any
    _get_connection_pool: Callable[[bool], Any]

    def __init__(self, *servers: Any, **options: Any):
        super().__init__(*servers, **options)
        self.known: dict[Any, Any] = {}  # by the connections that they use

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        pool = self._get_connection_pool(write)
        if pool not in self.known:
            self.known[pool] = self._client(connection_pool=pool)
        return self.known[pool]


class OptionalRedisCache(RedisCache):
    resting_until: dict[tuple[str, ...], float] = {}

    def __init__(self, server: Any, params: dict[str, Any]):
        super().__init__(server, params)
        self._class = Client

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self.ask("get", key, default, version, otherwise=default)

    _servers: list[str]

    def set(self, key: Any, value: Any, *rest: Any, **options: Any) -> None:
        self.ask("set", key, value, *rest, otherwise=None, **options)

    def add(self, key: Any, value: Any, *rest: Any, **options: Any) -> bool:
        return bool(self.ask("add", key, value, *rest, otherwise=True, **options))

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return bool(self.ask("has_key", key, version, otherwise=False))

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Tried in any case: a session that ended shall not live on in the cache."""
        self.resting_until.pop(tuple(self._servers), None)
        return bool(self.ask("delete", key, version, otherwise=False))

    def ask(self, method: str, *values: Any, otherwise: Any, **options: Any) -> Any:
        servers = tuple(self._servers)
        if time.monotonic() < self.resting_until.get(servers, 0):
            return otherwise
        try:
            return getattr(super(), method)(*values, **options)
        except ValueError as error:  # of a former release, or of another program: as if nothing were there
            if method != "get":
                raise
            logger.warning("What the cache holds was not written by this release (%s).", type(error).__name__)
            return otherwise
        except RedisError:
            self.resting_until[servers] = time.monotonic() + REST_SECONDS
            logger.warning("The cache is not reachable; pages go on without it.")
            return otherwise
