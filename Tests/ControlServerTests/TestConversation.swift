import Wire

/// Echoes its lines, but for a few words.
///
/// `hold …` is echoed when the factory releases it, `stop` keeps the server until the factory lets it go on, `big n` answers with n bytes, `bye` closes behind its echo, and an
/// empty line is not answered.
final class TestConversation: Conversation {
    let lineLimit: Int
    private let outlet: any Outlet
    private let factory: TestFactory

    init(outlet: any Outlet, factory: TestFactory) {
        self.outlet = outlet
        self.factory = factory
        lineLimit = factory.lineLimit
    }

    func receive(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        let text = String(decoding: line, as: UTF8.self)
        factory.note(text)
        if text.isEmpty { return false }
        if text == "stop" { factory.stop() }
        if text.hasPrefix("hold ") {
            factory.hold(text, for: outlet)
        } else if text.hasPrefix("big "), let length = Int(text.dropFirst(4)) {
            outlet.send([UInt8](repeating: 0x78, count: length - 1) + [0x0A], answered: 1)
        } else {
            outlet.send(Array(text.utf8) + [0x0A], answered: 1)
        }
        if text == "bye" {
            outlet.close()
            outlet.send(Array("too late\n".utf8), answered: 0)
        }
        outlet.flush()
        return true
    }

    func receiveOverlong(length: Int) {
        outlet.send(Array("overlong \(length)\n".utf8), answered: 1)
        outlet.flush()
    }

    let party: String? = nil

    func mayBegin(with byte: UInt8) -> Bool { byte != 0x16 }

    func outputDrained() {}

    func closed() {
        factory.noteClosed()
    }
}
