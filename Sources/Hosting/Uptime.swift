internal import Glibc

/// A clock that nobody sets: it counts from the start of the machine.
public enum Uptime {
    /// The nanoseconds.
    public static var nanoseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
