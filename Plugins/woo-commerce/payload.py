"""Typed access to what somebody else wrote: every mistake is reported with its path."""

import re
from decimal import Decimal

from wire import bad_value

AMOUNT = re.compile(r"-?\d{1,12}(\.\d{1,8})?\Z")


class Payload:
    def __init__(self, value, path):
        if not isinstance(value, dict):
            raise bad_value(path, "an object is needed here")
        self.value, self.path = value, path

    def place(self, name):
        return f"{self.path}.{name}"

    def has(self, name):
        return self.value.get(name) not in (None, "")

    def text(self, name, most=2000):
        """Text, empty where there is none; a number is taken as its text."""
        value = self.value.get(name)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
            raise bad_value(self.place(name), "text is needed here")
        text = str(value).strip()
        if len(text) > most:
            raise bad_value(self.place(name), f"at most {most} characters fit here")
        if any(ord(c) < 32 and c not in "\t\r\n" or ord(c) == 127 for c in text):
            raise bad_value(self.place(name), "there are control characters in it")
        return text

    def id(self, name):
        """A whole number above 0, None where it is missing or 0, as WooCommerce writes "nobody"."""
        value = self.value.get(name)
        if value in (None, "", 0, "0"):
            return None
        text = str(value)
        if isinstance(value, bool) or not isinstance(value, (str, int)) or not re.match(r"[1-9]\d{0,17}\Z", text):
            raise bad_value(self.place(name), "a whole number above 0 is needed here")
        return int(text)

    def amount(self, name):
        """A decimal number, 0 where it is missing."""
        value = self.value.get(name)
        if value in (None, ""):
            return Decimal(0)
        text = str(value)
        if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)) or not AMOUNT.match(text):
            raise bad_value(self.place(name), "an amount is needed here, such as \"9.95\"")
        return Decimal(text)

    def time(self, *names):
        """The first time there is, which WooCommerce writes in UTC without saying so; None where there is none."""
        for name in names:
            if not self.has(name):
                continue
            text = self.text(name)
            if not re.match(r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z?\Z", text):
                raise bad_value(self.place(name), "a time such as 2026-11-22T10:00:00 is needed here")
            return text.rstrip("Z") + "Z"
        return None

    def object(self, name):
        value = self.value.get(name)
        return Payload({} if value is None or value == [] else value, self.place(name))

    def objects(self, name):
        value = self.value.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise bad_value(self.place(name), "a list is needed here")
        if len(value) > 1000:
            raise bad_value(self.place(name), "at most 1000 fit here")
        return [Payload(item, f"{self.place(name)}[{index}]") for index, item in enumerate(value)]
