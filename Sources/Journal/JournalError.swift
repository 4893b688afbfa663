/// Why a journal cannot be used.
public enum JournalError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Another process has it open.
    case inUse(directory: String)
    case system(call: String, path: String, errno: Int32)
    /// Something is missing before what came later, and nobody can tell whose changes those were.
    case damaged(file: String, offset: Int)

    public var description: String {
        switch self {
        case .inUse(let directory): "another host works on \(directory)"
        case .system(let call, let path, let errno): "\(path): \(call) failed with error \(errno)"
        case .damaged(let file, let offset):
            "\(file) is damaged from byte \(offset) on, before changes that came later: it does not tell whose changes"
                + " are lost. Keep a copy of its folder; without the folder the host starts, and what had not reached"
                + " the tenants' files is gone"
        }
    }
}
