internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON

/// Which order a request means: by id, or by channel and the channel's own id.
struct OrderReference: Sendable {
    private enum Key: Sendable {
        case id(OrderID)
        case ext(channel: String, ext: String)
    }

    private let key: Key
    private let caller: Caller

    init(_ invocation: TenantInvocation) throws(CommandError) {
        let arguments = invocation.arguments
        caller = invocation.caller
        if let id = arguments.integer("id") {
            key = .id(OrderID(rawValue: id))
        } else if let ext = arguments.text("ext") {
            guard let channel = arguments.text("channel") ?? caller.channel else { throw .missingArgument("channel") }
            key = .ext(channel: channel, ext: ext)
        } else {
            throw .missingArgument("id")
        }
    }

    /// - Throws: ``OrderError/notFound``, also for another channel's order when the caller is a channel.
    func find(_ transaction: ReadTransaction) throws -> Order {
        let reader = OrderReader(transaction)
        let order: Order
        switch key {
        case .id(let id): order = try reader.order(id)
        case .ext(let channel, let ext):
            guard let id = try reader.order(channel: channel, ext: ext) else { throw OrderError.notFound }
            order = try reader.order(id)
        }
        guard caller.channel == nil || caller.channel == order.channel else { throw OrderError.notFound }
        return order
    }
}

extension TenantInvocation {
    /// The whole of an order, with the details as the channel tells them to people.
    func shape(of order: Order, _ transaction: ReadTransaction) throws -> JSONFragment {
        let lines = try OrderReader(transaction).lines(of: order.id)
        return .order(order, lines: lines, summary: try summary(of: order, transaction))
    }

    /// What a person should read of an order's details, as its channel tells it.
    func summary(
        of order: Order, _ transaction: ReadTransaction, for reader: DetailReader = .staff,
        in language: MailLanguage = .english
    ) throws -> [DetailLine] {
        guard let channel = profile.installedChannel(order.channel) else { return [] }
        var occasion = occasion
        occasion.language = language
        let details = try Details(details(of: order, for: reader))
        let services = ChannelServices(transaction, channel: order.channel, occasion)
        return channel.lines(of: try channel.completed(details, of: order, services), occasion)
    }

    /// An order's details, without what staff wrote for themselves where the customer reads them.
    func details(of order: Order, for reader: DetailReader) throws -> JSON {
        let details = try JSON(parsing: order.details.bytes)
        switch reader {
        case .staff: return details
        case .customer:
            guard let channel = profile.installedChannel(order.channel) else { return .object([]) }
            return channel.descriptor.staffDetails.reduce(details) { $1.erased(from: $0) }
        }
    }

    /// A parked request as the person it names may have it: without what staff wrote for themselves in its details.
    func requestForThePerson(_ request: JSON, of channel: String) -> JSON {
        guard let details = request["details"] else { return request }
        let staff = profile.installedChannel(channel)?.descriptor.staffDetails
        let shown = staff?.reduce(details) { $1.erased(from: $0) } ?? .object([])
        return .object(
            (request.objectValue ?? []).map { member in
                member.name == "details" ? JSON.Member(name: member.name, value: shown) : member
            })
    }

    /// The whole of an order as its customer may have it.
    func shapeForThePerson(of order: Order, _ transaction: ReadTransaction) throws -> JSONFragment {
        let lines = try OrderReader(transaction).lines(of: order.id)
        let summary = try summary(of: order, transaction, for: .customer)
        let details = JSONFragment(of: try details(of: order, for: .customer))
        return .order(order, lines: lines, details: details, summary: summary)
    }
}

/// Who reads an order's details.
enum DetailReader: Sendable {
    case staff
    case customer
}
