import XCTest

/// Checks that an expression throws exactly this error.
func assertThrows<Failure: Error & Equatable, Result>(
    _ expected: Failure, file: StaticString = #filePath, line: UInt = #line, _ body: () throws -> Result
) {
    XCTAssertThrowsError(try body(), file: file, line: line) { error in
        XCTAssertEqual(error as? Failure, expected, "\(error)", file: file, line: line)
    }
}
