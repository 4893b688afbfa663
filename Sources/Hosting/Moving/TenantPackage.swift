internal import Foundation
internal import Registry

/// A whole tenant as one file, to move it to another host.
///
/// A JSON line that says what follows, then the bytes of each part, then the SHA-256 of all that in hexadecimal and an LF.
/// Secrets are in it as the tenant's file has them: passwords and tokens as hashes, the keys of its hashes as they are.
struct TenantPackage: Sendable {
    /// The first line.
    struct Header: Sendable, Codable {
        struct Part: Sendable, Codable, Equatable {
            let name: String
            let bytes: Int64
            let sha256: String
        }

        static let format = 1

        /// Of this form of file.
        let patron: Int
        /// Whether the tenant had been archived, so that nothing goes out for it where it came from.
        let isArchived: Bool
        let manifest: BackupManifest
        /// In their order.
        let parts: [Part]

        private enum CodingKeys: String, CodingKey {
            case patron, manifest, parts
            case isArchived = "archived"
        }
    }

    static let registry = "registry.sqlite"
    static let ledger = "restore.ledger"
    /// The longest first line.
    static let headerLimit = 1 << 20
    /// The SHA-256 in hexadecimal and an LF.
    static let trailerSize: Int64 = 65
    /// Bytes at a time.
    static let piece = 256 << 10

    /// Writes the parts that lie in a folder.
    ///
    /// - Parameters:
    ///   - header: The first line.
    ///   - folder: Holds a file for each part.
    ///   - send: Takes the file in pieces.
    /// - Throws: What `send` throws, or the file system says.
    static func write(_ header: Header, partsIn folder: TenantFolder, _ send: ([UInt8]) throws -> Void) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var digest = SHA256Digest()
        func pass(_ bytes: [UInt8]) throws {
            bytes.withUnsafeBufferPointer { digest.update($0) }
            try send(bytes)
        }
        try pass(Array(try encoder.encode(header)) + [0x0A])
        for part in header.parts {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: "\(folder.path)/\(part.name)"))
            defer { try? file.close() }
            while let data = try file.read(upToCount: piece), !data.isEmpty { try pass([UInt8](data)) }
        }
        try send(Array((ChecksummedFile.hexadecimal(digest.finish()) + "\n").utf8))
    }
}
