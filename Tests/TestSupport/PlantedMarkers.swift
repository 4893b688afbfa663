public import ControlClient
internal import StrictJSON
internal import XCTest

/// Words that staff wrote where only staff may read, to be looked for wherever others read.
public struct PlantedMarkers: Sendable {
    /// The marker by what it was written into: note, comment, edited (an earlier version of a comment), reason.
    public let markers: [String: String]

    /// Writes a marker into everything about a customer that is for staff only; the customer is denied afterwards.
    ///
    /// - Parameters:
    ///   - connection: The operator's, or that of a member of staff, bound to the tenant.
    ///   - customer: The customer's id.
    /// - Throws: ``UnexpectedAnswer`` when one is refused, `ClientError` when there is no answer.
    public init(_ connection: ControlConnection, customer: Int64) throws {
        let kinds = ["note", "comment", "edited", "reason"]
        markers = Dictionary(uniqueKeysWithValues: kinds.map { ($0, "planted-\($0)-\(customer)") })
        func marker(_ kind: String) -> String { markers[kind] ?? "" }
        try connection.ok("note.add customer=\(customer) text=\(marker("note"))")
        let comment = try connection.ok("comment.add customer=\(customer) text=\(marker("edited"))")
        try connection.ok("comment.edit id=\(comment.number("id") ?? 0) text=\(marker("comment"))")
        try connection.ok("customer.deny id=\(customer) reason=\(marker("reason"))")
    }

    /// What was written into, of all that is found in a text.
    public func found(in text: String) -> [String] {
        markers.filter { text.contains($0.value) }.keys.sorted()
    }

    /// Checks that a text holds none of the markers.
    ///
    /// - Parameters:
    ///   - text: What others read.
    ///   - name: What the text is, for the report.
    ///   - file: Where a failure is reported.
    ///   - line: Where a failure is reported.
    public func assertAbsent(from text: String, _ name: String, file: StaticString = #filePath, line: UInt = #line) {
        XCTAssertEqual(found(in: text), [], name, file: file, line: line)
    }

    /// Checks that a text holds exactly these markers, so that their absence elsewhere says something.
    ///
    /// - Parameters:
    ///   - text: What staff read.
    ///   - kinds: What was written into, in alphabetical order.
    ///   - file: Where a failure is reported.
    ///   - line: Where a failure is reported.
    public func assertPresent(
        in text: String, _ kinds: [String], file: StaticString = #filePath, line: UInt = #line
    ) {
        XCTAssertEqual(found(in: text), kinds, file: file, line: line)
    }
}
