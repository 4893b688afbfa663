import Synchronization
import Wire

/// Echoes its lines in their order, each from whichever thread comes first.
///
/// `big n` answers with n bytes, `event …` is echoed behind an event, and `bye` closes behind its echo.
final class RacingConversation: Conversation {
    let lineLimit = 1 << 20
    let party: String? = nil
    private let outlet: any Outlet
    private let factory: RacingFactory
    private let lines = Mutex<[String]>([])

    init(outlet: any Outlet, factory: RacingFactory) {
        self.outlet = outlet
        self.factory = factory
    }

    func receive(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        let text = String(decoding: line, as: UTF8.self)
        lines.withLock { $0.append(text) }
        factory.submit(self)
        return true
    }

    /// Answers the line that has waited longest.
    func answer() {
        lines.withLock { lines in
            let text = lines.removeFirst()
            if text.hasPrefix("event ") { outlet.send(Array("! \(text)\n".utf8), answered: 0) }
            if text.hasPrefix("big "), let length = Int(text.dropFirst(4)) {
                outlet.send([UInt8](repeating: 0x78, count: length - 1) + [0x0A], answered: 1)
            } else {
                outlet.send(Array("\(text)\n".utf8), answered: 1)
            }
            if text == "bye" { outlet.close() }
        }
        outlet.flush()
    }

    func receiveOverlong(length: Int) {}

    func mayBegin(with byte: UInt8) -> Bool { true }

    func outputDrained() {
        factory.noteDrained()
    }

    func closed() {
        factory.noteClosed()
    }
}
