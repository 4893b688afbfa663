public import ChannelKit

extension OnlineShop {
    private static let reference: [Parameter] = [
        .optional("order", .integer, "the order"),
        .optional("ext", .text, "or the shop's own id of it"),
    ]

    private static let revision = Parameter.optional(
        "if_rev", .integer, "refuse if the order is no longer at this revision")

    private static func lines(_ absent: String) -> Parameter {
        .optional("lines", .list, "[{sku or line, quantity}], lines counted from 1; \(absent)")
    }

    private static func reason(_ summary: String) -> Parameter { .optional("reason", .text, summary, maximum: 1_000) }

    private static let method = Parameter.optional("method", .text, "such as card, transfer or cash", maximum: 100)

    private static let moneyReference = Parameter.optional(
        "reference", .text, "what you call it; the same reference again changes nothing", maximum: 200)

    public static let verbs: [ChannelVerb] = goodsVerbs + returnVerbs + moneyVerbs + listVerbs + productVerbs

    private static let goodsVerbs: [ChannelVerb] = [
        .write(
            "ship", "sends goods of an order on their way; no more than was ordered",
            reference + [
                lines("all that is left where absent"),
                .optional("carrier", .text, "who carries it", maximum: 100),
                .optional("tracking", .text, "the number under which the carrier finds it", maximum: 200),
                .optional("shipped_at", .time, "when it left; now where absent"), revision,
            ], OnlineShop.ship),
        .write(
            "deliver", "tells that a shipment has arrived",
            reference + [
                .optional("shipment", .integer, "which of the order's; the one under way where there is one only"),
                .optional("delivered_at", .time, "when it arrived; now where absent"), revision,
            ], OnlineShop.deliver),
        .write(
            "fulfil", "tells that goods were handed over without a shipment, such as a download",
            reference + [lines("all that is left where absent"), revision], OnlineShop.fulfil),
        .write(
            "cancel-lines", "takes back what is not fulfilled yet; the order comes to less by its price",
            reference + [lines("all that is left where absent"), reason("why"), revision], OnlineShop.cancelLines),
    ]

    private static let returnVerbs: [ChannelVerb] = [
        .write(
            "return", "announces goods that the customer sends back; no more than were fulfilled",
            reference + [lines("all that is with the customer where absent"), reason("why"), revision],
            OnlineShop.announceReturn),
        .write(
            "receive", "tells that returned goods have come; what was announced and did not come stays away",
            reference + [
                .optional("return", .integer, "which of the order's; the open one where there is one only"),
                lines("all that was announced where absent"), revision,
            ], OnlineShop.receive),
    ]

    private static let moneyVerbs: [ChannelVerb] = [
        .write(
            "pay", "notes money that came in for an order",
            reference + [
                .optional("amount", .amount, "how much; all that is due where absent"), method, moneyReference,
                .optional("paid_at", .time, "when it came in; now where absent"), revision,
            ], OnlineShop.pay),
        .write(
            "refund", "gives money back; no more than was paid",
            reference + [
                .optional("amount", .amount, "how much; by lines and shipping, or else all there is, where absent"),
                .optional("lines", .list, "[{sku or line, quantity}] whose price is given back"),
                .optional("shipping", .amount, "how much of the shipping costs is given back"), method,
                reason("why"), moneyReference, revision,
            ], OnlineShop.refund),
    ]

    private static let listVerbs: [ChannelVerb] = [
        .read("show", "shows what has become of an order: goods and money", reference, OnlineShop.show),
        .read(
            "shipments", "lists shipments, those of the newest orders first",
            reference + [.optional("delivered", .flag, "true or false: only those that have, or have not, arrived")]
                + [.limit, .after], OnlineShop.shipments),
        .read(
            "orders", "lists orders by how they stand, newest first; a page may hold few and still go on",
            [
                .optional("fulfilment", .words, "only these: \(Fulfilment.State.words.joined(separator: ", "))"),
                .optional("payment", .words, "only these: \(Payment.State.words.joined(separator: ", "))"),
                .optional("from", .time, "placed at this time or later"), .limit, .after,
            ], OnlineShop.orders),
    ]

    private static let productVerbs: [ChannelVerb] = [
        .read(
            "products", "lists the products, by sku",
            [.optional("archived", .flag, "true lists those that are not sold any more as well"), .limit, .after],
            OnlineShop.products),
        .write(
            "set-product", "makes a product, or changes what is given of it; references to it follow",
            roles: [.staff, .channel],
            [
                .required("sku", .text, "the shop's word for it", maximum: 200),
                .optional("name", .text, "what it is called; needed for a new one", maximum: 500),
                .optional("price", .amount, "what one costs, up to 6 fraction digits"),
                .optional("currency", .text, "of the price; the tenant's where absent"),
                .optional("tax_rate", .text, "in per cent, such as 19"),
                .optional("archived", .flag, "true when it is not sold any more"),
            ], OnlineShop.setProduct),
    ]
}
