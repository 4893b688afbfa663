/// How the program ends.
enum ExitStatus: Int32 {
    case done = 0
    /// The daemon answered `ERR`.
    case refused = 1
    /// No connection, or one that was lost.
    case unreachable = 2
    case usage = 3
}
