#!/usr/bin/env python3
"""WooCommerce's orders in Patron: its webhook payloads become orders, and follow what the shop does with them.

A payload comes as `order.register channel=woo-commerce details=…` or, with all that happens later, as
`woo-commerce.webhook payload=…`. What staff decide in Patron is listed by `woo-commerce.todo` until it is done in
WooCommerce as well.
"""

from decimal import Decimal

import order as woo
from payload import Payload
from wire import Host, Refused, bad_value, incomplete

KEEP = "INSERT INTO woo_commerce__order (order_id, status, modified_at) VALUES (?, ?, ?)"
NOTE = "UPDATE woo_commerce__order SET status = ?, modified_at = ? WHERE order_id = ?"
TODO = (
    "INSERT INTO woo_commerce__todo (order_id, state, amount, noted_at) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (order_id) DO UPDATE SET state = excluded.state, amount = excluded.amount, "
    "noted_at = excluded.noted_at, done_at = NULL")
DONE = "UPDATE woo_commerce__todo SET done_at = ? WHERE order_id = ? AND done_at IS NULL"


def translate(host, tenant, params):
    asked, payload = params["order"], Payload(params["details"], "details")
    if asked.get("kind", "order") != "order":
        raise bad_value("kind", "WooCommerce's refunds come with their order")
    if asked.get("lines"):
        raise bad_value("lines", "the payload has them")
    made, warnings = woo.read(payload)
    if asked.get("ext") not in (None, made["ext"]):
        raise bad_value("ext", f"the payload's id is {made['ext']}")
    if asked.get("total") and Decimal(asked["total"]) != Decimal(made["total"]):
        raise Refused(422, "total-mismatch", f"the payload's total is {made['total']}")
    if asked.get("customer") is not None:
        made.pop("customer")
    kept = made["details"]
    return {
        "order": made,
        "data": [{"sql": KEEP, "values": [{"of": "order"}, kept["status"], kept.get("date_modified_gmt", "")]}],
        "warnings": warnings + partial_refund_warning(made),
    }


def partial_refund_warning(made):
    if made["state"] == "refunded" or not woo.refunded(made["details"]):
        return []
    return ["part of it has been given back already: send the payload to woo-commerce.webhook to have that counted"]


def revise(host, tenant, params):
    """A payload put into an order's details, or some of its members: the status follows."""
    given = Payload(params["details"], "details")
    if not given.has("status"):
        return {}
    kept = woo.details(given)
    change = {"details": kept} if "line_items" in given.value else {}
    asked, now = params["change"], params["order"]
    is_asked = asked.get("state") is not None or asked.get("channel_state") is not None
    if not is_asked and now["channel_state"] != kept["status"] and now["state"] not in woo.CLOSED:
        if (params.get("before") or {}).get("status") != kept["status"]:
            change["state"] = woo.state(kept, Decimal(now["total"]))
    return {"change": change}


def webhook(host, tenant, params):
    payload = Payload(params["arguments"]["payload"], "payload")
    topic = params["arguments"].get("topic") or "order.updated"
    if not topic.startswith("order."):
        return ignored("only order.* is taken")
    if not payload.has("id"):
        if payload.has("webhook_id"):
            return ignored("WooCommerce only says that the webhook exists")
        raise incomplete(["payload.id"])
    number = payload.id("id")
    if number is None:
        raise bad_value("payload.id", "a whole number above 0 is needed here")
    known = host.ask(params["call"], "order.show", ext=str(number))["order"]
    if topic == "order.deleted":
        return ignored("there is no such order") if known is None else cancel(known, params["at"])
    made, warnings = woo.read(payload)
    if known is not None:
        return follow(host, params, known, made, warnings)
    if made["details"]["status"] in ("trash", "checkout-draft"):
        return ignored(f"it is only {made['details']['status']}")
    return enter(made, warnings)


def ignored(reason):
    return {"answer": {"done": "ignored", "reason": reason, "order": None}}


def enter(made, warnings):
    """An order nobody has heard of."""
    kept = made["details"]
    effects = {
        "orders": [made],
        "data": [{"sql": KEEP, "values": [{"of": "orders.0"}, kept["status"], kept.get("date_modified_gmt", "")]}],
        "warnings": warnings,
        "answer": {"done": "registered", "order": {"of": "orders.0"}, "customer": {"of": "orders.0.customer"}},
    }
    given_back = woo.refunded(kept)
    if made["state"] != "refunded" and 0 < given_back < Decimal(made["total"]):
        effects["changes"] = [{"order": {"of": "orders.0"}, "refund": woo.money(given_back, made["currency"])}]
    return effects


