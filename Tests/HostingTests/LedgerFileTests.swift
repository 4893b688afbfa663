import Foundation
@testable import Hosting
@testable import Registry
import TestSupport
import XCTest

final class LedgerFileTests: XCTestCase {
    private func ledger(_ version: Int64, revoked count: Int = 1) -> RestoreLedger {
        var ledger = RestoreLedger(version: version)
        for number in 0..<count { ledger.revoked["token\(number)"] = 1 }
        return ledger
    }

    private func addition(_ version: Int64, after ledger: RestoreLedger, _ text: String = "x") -> [UInt8] {
        var later = ledger
        later.version = version
        later.revoked["\(text)\(version)"] = version
        return RestoreLedger.addition([.revoked(selector: "\(text)\(version)", at: version)], to: version, base: 100)
    }

    private func inode(_ path: String) throws -> UInt64? {
        try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? UInt64
    }

    func testWhatChangesIsAddedUntilItIsTimeToWriteAnew() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/restore.ledger"
            let file = LedgerFile(path)
            XCTAssertEqual(try file.version(), 0)
            try file.keep(1) { step in
                XCTAssertNil(step)
                return .whole(ledger(9))
            }
            let first = try inode(path)
            XCTAssertEqual(try file.version(), 1, "what is not asked for may still be lost")
            var wholes = 0

            for version in 2...2_000 as ClosedRange<Int64> {
                // Somebody else may have written it already.
                try file.keep(version - 1) { _ in .whole(ledger(99)) }
                // Now and then another program's life begins.
                if version % 7 == 0 { file.forget() }
                try file.keep(version) { step in
                    guard let step else {
                        wholes += 1
                        return .whole(ledger(version))
                    }
                    XCTAssertEqual(step.versions, version...version)
                    return .addition(addition(version, after: ledger(1), String(repeating: "x", count: 40)))
                }
                if wholes == 0 { XCTAssertEqual(try inode(path), first) }
                XCTAssertEqual(try file.version(), version)
                XCTAssertEqual(file.keptVersion, version)
            }

            XCTAssertTrue((1...6).contains(wholes), "\(wholes)")
            XCTAssertEqual(try file.ledger()?.version, 2_000)
        }
    }

    func testATornAdditionIsWrittenOver() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/restore.ledger"
            let torn = addition(2, after: ledger(1))
            try Data(ledger(1).stored + torn.dropLast(5)).write(to: URL(fileURLWithPath: path))
            let file = LedgerFile(path)

            XCTAssertEqual(try file.version(), 1)
            try file.keep(2) { step in
                XCTAssertNil(step)
                return .whole(ledger(2))
            }

            XCTAssertEqual(try Data(contentsOf: URL(fileURLWithPath: path)), Data(ledger(2).stored))
        }
    }

    func testAnEndWithoutWhatCameBeforeItCountsForNothing() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/restore.ledger"
            var torn = addition(2, after: ledger(1))
            // The end came to the disk, and the beginning did not.
            for place in 0..<10 { torn[place] = 0 }
            try Data(ledger(1).stored + torn).write(to: URL(fileURLWithPath: path))

            XCTAssertEqual(try LedgerFile(path).version(), 1)
        }
    }

    func testAFileThatCannotBeReadIsWrittenAnewWithoutBeingAskedForMore() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/restore.ledger"
            var bytes = ledger(1).stored
            bytes[20] ^= 1
            try Data(bytes + addition(2, after: ledger(1)) + [0x0A]).write(to: URL(fileURLWithPath: path))
            let file = LedgerFile(path)
            XCTAssertEqual(try file.version(), 2)

            try file.keep(2) { _ in .whole(ledger(2)) }

            XCTAssertEqual(try file.ledger()?.version, 2)
        }
    }
}
