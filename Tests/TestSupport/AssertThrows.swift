internal import XCTest

/// Checks that a body throws exactly this error.
///
/// - Parameters:
///   - expected: The error, by value.
///   - file: Where a failure is reported.
///   - line: Where a failure is reported.
///   - body: What is to throw; its result does not matter.
public func assertThrows<Failure: Error & Equatable, Result>(
    _ expected: Failure, file: StaticString = #filePath, line: UInt = #line, _ body: () throws -> Result
) {
    XCTAssertThrowsError(try body(), file: file, line: line) { error in
        XCTAssertEqual(error as? Failure, expected, "\(error)", file: file, line: line)
    }
}
