import ChannelKit
import XCTest

extension ChannelPlugin {
    /// The channel with some settings, the others standing at their standard.
    static func made(_ settings: [String: String] = [:]) throws -> Self {
        try Self(settings: ChannelSettings(settings, of: descriptor))
    }

    /// The order after the channel has translated these details.
    func translated(
        _ details: String, _ prepare: (inout OrderDraft) throws -> Void = { _ in }
    ) throws -> OrderDraft {
        let details = try Details(JSON(parsing: details))
        var draft = try Sample.draft(details)
        try prepare(&draft)
        try translate(details, into: &draft, try Sample.occasion())
        return draft
    }

    /// The change after the channel has looked at changed details of an order, or of an open one that has none.
    func revised(
        _ details: String, of order: Order? = nil, _ prepare: (inout OrderChange) throws -> Void = { _ in }
    ) throws -> OrderChange {
        let details = try Details(JSON(parsing: details))
        var change = OrderChange()
        change.details = Sample.fragment(details.json)
        try prepare(&change)
        try revise(details, &change, of: try order ?? Sample.order(), try Sample.occasion())
        return change
    }

    /// The lines for people, "label: text" each.
    func texts(_ details: String) throws -> [String] {
        let details = try Details(JSON(parsing: details))
        return lines(of: details, try Sample.occasion()).map { "\($0.label): \($0.text)" }
    }

    /// Asserts that new and changed orders with these details are refused in exactly this way.
    func assertRefused(
        _ details: String, _ expected: ChannelRefusal, file: StaticString = #filePath, line: UInt = #line
    ) {
        XCTAssertThrowsError(try translated(details), details, file: file, line: line) {
            XCTAssertEqual($0 as? ChannelRefusal, expected, details, file: file, line: line)
        }
        XCTAssertThrowsError(try revised(details), details, file: file, line: line) {
            XCTAssertEqual($0 as? ChannelRefusal, expected, details, file: file, line: line)
        }
    }

    /// The common state of each of the channel's own states, in the descriptor's order.
    func stateMap() throws -> [String] {
        try Self.descriptor.states.map { "\($0.name)=\(try state(for: $0.name).rawValue)" }
    }

    /// Details without the personal part, in canonical order.
    static func erased(_ details: String) throws -> String {
        let json = try JSON(parsing: details)
        return descriptor.personalDetails.reduce(json) { $1.erased(from: $0) }.canonical.text
    }

    /// The personal part of details as texts.
    static func personal(_ details: String) throws -> [String] {
        let json = try JSON(parsing: details)
        return descriptor.personalDetails.flatMap { $0.values(in: json) }.map(\.text)
    }
}
