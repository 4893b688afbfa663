import ChannelKit

extension Details {
    /// A key for a new event or ticket type, in small letters.
    ///
    /// - Throws: ``ChannelRefusal`` for anything but letters a-z, digits, dots, underscores and hyphens.
    func key(_ name: String) throws -> String {
        let key = (try text(name) ?? "").lowercased()
        let isKey = key.utf8.allSatisfy { byte in
            (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || [0x2d, 0x2e, 0x5f].contains(byte)
        }
        guard isKey, (1...64).contains(key.utf8.count) else {
            throw bad(name, "1 to 64 letters a-z, digits, dots and hyphens are needed, such as jazz-2026")
        }
        return key
    }

    /// A text that is there and not blank, nil when it is absent.
    func filledText(_ name: String) throws -> String? {
        guard let text = try text(name) else { return nil }
        guard !text.allSatisfy(\.isWhitespace) else { throw bad(name, "it cannot be blank") }
        return text
    }

    /// Refuses what is no e-mail address.
    func checkEmail(_ name: String) throws {
        guard let text = try text(name), (try? EmailAddress(parsing: text)) == nil else { return }
        throw bad(name, "this is no e-mail address")
    }
}
