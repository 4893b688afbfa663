internal import ChannelKit
internal import Foundation

/// A channel with the tenants that the host has opened.
struct RunningChannel {
    private struct OpenTenant {
        let channel: any OrderChannel
        let shop: Shop
    }

    private let type: any OrderChannel.Type
    /// Why the channel is not served.
    private let fault: ChannelRefusal?
    private var tenants: [String: OpenTenant] = [:]
    private(set) var isOver = false

    init(_ type: any OrderChannel.Type, fault: ChannelRefusal?) {
        self.type = type
        self.fault = fault
    }

    /// The line that answers a line; nothing where none is due.
    mutating func answer(_ line: [UInt8]) -> [UInt8] {
        // A host writes JSON; what is none has nobody to answer.
        guard let request = try? JSON(parsing: line), let id = request["id"],
            let method = request["method"]?.stringValue
        else { return [] }
        var writer = JSONWriter(reserving: 512)
        writer.beginObject()
        writer.member("jsonrpc", "2.0")
        writer.member("id", id)
        do {
            let result = try result(of: method, Details(arguments: request["params"]?.objectValue ?? []))
            writer.member("result", result)
        } catch {
            writer.member("error", Self.error(error))
        }
        writer.endObject()
        return writer.finish().bytes + [0x0A]
    }

    private mutating func result(of method: String, _ params: Details) throws -> JSONFragment {
        switch method {
        case "initialize":
            if let fault { throw fault }
            return try JSONWriter.object { writer in
                writer.member("plugin", try params.text("plugin"))
                writer.member("api", 1)
            }
        case "tenant.open":
            try open(params)
            return .emptyObject
        case "tenant.close":
            tenants[try params.text("tenant") ?? ""] = nil
            return .emptyObject
        case "translate": return try translate(params)
        case "revise": return try revise(params)
        case "ping": return .emptyObject
        case "shutdown":
            isOver = true
            return .emptyObject
        default: throw UnknownMethod(name: method)
        }
    }

    private mutating func open(_ params: Details) throws {
        let given = (try params.object("settings")?.json.objectValue ?? []).map {
            ($0.name, $0.value.stringValue ?? "")
        }
        let settings = try ChannelSettings(Dictionary(given) { $1 }, of: type.descriptor)
        let shop = Shop(
            name: "", title: "", currency: try Currency(params.text("currency") ?? ""),
            country: try Country(params.text("country") ?? ""), locale: try params.text("locale") ?? "en",
            timeZone: try params.timeZone("time_zone") ?? .gmt, policies: Policies())
        tenants[try params.text("tenant") ?? ""] = OpenTenant(
            channel: try type.init(settings: settings), shop: shop)
    }

    private func translate(_ params: Details) throws -> JSONFragment {
        let (channel, occasion) = try tenant(params)
        guard let order = try params.object("order"), let details = try params.object("details") else {
            throw params.bad("order", "it is missing")
        }
        let draft = try OrderDraft(
            submitted: order, details: JSONFragment(of: details.json), of: type.descriptor, occasion)
        var completed = draft
        try channel.translate(try Details(details.json), into: &completed, occasion)
        return JSONWriter.object { writer in
            writer.name("order")
            completed.write(since: draft, to: &writer)
        }
    }

    private func revise(_ params: Details) throws -> JSONFragment {
        let (channel, occasion) = try tenant(params)
        guard let details = try params.object("details"), let wish = try params.object("change") else {
            throw params.bad("details", "it is missing")
        }
        let before = JSONFragment(of: (params.json["before"] ?? .object([])).canonical)
        let order = try Order(shown: params.json["order"] ?? .null, details: before)
        var change = OrderChange()
        change.state = try wish.text("state").flatMap(OrderState.init)
        change.channelState = try wish.text("channel_state")
        if try wish.flag("details") == true { change.details = JSONFragment(of: details.json.canonical) }
        change.namedDetails = Set((wish.json["named"]?.arrayValue ?? []).compactMap(\.stringValue))
        let currency = order.amounts.total.currency
        let wanted = change
        var revised = change
        try channel.revise(try Details(details.json), &revised, of: order, occasion)
        return JSONWriter.object { writer in
            writer.name("change")
            writer.beginObject()
            if revised.state != wanted.state || revised.channelState != wanted.channelState {
                writer.member("state", revised.channelState ?? revised.state?.rawValue)
            }
            if revised.isPaidInFull {
                writer.member("paid", "all")
            } else if let paid = revised.paidMinor {
                writer.member("paid", Money(minor: paid, currency: currency).text)
            }
            if let back = revised.givenBackMinor {
                writer.member("given_back", Money(minor: back, currency: currency).text)
            }
            if let details = revised.details, details != wanted.details { writer.member("details", details) }
            writer.endObject()
        }
    }

    private func tenant(_ params: Details) throws -> (any OrderChannel, Occasion) {
        guard let tenant = tenants[try params.text("tenant") ?? ""] else {
            throw ChannelRefusal.gone("gone", "this tenant is not open")
        }
        let at = try params.instant("at", zone: .gmt) ?? Instant(seconds: 0)
        let actor = Actor(stored: try params.text("actor") ?? "")
        return (tenant.channel, Occasion(shop: tenant.shop, at: at, actor: actor))
    }

    private static func error(_ error: any Error) -> JSONFragment {
        JSONWriter.object { writer in
            switch error {
            case let refusal as any Refusal:
                writer.member("code", refusal.kind.rawValue)
                writer.member("message", refusal.description)
                writer.name("data")
                writer.beginObject()
                writer.member("slug", refusal.slug)
                for member in refusal.details { writer.member(member.name, member.value) }
                writer.endObject()
            case let error as ValueError:
                writer.member("code", 400)
                writer.member("message", error.description)
            case is UnknownMethod:
                writer.member("code", Int64(-32_601))
                writer.member("message", "there is no such method")
            default:
                writer.member("code", Int64(-32_603))
                writer.member("message", "\(error)")
            }
        }
    }

    private struct UnknownMethod: Error {
        let name: String
    }
}
