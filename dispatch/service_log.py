"""Where the service writes down what it does; files that never grow for ever."""

import logging
import logging.handlers
import time

from dispatch.notify import log as notify_log
from resources.home import Home

LOG_BYTES, LOG_FILES = 4_000_000, 5


def log_to_files(home: Home) -> None:
    """Write what this process does to a file, and its notices to another."""
    form = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    form.converter = time.gmtime
    logging.getLogger("alembic").setLevel(logging.WARNING)
    for name, area in (("service.log", ""), ("notices.log", notify_log.__name__)):
        handler = logging.handlers.RotatingFileHandler(
            home.logs / name,
            maxBytes=LOG_BYTES,
            backupCount=LOG_FILES,
            encoding="utf-8",
            delay=True,
        )
        handler.setFormatter(form)
        logger = logging.getLogger(area)
        logger.setLevel(logging.INFO)
        logger.addHandler(handler)
    logging.getLogger(notify_log.__name__).propagate = False
