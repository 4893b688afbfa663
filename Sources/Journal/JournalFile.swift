/// A file whose changes the journal keeps, known by a key of its own and by the name it had when it was changed.
public struct JournalFile: Sendable, Hashable {
    /// Of 16 bytes.
    public let key: [UInt8]
    /// At most 255 bytes long.
    public let name: String

    public init(key: [UInt8], name: String) {
        precondition(key.count == 16 && name.utf8.count < 256, "of these lengths")
        self.key = key
        self.name = name
    }
}
