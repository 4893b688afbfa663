/// A short code for people who cannot open the link: 8 letters and digits that are not mistaken for each other.
struct SignInCode: Sendable, Equatable {
    private static let alphabet = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
    /// Without the hyphen.
    private let letters: String

    /// As people read it, "ABCD-2345".
    var text: String { "\(letters.prefix(4))-\(letters.suffix(4))" }

    /// What is stored of it.
    var digest: [UInt8] { SHA256.hash(Array(letters.utf8)) }

    /// Makes a new one; the system's generator is getrandom(2) on Linux.
    init() {
        letters = String((0..<8).map { _ in Self.alphabet[Int.random(in: 0..<Self.alphabet.count)] })
    }

    /// Reads what somebody typed, in any case, with or without hyphen and spaces; nil when it cannot be a code.
    init?(parsing text: String) {
        let letters = text.uppercased().filter { $0 != "-" && !$0.isWhitespace }
        guard letters.count == 8, letters.allSatisfy(Self.alphabet.contains) else { return nil }
        self.letters = letters
    }
}
