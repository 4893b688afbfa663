@testable import Journal
import XCTest

final class ChecksumTests: XCTestCase {
    func testItIsTheOneOfTheStandard() {
        // https://www.rfc-editor.org/rfc/rfc3720#appendix-B.4
        XCTAssertEqual(Checksum.of([UInt8](repeating: 0, count: 32)), 0x8A91_36AA)
        XCTAssertEqual(Checksum.of([UInt8](repeating: 0xff, count: 32)), 0x62A8_AB43)
        XCTAssertEqual(Checksum.of([UInt8](0..<32)), 0x46DD_794E)
        XCTAssertEqual(Checksum.of(Array("123456789".utf8)), 0xE306_9283)
        XCTAssertEqual(Checksum.of([]), 0)
    }
}