def follow(host, params, known, made, warnings):
    """An order that is there: states, payment, refunds and details follow; an older payload changes nothing."""
    kept, id = made["details"], known["id"]
    rows = host.rows(params["call"], "SELECT modified_at FROM woo_commerce__order WHERE order_id = ?", id)
    if rows and kept.get("date_modified_gmt", "") < rows[0][0]:
        return {"answer": {"done": "stale", "order": id}}
    change = {"order": id, "if_rev": known["rev"], "details": kept}
    state = woo.STATES[woo.state(kept, Decimal(known["total"]))]
    if known["state"] in woo.CLOSED:
        is_done = state in woo.CLOSED
        if state != known["state"]:
            warnings.append(f"the order is {known['state']} for good, whatever WooCommerce says of it")
    else:
        change["state"] = woo.state(kept, Decimal(known["total"]))
        if made.get("paid") == "all" or Decimal(known["paid"]) < Decimal(made.get("paid", "0")):
            change["paid"] = made["paid"]
        missing = woo.refunded(kept) - Decimal(known["refunded"])
        is_done = missing >= 0 or state == "refunded"
        if state != "refunded" and missing > 0:
            change["refund"] = woo.money(missing, made["currency"])
    if Decimal(made["total"]) != Decimal(known["total"]):
        warnings.append(f"WooCommerce has changed the total to {made['total']}; here it stays {known['total']}")
    data = [{"sql": NOTE, "values": [kept["status"], kept.get("date_modified_gmt", ""), id]}]
    if is_done:
        data.append({"sql": DONE, "values": [params["at"], id]})
    return {
        "changes": [change],
        "data": data,
        "warnings": warnings,
        "answer": {"done": "changed", "order": id, "customer": known["customer"]},
    }


def cancel(known, at):
    if known["state"] in woo.CLOSED:
        return ignored(f"it is {known['state']} already")
    return {
        "changes": [{"order": known["id"], "if_rev": known["rev"], "state": "cancelled"}],
        "data": [{"sql": DONE, "values": [at, known["id"]]}],
        "answer": {"done": "cancelled", "order": known["id"]},
    }


def todo(host, tenant, params):
    """What was decided in Patron and is not yet done in WooCommerce, a page at a time."""
    arguments = params["arguments"]
    limit = min(max(int(arguments.get("limit") or 100), 1), 999)
    after = arguments.get("after") or [0]
    if len(after) != 1 or not isinstance(after[0], int):
        raise bad_value("after", "give what the page before said under next")
    found = host.rows(
        params["call"],
        "SELECT order_id, state, amount, noted_at FROM woo_commerce__todo WHERE order_id > ? AND done_at IS NULL "
        "ORDER BY order_id LIMIT ?", after[0], limit + 1)
    rows = [
        {"order": id, "state": state, "amount": amount, "noted_at": at} for id, state, amount, at in found[:limit]]
    return {"rows": rows, "next": [rows[-1]["order"]] if len(found) > limit else None}


def done(host, tenant, params):
    id = params["arguments"]["order"]
    refusal = {"code": 404, "message": "nothing is to be done for this order", "data": {"slug": "no-todo"}}
    return {
        "data": [{"sql": DONE, "values": [params["at"], id], "expect": 1, "refusal": refusal}],
        "answer": {"order": id, "done": True},
    }


VERBS = {"webhook": webhook, "todo": todo, "done": done}


def perform(host, tenant, params):
    return VERBS[params["verb"]](host, tenant, params)


def deliver(host, tenant, params):
    """Notes what staff cancel or refund in Patron, so that somebody does it in WooCommerce too."""
    data = []
    for event in params["events"]:
        if event["topic"] not in ("order.cancelled", "order.refunded"):
            continue
        now = host.ask(params["call"], "order.show", id=event["order"])["order"]
        if now is None:
            continue
        left = Decimal(now["refunded"]) - woo.refunded(now["details"])
        amount = woo.money(left, now["currency"]) if left > 0 else None
        if now["state"] in ("cancelled", "refunded"):
            is_there = woo.STATES.get(now["details"].get("status")) == now["state"]
            if not is_there and (amount or now["state"] == "cancelled"):
                data.append({"sql": TODO, "values": [now["id"], now["state"], amount, event["at"]]})
        elif amount:
            data.append({"sql": TODO, "values": [now["id"], "partially_refunded", amount, event["at"]]})
    return {"seq": params["events"][-1]["seq"], "data": data}


if __name__ == "__main__":
    methods = {"translate": translate, "revise": revise, "perform": perform, "deliver": deliver}
    Host(methods, "woo-commerce").serve()
