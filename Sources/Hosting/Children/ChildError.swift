/// Why a program could not be run.
enum ChildError: Error, Equatable, CustomStringConvertible {
    /// The system's reason, as in errno.h.
    case cannotStart(errno: Int32)

    var description: String {
        switch self {
        case .cannotStart(let errno): "the program cannot be started (error \(errno))"
        }
    }
}
