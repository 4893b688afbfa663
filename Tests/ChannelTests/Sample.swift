import ChannelKit
import Storage

/// The shop, the moment and the orders the tests are about.
enum Sample {
    /// 2026-11-22T10:00:00Z, in a shop in Berlin.
    static func occasion(actor: Actor = .staff("lena")) throws -> Occasion {
        Occasion(
            shop: Shop(
                name: "acme", title: "Acme", currency: try Currency("EUR"), country: try Country("DE"), locale: "de",
                timeZone: TimeZone(identifier: "Europe/Berlin") ?? .gmt, policies: Policies()),
            at: Instant(seconds: 1_795_341_600), actor: actor)
    }

    /// An order of 12.00 EUR as the core hands it to a channel.
    static func draft(_ details: Details) throws -> OrderDraft {
        let euro = try Currency("EUR")
        return OrderDraft(
            channel: "test", ext: "A-1", buyer: .anonymous, kind: .order, state: .open, currency: euro, lines: [],
            declared: Money(minor: 1200, currency: euro), details: fragment(details.json))
    }

    /// An order of 12.00 EUR as it stands in a registry of its own, without the channel's help.
    static func order(
        _ details: String = "{}", _ prepare: (inout OrderDraft) throws -> Void = { _ in }
    ) throws -> Order {
        var draft = try draft(try Details(JSON(parsing: details)))
        try prepare(&draft)
        let submitted = draft
        let occasion = try occasion()
        let database = try Database(path: ":memory:", migrations: RegistrySchema.migrations)
        return try database.write { transaction in
            let id = try OrderWriter(transaction, occasion).register(submitted).order
            return try OrderReader(transaction.reading).order(id)
        }
    }

    /// Canonical text, as the core stores details.
    static func fragment(_ json: JSON) -> JSONFragment {
        var writer = JSONWriter()
        writer.json(json.canonical)
        return writer.finish()
    }

    /// Somebody an order describes.
    static func buyer(name: String?, email: String? = nil, phone: String? = nil) throws -> BuyerDescription {
        var fields = CustomerFields()
        let country = try Country("DE")
        try fields.set(.name, to: name, country: country)
        try fields.set(.email, to: email, country: country)
        try fields.set(.phone, to: phone, country: country)
        return BuyerDescription(fields: fields, ext: nil, snapshot: .emptyObject)
    }
}
