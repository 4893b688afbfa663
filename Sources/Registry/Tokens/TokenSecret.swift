/// The text a program presents: the tenant it is for, a name to look it up by, and the secret proper.
///
/// Only the secret's digest is stored (https://paragonie.com/blog/2017/02/split-tokens-token-based-authentication-protocols-without-side-channels).
public struct TokenSecret: Sendable, Equatable {
    public let tenant: String
    /// 16 random bytes, in hexadecimal.
    public let selector: String
    /// 32 random bytes, in hexadecimal.
    let verifier: String

    /// "tenant.selector.verifier", as it is handed out once.
    public var text: String { "\(tenant).\(selector).\(verifier)" }

    /// Makes a new secret.
    init(tenant: String) {
        self.tenant = tenant
        selector = Hexadecimal.random(bytes: 16)
        verifier = Hexadecimal.random(bytes: 32)
    }

    /// Puts together a secret that is derived, not random.
    init(tenant: String, selector: String, verifier: String) {
        self.tenant = tenant
        self.selector = selector
        self.verifier = verifier
    }

    /// Reads a presented text; nil when it cannot be a token.
    public init?(parsing text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].utf8.count == 32, parts[2].utf8.count == 64,
            parts[1...].allSatisfy({ $0.utf8.allSatisfy(Self.isHexadecimal) })
        else { return nil }
        (tenant, selector, verifier) = (String(parts[0]), String(parts[1]), String(parts[2]))
    }

    /// What is stored of the secret proper.
    var digest: [UInt8] { SHA256.hash(Array(verifier.utf8)) }

    /// Whether this is the secret whose digest was stored; takes a time that does not depend on where they differ.
    func opens(_ stored: [UInt8]) -> Bool { digest.isEqualInConstantTime(to: stored) }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}
