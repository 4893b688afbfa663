"""Patron's wire for plugins (api 1) over standard input and output: one JSON-RPC 2.0 message a line."""

import json
import sys
from collections import deque
from decimal import Decimal


class Refused(Exception):
    """A no that the caller is told: code 400, 404, 409, 410 or 422, a stable slug, a line for people."""

    def __init__(self, code, slug, message, **data):
        super().__init__(message)
        self.code, self.slug, self.message, self.data = code, slug, message, data


def bad_value(path, reason):
    return Refused(400, "bad-value", f"{path}: {reason}", argument=path)


def incomplete(missing):
    return Refused(422, "incomplete", "missing: " + ", ".join(missing), missing=missing)


class HostError(Exception):
    """The host said no to a callback."""

    def __init__(self, error):
        super().__init__(error.get("message", ""))
        self.code = error.get("code")
        self.data = error.get("data") or {}


class Host:
    """Serves requests one after the other; while it asks the host something, requests that come wait their turn."""

    def __init__(self, methods, plugin):
        self.methods, self.plugin = methods, plugin
        self.waiting = deque()
        self.asked = 0
        self.tenants = {}

    def serve(self):
        while True:
            message = self.waiting.popleft() if self.waiting else self._read()
            if message is None:
                return
            if "method" not in message:
                continue  # an answer nobody waits for any more
            self._answer(message)
            if message["method"] == "shutdown":
                return

    def ask(self, call, method, **params):
        """Asks the host something about the call in hand, and waits for its answer."""
        self.asked += 1
        name = f"c{self.asked}"
        self._write({"jsonrpc": "2.0", "id": name, "method": method, "params": {"call": call, **params}})
        while True:
            message = self._read()
            if message is None:
                sys.exit(0)
            if "method" in message:
                self.waiting.append(message)
            elif message.get("id") == name:
                if message.get("error"):
                    raise HostError(message["error"])
                return message.get("result")

    def rows(self, call, sql, *values):
        return self.ask(call, "data.query", sql=sql, values=list(values))["rows"]

    def _answer(self, message):
        answer = {"jsonrpc": "2.0", "id": message.get("id")}
        params = message.get("params") or {}
        try:
            answer["result"] = self._call(message["method"], params)
        except Refused as no:
            answer["error"] = {"code": no.code, "message": no.message, "data": {"slug": no.slug, **no.data}}
        except HostError as error:
            code = error.code if error.code in (400, 404, 409, 410, 422) else -32000
            answer["error"] = {"code": code, "message": str(error), "data": error.data}
        except Exception as error:  # a mistake in this program: the host says 502, standard error says which
            print(f"{message['method']}: {error!r}", file=sys.stderr, flush=True)
            answer["error"] = {"code": -32000, "message": "the plugin failed"}
        if message.get("id") is not None:
            self._write(answer)

    def _call(self, method, params):
        if method == "initialize":
            return {"plugin": self.plugin, "api": params["api"]}
        if method == "tenant.open":
            self.tenants[params["tenant"]] = params
            return {}
        if method == "tenant.close":
            self.tenants.pop(params["tenant"], None)
            return {}
        if method in ("ping", "shutdown"):
            return {}
        if method not in self.methods:
            return self._missing(method)
        return self.methods[method](self, self.tenants.get(params.get("tenant"), {}), params)

    def _missing(self, method):
        raise Refused(-32601, "no-method", f"this plugin has no {method}")

    def _read(self):
        while True:
            line = sys.stdin.buffer.readline()
            if not line.endswith(b"\n"):
                return None
            try:
                # Amounts are never floats.
                return json.loads(line, parse_float=Decimal)
            except ValueError as error:
                print(f"not read: {error}", file=sys.stderr, flush=True)

    @staticmethod
    def _write(message):
        text = json.dumps(message, ensure_ascii=True, separators=(",", ":"), default=str)
        sys.stdout.buffer.write(text.encode() + b"\n")
        sys.stdout.buffer.flush()
