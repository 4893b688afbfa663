import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

/// A file of another system, imported into a shop of its own.
struct PlatformImport {
    let end: JSON
    /// What the report says of its rows.
    let remarks: [JSON]
    let customers: [JSON]
    private let connection: ControlConnection

    /// What a person says who imports the file, because it cannot be told.
    struct Help {
        var charset: String?
        var mapping: String?
        var country = "DE"
    }

    /// The file was not taken.
    struct Refused: Error {
        let answer: String
    }

    init(_ files: [String], _ help: Help, tenant: String, _ daemon: RunningDaemon) throws {
        let settings = "currency=EUR country=\(help.country) account.invite=false import.consent=take"
        try daemon.connect().ok("tenant.create \(tenant) \(settings)")
        connection = try daemon.connect(to: tenant)
        var end = JSON.null
        var remarks: [JSON] = []
        for (index, file) in files.enumerated() {
            let bytes = try Data(contentsOf: RealData.url(file))
            try connection.ok("upload.begin")
            for start in stride(from: 0, to: bytes.count, by: 256 << 10) {
                let piece = bytes[start..<min(start + 256 << 10, bytes.count)].base64EncodedString()
                try connection.ok("upload.append u\(index + 1) data=\(piece)")
            }
            var line = "customer.import upload=u\(index + 1)"
            if let charset = help.charset { line += " charset=\(charset)" }
            if let mapping = help.mapping { line += " mapping=\(mapping)" }
            let reply = try connection.ask(line)
            guard let ok = reply.ok else { throw Refused(answer: reply.error?.text ?? "nothing") }
            end = ok
            remarks = reply.rows
        }
        self.end = end
        self.remarks = remarks
        let connection = connection
        customers = try connection.allRows("customer.list limit=1000")
            .sorted { ($0.number("id") ?? 0) < ($1.number("id") ?? 0) }
            .map { try connection.ok("customer.show \($0.number("id") ?? 0)") }
    }

    func customer(_ email: String) -> JSON? { customers.first { $0.text("email")?.lowercased() == email } }

    func rows(_ line: String) throws -> [JSON] { try connection.rows(line) }

    /// All that is known of the customers, to look for what must not be stored.
    func everything() throws -> String {
        try customers.map { try connection.ok("customer.data \($0.number("id") ?? 0)").text }.joined()
    }
}
