/// What one transaction changed in one file.
public struct JournalRecord: Sendable, Equatable {
    public let file: JournalFile
    /// One above that of the file's transaction before.
    public let seq: Int64
    public let payload: [UInt8]

    public init(file: JournalFile, seq: Int64, payload: [UInt8]) {
        self.file = file
        self.seq = seq
        self.payload = payload
    }
}
