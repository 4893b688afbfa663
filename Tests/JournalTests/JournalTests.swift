import Foundation
import Synchronization
@testable import Journal
import TestSupport
import XCTest

final class JournalTests: XCTestCase {
    func testWhatWasKeptIsFoundAgainInOrder() throws {
        try withBook { book in
            do {
                let journal = try book.open()
                for seq in 1...3 as ClosedRange<Int64> {
                    XCTAssertTrue(journal.keep(Book.record("acme", seq)))
                    XCTAssertTrue(journal.keep(Book.record("globex", 10 + seq)))
                }
                journal.close(isSettled: false)
            }

            let scan = try book.scan()

            XCTAssertEqual(scan.generation, 1)
            XCTAssertEqual(scan.histories.count, 2)
            XCTAssertEqual(scan.histories[Book.file("acme")]?.map(\.seq), [1, 2, 3])
            XCTAssertEqual(scan.histories[Book.file("globex")]?.map(\.seq), [11, 12, 13])
            XCTAssertEqual(scan.histories[Book.file("acme")]?[1].payload, Book.record("acme", 2).payload)
        }
    }

    func testManyThatWaitAreWrittenTogetherAndAllAreKept() throws {
        try withBook { book in
            do {
                let journal = try book.open()
                let kept = try concurrently(8) { number in
                    (1...20).map { journal.keep(Book.record("tenant-\(number)", Int64($0))) }
                }
                XCTAssertEqual(kept.flatMap(\.self).filter { $0 }.count, 160)
                journal.close(isSettled: false)
            }

            let histories = try book.scan().histories
            for number in 0..<8 {
                XCTAssertEqual(histories[Book.file("tenant-\(number)")]?.map(\.seq), Array(1...20))
            }
        }
    }

    func testWhatIsAboutToComeIsWrittenWithWhatIsThere() throws {
        try withBook { book in
            let opened = Mutex<Journal?>(nil)
            let count = Mutex(0)
            let journal = try book.open(isBusy: {
                // While it looks whether there is more, there is.
                guard let journal = opened.withLock({ $0 }) else { return false }
                let looks = count.withLock { count in
                    count += 1
                    return count
                }
                guard looks <= 2 else { return false }
                journal.append(Book.record("acme", Int64(1 + looks)), done: { _ in })
                return true
            })
            opened.withLock { $0 = journal }
            XCTAssertTrue(journal.keep(Book.record("acme", 1)))
            opened.withLock { $0 = nil }
            journal.close(isSettled: false)

            let groups = try JournalScan.segments(in: book.path).flatMap { try JournalScan.groups(of: $0) }
            XCTAssertEqual(groups.map { $0.entries?.count }.filter { $0 != 0 }, [3])
        }
    }

    func testANewGenerationForgetsTheOldOne() throws {
        try withBook { book in
            for round in 1...3 as ClosedRange<Int64> {
                do {
                    let journal = try book.open()
                    XCTAssertTrue(journal.keep(Book.record("acme", round)))
                    journal.close(isSettled: false)
                }
                XCTAssertEqual(try book.scan().generation, UInt64(round))
                XCTAssertEqual(try book.scan().histories[Book.file("acme")]?.map(\.seq), [round])
            }
        }
    }

    func testAJournalClosedSettledHasNothingToSay() throws {
        try withBook { book in
            do {
                let journal = try book.open()
                XCTAssertTrue(journal.keep(Book.record("acme", 1)))
                journal.close(isSettled: true)
            }

            let scan = try book.scan()

            XCTAssertEqual(scan.histories, [:])
            XCTAssertEqual(scan.generation, 2)
        }
    }

    func testASecondHostIsRefused() throws {
        try withBook { book in
            let journal = try book.open()

            assertThrows(JournalError.inUse(directory: book.path)) { try book.scan() }

            journal.close(isSettled: true)
        }
    }

