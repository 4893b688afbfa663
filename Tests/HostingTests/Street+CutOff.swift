import Foundation
@testable import Hosting
import TestSupport
import XCTest

extension Street {
    /// Runs a body with the folder that a host leaves which is cut off after seven customers were entered with each tenant.
    ///
    /// With `isLooked` somebody had looked at them, for which all is committed.
    static func cutOff(
        _ names: [String], losesLogs: Bool = true, isLooked: Bool = false, _ body: (String) throws -> Void
    ) throws {
        try withTemporaryDirectory { copy in
            let left = "\(copy)/left"
            try run { street in
                let tenants = try names.map { try street.create($0) }
                for number in 1...7 {
                    for tenant in tenants {
                        let answers = Answers()
                        street.enter("\(tenant.name)-\(number)", in: tenant, answers)
                        XCTAssertEqual(answers.all(), ["\(tenant.name)-\(number)"])
                    }
                }
                if isLooked { for tenant in tenants { XCTAssertEqual(street.customers(of: tenant).count, 7) } }
                try FileManager.default.copyItem(atPath: street.folder, toPath: left)
            }
            for name in names {
                try FileManager.default.removeItem(atPath: "\(left)/\(name)/registry.sqlite-shm")
                if losesLogs { try FileManager.default.removeItem(atPath: "\(left)/\(name)/registry.sqlite-wal") }
            }
            try body(left)
        }
    }

    /// Puts something in a folder's place of which no call can tell what it is, and runs a body.
    static func withoutReaching(_ folder: String, _ body: () throws -> Void) throws {
        let aside = (folder as NSString).deletingLastPathComponent + "/.aside"
        try FileManager.default.moveItem(atPath: folder, toPath: aside)
        try FileManager.default.createSymbolicLink(atPath: folder, withDestinationPath: folder)
        defer {
            XCTAssertNoThrow(try FileManager.default.removeItem(atPath: folder))
            XCTAssertNoThrow(try FileManager.default.moveItem(atPath: aside, toPath: folder))
        }
        try body()
    }
}
