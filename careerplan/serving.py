"""gunicorn's own lines in the form of all others; `web_server.py` names it.

Its access log is off: the proxy keeps one. Where somebody turns it on (`--access-logfile -`), it names the path and
the number of the request; never the query, nor the page before, which has one, too.
"""

from typing import Any

from gunicorn.glogging import Logger as GunicornLogger

from careerplan import environment
from careerplan.base.logs import JsonFormatter, TextFormatter

logger_class = "careerplan.serving.Logger"
access_log_format = "%(m)s %(U)s %(s)s, %(B)s bytes, %(M)s ms, request %({x-request-id}o)s"


class Logger(GunicornLogger):
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        formatter = TextFormatter() if environment.text("LOG_FORMAT") == "text" else JsonFormatter()
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            handler.setFormatter(formatter)