    func testSegmentsGoOnceTheirFilesAreSettledAndNotBefore() throws {
        try withBook { book in
            let isReady = Flag()
            do {
                let journal = try book.open(settle: { newest in isReady.isSet && newest.keys.count == 1 })
                for seq in 1...100 as ClosedRange<Int64> {
                    XCTAssertTrue(journal.keep(Book.record("acme", seq, count: 300)))
                }
                XCTAssertGreaterThan(try JournalScan.segments(in: book.path).count, 4)
                isReady.set()
                var seq: Int64 = 101
                while try JournalScan.segments(in: book.path).count > 3 {
                    XCTAssertTrue(journal.keep(Book.record("acme", seq, count: 300)))
                    seq += 1
                }
                journal.close(isSettled: false)
                let found = try XCTUnwrap(try JournalScan(book.path).histories[Book.file("acme")])
                XCTAssertEqual(found.last?.seq, seq - 1)
                XCTAssertEqual(found.map(\.seq), Array(found[0].seq..<seq))
            }
        }
    }

    func testASegmentIsZerosToItsEndAndWhatItTakesIsGivenBackWhileItIsOpen() throws {
        try withTemporaryDirectory { folder in
            let size = 2_500_000
            let path = "\(folder)/segment"
            let file = try SegmentFile(making: path, size: size)
            XCTAssertEqual(FileManager.default.contents(atPath: path), Data(count: size))
            // Another name for it, to see what becomes of it.
            XCTAssertEqual(link(path, "\(folder)/other"), 0)
            unlink(path)

            file.shrink()

            let left = try XCTUnwrap(FileManager.default.contents(atPath: "\(folder)/other"))
            XCTAssertLessThan(left.count, 1 << 20)
            XCTAssertEqual(left, Data(count: left.count))
        }
    }

    func testARecordLongerThanASegmentIsKept() throws {
        try withBook { book in
            do {
                let journal = try book.open()
                XCTAssertTrue(journal.keep(Book.record("acme", 1, count: 50_000)))
                XCTAssertTrue(journal.keep(Book.record("acme", 2)))
                journal.close(isSettled: false)
            }

            XCTAssertEqual(try book.scan().histories[Book.file("acme")]?.map { $0.payload?.count }, [50_000, 20])
        }
    }

    func testWithoutRoomARecordIsRefusedAndTheNextOnesAreKeptOnceThereIsRoom() throws {
        try withBook { book in
            let journal = try book.open(sizes: 4_096...4_096)
            let aside = book.path + ".aside"
            try FileManager.default.moveItem(atPath: book.path, toPath: aside)
            var seq: Int64 = 1
            while journal.keep(Book.record("acme", seq, count: 500)), seq < 40 { seq += 1 }
            XCTAssertLessThan(seq, 20)
            XCTAssertFalse(journal.keep(Book.record("acme", seq + 1, count: 500)))

            try FileManager.default.moveItem(atPath: aside, toPath: book.path)
            journal.noteSettled(Book.file("acme"), upTo: seq + 1)
            XCTAssertTrue(journal.keep(Book.record("acme", seq + 2, count: 500)))

            journal.close(isSettled: false)
            let found = try JournalScan(book.path).histories[Book.file("acme")]?.map(\.seq)
            XCTAssertEqual(found, Array(1..<seq) + [seq + 2])
        }
    }

    func testFilesThatCouldNotBeSettledAreSettledLaterAlthoughNobodyWrites() throws {
        try withBook { book in
            let asked = Mutex(0)
            let (isWritten, isSettled) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            let journal = try book.open(
                sizes: 4_096...4_096,
                settle: { changes in
                    guard changes[Book.file("acme")] != nil else { return true }
                    let count = asked.withLock { count in
                        count += 1
                        return count
                    }
                    // It may have been rung once more before that.
                    if count == 1 { isWritten.wait() }
                    if count == 3 { isSettled.signal() }
                    return count >= 3
                })

            // Two segments are full.
            XCTAssertTrue(journal.keep(Book.record("acme", 1, count: 2_500)))
            for seq in 1...2 { XCTAssertTrue(journal.keep(Book.record("globex", Int64(seq), count: 2_500))) }

            isWritten.signal()
            isSettled.wait()
            journal.close(isSettled: false)
        }
    }

