import CSystem
import Glibc

/// Takes connections off a listening socket, also when descriptors have run out.
///
/// `accept` gives EMFILE even with nothing queued, and a queued client would make the listener ready for ever: so a
/// spare descriptor is given up for the moment it takes to turn the client away.
final class Acceptor {
    enum Outcome {
        case accepted(Int32)
        /// Nobody waits.
        case nobody
        /// A client was turned away for want of descriptors.
        case turnedAway
        /// There is not even a spare descriptor: wait before the next attempt.
        case exhausted
    }

    private static let refusal = Array("ERR 429 busy {\"message\":\"too many connections\"}\n".utf8)

    private let listening: ListeningSocket
    private var spare: Int32 = csystem_spare_descriptor()

    init(_ listening: ListeningSocket) {
        self.listening = listening
    }

    deinit {
        if spare >= 0 { close(spare) }
    }

    func next() -> Outcome {
        while true {
            let descriptor = csystem_accept(listening.descriptor)
            if descriptor >= 0 { return .accepted(descriptor) }
            switch errno {
            case EINTR, ECONNABORTED: continue
            case EAGAIN: return .nobody
            case EMFILE, ENFILE: return turnAwayWithSpare()
            default: return .exhausted
            }
        }
    }

    /// Tells a client that there is no room and hangs up.
    func refuse(_ descriptor: Int32) {
        // The few bytes fit an empty socket's buffer; a client that has already gone loses nothing.
        _ = Self.refusal.withUnsafeBytes { csystem_send(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
    }

    private func turnAwayWithSpare() -> Outcome {
        guard spare >= 0 else {
            spare = csystem_spare_descriptor()
            return .exhausted
        }
        close(spare)
        let descriptor = csystem_accept(listening.descriptor)
        let code = errno
        if descriptor >= 0 { refuse(descriptor) }
        spare = csystem_spare_descriptor()
        if descriptor >= 0 { return .turnedAway }
        return code == EAGAIN ? .nobody : .exhausted
    }
}
