import Foundation
import TestSupport
@testable import Journal
import XCTest

final class DamagedJournalTests: XCTestCase {
    private static let names = ["acme", "globex"]
    private static let groups = 5

    func testATornTailIsCutWhereverItIsTorn() throws {
        try withSmallSegment { bytes, ends in
            for length in 0...bytes.count {
                for rest in [[], [UInt8](repeating: 0, count: 300), [UInt8](repeating: 0xA5, count: 300)] {
                    let histories = try Self.scan(bytes.prefix(length) + rest).histories

                    let whole = ends.count { $0 <= length }
                    for name in Self.names {
                        let found = histories[Book.file(name)] ?? []
                        XCTAssertGreaterThanOrEqual(found.count, max(0, whole - 1), "\(length)")
                        XCTAssertEqual(found, Self.expected(name, count: found.count), "\(length)")
                    }
                }
            }
        }
    }

    func testNoByteThatIsWrongLosesAnythingInSilence() throws {
        try withSmallSegment { bytes, ends in
            let last = ends[ends.count - 2]
            for place in bytes.indices {
                for change in [0x01, 0xff] as [UInt8] {
                    var wrong = bytes
                    wrong[place] ^= change

                    let histories = try Self.scan(wrong[...]).histories

                    var count = 0
                    for name in Self.names {
                        let found = histories[Book.file(name)] ?? []
                        let expected = Self.expected(name, count: Self.groups)
                        XCTAssertGreaterThanOrEqual(found.count, Self.groups - 1, "byte \(place)")
                        for (change, expected) in zip(found, expected) {
                            XCTAssertEqual(change.seq, expected.seq)
                            if change.payload == nil { count += 1 } else { XCTAssertEqual(change, expected) }
                        }
                    }
                    if place >= last { XCTAssertEqual(count, 0, "byte \(place)") }
                    XCTAssertLessThanOrEqual(count, 1, "byte \(place)")
                }
            }
        }
    }

    func testWhatGoesOnFromATornChangeOfTheLastWriteIsCutWithIt() throws {
        let records = [("acme", 1), ("globex", 1), ("acme", 2), ("acme", 3), ("globex", 2)].map {
            Book.record($0.0, Int64($0.1))
        }
        let group = Group(records[...], generation: 5, number: 1, oldest: 1, offset: 0)
        for (torn, expected) in [(0, [0, 2]), (2, [1, 2]), (3, [2, 2]), (1, [3, 0])] {
            var bytes = group.bytes
            bytes[group.places[torn]] ^= 0xff

            let scan = try Self.scan(bytes[...])

            XCTAssertEqual(Self.names.map { scan.histories[Book.file($0)]?.count ?? 0 }, expected, "\(torn)")
            XCTAssertEqual(scan.cutCount, records.count - expected.reduce(0, +), "\(torn)")
        }
    }

    func testWhatIsMissingBeforeTheTailStopsTheStart() throws {
        try withSmallSegment { bytes, ends in
            var wrong = bytes
            for place in ends[1]..<ends[2] { wrong[place] = 0 }

            assertThrows(JournalError.damaged(file: "segment", offset: ends[1])) { try Self.scan(wrong[...]) }
        }
    }

    func testALostSegmentBeforeTheTailStopsTheStart() throws {
        try withBook { book in
            do {
                let journal = try book.open()
                for seq in 1...60 as ClosedRange<Int64> {
                    XCTAssertTrue(journal.keep(Book.record("acme", seq, count: 300)))
                }
                journal.close(isSettled: false)
            }
            let segments = try JournalScan.segments(in: book.path)
            try FileManager.default.removeItem(atPath: segments[1])

            assertThrows(JournalError.damaged(file: segments[2], offset: 0)) { try JournalScan(book.path) }
        }
    }

    /// A segment of some groups, each with a change of two files, and where the groups end.
    private func withSmallSegment(_ body: ([UInt8], [Int]) throws -> Void) throws {
        var bytes: [UInt8] = []
        var ends: [Int] = []
        for number in 1...Self.groups {
            let records = Self.names.map { Book.record($0, Int64(number)) }
            bytes += Group(records[...], generation: 5, number: UInt64(number), oldest: 1, offset: bytes.count).bytes
            ends.append(bytes.count)
        }
        try body(bytes, ends)
    }

    private static func scan(_ bytes: ArraySlice<UInt8>) throws -> JournalScan {
        try JournalScan(Array(bytes).withUnsafeBytes { FoundGroup.all(in: $0) }.map { ("segment", $0) })
    }

    private static func expected(_ name: String, count: Int) -> [JournalScan.Change] {
        (0..<count).map { number in
            let record = Book.record(name, Int64(number + 1))
            return JournalScan.Change(seq: record.seq, payload: record.payload)
        }
    }
}
