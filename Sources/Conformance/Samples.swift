internal import StrictJSON

/// What a channel's author shows of it: orders it takes, orders it refuses, and cases of its own.
struct Samples: Sendable {
    /// An order that the channel refuses, and with what.
    struct Refused: Sendable {
        let order: JSON
        /// Code and slug, such as "422 incomplete".
        let refusal: String
    }

    /// What cases and orders know by name.
    let names: Names
    /// Asked once in each tenant before anything else.
    let setup: [Step]
    /// Parameters of `order.register`; the channel is added, and an id where there is none.
    let orders: [JSON]
    let refused: [Refused]
    let cases: [Case]

    init(_ json: JSON) throws {
        let known = ["names", "setup", "orders", "refused", "cases"]
        for member in json.objectValue ?? [] where !known.contains(member.name) {
            throw KitError.badSamples("there is no \(member.name): \(known.joined(separator: ", "))")
        }
        var names = Names()
        for member in json["names"]?.objectValue ?? [] { names[member.name] = member.value }
        self.names = names
        orders = try (json["orders"]?.arrayValue ?? []).map { try names.filled($0) }
        guard !orders.isEmpty, orders.allSatisfy({ $0.objectValue != nil }) else {
            throw KitError.badSamples("orders is to hold at least one order, as order.register takes it")
        }
        refused = try (json["refused"]?.arrayValue ?? []).map { item in
            guard let order = item["order"], order.objectValue != nil,
                let refusal = item["refusal"]?.stringValue
            else { throw KitError.badSamples("what is refused is {\"order\":{…},\"refusal\":\"422 incomplete\"}") }
            return Refused(order: try names.filled(order), refusal: refusal)
        }
        setup = try (json["setup"]?.arrayValue ?? []).map { try Step($0) }
        cases = try (json["cases"]?.arrayValue ?? []).map { try Case($0) }
    }
}
