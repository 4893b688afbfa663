import ChannelKit
import PointOfSale
import Storage
import XCTest

/// The point of sale in a shop of its own, whose clock stands still until it is set.
struct Till {
    private let database: Database
    private let channel: CompiledChannel
    private var occasion: Occasion

    init(_ settings: [String: String] = [:], at time: String) throws {
        let descriptor = PointOfSale.descriptor
        database = try Database(path: ":memory:", migrations: RegistrySchema.migrations)
        channel = try CompiledChannel(PointOfSale.self, settings: ChannelSettings(settings, of: descriptor))
        occasion = try Sample.occasion()
        occasion.at = try Instant(parsing: time, zone: .gmt)
        try database.write {
            try ChannelTableInstaller($0).install(descriptor.migrations, descriptor.tables, of: descriptor.id)
        }
    }

    mutating func set(_ time: String) throws {
        occasion.at = try Instant(parsing: time, zone: .gmt)
    }

    /// Sells now, and returns what the receipt says.
    func sell(
        _ details: String, lines: [OrderLine] = [], total: Int64? = nil, kind: OrderKind = .order
    ) throws -> JSON {
        let payload = try Details(JSON(parsing: details))
        var draft = try Sample.draft(payload)
        (draft.channel, draft.ext, draft.kind, draft.lines) = ("pos", nil, kind, lines)
        draft.declared = total.map { Money(minor: $0, currency: draft.currency) }
        let submitted = draft
        let (channel, occasion) = (channel, occasion)
        let order = try database.write { transaction in
            try ChannelTransaction(transaction, channel, occasion).register(submitted).order
        }
        return try perform("receipt", #"{"order":\#(order.rawValue)}"#)
    }

    /// What a verb answers.
    func perform(_ verb: String, _ arguments: String) throws -> JSON {
        let arguments = Details(arguments: try JSON(parsing: arguments).objectValue ?? [])
        let (channel, occasion) = (channel, occasion)
        let work = try channel.answerAtOnce { channel.perform(verb, arguments, occasion, $0) }
        let reply: ChannelReply =
            switch work {
            case .answer(let reply): reply
            case .read(let read):
                try database.read { try read(ChannelServices($0, channel: "pos", occasion)) }
            case .write(let write):
                try database.write { try write(ChannelTransaction($0, channel, occasion)) }
            }
        switch reply {
        case .ok(let object): return try JSON(parsing: object.text)
        case .list(let rows, _): return .array(try rows.map { try JSON(parsing: $0.text) })
        }
    }
}
