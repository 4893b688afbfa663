"""From WooCommerce's order object to Patron's order.

https://woocommerce.github.io/woocommerce-rest-api-docs/#order-properties
"""

import re
from decimal import ROUND_HALF_EVEN, Decimal

from wire import Refused, bad_value, incomplete

STATES = {
    "pending": "open", "on-hold": "open", "failed": "open", "checkout-draft": "open", "processing": "confirmed",
    "completed": "completed", "cancelled": "cancelled", "trash": "cancelled", "refunded": "refunded",
}
CLOSED = ("cancelled", "refunded", "expired")

# https://www.six-group.com/en/products-services/financial-information/data-standards.html (ISO 4217)
WITHOUT_DIGITS = set("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split())
THREE_DIGITS = set("BHD IQD JOD KWD LYD OMR TND".split())

ADDRESS = ("first_name", "last_name", "company", "address_1", "address_2", "city", "state", "postcode", "country")


def digits(currency):
    return 0 if currency in WITHOUT_DIGITS else 3 if currency in THREE_DIGITS else 2


def money(amount, currency):
    return str(amount.quantize(Decimal(1).scaleb(-digits(currency)), ROUND_HALF_EVEN))


def status(payload):
    word = payload.text("status")
    if word not in STATES:
        known = ", ".join(STATES)
        raise bad_value(payload.place("status"), f"{word!r} is no status of WooCommerce's own ({known})")
    return word


def state(kept, total):
    """The state an order is in: WooCommerce leaves the status of one whose money has all gone back as it is."""
    word = kept["status"]
    return "refunded" if STATES[word] not in CLOSED and 0 < total <= refunded(kept) else word


def read(payload):
    """The members of an order that the payload tells, with what to warn of."""
    missing = [payload.place(name) for name in ("id", "status", "currency", "total") if not payload.has(name)]
    if missing:
        raise incomplete(missing)
    number = payload.id("id")
    if number is None:
        raise bad_value(payload.place("id"), "a whole number above 0 is needed here")
    currency = payload.text("currency").upper()
    if not re.match(r"[A-Z]{3}\Z", currency):
        raise bad_value(payload.place("currency"), "a currency such as EUR is needed here")
    customer, warnings = buyer(payload)
    order = {
        "ext": str(number), "kind": "order", "currency": currency, "customer": customer, "details": details(payload),
    }
    order["state"] = state(order["details"], payload.amount("total"))
    placed = payload.time("date_created_gmt")
    if placed:
        order["placed_at"] = placed
    order["addresses"] = [
        {"use": f"{use}_address", "address": {name: place.text(name) for name in ADDRESS + ("phone",) if place.has(name)}}
        for use in ("billing", "shipping") for place in [payload.object(use)] if place.has("address_1")]
    order.update(amounts(payload, currency))
    was_paid = paid(payload, order)
    if was_paid:
        order["paid"] = was_paid
    return order, warnings


def paid(payload, order):
    """What was paid: all of it when WooCommerce says when, or when all has gone back, and else what has gone back."""
    if payload.time("date_paid_gmt", "date_paid") or STATES.get(order["state"]) == "refunded":
        return "all"
    given_back = refunded(order["details"])
    return money(given_back, order["currency"]) if given_back else None


def amounts(payload, currency):
    """Lines with their tax, and on top of them what they do not explain of the total: shipping and fees.

    WooCommerce's line totals are after its coupons and before tax.
    """
    total = payload.amount("total")
    rates = {rate.id("rate_id"): rate.amount("rate_percent") for rate in payload.objects("tax_lines")}
    lines, gross = [], Decimal(0)
    for item in payload.objects("line_items"):
        quantity = item.amount("quantity") if item.has("quantity") else Decimal(1)
        if quantity <= 0:
            raise bad_value(item.place("quantity"), "a number above 0 is needed here")
        net, tax = item.amount("total"), item.amount("total_tax")
        price = ((net + tax) / quantity).quantize(Decimal("0.000001"), ROUND_HALF_EVEN)
        product = item.id("variation_id") or item.id("product_id")
        line = {
            "sku": item.text("sku", 200) or (f"wc-{product}" if product else None),
            "name": item.text("name", 500) or None, "quantity": str(quantity), "unit_price": str(price),
        }
        rate = tax_rate(item, net, tax, rates)
        if rate is not None:
            line["tax_rate"] = rate
        lines.append(line)
        gross += quantity * price
    extra_tax = payload.amount("shipping_tax")
    extra = payload.amount("shipping_total") + extra_tax
    for fee in payload.objects("fee_lines"):
        extra += fee.amount("total") + fee.amount("total_tax")
        extra_tax += fee.amount("total_tax")
    if not lines:
        return {"total": money(total, currency), "lines": [], "charges_tax": money(extra_tax, currency)}
    subtotal = Decimal(money(gross, currency))
    # WooCommerce rounds each line, Patron the sum: so much may lie between them.
    tolerance = Decimal(len(lines) + 2).scaleb(-digits(currency))
    if abs(total - subtotal - extra) > tolerance:
        raise Refused(
            422, "total-mismatch", f"lines, shipping and fees come to {subtotal + extra}, the payload says {total}",
            computed=str(subtotal + extra), declared=str(total))
    return {
        "lines": lines, "total": money(total, currency), "charges": money(total - subtotal, currency),
        "charges_tax": money(extra_tax, currency),
    }


def tax_rate(item, net, tax, rates):
    """The rate of a line: what the order says of the rates it names, or else what the amounts come to."""
    if tax == 0 or net <= 0:
        return None
    named = [rates.get(one.id("id"), Decimal(0)) for one in item.objects("taxes") if one.amount("total") != 0]
    percent = sum(named, Decimal(0)) if named and all(named) else (tax / net * 100).quantize(Decimal("0.1"))
    if not 0 < percent <= 100:
        return None
    return format(percent.quantize(Decimal("0.0001")), "f").rstrip("0").rstrip(".")


def buyer(payload):
    """Who ordered: nobody without a name, an address or a number."""
    billing = payload.object("billing")
    warnings = []
    person = {name: billing.text(name, 200) for name in ("first_name", "last_name", "company", "country")}
    email, phone = billing.text("email", 320), billing.text("phone", 60)
    if re.match(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+\Z", email):
        person["email"] = email
    elif email:
        warnings.append("the billing e-mail address is none: it stays in the details")
    if 6 <= len(re.sub(r"\D", "", phone)) <= 15 and re.match(r"[+()\d\s./-]+\Z", phone):
        person["phone"] = phone
    elif phone:
        warnings.append("the billing phone number is none: it stays in the details")
    if not re.match(r"[A-Za-z]{2}\Z", person["country"]):
        person["country"] = ""
    customer_id = payload.id("customer_id")
    if customer_id:
        person["ext"] = str(customer_id)
    if not any(person.get(name) for name in ("email", "phone", "last_name", "first_name", "ext")):
        return None, warnings
    address = {name: billing.text(name, 200) for name in ADDRESS if billing.has(name)}
    person["address"] = address
    return {name: value for name, value in person.items() if value}, warnings


def details(payload):
    """What is kept of the payload beside the order itself, under WooCommerce's own names."""
    def texts(place, *names):
        return {name: place.text(name) for name in names if place.has(name)}

    def amounts(place, *names):
        return {name: str(place.amount(name)) for name in names if place.has(name)}

    kept = texts(payload, "number", "created_via", "payment_method", "payment_method_title", "transaction_id")
    kept |= texts(payload, "customer_note")
    if payload.id("customer_id"):
        kept["customer_id"] = str(payload.id("customer_id"))
    kept |= amounts(payload, "discount_total", "shipping_total", "total_tax")
    kept["status"] = status(payload)
    for name in ("date_paid_gmt", "date_modified_gmt"):
        if payload.time(name):
            kept[name] = payload.time(name)
    for name in ("billing", "shipping"):
        kept[name] = texts(payload.object(name), *ADDRESS, "email", "phone")
    kept["coupon_lines"] = [
        texts(one, "code") | amounts(one, "discount", "discount_tax") for one in payload.objects("coupon_lines")]
    kept["shipping_lines"] = [
        texts(one, "method_title") | amounts(one, "total", "total_tax") for one in payload.objects("shipping_lines")]
    kept["fee_lines"] = [
        texts(one, "name") | amounts(one, "total", "total_tax") for one in payload.objects("fee_lines")]
    kept["refunds"] = [texts(one, "id", "reason") | amounts(one, "total") for one in payload.objects("refunds")]
    return {name: value for name, value in kept.items() if value not in ([], {})}


def refunded(kept):
    """What WooCommerce has given back in all; it writes refunds below zero."""
    return sum((abs(Decimal(one.get("total", "0"))) for one in kept.get("refunds", [])), Decimal(0))
