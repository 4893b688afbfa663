import ChannelKit

/// Which quantities of which lines a verb is about: its argument `lines`, `[{sku or line, quantity}]`.
struct LineSelection {
    private let arguments: Details
    private let sale: Sale

    init(_ arguments: Details, of sale: Sale) {
        self.arguments = arguments
        self.sale = sale
    }

    /// Whether the caller names lines.
    var isGiven: Bool {
        guard let value = arguments.json["lines"] else { return false }
        return value != .null
    }

    /// The quantities asked for; all that is left where no lines are named.
    ///
    /// - Parameters:
    ///   - quantity: How much of a line is left.
    ///   - purpose: For what, such as "to ship".
    /// - Returns: Each line once, in the order of the lines.
    /// - Throws: ``ChannelRefusal``: 404 for a line that is not there, 409 for more than is left.
    func parts(of quantity: KeyPath<SaleLine, Int64>, _ purpose: String) throws -> [SalePart] {
        guard isGiven else {
            let parts = sale.parts(quantity)
            guard !parts.isEmpty else { throw ChannelRefusal.conflict("nothing-left", "nothing is left \(purpose)") }
            return parts
        }
        let asked = try arguments.objects("lines")
        guard !asked.isEmpty else { throw arguments.bad("lines", "at least one line is needed") }
        var left: [Int64: Int64] = [:]
        for line in sale.lines { left[line.number] = max(0, line[keyPath: quantity]) }
        var taken: [Int64: Int64] = [:]
        for item in asked { try take(item, &left, &taken, purpose) }
        return sale.lines.compactMap { line in
            taken[line.number].map { SalePart(line: line.number, quantity: $0) }
        }
    }

    /// Takes what is asked for off what is left; one sku may stand in several lines.
    private func take(
        _ item: Details, _ left: inout [Int64: Int64], _ taken: inout [Int64: Int64], _ purpose: String
    ) throws {
        let lines = try lines(of: item)
        let all = lines.reduce(Int128(0)) { $0 + Int128(left[$1.number] ?? 0) }
        let wanted: Int128
        if let text = try item.text("quantity") {
            do {
                wanted = Int128(try Quantity(parsing: text).micros)
            } catch {
                throw item.bad("quantity", error.description)
            }
            guard wanted > 0 else { throw item.bad("quantity", "more than 0 is needed") }
        } else {
            wanted = all
        }
        guard wanted <= all, wanted > 0 else { throw refusal(lines[0], wanted, all, purpose) }
        var rest = wanted
        for line in lines where rest > 0 {
            let part = Int64(min(rest, Int128(left[line.number] ?? 0)))
            guard part > 0 else { continue }
            left[line.number, default: 0] -= part
            taken[line.number, default: 0] += part
            rest -= Int128(part)
        }
    }

    private func lines(of item: Details) throws -> [SaleLine] {
        for member in item.json.objectValue ?? [] where !["sku", "line", "quantity"].contains(member.name) {
            throw item.bad(member.name, "a line is named by sku or line, with a quantity")
        }
        if let number = try item.integer("line") {
            let found = sale.lines.filter { $0.number == number }
            guard !found.isEmpty else { throw noLine("line \(number)") }
            return found
        }
        guard let sku = try item.text("sku") else { throw item.bad("sku", "give sku, or line, counted from 1") }
        let found = sale.lines.filter { $0.sku == sku }
        guard !found.isEmpty else { throw noLine(sku) }
        return found
    }

    private func noLine(_ name: String) -> ChannelRefusal {
        .notFound("no-line", "the order has no \(name)")
    }

    private func refusal(_ line: SaleLine, _ wanted: Int128, _ all: Int128, _ purpose: String) -> ChannelRefusal {
        let left = Quantity(micros: Int64(clamping: all)).text
        let text =
            wanted == 0
            ? "line \(line.number): nothing is left \(purpose)"
            : "line \(line.number): \(left) left \(purpose), not \(Quantity(micros: Int64(clamping: wanted)).text)"
        return .conflict(
            "quantity-exceeded", text,
            details: [
                JSON.Member(name: "line", value: .integer(line.number)),
                JSON.Member(name: "sku", value: line.sku.map { .string($0) } ?? .null),
                JSON.Member(name: "left", value: .number(left)),
            ])
    }
}
