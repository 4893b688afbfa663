import TestSupport

extension RawClient {
    /// One line and its echo: what clients that connected earlier have written before has been read by then.
    func roundTrip() -> Bool {
        write("ping\n")
        return readLine() == "ping"
    }
}
