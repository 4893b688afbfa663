/// The name of a tenant: `[a-z0-9][a-z0-9-]{0,62}`, safe as a folder's name.
public struct TenantName: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    /// Nil unless `text` has the form of a name.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard (1...63).contains(bytes.count), bytes[0] != 0x2d, bytes.allSatisfy(Self.isAllowed) else { return nil }
        description = text
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2d
    }
}
