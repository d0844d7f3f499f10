"""TensorBoard's entry point.

An error while this module is imported would keep TensorBoard from starting, so it imports nothing but the standard
library, TensorBoard and what TensorBoard itself needs; the package `telltale` is imported where it is used.
"""

from __future__ import annotations

import hmac
import importlib.resources
import json
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tensorboard.backend import http_util
from tensorboard.plugins import base_plugin
from werkzeug import wrappers

from telltale_tensorboard.logs import places
from telltale_tensorboard.reader import Reader, samples_of

_View = Callable[[wrappers.Request], Any]


class DiagnosisPlugin(base_plugin.TBPlugin):  # type: ignore[misc]
    """Serves the tab and what it shows. Writes nothing, unless TensorBoard was started with --telltale_annotate."""

    plugin_name = "telltale"

    def __init__(self, context: base_plugin.TBContext) -> None:
        flags = context.flags
        interval = float(getattr(flags, "reload_interval", 5) or 0)
        self._reader = Reader(lambda: places(flags), interval)
        self._token = secrets.token_urlsafe() if getattr(flags, "telltale_annotate", False) else ""

    def get_plugin_apps(self) -> dict[str, Any]:
        return {
            "/index.js": _app(self._index),
            "/status": _app(self._status),
            "/runs": _app(self._runs),
            "/findings": _app(self._findings),
            "/series": _app(self._series),
            "/rules": _app(self._rules),
            "/annotate": _app(self._annotate, "POST"),
        }

    def data_plugin_names(self) -> tuple[str, ...]:
        self._reader.prepare()  # TensorBoard asks when a page of it is opened
        return ("scalars",)  # the tab is there wherever there are curves

    def is_active(self) -> bool:
        return False

    def frontend_metadata(self) -> base_plugin.FrontendMetadata:
        return base_plugin.FrontendMetadata(es_module_path="/index.js", tab_name="Diagnosis", disable_reload=True)

    def _index(self, request: wrappers.Request) -> Any:
        text = importlib.resources.files(__package__).joinpath("static", "index.js").read_bytes()
        # Said expressly: what mimetypes knows of .js depends on the machine.
        return http_util.Respond(request, text, "application/javascript")

    def _status(self, request: wrappers.Request) -> Any:
        """With ?version=, what the page knows, the runs as well where that is out of date: it needs not ask again."""
        known = request.args.get("version", type=int)
        status = self._reader.status(known)
        if self._token:
            status["token"] = self._token
        if known is None or self._reader.snapshot.version in (0, known):
            return _json(request, status)
        snapshot = self._reader.listed()
        status["version"] = snapshot.version
        text = json.dumps(status).encode()[:-1] + b', "runs": ' + snapshot.runs + b"}"
        return http_util.Respond(request, text, "application/json")

    def _runs(self, request: wrappers.Request) -> Any:
        return http_util.Respond(request, self._reader.listed().runs, "application/json")

    def _findings(self, request: wrappers.Request) -> Any:
        found = self._reader.snapshot.findings(request.args.get("training_run"))
        return http_util.Respond(request, found, "application/json")

    def _series(self, request: wrappers.Request) -> Any:
        return _json(request, samples_of(self._reader.snapshot, request.args.get("training_run", "")))

    def _rules(self, request: wrappers.Request) -> Any:
        import telltale

        keys = ("id", "severity", "summary", "doc")
        return _json(request, [{key: getattr(rule, key) for key in keys} for rule in telltale.rules()])

    def _annotate(self, request: wrappers.Request) -> Any:
        """Other pages in the same browser can send requests here, but know no token and have another origin."""
        given = request.headers.get("X-Telltale-Token", "")
        known = bool(self._token) and hmac.compare_digest(given.encode(), self._token.encode())
        if not known or urlsplit(request.headers.get("Origin", "")).netloc != request.host:
            return _json(request, {"message": "not allowed: start TensorBoard with --telltale_annotate"}, 403)
        written, failed = 0, []
        for diagnosis in self._reader.snapshot.diagnoses:
            annotations = diagnosis.annotate()
            written += len(annotations.files)
            failed += [f"{name}: {why}" for name, why in annotations.failures.items()]
        message = f"annotated {written} training runs" + "".join(f"; {each}" for each in failed[:3])
        return _json(request, {"message": message}, 500 if failed else 200)


class Loader(base_plugin.TBLoader):  # type: ignore[misc]
    """What the entry point names: adds the flag."""

    def define_flags(self, parser: Any) -> None:
        parser.add_argument_group("telltale").add_argument(
            "--telltale_annotate",
            action="store_true",
            help="Let the Diagnosis tab write the findings beside the runs.",
        )

    def load(self, context: base_plugin.TBContext) -> DiagnosisPlugin:
        return DiagnosisPlugin(context)


def _json(request: wrappers.Request, content: Any, code: int = 200) -> Any:
    return http_util.Respond(request, json.dumps(content).encode(), "application/json", code)


def _app(view: _View, method: str = "GET") -> Any:
    """`view` as a WSGI application. What it raises is a message, not an end."""

    @wrappers.Request.application
    def answer(request: wrappers.Request) -> Any:
        if request.method not in (method, *(["HEAD"] if method == "GET" else [])):
            return _json(request, {"message": f"{request.method} is not allowed here"}, 405)
        try:
            return view(request)
        except Exception as error:
            return _json(request, {"message": f"{type(error).__name__}: {error}"}, 500)

    return answer
