internal import Storage

/// The random keys of a tenant, which never leave its file.
struct TenantSecret {
    /// What a key is for: one use, one key.
    enum Use: String {
        case suppression
        case unsubscribe
    }

    /// The key, nil while nothing needed it yet.
    static func key(_ use: Use, _ transaction: ReadTransaction) throws -> [UInt8]? {
        try transaction.first("SELECT value FROM secret WHERE name = ?", .text(use.rawValue)) { $0.bytes(0) }
    }

    /// The key, made when there is none: 32 bytes from getrandom(2), the system's generator on Linux.
    static func madeKey(_ use: Use, _ transaction: WriteTransaction) throws -> [UInt8] {
        if let key = try key(use, transaction.reading) { return key }
        var generator = SystemRandomNumberGenerator()
        let key = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
        try transaction.execute("INSERT INTO secret (name, value) VALUES (?, ?)", .text(use.rawValue), .blob(key))
        return key
    }
}
