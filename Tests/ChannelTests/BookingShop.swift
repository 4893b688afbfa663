import Booking
import ChannelKit
import Storage
import XCTest

/// A shop in Berlin that takes bookings, in memory; it is 2026-11-22T10:00:00Z.
struct BookingShop {
    let database: Database
    let channel: CompiledChannel
    var occasion: Occasion

    init(_ settings: [String: String] = [:]) throws {
        let descriptor = Booking.descriptor
        channel = try CompiledChannel(Booking.self, settings: ChannelSettings(settings, of: descriptor))
        occasion = try Sample.occasion()
        database = try Database(path: ":memory:", migrations: RegistrySchema.migrations)
        try database.write { transaction in
            try ChannelTableInstaller(transaction).install(descriptor.migrations, descriptor.tables, of: descriptor.id)
        }
    }

    /// What a verb answers: its rows, or the one thing.
    @discardableResult
    func ask(_ verb: String, _ arguments: String = "{}") throws -> [JSON] {
        let arguments = Details(arguments: try XCTUnwrap(JSON(parsing: arguments).objectValue))
        let work = try channel.answerAtOnce { channel.perform(verb, arguments, occasion, $0) }
        let reply = try database.write { [channel, occasion] transaction in
            let inside = ChannelTransaction(transaction, channel, occasion)
            switch work {
            case .read(let read): return try read(inside.services)
            case .write(let write): return try write(inside)
            case .answer(let reply): return reply
            }
        }
        switch reply {
        case .ok(let object): return [try JSON(parsing: object.bytes)]
        case .list(let rows, _): return try rows.map { try JSON(parsing: $0.bytes) }
        }
    }

    /// Registers an order with an id of its own.
    @discardableResult
    func book(
        _ details: String, ext: String? = nil, _ prepare: (inout OrderDraft) throws -> Void = { _ in }
    ) throws -> Order {
        let details = try Details(JSON(parsing: details))
        var draft = try Sample.draft(details)
        draft.channel = Booking.descriptor.id
        draft.ext = ext
        try prepare(&draft)
        let submitted = draft
        return try database.write { [channel, occasion] transaction in
            let inside = ChannelTransaction(transaction, channel, occasion)
            return try inside.services.order(inside.register(submitted).order)
        }
    }

    /// Changes an order as `order.update` does.
    @discardableResult
    func update(_ order: Order, _ details: String? = nil, state: String? = nil) throws -> Order {
        var change = OrderChange()
        if let state {
            change.state = try Booking.descriptor.state(for: state)
            change.channelState = state
        }
        var members = try XCTUnwrap(JSON(parsing: order.details.bytes).objectValue)
        if let details {
            for member in try XCTUnwrap(JSON(parsing: details).objectValue) {
                members.removeAll { $0.name == member.name }
                if member.value != .null { members.append(member) }
            }
            change.details = Sample.fragment(.object(members))
            change.namedDetails = Set(try XCTUnwrap(JSON(parsing: details).objectValue).map(\.name))
        }
        let payload = try Details(.object(members))
        let begun = change
        let revision = try channel.answerAtOnce { channel.revise(payload, begun, of: order, occasion, $0) }
        return try database.write { [channel, occasion] transaction in
            try ChannelTransaction(transaction, channel, occasion).update(order, ifRevision: nil, revision)
        }
    }

    /// Wakes the channel if it asked to be by now.
    func wake() throws {
        let waking = try channel.answerAtOnce { channel.wake(occasion, $0) }
        try database.write { [channel, occasion] transaction in
            guard try ChannelWakeWriter(transaction).take(channel.descriptor.id, at: occasion.at) else { return }
            try waking(ChannelTransaction(transaction, channel, occasion))
        }
    }

    /// When the channel wants to be woken; nil for never.
    func wakeTime() throws -> String? {
        try database.read { try ChannelWakeReader($0).all().first?.at.text }
    }

    /// An order by its ext.
    func order(_ ext: String) throws -> Order? {
        try database.read { [channel, occasion] transaction in
            try ChannelServices(transaction, channel: channel.descriptor.id, occasion).order(ext: ext)
        }
    }

    /// The mails queued so far.
    func mails() throws -> [(subject: String, text: String)] {
        try database.read { transaction in
            try transaction.all("SELECT subject, text FROM mail ORDER BY id") {
                (subject: $0.text(0), text: $0.text(1))
            }
        }
    }

    /// The topics of the timeline, the oldest first.
    func topics(of order: Order) throws -> [String] {
        try database.read { transaction in
            try transaction.all(
                "SELECT topic FROM timeline WHERE order_id = ? ORDER BY seq", .integer(order.id.rawValue)
            ) { $0.text(0) }
        }
    }
}

/// Asserts a refusal by its slug and returns it.
@discardableResult
func assertSlug<T>(
    _ slug: String, file: StaticString = #filePath, line: UInt = #line, _ body: () throws -> T
) throws -> ChannelRefusal? {
    do {
        _ = try body()
        XCTFail("was not refused", file: file, line: line)
    } catch let refusal as ChannelRefusal {
        XCTAssertEqual(refusal.slug, slug, refusal.description, file: file, line: line)
        return refusal
    }
    return nil
}
