internal import CSystem

/// A password as it is stored: yescrypt with a salt of its own (https://man7.org/linux/man-pages/man5/crypt.5.html).
///
/// Making and checking one takes some 20 ms of a core on purpose: never inside a transaction, a few at a time.
public struct PasswordHash: Sendable, Equatable {
    /// The most bytes a password may have; crypt takes no more.
    public static let limit = 511
    /// The fewest characters (https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver).
    public static let minimum = 8

    /// "$y$…", as libcrypt writes it.
    let text: String

    init(stored text: String) {
        self.text = text
    }

    /// Refuses what cannot be a password.
    ///
    /// - Throws: ``AccountError/weakPassword``, ``AccountError/longPassword``.
    public static func check(_ password: String) throws {
        guard password.utf8.count <= limit else { throw AccountError.longPassword }
        guard password.count >= minimum, !password.utf8.contains(0) else { throw AccountError.weakPassword }
    }

    /// Hashes a password with a new salt.
    ///
    /// - Throws: ``AccountError/weakPassword``, ``AccountError/longPassword``.
    public init(of password: String) throws {
        try Self.check(password)
        var bytes = [CChar](repeating: 0, count: 512)
        guard csystem_hash_password(password, &bytes, bytes.count) == 0 else { throw AccountError.noHashing }
        text = String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whether this is the password; takes the same time either way.
    public func matches(_ password: String) -> Bool {
        guard password.utf8.count <= Self.limit, !password.utf8.contains(0) else { return false }
        return csystem_check_password(password, text) == 1
    }

    /// A hash that fits no password anybody knows: checked in place of the one that somebody unknown does not have.
    ///
    /// - Throws: ``AccountError/noHashing``.
    static func nobody() throws -> PasswordHash {
        switch unknown {
        case .success(let hash): return hash
        case .failure: throw AccountError.noHashing
        }
    }

    private static let unknown = Result { try PasswordHash(of: TokenSecret(tenant: "").text) }
}
