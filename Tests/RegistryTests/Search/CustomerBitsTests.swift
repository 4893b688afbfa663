import TestSupport
import XCTest

@testable import Registry

final class CustomerBitsTests: XCTestCase {
    func testWhatIsStoredComesBackHoweverManyThereAre() {
        var random = SeededGenerator(seed: 3)
        for capacity in [1_024, 4_096, 16_384] {
            for share in [0, 1, 2, 40, 130, 600, 1_024] {
                var bits = CustomerBits(capacity: capacity)
                for place in 0..<capacity where Int.random(in: 0..<1_024, using: &random) < share {
                    bits[place] = true
                }

                let stored = bits.stored

                XCTAssertEqual(CustomerBits(stored: stored, capacity: capacity), bits, "\(capacity) \(share)")
                XCTAssertLessThanOrEqual(stored.count, capacity / 8)
                var places: [Int] = []
                CustomerBits.forEachPlace(stored: stored, capacity: capacity) { places.append($0) }
                XCTAssertEqual(places, (0..<capacity).filter { bits[$0] })
            }
        }
    }

    func testADamagedSetIsNeverFatal() {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let bits = CustomerBits(stored: bytes, capacity: 1_024)
            XCTAssertEqual(CustomerBits(stored: bits.stored, capacity: 1_024), bits)
        }
    }

    func testPlacesAreFoundFromAnywhere() {
        var bits = CustomerBits(capacity: 1_024)
        for place in [0, 63, 64, 1_023] { bits[place] = true }

        XCTAssertEqual([0, 1, 63, 64, 65, 1_023].map { bits.first(from: $0) }, [0, 63, 63, 64, 1_023, 1_023])
        XCTAssertNil(bits.first(from: 1_024))
    }

    func testRunsFollowFromTheNumberOfBlocks() {
        func text(_ count: Int64) -> [String] { SearchRun.runs(ofBlocks: count).map { "\($0.start)+\($0.blocks)" } }

        XCTAssertEqual(text(0), [])
        XCTAssertEqual(text(3), ["0+1", "1+1", "2+1"])
        XCTAssertEqual(text(4), ["0+4"])
        XCTAssertEqual(text(22), ["0+16", "16+4", "20+1", "21+1"])
        for count: Int64 in 0...70 {
            for block in 0..<count {
                let run = SearchRun.run(of: block * SearchRun.blockSize + 5, inBlocks: count)
                XCTAssertEqual(SearchRun.runs(ofBlocks: count).first { $0.start <= block && block < $0.end }, run)
            }
            XCTAssertNil(SearchRun.run(of: count * SearchRun.blockSize, inBlocks: count))
        }
    }
}