    func testWhatGoesOnFromAChangeThatWasRefusedIsRefusedTooUntilTheFileHasThat() throws {
        try withBook { book in
            let journal = try book.open(sizes: 4_096...4_096)
            let (acme, globex) = (Book.file("acme"), Book.file("globex"))
            XCTAssertTrue(journal.keep(Book.record("acme", 1)))
            let aside = book.path + ".aside"
            try FileManager.default.moveItem(atPath: book.path, toPath: aside)
            XCTAssertFalse(journal.keep(Book.record("acme", 2, count: 5_000)))

            // There is room for these.
            XCTAssertFalse(journal.keep(Book.record("acme", 3)))
            XCTAssertTrue(journal.keep(Book.record("globex", 1)))
            journal.noteSettled(acme, upTo: 2)
            var isKept: Bool?
            // The thread that writes may not have come to its end.
            while isKept == nil { isKept = journal.appendHere(Book.record("acme", 4)) }
            XCTAssertEqual(isKept, false)
            journal.noteSettled(acme, upTo: 4)
            XCTAssertTrue(journal.keep(Book.record("acme", 5)))
            XCTAssertFalse(journal.keep(Book.record("acme", 6, count: 5_000)))
            // All of it is in the file.
            XCTAssertTrue(journal.wait { journal.erase(acme, done: $0) })
            XCTAssertTrue(journal.keep(Book.record("acme", 7)))

            try FileManager.default.moveItem(atPath: aside, toPath: book.path)
            journal.close(isSettled: false)
            let histories = try JournalScan(book.path).histories
            XCTAssertEqual(histories[acme]?.map(\.seq), [1, 5, 7])
            XCTAssertEqual(histories[globex]?.map(\.seq), [1])
        }
    }

    func testWhatWaitsBehindAChangeThatIsRefusedIsRefusedWithIt() throws {
        try withBook { book in
            let opened = Mutex<Journal?>(nil)
            let kept = Mutex<[Int64: Bool]>([:])
            // While the first is gathered the others come.
            let journal = try book.open(
                sizes: 4_096...4_096,
                isBusy: {
                    guard let journal = opened.withLock({ $0.take() }) else { return false }
                    for (seq, count) in [(2, 1 << 20), (3, 20), (4, 20)] {
                        journal.append(Book.record("acme", Int64(seq), count: count)) { isKept in
                            kept.withLock { $0[Int64(seq)] = isKept }
                        }
                    }
                    return false
                })
            let aside = book.path + ".aside"
            try FileManager.default.moveItem(atPath: book.path, toPath: aside)
            opened.withLock { $0 = journal }

            XCTAssertTrue(journal.keep(Book.record("acme", 1)))
            journal.flush()

            XCTAssertEqual(kept.withLock { $0 }, [2: false, 3: false, 4: false])
            try FileManager.default.moveItem(atPath: aside, toPath: book.path)
            journal.close(isSettled: false)
        }
    }

    func testWhatIsErasedIsGoneFromTheDiskAndTheOthersStay() throws {
        try withBook { book in
            do {
                let journal = try book.open()
                for seq in 1...30 as ClosedRange<Int64> {
                    let secret = JournalRecord(
                        file: Book.file("acme"), seq: seq, payload: Array("lena@example.org \(seq)".utf8))
                    XCTAssertTrue(journal.keep(secret))
                    XCTAssertTrue(journal.keep(Book.record("globex", seq)))
                }
                XCTAssertTrue(journal.wait { journal.erase(Book.file("acme"), done: $0) })
                XCTAssertTrue(journal.keep(Book.record("acme", 31)))
                journal.close(isSettled: false)
            }

            for path in try JournalScan.segments(in: book.path) {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
                XCTAssertNil(bytes.range(of: Data("lena@".utf8)))
            }
            let histories = try book.scan().histories
            XCTAssertEqual(histories[Book.file("acme")]?.filter { $0.payload != nil }.map(\.seq), [31])
            XCTAssertEqual(histories[Book.file("globex")]?.filter { $0.payload != nil }.count, 30)
        }
    }
}
