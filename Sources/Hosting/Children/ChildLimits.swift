/// What a program may use; 0 for as much as there is.
struct ChildLimits: Sendable, Equatable {
    /// Bytes of address space.
    var memory: UInt64 = 0
    /// Open files.
    var files: UInt64 = 0
    /// Seconds of processor time.
    var seconds: UInt64 = 0

    static let none = ChildLimits()
}
