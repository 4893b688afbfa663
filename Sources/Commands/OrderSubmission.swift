internal import ChannelKit
internal import Hosting
internal import Registry
internal import StrictJSON

/// Turns the arguments of `order.register` into a neutral order, with the channel's help.
struct OrderSubmission {
    private let invocation: TenantInvocation
    private var arguments: Arguments { invocation.arguments }

    init(_ invocation: TenantInvocation) {
        self.invocation = invocation
    }

    /// - Throws: ``CommandError``, ``HostError`` or ``ChannelRefusal`` for the first thing that is wrong.
    func draft() throws -> (draft: OrderDraft, channel: any ChannelPlugin) {
        let id = arguments.required("channel")
        try invocation.caller.mayUse(channel: id)
        let channel = try invocation.profile.channel(id)
        let descriptor = type(of: channel).descriptor
        let currency = try invocation.currency()
        let details = arguments.json("details") ?? .object([])
        var draft = OrderDraft(
            channel: id, ext: arguments.text("ext"), buyer: try buyer(),
            kind: try arguments.word("kind", OrderKind.self) ?? .order, state: .open, currency: currency,
            lines: try lines(), declared: try invocation.money("total", in: currency),
            details: JSONFragment(of: details.canonical))
        if let ext = draft.ext, ext.isEmpty { throw CommandError.badValue("ext", "it cannot be empty") }
        if let state = arguments.text("state") {
            (draft.state, draft.channelState) = try OrderStates.resolve(state, channel)
            draft.isStateGiven = true
        }
        draft.placedAt = try invocation.instant("placed_at")
        draft.coupon = arguments.text("coupon")
        draft.consent = try ConsentArgument.statements(arguments.json("consent"))
        draft.isTest = arguments.flag("test") ?? false
        draft.noteSubmitted()
        try channel.translate(try Details(details), into: &draft, invocation.occasion)
        guard draft.ext != nil || descriptor.capabilities.contains(.ownExternalIDs) else {
            throw CommandError.missingArgument("ext")
        }
        return (draft, channel)
    }

    private func lines() throws -> [OrderLine] {
        try (arguments.json("lines")?.arrayValue ?? []).enumerated().map { index, json in
            guard let members = json.objectValue else { throw bad(index, nil, "an object is needed") }
            for member in members
            where !["sku", "name", "quantity", "unit_price", "tax_rate"].contains(member.name) {
                throw bad(index, member.name, "a line has sku, name, quantity, unit_price and tax_rate")
            }
            guard let price = try decimal(json, "unit_price", index) else {
                throw bad(index, "unit_price", "it is missing")
            }
            let quantity = try decimal(json, "quantity", index) ?? "1"
            do {
                return OrderLine(
                    sku: try text(json, "sku", index), name: try text(json, "name", index),
                    quantity: try Quantity(parsing: quantity), unitPrice: try UnitPrice(parsing: price),
                    taxRate: try decimal(json, "tax_rate", index).map { try Percentage(parsing: $0) })
            } catch let error as ValueError {
                throw bad(index, nil, error.description)
            }
        }
    }

    private func text(_ line: JSON, _ name: String, _ index: Int) throws -> String? {
        switch line[name] {
        case nil, .null: return nil
        case .string(let text), .number(let text): return text
        case .bool, .array, .object: throw bad(index, name, "text is needed")
        }
    }

    /// A decimal number's text; amounts are texts, quantities may be numbers.
    private func decimal(_ line: JSON, _ name: String, _ index: Int) throws -> String? {
        try text(line, name, index)
    }

    private func bad(_ index: Int, _ name: String?, _ reason: String) -> CommandError {
        .badValue("lines[\(index)]" + (name.map { ".\($0)" } ?? ""), reason)
    }

    private func buyer() throws -> Buyer {
        guard let json = arguments.json("customer") else { return .anonymous }
        if let id = json.integerValue { return .customer(CustomerID(rawValue: id)) }
        return .described(try BuyerArgument.description(json, country: invocation.shop.country))
    }
}

/// Reads a state that is one of the common ones or one of the channel's own.
enum OrderStates {
    static func resolve(_ text: String, _ channel: any ChannelPlugin) throws -> (state: OrderState, own: String?) {
        // A word that is both means the channel's own, which says more.
        if let own = try? channel.state(for: text) { return (own, text) }
        if let state = OrderState(rawValue: text) { return (state, nil) }
        return (try channel.state(for: text), text)
    }
}
