import ChannelKit
import OnlineShop
import Storage
import XCTest

/// A web shop in Berlin, in memory; it is 2026-11-22T10:00:00Z.
struct ShopBook {
    let database: Database
    let channel: CompiledChannel
    var occasion: Occasion

    init(_ settings: [String: String] = [:]) throws {
        let descriptor = OnlineShop.descriptor
        channel = try CompiledChannel(OnlineShop.self, settings: ChannelSettings(settings, of: descriptor))
        occasion = try Sample.occasion()
        database = try Database(path: ":memory:", migrations: RegistrySchema.migrations)
        try write { inside, transaction in
            try ChannelTableInstaller(transaction).install(descriptor.migrations, descriptor.tables, of: descriptor.id)
        }
    }

    /// Runs a transaction of the channel's.
    func write<Result: Sendable>(
        _ body: @Sendable (ChannelTransaction, WriteTransaction) throws -> Result
    ) throws -> Result {
        try database.write { [channel, occasion] in try body(ChannelTransaction($0, channel, occasion), $0) }
    }

    /// Registers an order of Ann's; without lines it comes to 12.00 EUR.
    @discardableResult
    func sell(
        _ lines: [OrderLine] = [], _ details: String = "{}", _ prepare: (inout OrderDraft) throws -> Void = { _ in }
    ) throws -> Order {
        let details = try Details(JSON(parsing: details))
        var draft = try Sample.draft(details)
        draft.channel = OnlineShop.descriptor.id
        draft.ext = nil
        draft.buyer = .described(try Sample.buyer(name: "Ann", email: "ann@example.org"))
        draft.lines = lines
        if !lines.isEmpty { draft.declared = nil }
        try prepare(&draft)
        return try write { [draft] inside, _ in try inside.services.order(inside.register(draft).order) }
    }

    /// What one of the shop's verbs answers.
    @discardableResult
    func ask(_ verb: String, _ arguments: String = "{}") throws -> (rows: [JSON], next: [JSON]?) {
        let arguments = Details(arguments: try XCTUnwrap(JSON(parsing: arguments).objectValue))
        let work = try channel.answerAtOnce { channel.perform(verb, arguments, occasion, $0) }
        let reply = try write { inside, _ in
            switch work {
            case .read(let read): return try read(inside.services)
            case .write(let write): return try write(inside)
            case .answer(let reply): return reply
            }
        }
        switch reply {
        case .ok(let object): return ([try JSON(parsing: object.bytes)], nil)
        case .list(let rows, let next): return (try rows.map { try JSON(parsing: $0.bytes) }, next)
        }
    }

    /// What has become of an order after one of the shop's verbs.
    @discardableResult
    func note(_ verb: String, _ order: Order, _ arguments: String = "") throws -> JSON {
        let more = arguments.isEmpty ? "" : ",\(arguments)"
        let reply = try ask(verb, #"{"order":\#(order.id.rawValue)\#(more)}"#)
        return try XCTUnwrap(reply.rows.first)
    }

    /// The order as it is now.
    func now(_ order: Order) throws -> Order {
        try database.read { try OrderReader($0).order(order.id) }
    }

    /// Changes an order as `order.update` does.
    @discardableResult
    func update(_ order: Order, _ details: String? = nil, state: String? = nil) throws -> Order {
        let order = try now(order)
        var change = OrderChange()
        if let state {
            change.state = try OnlineShop.descriptor.state(for: state)
            change.channelState = state
        }
        var payload = try Details(storedWith: order)
        if let details {
            change.details = payload.setting(try JSON(parsing: details).objectValue ?? [])
            payload = try Details(JSON(parsing: change.details?.text ?? ""))
        }
        let (begun, told) = (change, payload)
        let revision = try channel.answerAtOnce { channel.revise(told, begun, of: order, occasion, $0) }
        return try write { inside, _ in try inside.update(order, ifRevision: nil, revision) }
    }

    /// One line of an order.
    static func line(_ sku: String, _ quantity: String, _ price: String) throws -> OrderLine {
        OrderLine(
            sku: sku, name: nil, quantity: try Quantity(parsing: quantity), unitPrice: try UnitPrice(parsing: price),
            taxRate: nil)
    }
}

extension JSON {
    /// How payment and fulfilment stand, parted by a space.
    var standing: String { "\(self["payment"]?.stringValue ?? "") \(self["fulfilment"]?.stringValue ?? "")" }
}
