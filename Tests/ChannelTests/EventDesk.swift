import ChannelKit
import Events
import Storage
import XCTest

/// A shop that sells tickets, with nobody else about and a clock that the test moves.
struct EventDesk {
    /// What tests mostly need to know of an order's registration.
    typealias Placed = (order: OrderID, total: String)

    private let database: Database
    private let channel: CompiledChannel
    private(set) var occasion: Occasion

    /// Opens it; `settings` are those of the channel that do not stand at their standard.
    init(_ settings: [String: String] = [:]) throws {
        database = try Database(path: ":memory:", migrations: RegistrySchema.migrations)
        let descriptor = Events.descriptor
        channel = try CompiledChannel(Events.self, settings: ChannelSettings(settings, of: descriptor))
        occasion = try Sample.occasion()
        try database.write { transaction in
            try ChannelTableInstaller(transaction).install(
                descriptor.migrations, descriptor.tables, of: descriptor.id)
        }
    }

    /// A desk that sells seats of an event called jazz at 10.00 EUR.
    static func jazz(quota: Int, _ settings: [String: String] = [:]) throws -> EventDesk {
        let desk = try EventDesk(settings)
        try desk.ask("create", #"{"event":"jazz","title":"Jazz night","starts":"2026-12-24T20:00"}"#)
        try desk.ask("set-ticket-type", #"{"event":"jazz","type":"seat","price":"10.00","quota":\#(quota)}"#)
        return desk
    }

    mutating func pass(minutes: Int64) {
        occasion.at = Instant(seconds: occasion.at.seconds + minutes * 60)
    }

    /// What a verb answers to a JSON object of arguments.
    @discardableResult
    func ask(_ verb: String, _ arguments: String = "{}") throws -> JSON {
        switch try reply(verb, arguments) {
        case .ok(let object): try JSON(parsing: object.bytes)
        case .list(let rows, _): .array(try rows.map { try JSON(parsing: $0.bytes) })
        }
    }

    /// A page of a list, and where the next begins.
    func page(_ verb: String, _ arguments: String, after: [JSON]?) throws -> (rows: [JSON], next: [JSON]?) {
        let given = try JSON(parsing: arguments).objectValue ?? []
        let position = after.map { [JSON.Member(name: "after", value: .array($0))] } ?? []
        guard case .list(let rows, let next) = try reply(verb, JSON.object(given + position).text) else {
            return ([], nil)
        }
        return (try rows.map { try JSON(parsing: $0.bytes) }, next)
    }

    private func reply(_ verb: String, _ arguments: String) throws -> ChannelReply {
        let details = Details(arguments: try JSON(parsing: arguments).objectValue ?? [])
        let (channel, occasion) = (channel, occasion)
        let work = try channel.answerAtOnce { channel.perform(verb, details, occasion, $0) }
        return try database.write { transaction in
            switch work {
            case .read(let read):
                try read(ChannelServices(transaction.reading, channel: channel.descriptor.id, occasion))
            case .write(let write): try write(ChannelTransaction(transaction, channel, occasion))
            case .answer(let reply): reply
            }
        }
    }

    /// Registers an order as a channel does.
    @discardableResult
    func register(
        _ details: String, ext: String? = nil, _ prepare: @Sendable (inout OrderDraft) throws -> Void = { _ in }
    ) throws -> Placed {
        var draft = try Sample.draft(try Details(JSON(parsing: details)))
        (draft.channel, draft.ext, draft.declared) = (channel.descriptor.id, ext, nil)
        try prepare(&draft)
        let submitted = draft
        return try inside { transaction in
            let registration = try transaction.register(submitted)
            return (registration.order, registration.amounts.total.text)
        }
    }

    /// Holds seats of the jazz night and returns the order.
    func hold(_ count: Int, minutes: Int = 15, customer: String? = nil) throws -> OrderID {
        let tickets = Array(repeating: #"{"type":"seat"}"#, count: count).joined(separator: ",")
        let buyer = customer.map { #","customer":\#($0)"# } ?? ""
        let reply = try ask("hold", #"{"event":"jazz","tickets":[\#(tickets)],"minutes":\#(minutes)\#(buyer)}"#)
        return OrderID(rawValue: reply["order"]?.integerValue ?? 0)
    }

    /// Sells seats of the jazz night and returns the order.
    func sell(_ count: Int, customer: String? = nil) throws -> OrderID {
        let order = try hold(count, customer: customer)
        try ask("pay", #"{"order":\#(order.rawValue)}"#)
        return order
    }

    /// Changes an order's states as staff do.
    @discardableResult
    func set(_ order: OrderID, _ state: OrderState, _ own: String? = nil) throws -> Order {
        try change(order) { ($0.state, $0.channelState) = (state, own) }
    }

    @discardableResult
    func change(_ order: OrderID, _ prepare: @Sendable (inout OrderChange) -> Void) throws -> Order {
        var change = OrderChange()
        prepare(&change)
        let wish = change
        return try inside { try $0.update($0.services.order(order), wish) }
    }

    func order(_ id: OrderID) throws -> Order {
        try inside { try $0.services.order(id) }
    }

    /// Does something in a transaction of the channel.
    func inside<Result: Sendable>(_ body: @Sendable (ChannelTransaction) throws -> Result) throws -> Result {
        let (channel, occasion) = (channel, occasion)
        return try database.write { try body(ChannelTransaction($0, channel, occasion)) }
    }

    /// Wakes the channel if it asked to be by now; whether it did.
    @discardableResult
    func wake() throws -> Bool {
        let (channel, occasion) = (channel, occasion)
        return try database.write { transaction in
            guard try ChannelWakeWriter(transaction).take(channel.descriptor.id, at: occasion.at) else { return false }
            try channel.answerAtOnce { channel.wake(occasion, $0) }(ChannelTransaction(transaction, channel, occasion))
            return true
        }
    }

    /// When the channel wants to be woken.
    func nextWake() throws -> Instant? { try core { try ChannelWakeReader($0.reading).all().first?.at } }

    /// Does something in a transaction of the core.
    func core<Result: Sendable>(_ body: @Sendable (WriteTransaction) throws -> Result) throws -> Result {
        try database.write(body)
    }

    /// What is sold, held and left of the seats: "2 sold, 1 held, 7 left".
    func seats() throws -> String {
        let seat = try ask("ticket-types", #"{"event":"jazz"}"#).arrayValue?.first
        let numbers = ["sold", "held", "left"].map { "\(seat?[$0]?.integerValue ?? -1) \($0)" }
        return numbers.joined(separator: ", ")
    }

    /// The states of an order's tickets, in their order.
    func states(_ order: OrderID) throws -> [String] {
        let tickets = try ask("tickets", #"{"order":\#(order.rawValue)}"#)["tickets"]?.arrayValue ?? []
        return tickets.map { $0["state"]?.stringValue ?? "" }
    }

    /// What is printed on an order's first ticket.
    func secret(_ order: OrderID) throws -> String {
        try ask("tickets", #"{"order":\#(order.rawValue)}"#)["tickets"]?.arrayValue?.first?["secret"]?.stringValue
            ?? ""
    }

    /// Asserts that a verb refuses with a slug.
    func assertRefused(
        _ verb: String, _ arguments: String, _ slug: String, file: StaticString = #filePath, line: UInt = #line
    ) {
        XCTAssertThrowsError(try ask(verb, arguments), arguments, file: file, line: line) { error in
            let refusal = error as? any Refusal
            let text = refusal.map { "\($0.kind.rawValue) \($0.slug)" } ?? "\(error)"
            XCTAssertEqual(text, slug, file: file, line: line)
        }
    }
}
