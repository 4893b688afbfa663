import XCTest

@testable import Polling

final class LineCutterTests: XCTestCase {
    /// Cuts chunks as a connection does and writes down what comes out.
    private func cut(_ chunks: [String], limit: Int) -> [String] {
        var cutter = LineCutter()
        var rest: [UInt8] = []
        var pieces: [String] = []
        for chunk in chunks {
            rest += Array(chunk.utf8)
            var offset = 0
            rest.withUnsafeBufferPointer { bytes in
                var isOver = false
                while !isOver {
                    switch cutter.next(in: bytes, at: &offset, limit: limit) {
                    case .line(let line): pieces.append(String(decoding: line, as: UTF8.self))
                    case .overlong(let length): pieces.append("overlong \(length)")
                    case .unfinished: isOver = true
                    }
                }
            }
            rest.removeFirst(offset)
        }
        return pieces + (rest.isEmpty ? [] : ["rest \(String(decoding: rest, as: UTF8.self))"])
    }

    func testLinesAreCutAtTheirLineFeeds() {
        XCTAssertEqual(cut(["a\nbc\n\nd"], limit: 9), ["a", "bc", "", "rest d"])
        XCTAssertEqual(cut([""], limit: 9), [])
        XCTAssertEqual(cut(["\n"], limit: 9), [""])
    }

    func testALineMayComeInAnyNumberOfPieces() {
        XCTAssertEqual(cut(["a", "b", "c\nd", "\n", "e"], limit: 9), ["abc", "d", "rest e"])
    }

    func testALineAsLongAsTheLimitIsWhole() {
        XCTAssertEqual(cut(["abc\nabcd\nab\n"], limit: 3), ["abc", "overlong 4", "ab"])
        XCTAssertEqual(cut(["abc", "\nab", "cd", "\nab\n"], limit: 3), ["abc", "overlong 4", "ab"])
    }

    func testNothingOfAnOverlongLineIsKept() {
        XCTAssertEqual(cut(["abcd", "efgh", "ijkl"], limit: 3), [])
        XCTAssertEqual(cut(["abcd", "efgh", "ijkl\nx\n"], limit: 3), ["overlong 12", "x"])
        XCTAssertEqual(cut(["abcd", "\n\n"], limit: 3), ["overlong 4", ""])
    }

    func testEveryWayOfCuttingATextGivesTheSameLines() {
        let text = "one\n\ntwo three\nfour\r\nfivefivefivefive\nsix\n"
        let whole = cut([text], limit: 10)

        for first in 0...text.count {
            for second in first...text.count {
                let chunks = [text.prefix(first), text.prefix(second).dropFirst(first), text.dropFirst(second)]
                XCTAssertEqual(cut(chunks.map(String.init), limit: 10), whole)
            }
        }
    }
}
